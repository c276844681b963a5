"""What the figures of two sides are, by hand; and what must leave them as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import Level, Party, Period, SignedEvent
from kg.analysis.acts import Acts, acts_of
from kg.analysis.records import Evidence
from kg.analysis.rift import FLOOR, Floor, Support, rift
from kg.analysis.time import Unit
from kg.errors import UsageError
from kg.records import PartialDate, Status

BLOCS = {"id:us": (), "id:ca": (), "id:fr": ("id:eu",), "id:de": ("id:eu",)}
ANY = Floor(1, 1)


def act(number, actor, recipient, tone, *, story=None, outlets=("A",), issues=(), day=None):
    """An act of a tone, told with confidence 1 by one story in each outlet."""
    sides = (("actor", actor), ("recipient", recipient))
    name = f"s{number}" if story is None else story
    return SignedEvent(
        iri=f"id:event/{number:04d}",
        label="",
        type="act",
        event_class="act",
        sign=int(np.sign(tone)),
        intensity=float(tone),
        status=Status.REALISED,
        date=day or PartialDate(2020, 1 + number % 12, 1),
        parties=tuple(Party(role, who, who, BLOCS[who]) for role, who in sides),
        issues=tuple(issues),
        places=(),
        venues=(),
        evidence=tuple(
            Evidence(
                f"id:{name}{o}", "", o, "", None, f"{name}{o}", 0, 1, "q", "asserted", 1.0, "c"
            )
            for o in outlets
        ),
    )


def plain(events, left="id:us", right="id:eu", **options):
    return rift(acts_of(events), left, right, floor=ANY, **options)


def test_the_tone_of_a_pair_is_the_formula():
    found = plain([act(1, "id:us", "id:fr", -6), act(2, "id:fr", "id:us", 2)], right="id:fr")
    assert found.tone.value == pytest.approx((2 - 6) / (2 + 6 + 10))
    assert found.forward.value == pytest.approx(-6 / 16)
    assert found.backward.value == pytest.approx(2 / 12)
    assert found.asymmetry.value == pytest.approx(-6 / 16 - 2 / 12)
    assert found.rift is None
    assert any("only the tone" in note for note in found.notes)
    assert plain([act(1, "id:us", "id:fr", -6)], right="id:fr", alpha=0.0).tone.value == -1


def test_the_rift_is_tone_inside_less_tone_between():
    events = [act(1, "id:us", "id:fr", -8), act(2, "id:us", "id:de", -2)]
    events += [act(3, "id:fr", "id:de", 6), act(4, "id:de", "id:fr", 4)]
    found = plain(events)
    # weights of the pairs: 0.8 and 0.2; both have tone -1, so calibration changes nothing
    assert found.tone.value == pytest.approx(-10 / 20)
    assert found.cohesion[0] is None
    assert found.cohesion[1].value == pytest.approx(10 / 20)
    assert found.rift.value == pytest.approx(0.5 + 0.5)
    assert "right alone" in " ".join(found.notes)


def test_a_member_in_the_news_is_no_change_between_the_sides():
    """France is always dark and Germany always bright; only how often they are reported changes."""

    def month(start, year, dark, bright):
        when = PartialDate(year, 5, 3)
        return [
            *(act(start + n, "id:us", "id:fr", -5, day=when) for n in range(dark)),
            *(act(start + 500 + n, "id:us", "id:de", 5, day=when) for n in range(bright)),
        ]

    events = month(0, 2020, 40, 360) + month(1000, 2021, 360, 40)
    years = plain(events, by=Unit.YEAR).series
    assert [stretch.label for stretch in years] == ["2020", "2021"]
    one, other = (stretch.tone.value for stretch in years)
    raw = (360 - 40) / 400
    assert abs(one) < 0.1
    assert abs(other) < 0.1
    assert raw > 0.7  # what coverage alone would have shown


def test_equal_weights_count_members_alike():
    events = [act(n, "id:us", "id:fr", -5) for n in range(90)]
    events += [act(100 + n, "id:us", "id:de", 5) for n in range(30)]
    by_evidence, alike = plain(events), plain(events, equal=True)
    assert by_evidence.tone.value < -0.4
    assert -0.15 < alike.tone.value < 0.05


def test_swapping_the_sides_swaps_the_directions():
    events = [act(n, "id:us", "id:fr", tone) for n, tone in enumerate((-6, 3, -2, -4, -1))]
    events += [act(9, "id:de", "id:us", 4), act(10, "id:fr", "id:de", 5)]
    one, other = plain(events), plain(events, left="id:eu", right="id:us")
    assert one.tone.value == pytest.approx(other.tone.value)
    assert one.rift.value == pytest.approx(other.rift.value)
    assert one.forward.value == pytest.approx(other.backward.value)
    assert one.asymmetry.value == pytest.approx(-other.asymmetry.value)


def test_little_evidence_is_no_figure_but_a_sentence():
    events = [act(n, "id:us", "id:fr", -3, story="one") for n in range(3)]
    found = rift(acts_of(events), "id:us", "id:eu")
    assert found.tone is None
    assert found.abstained.startswith("3 events in 1 story from 1 source: too little to say")
    assert "5 events in 5 stories" in found.abstained
    assert FLOOR.abstention(Support(5, 5, 1, 1, 1)) == ""
    nothing = rift(acts_of([]), "id:us", "id:eu")
    assert "no signed events" in nothing.abstained


def test_single_sources_and_unknown_dates_are_said():
    events = [act(n, "id:us", "id:fr", -3) for n in range(6)]
    assert "All of it comes from one source." in plain(events).notes
    undated = replace(events[0], date=None)
    said = plain([undated, *events[1:]], period=Period(date(2020, 1, 1), None)).notes
    assert any(
        note.startswith("1 of 6 acts have no known date; they are left out") for note in said
    )


def test_a_person_is_a_side():
    events = [act(n, "id:us", "id:fr", -4) for n in range(8)]
    parties = tuple(replace(p, agent="id:president") if p.agent == "id:us" else p
                    for p in events[0].parties)  # fmt: skip
    events = [replace(event, parties=parties) for event in events]
    found = plain(events, left="id:president", level=Level.PERSON)
    assert found.support.events == 8
    assert found.tone.value == pytest.approx(-32 / 42)


TOLD = st.lists(
    st.tuples(
        st.sampled_from(sorted(BLOCS)), st.sampled_from(sorted(BLOCS)),
        st.integers(-9, 9), st.integers(0, 6),
        st.lists(st.sampled_from(["iran", "climate", "china"])),
    ).filter(lambda drawn: drawn[0] != drawn[1]),
    min_size=1, max_size=25,
)  # fmt: skip


def acts_from(told) -> Acts:
    events = []
    for n, (a, b, tone, story, issues) in enumerate(told):
        outlets = ("A", "B")[: 1 + story % 2]
        events.append(act(n, a, b, tone, story=f"s{story}", outlets=outlets, issues=set(issues)))
    return acts_of(events)


def figures(found):
    return (found.tone, found.forward, found.backward, found.cohesion, found.rift, found.moved,
            found.drivers, found.surprise, found.series, found.changes, found.trend)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(TOLD, st.data())
def test_a_copy_of_a_report_changes_nothing(told, data):
    acts = acts_from(told)
    tellings = acts.tellings.collect()
    chosen = data.draw(st.lists(st.integers(0, tellings.height - 1), max_size=5))
    copies = tellings[chosen].with_columns(document=pl.lit("id:copy").cast(pl.Categorical))
    more = replace(acts, tellings=pl.concat([tellings, copies]).lazy())
    one, other = (rift(a, "id:us", "id:eu", floor=ANY, by=Unit.YEAR) for a in (acts, more))
    assert figures(one) == figures(other)
    assert one.support == other.support


@settings(max_examples=25, deadline=None)
@given(TOLD)
def test_issues_sum_to_the_tone(told):
    found = rift(acts_from(told), "id:us", "id:eu", floor=ANY)
    if found.tone:
        assert sum(d.contribution for d in found.drivers) == pytest.approx(found.tone.value)
        assert found.drivers_by == "shapley"


def test_many_issues_sum_as_well():
    from kg.reference.schemes import issues

    tops = sorted({issue.top for issue in issues().values()})
    events = [
        act(n, "id:us", "id:fr", -3 if n % 3 else 5, issues=[top]) for n, top in enumerate(tops)
    ]
    found = plain(events)
    assert found.drivers_by == "linear"
    assert sum(d.contribution for d in found.drivers) == pytest.approx(found.tone.value)


def test_shapley_values_are_those_of_two_issues_by_hand():
    events = [
        act(1, "id:us", "id:fr", -6, issues=["iran"]),
        act(2, "id:us", "id:fr", 4, issues=["china"]),
    ]
    found = {driver.issue: driver.contribution for driver in plain(events).drivers}
    both, iran, china = -2 / 20, -6 / 16, 4 / 14
    assert found["iran"] == pytest.approx((iran + both - china) / 2)
    assert found["china"] == pytest.approx((china + both - iran) / 2)


def test_an_act_moves_the_tone_by_what_is_missing_without_it():
    events = [act(n, "id:us", "id:fr", tone) for n, tone in enumerate((-6, 3, -2, 8))]
    found = plain(events, right="id:fr")
    for moved in found.moved:
        without = plain([e for e in events if e.iri != moved.event], right="id:fr")
        assert moved.moved == pytest.approx(found.tone.value - without.tone.value)
    assert [abs(m.moved) for m in found.moved] == sorted(abs(m.moved) for m in found.moved)[::-1]


def test_each_source_is_left_out_in_turn():
    told = (("A", -6), ("A", -4), ("B", 5), ("C", 2), ("AB", -3))
    events = [act(n, "id:us", "id:fr", tone, outlets=tuple(o)) for n, (o, tone) in enumerate(told)]
    found = plain(events, right="id:fr")
    tones = {}
    for source in "ABC":
        kept = [
            replace(e, evidence=tuple(p for p in e.evidence if p.outlet != source)) for e in events
        ]
        tones[source] = plain([e for e in kept if e.evidence], right="id:fr").tone.value
    worst, best = min(tones, key=tones.get), max(tones, key=tones.get)
    assert (found.outlets.without_low, found.outlets.without_high) == (worst, best)
    assert found.outlets.low == pytest.approx(tones[worst])
    assert found.outlets.high == pytest.approx(tones[best])


def test_the_same_seed_gives_the_same_figures(feeds):
    acts = feeds.feed(np.random.default_rng(1), feeds.World(right=4), 80).acts
    one, other = (rift(acts, "id:l0", feeds.RIGHT, seed=7) for _ in range(2))
    assert one == other
    assert rift(acts, "id:l0", feeds.RIGHT, seed=8).tone != one.tone


def test_an_act_counts_half_after_each_half_life_before_the_end():
    events = [
        act(1, "id:us", "id:fr", -6, day=PartialDate(2020, 1, 1)),
        act(2, "id:fr", "id:us", 2, day=PartialDate(2020, 3, 1)),
    ]
    found = plain(events, right="id:fr", half_life=30.0)  # 60 days before the last act
    assert found.tone.value == pytest.approx((2 - 1.5) / (2 + 1.5 + 10))
    later = Period(None, date(2020, 3, 31))
    found = plain(events, right="id:fr", half_life=30.0, period=later)
    assert found.tone.value == pytest.approx((1 - 0.75) / (1 + 0.75 + 10))
    assert found.support.events == 2


def test_a_half_life_leaves_out_what_is_undated_or_long_forgotten():
    events = [
        replace(act(1, "id:us", "id:fr", -6), date=None),
        act(2, "id:us", "id:fr", -6, day=PartialDate(1950, 1, 1)),
        act(3, "id:fr", "id:us", 2, day=PartialDate(2020, 3, 1)),
    ]
    found = plain(events, right="id:fr", half_life=30.0)
    assert found.support.events == 1
    assert found.tone.value == pytest.approx(2 / 12)
    assert "1 of 3 acts have no known date; they are left out." in found.notes


def test_what_is_told_by_time_knows_of_no_decay():
    events = [act(n, "id:us", "id:fr", -1 - n % 5) for n in range(24)]
    events += [act(30 + n, "id:fr", "id:us", 2) for n in range(12)]
    fresh, aged = (
        plain(events, right="id:fr", by=Unit.QUARTER, half_life=half) for half in (None, 60.0)
    )
    assert aged.series == fresh.series
    assert (aged.trend, aged.changes, aged.surprise) == (fresh.trend, fresh.changes, fresh.surprise)
    assert aged.tone.value != pytest.approx(fresh.tone.value, abs=0.01)


@pytest.mark.parametrize("half_life", [0.0, -1.0, float("inf"), float("nan")])
def test_a_half_life_that_is_none_is_refused(half_life):
    with pytest.raises(UsageError, match="half-life"):
        plain([act(1, "id:us", "id:fr", -6)], right="id:fr", half_life=half_life)
