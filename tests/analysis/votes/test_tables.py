"""Votes of states and blocs over time, and next to the tone of acts."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from kg.analysis.votes import By, Voters, agreements, compare
from kg.feeds.kinds.votes import CALLS, CAST

CALL_ROWS = [
    (1, date(1999, 5, 1), "53", None, "A", ["Human rights"]),
    (2, date(2001, 5, 1), "55", None, "B", ["Human rights", "Colonialism"]),
    (3, date(2001, 6, 1), "55", None, "C", []),
]


def _cast(**votes: str):
    ways = {"y": "yes", "a": "abstain", "n": "no"}
    rows = [
        (call, state, ways[way])
        for state, said in votes.items()
        for call, way in enumerate(said, 1)
        if way != "-"
    ]
    return pl.DataFrame(rows, schema=CAST, orient="row")


@pytest.fixture
def calls():
    return pl.DataFrame(CALL_ROWS, schema=CALLS, orient="row")


def members(bloc: str, on: date) -> tuple[str, ...]:
    return ("f",) if on.year < 2000 else ("d", "f")


def test_years_decades_sessions_and_issues(calls):
    cast = _cast(u="yny", f="nny")
    us, france = Voters("u"), Voters("f")

    def raw(by):
        return [(g, found.raw, found.votes) for g, found in agreements(cast, calls, us, france, by)]

    assert raw(By.ALL) == [("all", pytest.approx(2 / 3), 3)]
    assert raw(By.YEAR) == [("1999", 0.0, 1), ("2001", 1.0, 2)]
    assert raw(By.DECADE) == [("1990s", 0.0, 1), ("2000s", 1.0, 2)]
    assert raw(By.SESSION) == [("53", 0.0, 1), ("55", 1.0, 2)]
    assert raw(By.ISSUE) == [
        ("(no issue given)", 1.0, 1),
        ("Colonialism", 1.0, 1),
        ("Human rights", 0.5, 2),
    ]


def test_a_bloc_votes_by_its_members_of_the_day_each_with_an_equal_share(calls):
    cast = _cast(u="yyy", f="yyn", d="nn-")
    found = dict(agreements(cast, calls, Voters("u"), Voters("b", members), By.YEAR))
    assert found["1999"].raw == 1.0  # d is no member yet
    assert found["2001"].votes == 2
    assert found["2001"].raw == pytest.approx((0.5 + 0.0) / 2)


def test_a_member_is_not_compared_with_itself(calls):
    cast = _cast(f="yyy", d="yny")
    (_, found), = agreements(cast, calls, Voters("f"), Voters("b", members), By.ALL)  # fmt: skip
    assert found.votes == 2  # in 1999 the bloc is f alone
    assert found.raw == 0.5


def test_the_order_of_sides_does_not_matter(calls):
    cast = _cast(u="yan", f="nay", d="yyy")
    one, bloc = Voters("u"), Voters("b", members)
    forth, back = (agreements(cast, calls, *pair, By.YEAR) for pair in ((one, bloc), (bloc, one)))
    assert [(g, f.raw, f.s, f.pi) for g, f in forth] == [(g, f.raw, f.s, f.pi) for g, f in back]


def test_votes_that_follow_words_correlate():
    years = range(1990, 2020)
    tone = {year: (year % 7) / 7 for year in years}
    found = compare({year: 0.5 + tone[year] / 3 for year in years}, tone)
    assert found.rho == pytest.approx(1)
    assert found.p is not None
    assert found.p < 0.01
    assert found.low is not None
    assert found.low > 0.9
    assert found == compare({year: 0.5 + tone[year] / 3 for year in years}, tone)


def test_too_few_years_or_no_change_say_nothing():
    assert compare({2000: 0.1, 2001: 0.2, 2002: 0.3}, {2000: 1, 2001: 2, 2002: 3}).rho is None
    flat = dict.fromkeys(range(1990, 2000), 0.5)
    assert compare(flat, {year: float(year) for year in flat}).rho is None


def test_lead_and_lag_look_one_year_either_way():
    votes = {year: float((year * 7) % 11) for year in range(1980, 2010)}
    after = compare(votes, {year + 1: value for year, value in votes.items()})
    assert after.lead == pytest.approx(1)
    before = compare(votes, {year - 1: value for year, value in votes.items()})
    assert before.lag == pytest.approx(1)
