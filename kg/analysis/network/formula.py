"""How much an act weighs, and how little evidence draws no tie: the one formula of all networks.

    mass of an act  m = |intensity| * confidence * 2 s / (s + 1) * 2^(-age / half-life)

with s the number of independent stories that tell it: one story counts 1, two 4/3, and any number
less than 2, so that coverage alone never doubles an act (raw sums grow with coverage; intensity
after Goldstein 1992). Age is counted in days from the last day the act can have happened to the
end of the period. Of a pair, with K the mass of cooperation and C the mass of conflict:

    weight  w = K - C        tone  r = (K - C) / (K + C + 2 alpha)        contested  4KC / (K+C)^2
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from kg.analysis.acts import ties, within
from kg.analysis.acts.ageing import check_half_life, decay, end_of
from kg.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.periods import Period

__all__ = ["ALPHA", "Formula", "contested", "during", "tied", "tone"]

ALPHA = 5.0  # points of intensity on either side that a tone is shrunk with


@dataclass(frozen=True, slots=True)
class Formula:
    """The choices a network is folded by.

    Attributes:
        half_life: days after which an act counts half; None for no decay.
        min_acts: fewer signed acts draw no tie.
        min_sources: fewer independent stories draw no tie.
        alpha: intensity points that a tone is shrunk with, on either side.

    Raises:
        UsageError: a number that makes no sense.
    """

    half_life: float | None = None
    min_acts: int = 1
    min_sources: int = 1
    alpha: float = ALPHA

    def __post_init__(self) -> None:
        check_half_life(self.half_life)
        if not 0 <= self.alpha < float("inf"):
            raise UsageError(f"a tone cannot be shrunk by {self.alpha}", "give 0 or more")

    def mass(self, end: date | None) -> pl.Expr:
        """The mass of an act with the columns of ``Acts.weighed``; null without a needed date.

        Args:
            end: the day that ages count from; acts after it have age 0.
        """
        sources = pl.col("sources").cast(pl.Float64)
        mass = pl.col("weight") * (2 * sources / (sources + 1))
        if self.half_life is None:
            return mass
        return mass * decay(self.half_life, end)


def tied(
    acts: Acts, keys: Keys, period: Period, formula: Formula, end: date | None = None
) -> pl.LazyFrame:
    """The acts of a period, one row for each pair they tie, with their mass.

    Args:
        acts: the acts.
        keys: under which IRIs a party counts.
        period: acts that do not surely lie in it are left out.
        formula: how they weigh.
        end: the day ages count from; None for the end of the period, or the last act's day.

    Returns:
        The columns of ``ties`` and "event", "sign", "type", "day", "last", "issues",
        "confidence", "sources" and "mass", by act, a and b. With a half-life undated acts are
        left out.
    """
    inside = during(acts, period)
    found = inside.weighed()
    if formula.half_life is not None and end is None:
        end = end_of(inside, period)
    weighed = found.with_columns(mass=formula.mass(end)).select(
        "act", "event", "type", "sign", "day", "last", "issues", "confidence", "sources", "mass"
    )
    return ties(inside, keys).join(
        weighed.filter(pl.col("mass").is_not_null()), on="act", maintain_order="left"
    )


def during(acts: Acts, period: Period) -> Acts:
    """The acts that surely lie in a period, with their sides and evidence alone."""
    if period.open:
        return acts
    kept = acts.acts.filter(within(period)).collect().lazy()
    faces, tellings = (
        table.join(kept.select("act"), on="act", how="semi", maintain_order="left")
        for table in (acts.faces, acts.tellings)
    )
    return replace(acts, acts=kept, faces=faces, tellings=tellings)


def tone(alpha: float) -> pl.Expr:
    """The shrunk tone of the columns "cooperation" and "conflict", in (-1, 1); 0 without any."""
    both = pl.col("cooperation") + pl.col("conflict") + 2 * alpha
    mine = pl.col("cooperation") - pl.col("conflict")
    return pl.when(both > 0).then(mine / both).otherwise(0.0)


def contested() -> pl.Expr:
    """4KC / (K+C)^2: 0 when all is of one sign, 1 when both masses are equal."""
    product = pl.col("cooperation") * pl.col("conflict")
    both = pl.col("cooperation") + pl.col("conflict")
    return pl.when(both > 0).then(4 * product / both**2).otherwise(0.0)
