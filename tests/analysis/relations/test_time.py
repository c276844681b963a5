"""Windows, timelines, differences and camps that are followed."""

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import Level, between, side_keys
from kg.analysis.acts import acts_of
from kg.analysis.network import Formula
from kg.analysis.time import (
    Kind,
    Unit,
    Window,
    adjusted_rand,
    calendar,
    difference,
    follow,
    sliding,
    timeline,
    windows_of,
)
from kg.analysis.time.windows import in_windows
from kg.errors import UsageError

DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(DAYS, DAYS, st.sampled_from(Unit))
def test_calendar_windows_follow_each_other_and_hold_both_days(one, other, unit):
    first, last = sorted((one, other))
    windows = calendar(first, last, unit)
    assert windows[0].since <= first <= windows[0].until
    assert windows[-1].since <= last <= windows[-1].until
    for before, after in pairwise(windows):
        assert after.since == before.until + timedelta(days=1)


@given(DAYS, st.integers(0, 400), st.integers(1, 200), st.integers(1, 200))
def test_sliding_windows_end_on_the_last_day_and_reach_the_first(first, days, length, step):
    last = first + timedelta(days=days)
    windows = sliding(first, last, length, step)
    assert windows[-1].until == last
    assert windows[0].since <= first
    assert all((w.until - w.since).days == length - 1 for w in windows)
    if len(windows) > 1:
        assert windows[1].since > first
        assert (windows[1].since - windows[0].since).days == step


def test_mistaken_windows_are_refused():
    with pytest.raises(UsageError, match="at least one day"):
        sliding(date(2025, 1, 1), date(2025, 2, 1), 0, 1)
    with pytest.raises(UsageError, match="windows are more than"):
        windows_of(date(1900, 1, 1), date(2025, 1, 1), Unit.YEAR, 2, 1)


@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), max_size=6),
       st.integers(1, 900), st.integers(2, 900))  # fmt: skip
@settings(deadline=None)
def test_acts_lie_in_exactly_the_windows_that_hold_all_their_days(spans, length, step):
    windows = sliding(date(2000, 1, 1), date(2020, 1, 1), length, max(step, length // 9 + 1))
    acts = [(n, day, day + timedelta(days=more)) for n, (day, more) in enumerate(spans)]
    rows = pl.LazyFrame(acts, {"act": pl.Int64, "day": pl.Date, "last": pl.Date}, orient="row")
    found = in_windows(rows, windows).collect().select("act", "window").rows()
    assert sorted(found) == [
        (n, place)
        for n, day, last in acts
        for place, window in enumerate(windows)
        if window.since <= day and last <= window.until
    ]


def us_and_eu(who):
    return between(who("us"), who("eu"), Level.POLITY)


def test_a_timeline_counts_by_window_and_names_the_acts_that_turned_it(act, who):
    events = [
        act("1", "us", "france", 6, when="2025-01-10", stories=("a",)),
        act("2", "germany", "us", 3, when="2025-01-20", stories=("b",)),
        act("3", "us", "eu", -7, when="2025-03-02", stories=("c",)),
        act("4", "us", "italy", 2, when="2025-03-03", stories=("d",)),
        act("5", "us", "italy", -1, when="2025", stories=("d",)),
        act("6", "us", "uk", -9, when="2025-03-03"),
    ]
    windows = calendar(date(2025, 1, 1), date(2025, 3, 31), Unit.MONTH)
    one, two, three = timeline(acts_of(events), us_and_eu(who), windows)
    assert (one.cooperations, one.confrontations, one.sources, one.sign) == (2, 0, 2, 1)
    assert one.events == ("id:1", "id:2")
    assert two.events == ()
    assert (two.sign, two.tone) == (0, 0.0)
    assert (three.conflict, three.cooperation, three.sign) == (7.0, 2.0, -1)
    assert three.tone == pytest.approx(-5 / 19)
    assert three.flipped
    assert three.because == ("id:3",)


def test_below_the_floor_nothing_turns(act, who):
    events = [
        act("1", "us", "eu", 6, when="2025-01-10"),
        act("2", "us", "eu", -6, when="2025-02-10"),
        act("3", "us", "eu", 6, when="2025-01-11"),
    ]
    windows = calendar(date(2025, 1, 1), date(2025, 2, 28), Unit.MONTH)
    steps = timeline(acts_of(events), us_and_eu(who), windows, Formula(min_acts=2))
    assert [step.sign for step in steps] == [1, 0]
    assert not any(step.flipped for step in steps)


def test_a_difference_names_what_appeared_ended_and_flipped(act, who):
    windows = (
        Window(date(2024, 1, 1), date(2024, 12, 31), "2024"),
        Window(date(2025, 1, 1), date(2025, 12, 31), "2025"),
    )
    events = [
        act("1", "us", "france", 6, when="2024-05-01"),
        act("2", "us", "france", -8, when="2025-05-01"),
        act("3", "us", "uk", 4, when="2024-05-01"),
        act("4", "us", "italy", -2, when="2025-05-01"),
        act("5", "us", "germany", 2, when="2024-05-01"),
        act("6", "us", "germany", 9, when="2025-05-01"),
    ]
    found = difference(acts_of(events), side_keys(Level.POLITY), {}, windows)
    kinds = {change.a if change.a != who("us") else change.b: change for change in found.changes}
    assert [change.kind for change in found.changes] == [
        Kind.FLIPPED, Kind.APPEARED, Kind.ENDED, Kind.WARMER,
    ]  # fmt: skip
    flipped = kinds[who("france")]
    assert (flipped.before, flipped.after, flipped.events) == (6.0, -8.0, ("id:2",))
    assert kinds[who("uk")].events == ("id:3",)
    assert kinds[who("italy")].after == -2.0
    assert kinds[who("germany")].moved == pytest.approx(9 / 19 - 2 / 12)


def test_camps_keep_their_numbers_while_they_can_be_matched():
    found = follow([
        [("a", "b", "c"), ("x", "y")],
        [("x", "y", "c"), ("a", "b")],
        [],
        [("q", "r"), ("a",)],
    ])  # fmt: skip
    assert found[0].camps == {1: ("a", "b", "c"), 2: ("x", "y")}
    assert found[1].camps == {1: ("a", "b"), 2: ("c", "x", "y")}
    assert found[1].joined == {2: ("c",)}
    assert found[1].left == {1: ("c",)}
    assert found[3].camps == {1: ("a",), 3: ("q", "r")}
    assert found[0].agreement is None


def test_the_adjusted_rand_index_is_the_published_one():
    # the example of Hubert and Arabie's formula in the documentation of scikit-learn
    one = dict(zip("abcd", (0, 0, 1, 2), strict=True))
    other = dict(zip("abcd", (0, 0, 1, 1), strict=True))
    assert adjusted_rand(one, other) == pytest.approx(0.571428, abs=1e-5)
    assert adjusted_rand(one, {"a": 1}) is None
