"""What passed between two parties, in time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kg.analysis import Period
from kg.errors import NotFoundError
from kg.serve.jobs.acts import full, label, short
from kg.serve.jobs.columns import shown, tie_table, ties_of, weighed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kg.serve.child import Child
    from kg.serve.jobs.records import Card, Tie

__all__ = ["PairView", "Step", "pair"]

MOST = 100  # events shown in full
MONTHS = 60  # beyond, years are counted


@dataclass(frozen=True, slots=True)
class Step:
    """The events of a month (or of a year, where there are many months), by sign."""

    when: str
    confrontations: int
    cooperations: int
    consultations: int


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair.

    Attributes:
        a, b: short id and name of the two.
        tie: the figures over all time; None when nothing that happened is signed.
        steps: in time, without gaps; undated events are in none.
        events: latest first, those without a date last, whatever became of them.
        hidden: how many more there are.
        undated: how many events that happened have no date.
    """

    a: tuple[str, str]
    b: tuple[str, str]
    tie: Tie | None
    steps: tuple[Step, ...]
    events: tuple[Card, ...]
    hidden: int
    undated: int


def pair(child: Child, one: str, other: str, level: str) -> PairView:
    """The timeline of two parties.

    Args:
        child: what to ask.
        one: short id of the first.
        other: short id of the second.
        level: person, polity or bloc for the events of these two parties at that level, as a table
            of the level counts them; "" for those of everybody who stands for either.

    Raises:
        NotFoundError: there is nothing between them.
    """
    left, right = full(one), full(other)
    if left == right:
        raise NotFoundError("a pair has two sides")
    sides = (level,) if level else ("polity", one, other)
    first, second = min(left, right), max(left, right)
    both = (pl.col("a").cast(pl.String) == first) & (pl.col("b").cast(pl.String) == second)
    numbers = ties_of(child, *sides, every=True).filter(both).select("act")
    rows = (
        weighed(child, every=True)
        .join(numbers, on="act", how="semi")
        .sort("day", "weight", "event", descending=[True, True, False], nulls_last=True)
        .select("act", "sign", "day", "last", pl.col("status").cast(pl.String))
        .collect()
    )
    happened = rows.filter(pl.col("status") == "realised")
    found = tie_table(child, ties_of(child, *sides).filter(both), Period())[0]
    tie = next(iter(found), None)
    return PairView(
        (short(left), label(child, left)),
        (short(right), label(child, right)),
        tie,
        _steps(happened.select("day", "last", "sign").drop_nulls("day").iter_rows()),
        shown(child, rows["act"].head(MOST).to_list(), every=True),
        max(0, rows.height - MOST),
        happened["day"].null_count(),
    )


def _steps(rows: Iterable[tuple[date, date, int]]) -> tuple[Step, ...]:
    """Months where they are known and not too many, else years."""
    dated = list(rows)
    if not dated:
        return ()
    by_month = all((first.year, first.month) == (last.year, last.month) for first, last, _ in dated)
    days = [first.isoformat()[:7] for first, _, _ in dated]
    length = 7 if by_month and _between(min(days), max(days)) <= MONTHS else 4
    counts = Counter((first.isoformat()[:length], sign) for first, _, sign in dated)
    start, end = min(when for when, _ in counts), max(when for when, _ in counts)
    years = range(int(start[:4]), int(end[:4]) + 1)
    whens = _months(start, end) if length == 7 else [str(year) for year in years]
    return tuple(Step(when, counts[when, -1], counts[when, 1], counts[when, 0]) for when in whens)


def _between(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])


def _months(first: str, last: str) -> list[str]:
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    span = _between(first, last)
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, start + span + 1)]
