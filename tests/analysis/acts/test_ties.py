"""Acts in columns say what the same acts say as objects."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import Level, Party, Period, SignedEvent, between, pairs, side_keys
from kg.analysis.acts import ACTS, FACES, TELLINGS, TIES, acts_of, ties, tying, within
from kg.analysis.records import Evidence
from kg.records import PartialDate, Status

AGENTS = {
    "id:merkel": ("id:germany", ("id:eu", "id:nato")),
    "id:trump": ("id:us", ("id:nato",)),
    "id:germany": ("id:germany", ("id:eu", "id:nato")),
    "id:eu": ("id:eu", ("id:eu",)),
    "id:nobody": (None, ()),
}


def party(role: str, agent: str) -> Party:
    polity, blocs = AGENTS[agent]
    return Party(role, agent, polity, blocs)


def piece(document: str, story: str, confidence: float) -> Evidence:
    return Evidence(
        document, "", "The Paper", "", None, story, 0, 1, "x", "asserted", confidence, "c 1"
    )


@st.composite
def events(draw: st.DrawFn) -> list[SignedEvent]:
    agents = st.lists(st.sampled_from(sorted(AGENTS)), min_size=1, max_size=3, unique=True)
    return [
        SignedEvent(
            iri=f"id:event/{number}",
            label="",
            type="criticise",
            event_class="accuse",
            sign=draw(st.sampled_from([-1, 0, 1])),
            intensity=float(draw(st.integers(-10, 10))),
            status=Status.REALISED,
            date=draw(st.sampled_from([None, PartialDate(2025), PartialDate(2025, 3, 4)])),
            parties=(
                *(party("actor", agent) for agent in draw(agents)),
                *(party("recipient", agent) for agent in draw(agents)),
            ),
            issues=tuple(draw(st.lists(st.sampled_from(["china", "iran"]), unique=True))),
            places=(),
            venues=(),
            evidence=tuple(
                piece(f"id:d{i}", draw(st.sampled_from("xyz")), draw(st.sampled_from([0.25, 0.5])))
                for i in range(draw(st.integers(1, 3)))
            ),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


@settings(deadline=None)
@given(events(), st.sampled_from(Level))
def test_ties_pair_as_the_events_do(found: list[SignedEvent], level: Level) -> None:
    keys = side_keys(level, ("id:eu",))
    table = ties(acts_of(found), keys).collect()
    expected = [(n, a, b) for n, event in enumerate(found) for a, b in pairs(event, keys)]
    assert table.schema == TIES
    assert table.select("act", "a", "b").rows() == expected


@settings(deadline=None)
@given(events(), st.sampled_from(["id:eu", "id:us", "id:merkel"]))
def test_acts_that_tie_somebody_are_tied_alike_alone(found: list[SignedEvent], left: str) -> None:
    acts, keys = acts_of(found), between(left, "id:nato", Level.POLITY)
    kept = tying(acts, keys)
    whole = ties(acts, keys).collect()
    numbers = whole["act"].unique().sort()
    assert ties(kept, keys).collect().equals(whole)
    assert kept.acts.collect()["act"].equals(numbers)
    weighed = acts.weighed().collect().join(numbers.to_frame(), on="act", how="semi")
    assert kept.weighed().collect().equals(weighed)


@settings(deadline=None)
@given(events(), st.data())
def test_acts_are_named_in_the_order_asked_for(
    found: list[SignedEvent], data: st.DataObject
) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(found) - 1))) if found else []
    assert acts_of(found).iris(numbers) == [found[number].iri for number in numbers]


@given(events())
def test_weights_and_sources_are_those_of_the_events(found: list[SignedEvent]) -> None:
    acts = acts_of(found)
    assert (acts.acts.collect_schema(), acts.faces.collect_schema()) == (ACTS, FACES)
    assert acts.tellings.collect_schema() == TELLINGS
    table = acts.weighed().collect()
    assert table["tone"].to_list() == [event.signed_weight for event in found]
    assert table["sources"].to_list() == [event.independent_sources for event in found]


@given(events(), st.sampled_from([None, date(2025, 1, 1), date(2025, 3, 1)]))
def test_a_period_holds_the_same_acts(found: list[SignedEvent], since: date | None) -> None:
    period = Period(since, date(2025, 12, 31))
    kept = acts_of(found).acts.filter(within(period)).collect()["event"].to_list()
    assert kept == [event.iri for event in found if period.holds(event)]
    assert acts_of(found).acts.filter(within(Period())).collect().height == len(found)


def test_direction_tells_who_acted_and_joint_acts_have_none() -> None:
    def event(iri: str, actors: list[str], recipients: list[str]) -> SignedEvent:
        parties = [party("actor", a) for a in actors] + [party("recipient", r) for r in recipients]
        return SignedEvent(
            iri,
            "",
            "meet",
            "consult",
            1,
            1.0,
            Status.REALISED,
            None,
            tuple(parties),
            (),
            (),
            (),
            (),
        )

    both = ["id:eu", "id:trump"]
    found = [
        event("1", ["id:eu"], ["id:trump"]),
        event("2", ["id:trump"], ["id:eu"]),
        event("3", both, both),
    ]
    table = ties(acts_of(found), side_keys(Level.POLITY)).collect()
    assert table["direction"].to_list() == [1, -1, 0]
    assert isinstance(table, pl.DataFrame)
