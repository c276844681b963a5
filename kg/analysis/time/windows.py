"""Windows of time: calendar months, quarters and years, or stretches that slide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MOST", "Unit", "Window", "calendar", "in_windows", "sliding", "windows_of"]

MOST = 5_000  # windows; more is a mistake


class Unit(StrEnum):
    """A stretch of the calendar."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months it has."""
        return {"month": 1, "quarter": 3, "year": 12}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A stretch of days, both ends included.

    Attributes:
        since, until: first and last day.
        label: "2025", "2025-Q2", "2025-02", or both days.
    """

    since: date
    until: date
    label: str


def calendar(first: date, last: date, unit: Unit) -> tuple[Window, ...]:
    """All months, quarters or years from that of the first day to that of the last, whole.

    >>> [window.label for window in calendar(date(2024, 11, 5), date(2025, 1, 1), Unit.QUARTER)]
    ['2024-Q4', '2025-Q1']
    """
    step = unit.months
    start = first.year * 12 + (first.month - 1) // step * step
    found = []
    for month in range(start, last.year * 12 + last.month, step):
        since, after = _day(month), _day(month + step)
        labels = {
            Unit.MONTH: f"{since:%Y-%m}",
            Unit.QUARTER: f"{since:%Y}-Q{since.month // 3 + 1}",
            Unit.YEAR: f"{since:%Y}",
        }
        found.append(Window(since, after - timedelta(days=1), labels[unit]))
    return _checked(found)


def sliding(first: date, last: date, length: int, step: int) -> tuple[Window, ...]:
    """Windows of ``length`` days, one each ``step`` days, the last one ending on ``last``.

    The first is the earliest that holds ``first``. Windows with a step shorter than their length
    share acts, so neighbours are not independent.

    >>> [(w.since.day, w.until.day) for w in sliding(date(2025, 1, 1), date(2025, 1, 9), 4, 3)]
    [(31, 3), (3, 6), (6, 9)]
    """
    if length < 1 or step < 1:
        raise UsageError("a window needs at least one day, and so does a step")
    count = max(1, -(-((last - first).days + 1 - length) // step) + 1)
    if count > MOST:
        _checked([Window(first, last, "")] * count)
    found = []
    for number in reversed(range(count)):
        until = last - timedelta(days=number * step)
        since = until - timedelta(days=length - 1)
        found.append(Window(since, until, f"{since}/{until}"))
    return _checked(found)


def windows_of(
    first: date, last: date, unit: Unit, length: int | None = None, step: int | None = None
) -> tuple[Window, ...]:
    """Sliding windows when a length is given (step: a quarter of it), else calendar ones."""
    if length is None:
        return calendar(first, last, unit)
    return sliding(first, last, length, step or max(1, length // 4))


def in_windows(rows: pl.LazyFrame, windows: Sequence[Window]) -> pl.LazyFrame:
    """Rows with "day" and "last", once for each window they surely lie in, as "window".

    Args:
        rows: with the first and the last day it can have been; undated rows lie in no window.
        windows: sorted by their days.

    Returns:
        The rows with the position of the window (UInt32).
    """
    ends = pl.Series([window.until for window in windows], dtype=pl.Date)
    starts = pl.Series([window.since for window in windows], dtype=pl.Date)
    dated = rows.filter(pl.col("day").is_not_null() & pl.col("last").is_not_null())
    low = pl.lit(ends).search_sorted(pl.col("last"), "left")
    high = pl.lit(starts).search_sorted(pl.col("day"), "right")
    return (
        dated.with_columns(low=low.cast(pl.Int64), high=high.cast(pl.Int64))
        .filter(pl.col("low") < pl.col("high"))
        .with_columns(window=pl.int_ranges("low", "high"))
        .explode("window")
        .drop("low", "high")
        .with_columns(pl.col("window").cast(pl.UInt32))
    )


def _day(month: int) -> date:
    """The first day of a month counted from year 0."""
    return date(month // 12, month % 12 + 1, 1)


def _checked(found: list[Window]) -> tuple[Window, ...]:
    if len(found) > MOST:
        raise UsageError(
            f"{len(found)} windows are more than {MOST}", "take a longer window or fewer days"
        )
    return tuple(found)
