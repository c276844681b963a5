"""Dyads: who is paired with whom, what counts, and what is said about time."""

from datetime import date

import pytest

from kg.analysis import (
    Evidence,
    Grouping,
    Level,
    Party,
    Period,
    SignedEvent,
    between,
    dyads,
    pairs,
    rank_alliances,
    rank_rifts,
    side_keys,
)
from kg.namespaces import entity_iri
from kg.records import PartialDate, Status

EU, NATO, US, DE, FR, UK = (
    entity_iri(*key)
    for key in (
        ("bloc", "eu"),
        ("bloc", "nato"),
        ("state", "us"),
        ("state", "germany"),
        ("state", "france"),
        ("state", "uk"),
    )
)
LABELS = {EU: "EU", US: "US", DE: "Germany", FR: "France", UK: "UK", "merz": "Merz"}


def party(role, agent, polity=None, blocs=()):
    return Party(role, agent, polity or agent, tuple(sorted(blocs)))


def event(name, sign, *parties, when="2025-06-01", intensity=5.0, issues=(), confidence=0.8):
    piece = Evidence("d", "", "", "", None, f"sha-{name}", 0, 1, "q", "asserted", confidence, "x")
    return SignedEvent(
        name, name, "t", "c", sign, sign * intensity, Status.REALISED,
        PartialDate.parse(when) if when else None, parties, tuple(issues), (), (), (piece,),
    )  # fmt: skip


MERZ = party("actor", "merz", DE, {EU, NATO})
WASHINGTON = party("recipient", US, US, {NATO})


def table(events, keys=None, period=None, by=Grouping.PAIR):
    return dyads(events, keys or side_keys(Level.POLITY), LABELS, period or Period(), by)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (Level.PERSON, {"merz", US}),
        (Level.POLITY, {DE, US}),
        (Level.BLOC, {EU, US}),
    ],
)
def test_levels_roll_a_person_up_to_state_and_bloc(level, expected):
    (pair,) = pairs(event("e", -1, MERZ, WASHINGTON), side_keys(level))
    assert set(pair) == expected


def test_inside_a_bloc_members_stand_for_themselves():
    inside = event(
        "e", -1, party("actor", FR, FR, {EU, NATO}), party("recipient", DE, DE, {EU, NATO})
    )
    assert list(pairs(inside, side_keys(Level.BLOC))) == [(FR, DE)]


def test_nobody_is_paired_with_himself():
    joint = [party(role, who) for role in ("actor", "recipient") for who in (US, UK, FR)]
    assert len(list(pairs(event("e", 1, *joint), side_keys(Level.POLITY)))) == 3


def test_between_gathers_everybody_who_stands_for_a_side():
    events = [
        event("e1", -1, MERZ, WASHINGTON),
        event("e2", -1, party("actor", EU, EU, {EU}), WASHINGTON),
        event("e3", -1, party("actor", UK, UK, {NATO}), WASHINGTON),
    ]
    (dyad,) = table(events, between(US, EU, Level.POLITY))
    assert (dyad.confrontations, {dyad.a, dyad.b}) == (2, {EU, US})
    assert len(table(events, between(US, None, Level.POLITY))) == 3
    elsewhere = event("e4", -1, party("actor", UK, UK, {NATO}), party("recipient", FR, FR, {EU}))
    assert len(table([*events, elsewhere], between(US, None, Level.POLITY))) == 3


def test_who_belongs_to_both_sides_counts_for_the_closer_one():
    (dyad,) = table([event("e1", -1, WASHINGTON, party("actor", FR, FR, {EU, NATO}))],
                    between(US, NATO, Level.POLITY))  # fmt: skip
    assert {dyad.a, dyad.b} == {US, NATO}


def test_balance_is_the_sum_of_intensity_times_confidence():
    (dyad,) = table(
        [event("e1", -1, MERZ, WASHINGTON), event("e2", 1, MERZ, WASHINGTON, intensity=2)]
    )
    assert dyad.balance == pytest.approx(0.8 * 2 - 0.8 * 5)
    assert (dyad.confrontations, dyad.cooperations) == (1, 1)


def test_undated_events_count_only_in_the_open_period_and_are_told():
    events = [event("e1", -1, MERZ, WASHINGTON, when=None), event("e2", -1, MERZ, WASHINGTON)]
    (whole,) = table(events)
    (bounded,) = table(events, period=Period(date(2025, 1, 1), date(2025, 12, 31)))
    assert (whole.confrontations, whole.undated, bounded.confrontations) == (2, 1, 1)


def test_a_coarse_date_must_lie_wholly_in_the_period():
    events = [event("e1", -1, MERZ, WASHINGTON, when="2025")]
    assert table(events, period=Period(date(2025, 1, 1), date(2025, 12, 31)))
    assert not table(events, period=Period(date(2025, 2, 1), None))


def test_the_trend_compares_with_the_equally_long_period_before():
    events = [
        event("before", -1, MERZ, WASHINGTON, when="2025-01-15", intensity=2),
        event("now", -1, MERZ, WASHINGTON, when="2025-02-15", intensity=6),
    ]
    (dyad,) = table(events, period=Period(date(2025, 2, 1), date(2025, 2, 28)))
    assert dyad.trend == pytest.approx(-0.8 * 6 + 0.8 * 2)
    (first,) = table(events[1:], period=Period(date(2025, 2, 1), date(2025, 2, 28)))
    assert first.trend is None


def test_by_issue_and_by_month_split_a_pair():
    events = [event("e1", -1, MERZ, WASHINGTON, issues=("trade-tariffs", "energy"))]
    assert {d.group for d in table(events, by=Grouping.ISSUE)} == {"trade-tariffs", "energy"}
    assert {d.group for d in table(events, by=Grouping.MONTH)} == {"2025-06"}
    assert {d.group for d in table([event("e", 1, MERZ, WASHINGTON, when="2025")],
                                   by=Grouping.MONTH)} == {"undated"}  # fmt: skip


def test_rankings_leave_out_what_they_do_not_rank():
    found = table([
        event("e1", -1, MERZ, WASHINGTON),
        event("e2", 1, party("actor", FR), party("recipient", UK)),
        event("e3", 0, party("actor", FR), party("recipient", US)),
    ])  # fmt: skip
    assert [{d.a, d.b} for d in rank_rifts(found)] == [{DE, US}]
    assert [{d.a, d.b} for d in rank_alliances(found)] == [{FR, UK}]
