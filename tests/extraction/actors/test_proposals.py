"""The name finder, asked about some lines, answers for them as it would in the whole text."""

from __future__ import annotations

import pytest

from kg.extraction.actors.draft import draft, find_spots
from kg.extraction.actors.gazetteer import gazetteer
from kg.extraction.actors.lexicon import lexicon
from kg.extraction.actors.proposals import propose

TEXT = """Talks went on. Josephine Ballon of HateAid spoke in Linz.

They met again on Monday. The Zentralrat said nothing. We wait.

In July it rained. Bjoern Seibert met Karin Kneissl and Acme Motors in Narvik, he said.
Nothing else was said about it. Deutsche Windkraft sued in Aurich."""


@pytest.fixture
def body(nlp, world):
    return draft(TEXT, gazetteer(world), nlp.tokenizer)


def inside(names, line):
    return [n for n in names if line.segment.start <= n[0] < line.segment.end]


def test_some_lines_are_read_as_in_the_whole_text(nlp, body):
    (whole,) = propose([body], [body.lines], nlp)
    assert len(whole) >= 5
    for line in body.lines:
        (found,) = propose([body], [[line]], nlp)
        assert inside(found, line) == inside(whole, line)


def test_several_lines_at_once(nlp, body):
    (whole,) = propose([body], [body.lines], nlp)
    chosen = body.lines[1::2]
    (found,) = propose([body], [chosen], nlp)
    for line in chosen:
        assert inside(found, line) == inside(whole, line)


def test_plain_lines_do_not_ask(body):
    asked = {TEXT[line.segment.start : line.segment.end] for line in find_spots(body, lexicon())}
    assert "The Zentralrat said nothing." in asked
    assert not {"They met again on Monday.", "We wait.", "In July it rained."} & asked


def test_a_pipeline_without_name_finder_proposes_nothing(nlp, body):
    with nlp.select_pipes(disable=["ner"]):
        assert propose([body], [body.lines], nlp) == [[]]
