"""Old acts count less: half after a half-life."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from kg.analysis.acts.ties import within
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.analysis.acts.table import Acts
    from kg.analysis.periods import Period

__all__ = ["FORGOTTEN", "check_half_life", "decay", "end_of", "remembered"]

FORGOTTEN = 30  # half-lives after which an act counts a billionth, and is left out of a tone


def check_half_life(half_life: float | None) -> None:
    """UsageError for a half-life that makes no sense; None is no decay."""
    if half_life is not None and not 0 < half_life < float("inf"):
        raise UsageError(f"a half-life of {half_life} days is none", "give 1 or more")


def end_of(acts: Acts, period: Period) -> date | None:
    """The day that ages count from: the period's last, else that of the last act in it."""
    if period.until:
        return period.until
    last = acts.acts.filter(within(period)).select(pl.col("last").max()).collect().item()
    return last if isinstance(last, date) else None


def decay(half_life: float, end: date | None) -> pl.Expr:
    """How much an act counts, by its column "last"; null for one without a date.

    Args:
        half_life: days after which an act counts half.
        end: the day that ages count from; acts after it have age 0.
    """
    return 2.0 ** (-_age(end) / half_life)


def remembered(rows: pl.DataFrame, half_life: float | None, end: date | None) -> pl.DataFrame:
    """Rows with their "weight" decayed; undated ones and those long forgotten are left out.

    Args:
        rows: columns "last" and "weight" among others.
        half_life: days after which an act counts half; None leaves all as it is.
        end: the day that ages count from, see ``end_of``.

    Raises:
        UsageError: a half-life that makes no sense.
    """
    check_half_life(half_life)
    if half_life is None:
        return rows
    kept = rows.filter((_age(end) <= FORGOTTEN * half_life).fill_null(False))
    return kept.with_columns(weight=pl.col("weight") * decay(half_life, end))


def _age(end: date | None) -> pl.Expr:
    return (pl.lit(end, pl.Date) - pl.col("last")).dt.total_days().clip(lower_bound=0)
