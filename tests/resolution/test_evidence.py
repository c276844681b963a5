"""What a link rests on is said in plain words."""

import pytest

from kg.records import ActorKind, Entity, Span
from kg.reference.world import load_world
from kg.resolution.evidence import link_reason

WORLD = load_world()


def reason(name, kind, *quotes):
    (known,) = WORLD.find(name)[:1]
    spans = tuple(Span(100 * n, 100 * n + len(q), q) for n, q in enumerate(quotes))
    return link_reason(known, Entity("e", name, kind, spans, known.iri))


@pytest.mark.parametrize(
    ("name", "kind", "quotes", "said"),
    [
        ("Kaja Kallas", "person", ("Kallas", "Kaja Kallas"), "full name: Kaja Kallas"),
        ("Kaja Kallas", "person", ("Ms Kallas", "Kallas"), "surname only: Kallas"),
        ("Kaja Kallas", "person", ("Prime Minister Kaja Kallas",),
         "name with a title: Prime Minister Kaja Kallas"),
        ("Kaja Kallas", "person", ("Prime Minister Kallas",),
         "surname with a title: Prime Minister Kallas"),
        ("Kaja Kallas", "person", ("the Estonian",), "described, not named: the Estonian"),
        ("France", "state", ("Paris",), "name that stands for it: Paris"),
        ("France", "state", ("the French",), "adjective or people: the French"),
        ("us", "state", ("the U.S.",), "alias: the U.S."),
    ],
)  # fmt: skip
def test_the_strongest_ground_is_named(name, kind, quotes, said):
    assert reason(name, ActorKind(kind), *quotes) == said
