"""Every frame's example, read by the real pipeline, must give its sides."""

import pytest

from kg.extraction.coder import AnalystExtractor
from kg.extraction.frames import load_lexicon
from kg.records import Document, PartialDate
from kg.reference.schemes import event_types
from kg.reference.world import load_world

KNOWN_FAILURES = {
    "mobilize.6": "the attribute is taken for an act of its own",
    "support.18": "read as a promise, which is cooperation, too",
}
FRAMES = [
    pytest.param(
        frame,
        id=frame.name,
        marks=[pytest.mark.xfail(reason=KNOWN_FAILURES[frame.name], strict=True)]
        if frame.name in KNOWN_FAILURES
        else [],
    )
    for frame in load_lexicon().frames
]


@pytest.fixture(scope="module")
def readings():
    documents = [
        Document(text=frame.example, published=PartialDate(2025, 6, 15))
        for frame in load_lexicon().frames
    ]
    found = list(AnalystExtractor().read_many(documents))
    at_home = list(AnalystExtractor(generic_actors=True).read_many(documents))
    return {
        frame.name: (at_home if "domestic" in frame.flags else found)[number]
        for number, frame in enumerate(load_lexicon().frames)
    }


def names(text):
    return [part.strip() for part in text.split(",") if part.strip()]


def stands_for(entity, name):
    """True when the entity is the one meant by ``name``: in the reference data, or by surname."""
    if any(actor.iri == entity.reference for actor in load_world().find(name)):
        return True
    return set(name.casefold().split()) <= set(entity.name.casefold().split())


def same(ids, wanted, reading):
    entities = [reading.by_id[i] for i in ids]
    return len(entities) == len(wanted) and all(
        any(stands_for(entity, name) for entity in entities) for name in wanted
    )


@pytest.mark.parametrize("frame", FRAMES)
def test_the_example_of_a_frame_gives_its_sides(frame, readings):
    reading, types = readings[frame.name], event_types()
    joint = "<>" in frame.expect
    left, _, right = frame.expect.replace("<>", ">").partition(">")
    top = types[frame.type].top
    events = [event for event in reading.events if types[event.type].top == top]
    if joint:
        wanted = names(left) + names(right)
        hits = [same(set(e.actors) | set(e.recipients), wanted, reading) for e in events]
    else:
        hits = [
            same(e.actors, names(left), reading) and same(e.recipients, names(right), reading)
            for e in events
        ]
    assert any(hits), (frame.example, reading.events)
