"""Any text at all: spans are exact, results repeat, batches change nothing, work grows linearly."""

from __future__ import annotations

import cProfile
import pstats

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extraction.actors import annotate, annotate_many
from kg.records import Document, PartialDate

PIECES = st.sampled_from(
    [
        "President ",
        "Trump ",
        "the EU",
        "US-EU ",
        "Mr. ",
        "Macron's ",
        "@EU_Commission ",
        "NATO (",
        "NATO) ",
        "Paris",
        "the Germans ",
        "his French counterpart, ",
        ", the US ",
        "ambassador to ",
        "Q: ",
        "THE PRESIDENT: ",
        "European ",
        "leaders ",
        "both sides ",
        "\n",
        "\n\n",
        " ",
        ".",
        ",",
        '"',
        "“",
        "🧵",
        "שלום ",
        "<b>",
        "](",
        "of the ",
        "met ",
        "he ",
        "they ",
        "Foreign ",
        "Minister ",
        "Ministry ",
        "von der ",
        "-",
        "’s ",
        "İ",
        "1. ",
        "- ",
        "(",
        ")",
        "ß",
    ]
)


def check(annotated):
    text = annotated.document.text
    assert len(annotated.offsets) == len(annotated.doc)
    end = 0
    for start, stop in annotated.offsets:
        assert end <= start < stop <= len(text)
        end = stop
    for entity in annotated.entities.values():
        assert entity.mentions
        for span in entity.mentions:
            assert text[span.start : span.end] == span.quote
    for office in annotated.offices:
        assert office.holder in annotated.entities
        assert text[office.evidence.start : office.evidence.end] == office.evidence.quote
    known = set(annotated.entities)
    for ids in (*annotated.actors.values(), *annotated.adjectives.values()):
        assert set(ids) <= known
    assert annotated.implied <= known
    position = 0
    for sentence in annotated.sentences:
        assert sentence.first == position
        position = sentence.last
        assert set(sentence.speaker) <= known
    assert position == len(annotated.doc)


@given(text=st.lists(PIECES, max_size=50).map("".join), title=st.lists(PIECES, max_size=6))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_diplomatic_word_salad(text, title, nlp, world):
    day = PartialDate(2025, 3, 1)
    check(annotate(Document(text=text, title="".join(title), published=day), nlp, world))


@given(text=st.text(max_size=120))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_unicode(text, nlp, world):
    check(annotate(Document(text=text), nlp, world))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "Q:", "PRESIDENT TRUMP:", "- ", "🧵", "LONDON -", "((("]
)
def test_next_to_nothing(text, nlp, world):
    check(annotate(Document(text=text), nlp, world))


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["President Trump met the EU and ", "x", "שלום 🧵 <b>", "Mr. "])
def test_two_hundred_kilobytes_on_one_line(unit, nlp, world):
    check(annotate(Document(text=(unit * 200_000)[:200_000]), nlp, world))


def facts(annotated):
    return (
        annotated.offsets, annotated.sentences, annotated.entities, annotated.offices,
        annotated.actors, annotated.nominal, annotated.places, annotated.venues,
        annotated.link_confidence, annotated.adjectives, annotated.implied,
    )  # fmt: skip


def test_batches_and_repetition_change_nothing(nlp, world):
    texts = [
        "Merz told Macron that Berlin would pay. He agreed, and they met in Paris.",
        "PRESIDENT BIDEN: We thank the Germans.\n\nQ Both of them?",
        "",
        "US officials said Moscow lied. The Kremlin denied it.",
    ]
    documents = [Document(text=t, published=PartialDate(2023, 5, 1)) for t in texts]
    alone = [facts(annotate(d, nlp, world)) for d in documents]
    assert [facts(a) for a in annotate_many(documents, nlp, world)] == alone
    assert [facts(a) for a in annotate_many(documents, nlp, world, batch=1)] == alone


def steps(text, nlp, world):
    document = Document(text=text, published=PartialDate(2025, 3, 1))
    profile = cProfile.Profile()
    profile.enable()
    annotate(document, nlp, world)
    profile.disable()
    return pstats.Stats(profile).total_calls


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["President Trump met the EU. He left. ", "the French president ", "both sides, they and he ",
     "Anna Muster, the head of the ", "Jane Roe met Jim Roe. "],
)  # fmt: skip
def test_work_grows_in_proportion_to_length(unit, nlp, world):
    steps(unit, nlp, world)
    short, long = steps(unit * 60, nlp, world), steps(unit * 600, nlp, world)
    assert long <= 13 * short
