"""Linking: IRIs, capacities on the day, event identity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.namespaces import entity_iri
from kg.records import (
    ActorKind,
    Document,
    Entity,
    EventMention,
    Modality,
    OfficeStatement,
    PartialDate,
    Reading,
    Status,
)
from kg.reference.world import load_world
from kg.resolution import link
from kg.resolution.identity import event_iri

TEXT = "Kaja Kallas criticised the United States. Jane Doe, the envoy of France, disagreed."
EU, US = entity_iri("bloc", "eu"), entity_iri("state", "us")
KALLAS = entity_iri("person", "Kaja Kallas")


def reading(when: str | None, published: str | None = "2026-02-14") -> Reading:
    document = Document(TEXT, published=PartialDate.parse(published) if published else None)
    first = document.span(0, 41)
    return Reading(
        document,
        "hand",
        "1",
        entities=(
            Entity("k", "Kaja Kallas", ActorKind.PERSON, (document.span(0, 11),), KALLAS),
            Entity("u", "United States", ActorKind.STATE, (document.span(27, 40),), US),
            Entity("j", "Jane Doe", ActorKind.PERSON, (document.span(42, 50),)),
        ),
        offices=(
            OfficeStatement(
                "j",
                "envoy",
                "France",
                document.span(42, 71),
                body_reference=entity_iri("state", "France"),
            ),
        ),
        events=tuple(
            EventMention(
                "criticise",
                (actor,),
                ("u",),
                first,
                document.span(12, 22),
                Modality.ASSERTED,
                0.8,
                "hand",
                PartialDate.parse(when) if when else None,
            )
            for actor in ("k", "j")
        ),
    )


def capacities(when: str | None, published: str | None = "2026-02-14"):
    linked = link(reading(when, published), load_world())
    return {side.actor.label: side.capacity for event in linked.events for side in event.sides}


@pytest.mark.parametrize(
    ("when", "polity"),
    [
        ("2023-06-01", entity_iri("state", "Estonia")),  # prime minister
        ("2024-09-01", None),  # between two offices
        ("2026-02-14", EU),  # High Representative
    ],
)
def test_a_person_speaks_for_whom_the_office_of_that_day_represents(when, polity):
    assert capacities(when, "2026-02-20")["Kaja Kallas"].polity == polity


def test_a_bloc_is_its_own_bloc_and_a_state_has_those_of_the_day():
    assert EU in capacities("2026-02-14")["Kaja Kallas"].blocs
    assert entity_iri("bloc", "nato") in capacities("2026-02-14")["United States"].blocs


def test_an_unknown_person_speaks_for_whom_the_text_says():
    linked = link(reading("2026-02-14"), load_world())
    jane = linked.actors["j"]
    assert not jane.known
    assert jane.iri == entity_iri("person", "Jane Doe")
    assert capacities("2026-02-14")["Jane Doe"].polity == entity_iri("state", "France")


def test_an_undated_event_is_judged_by_the_day_of_publication():
    assert capacities(None)["Kaja Kallas"].polity == EU


def test_without_any_date_no_office_and_no_bloc_is_guessed():
    found = capacities(None, None)
    assert found["Kaja Kallas"].tenures == ()
    assert found["United States"].blocs == ()


def test_only_a_date_known_to_the_day_carries_across_documents():
    def iri(date: str | None, document: str) -> str:
        parsed = PartialDate.parse(date) if date else None
        return event_iri("meet", ["a", "b"], ["b", "a"], parsed, Status.REALISED, document)

    assert iri("2026-02-14", "one") == iri("2026-02-14", "two")
    for coarse in ("2026-02", "2026", None):
        assert iri(coarse, "one") != iri(coarse, "two")
    assert iri("2026-02-14", "one") != iri("2026-02-15", "one")


def test_an_act_and_its_denial_are_two_events():
    date = PartialDate(2026, 2, 14)
    iris = {event_iri("meet", ["a"], ["b"], date, status, "d") for status in Status}
    assert len(iris) == len(Status)


@given(st.permutations(["x", "y", "z"]), st.permutations(["p", "q"]))
def test_the_order_of_the_sides_does_not_matter(actors, recipients):
    date = PartialDate(2026, 2, 14)
    assert event_iri("meet", actors, recipients, date, Status.REALISED, "") == event_iri(
        "meet", ["x", "y", "z"], ["p", "q"], date, Status.REALISED, ""
    )
