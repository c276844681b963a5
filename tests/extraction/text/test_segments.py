"""Where sentences, headings, list items, turns and quotations begin and end."""

from __future__ import annotations

import pytest

from kg.extraction.text import MAX_SENTENCE, segment


def sentences(text):
    return [text[s.start : s.end] for s in segment(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Mr. Smith met Ms. Jones of the U.S. State Department on Nov. 7.",
        "President Donald J. Trump spoke at 9 a.m. in Washington, D.C., with Gen. Clark.",
        "The U.S. Ambassador (see para. 4) cost $1.5 bn, i.e. a lot.",
        '"Who pays?" he asked.',
        '"Go away!" Trump said.',
        "Turkey waited ... and waited.",
        "Prof. J. R. R. Tolkien vs. the St. Petersburg Forum.",
    ],
)
def test_abbreviations_initials_and_quoted_marks_do_not_end_a_sentence(whole):
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Nobody told the U.S. It was too late.", "Nobody told the U.S."),
        ("They agreed. The deal holds.", "They agreed."),
        ("It ended in 2017.The deal was signed.", "It ended in 2017."),
        ('He waved it aside."Spain is solid," he said.', "He waved it aside."),
        ("“We will act.” She left.", "“We will act.”"),
        ("Is it so? Yes.", "Is it so?"),
        ("**A new deal.** The rest is history.", "**A new deal.**"),
        ("Fine… But the row goes on.", "Fine…"),
        ("- The deal is done. - The EU will buy gas.", "- The deal is done."),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, first):
    assert sentences(text)[0] == first
    assert len(sentences(text)) == 2


def test_numbers_of_list_items_stay_with_their_items():
    text = "1. The EU agreed.\n2. The US did not. It left.\n• Nobody came"
    found = segment(text)
    assert sentences(text) == [
        "1. The EU agreed.", "2. The US did not.", "It left.", "• Nobody came",
    ]  # fmt: skip
    assert [s.kind for s in found] == ["list"] * 4


def test_hard_wrapped_prose_is_one_sentence():
    text = (
        "The ministers of the three countries met yesterday in the old\n"
        "town hall of the capital and agreed to lift the sanctions at\n"
        "the end of the year. They will meet again."
    )
    assert len(sentences(text)) == 2
    assert sentences(text)[0].endswith("end of the year.")


def test_headings_stand_alone_without_a_full_stop():
    text = "Rift over tariffs widens\n\nThe EU said on Monday that it would respond."
    assert [s.kind for s in segment(text)] == ["heading", "prose"]


def test_turns_of_a_transcript_carry_their_label():
    text = (
        "PRESIDENT BIDEN: We agree. Fully.\n\nQ Is it repaired?\n\n"
        "**Der Spiegel:** And now?\n\nQuestion - Le Monde: Will you go?"
    )
    found = segment(text)
    labels = [text[slice(*s.label)] for s in found if s.label]
    assert labels == ["PRESIDENT BIDEN", "Q", "Der Spiegel", "Question - Le Monde"]
    assert [s.kind for s in found] == ["turn", "prose", "turn", "turn", "turn"]


def test_a_sentence_inside_a_long_quotation_knows_it():
    text = 'She said: "We will pay. We always did. They know." He nodded.'
    assert [s.quoted for s in segment(text)] == [False, True, True, False]


def test_a_quotation_over_paragraphs_is_closed_with_each_paragraph():
    text = "“We will pay.\n\n“They will not,” he said. The end."
    assert not segment(text)[-1].quoted


def test_sentences_without_end_are_cut():
    text = "word " * 2000
    found = segment(text)
    assert len(found) > 3
    assert all(s.end - s.start <= MAX_SENTENCE for s in found)
