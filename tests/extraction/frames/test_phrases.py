"""Phrases of diplomacy in headlines, treaties, cables and communiques, read by the reader."""

from pathlib import Path

import pytest

from kg.extraction.coder import AnalystExtractor
from kg.records import Document, PartialDate
from kg.reference.schemes import event_types
from kg.reference.world import load_world

LINES = [
    tuple(part.strip() for part in line.split("|"))
    for line in Path(__file__).with_name("phrases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def readings():
    published = PartialDate(2025, 6, 15)
    documents = [Document(text=text, published=published) for _, text, _ in LINES]
    return dict(zip(LINES, AnalystExtractor().read_many(documents), strict=True))


def names(text):
    return [part.strip() for part in text.split(",") if part.strip()]


def means(entity, name):
    known = any(actor.iri == entity.reference for actor in load_world().find(name))
    return known or set(name.casefold().split()) <= set(entity.name.casefold().split())


def same(ids, wanted, reading):
    entities = [reading.by_id[i] for i in ids]
    return not wanted or (
        len(entities) == len(wanted)
        and all(any(means(entity, name) for entity in entities) for name in wanted)
    )


def told(reading, top, expected):
    """True when an event of the broad type has the sides that are expected."""
    left, _, right = expected.replace("<>", ">").partition(">")
    for event in reading.events:
        if event_types()[event.type].top != top:
            continue
        if "<>" in expected:
            everybody = {*event.actors, *event.recipients}
            if same(everybody, names(left) + names(right), reading):
                return True
        elif same(event.actors, names(left), reading) and same(
            event.recipients, names(right), reading
        ):
            return True
    return False


@pytest.mark.parametrize("line", LINES, ids=[text for _, text, _ in LINES])
def test_a_phrase_tells_its_act(line, readings):
    top, _, expected = line
    reading = readings[line]
    if top == "none":
        assert reading.events == ()
    else:
        assert told(reading, top, expected), reading.events
