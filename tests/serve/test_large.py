"""What large stores need: lists out of columns, and children that do not grow without bound."""

from __future__ import annotations

import pytest

from kg.serve.child import Child, Opening
from kg.serve.jobs import actors
from kg.serve.worker import JOBS, ROOM, SETTLED, Fatigue


@pytest.fixture
def child(small):
    found = Child(Opening(str(small)))
    found.at("now")
    yield found
    found.close()


@pytest.mark.parametrize("party", ["state/us", "state/germany", "bloc/eu", "person/kaja-kallas"])
def test_an_actor_has_the_same_events_in_a_small_and_a_large_store(child, monkeypatch, party):
    few = actors.actor_events(child, party, 30)
    monkeypatch.setattr(actors, "SMALL", 0)
    many = actors.actor_events(child, party, 30)
    assert {card.id for card in many} == {card.id for card in few}
    assert [card.date for card in many] == sorted((c.date for c in few), reverse=True)


def test_only_as_many_events_as_asked_for_and_the_latest(child, monkeypatch):
    monkeypatch.setattr(actors, "SMALL", 0)
    every = actors.actor_events(child, "state/us", 30)
    assert actors.actor_events(child, "state/us", 2) == every[:2]


def test_a_child_is_replaced_after_many_jobs_but_not_before():
    fatigue = Fatigue()
    assert [fatigue.after("ok") for _ in range(JOBS)].index(True) == JOBS - 1


def test_a_child_that_ran_out_of_memory_is_replaced():
    assert Fatigue().after("memory")


def test_a_child_may_hold_twice_what_it_held_when_settled(monkeypatch):
    held = iter([ROOM] * SETTLED + [2 * ROOM, 2 * ROOM + 1])
    monkeypatch.setattr("kg.serve.worker._held", lambda: next(held))
    fatigue = Fatigue()
    assert [fatigue.after("ok") for _ in range(SETTLED + 2)].index(True) == SETTLED + 1
