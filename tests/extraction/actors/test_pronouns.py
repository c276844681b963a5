"""Whom pronouns mean: by grammar, gender and who is in mind; and when they are left open."""

from __future__ import annotations

import pytest


def meant(annotated, word, number=0):
    """Names of those for whom the nth token with these letters stands."""
    text = annotated.document.text
    found = [i for i, (s, e) in enumerate(annotated.offsets) if text[s:e] == word]
    ids = annotated.actors.get(found[number], ())
    return {annotated.entities[i].name for i in ids}


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("Emmanuel Macron flew to Berlin. Olaf Scholz, standing next to him, said little.",
         "him", {"Emmanuel Macron"}),
        ("Joe Biden phoned Benjamin Netanyahu. Emmanuel Macron rang Joe Biden to tell him no.",
         "him", {"Joe Biden"}),
        ("Donald Trump was told by JD Vance that he had won.", "he", {"Donald Trump"}),
        ('Joe Biden walked through Kyiv. "Putin thought Ukraine was weak," he said.',
         "he", {"Joe Biden"}),
        ("Joe Biden met Xi Jinping on Monday. They discussed trade.",
         "They", {"Joe Biden", "Xi Jinping"}),
        ("Olaf Scholz praised himself.", "himself", {"Olaf Scholz"}),
    ],
)  # fmt: skip
def test_a_pronoun_means_whom_grammar_and_memory_tell(read, text, word, who):
    assert meant(read(text), word) == who


def test_nobody_is_meant_by_a_pronoun_without_a_likely_owner(read):
    assert meant(read("It was clear to France that it rained in Poland."), "It") == set()
