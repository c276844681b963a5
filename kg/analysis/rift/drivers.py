"""What a tone is made of: issues, acts and sources.

All work on the calibrated masses between two sides, with the fixed weights of the pairs held, so
that what is left out does not shift the weights of the rest.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from kg.analysis.rift.records import Driver, Influence, SourceRange
from kg.analysis.rift.tone import shrunk
from kg.reference.schemes import issues as issue_concepts

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FEW", "drivers", "influences", "source_range"]

FEW = 12  # issues whose Shapley values are reckoned exactly, over 2^12 coalitions
_NONE = "other"  # the issue of acts that have none
_MASSES = (
    pl.col("mass").filter(pl.col("sign") > 0).sum().alias("good"),
    pl.col("mass").filter(pl.col("sign") < 0).sum().alias("bad"),
)


def drivers(rows: pl.DataFrame, alpha: float) -> tuple[tuple[Driver, ...], str]:
    """What each top-level issue adds to the tone; the sum is the tone.

    An act with several issues is divided among them in equal parts. With up to ``FEW`` issues the
    contributions are Shapley values (Shapley 1953) of the game in which a coalition of issues is
    worth the tone of its acts alone; with more, each act's share of the numerator, which is linear
    and sums as well.

    Args:
        rows: calibrated rows between the sides.
        alpha: points of intensity.

    Returns:
        The drivers, the strongest first, and "shapley" or "linear".
    """
    split = _by_issue(rows)
    good, bad = split["good"].to_numpy(), split["bad"].to_numpy()
    if split.height <= FEW:
        parts, method = _shapley(good, bad, alpha), "shapley"
    else:
        below = float(good.sum() + bad.sum()) + 2 * alpha
        parts, method = (good - bad) / below, "linear"
    found = [
        Driver(issue, float(part), events, k, c)
        for part, (issue, events, k, c) in zip(
            parts, split.select("issue", "events", "good", "bad").iter_rows(), strict=True
        )
    ]
    return tuple(sorted(found, key=lambda d: (-abs(d.contribution), d.issue))), method


def influences(rows: pl.DataFrame, alpha: float, most: int) -> tuple[Influence, ...]:
    """The acts without which the tone would differ most, each left out alone.

    Args:
        rows: calibrated rows between the sides.
        alpha: points of intensity.
        most: how many to give.
    """
    acts = rows.group_by("event", maintain_order=True).agg(
        *_MASSES, pl.col("day", "type", "sign", "weight").first()
    )
    good, bad = acts["good"].to_numpy(), acts["bad"].to_numpy()
    k, c = good.sum(), bad.sum()
    moved = float(shrunk(k, c, alpha)) - shrunk(k - good, c - bad, alpha)
    ranked = (
        acts.with_columns(moved=pl.Series(moved), size=pl.Series(np.abs(moved)).round(12))
        .sort("size", "event", descending=[True, False])
        .head(most)
    )
    return tuple(
        Influence(event, day, kind, sign * weight, shift)
        for event, day, kind, sign, weight, shift in ranked.select(
            "event", "day", pl.col("type").cast(pl.String), "sign", "weight", "moved"
        ).iter_rows()
    )


def source_range(rows: pl.DataFrame, told: pl.DataFrame, alpha: float) -> SourceRange | None:
    """The tone with each source left out in turn.

    An act that others tell as well stays, with the confidence of the surest among them.

    Args:
        rows: calibrated rows between the sides.
        told: as in ``Ledger``.
        alpha: points of intensity.

    Returns:
        The extremes; None with a single source.
    """
    lost = _lost(rows, told)
    if lost.height < 2:
        return None
    k = rows.filter(pl.col("sign") > 0)["mass"].sum()
    c = rows.filter(pl.col("sign") < 0)["mass"].sum()
    # rounded: sums may differ in the last digit with the order in which threads add
    left = np.round(shrunk(k - lost["good"].to_numpy(), c - lost["bad"].to_numpy(), alpha), 12)
    low, high = int(left.argmin()), int(left.argmax())
    names = lost["source"]
    return SourceRange(float(left[low]), names[low], float(left[high]), names[high])


def _lost(rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The masses that each source alone holds up; columns "source", "good", "bad"."""
    here = (
        told.lazy()
        .join(rows.lazy().select("act").unique(), on="act", how="semi")
        .group_by("act", pl.col("source").cast(pl.String))
        .agg(pl.col("confidence").max())
    )
    surest = here.sort("act", "confidence", "source", descending=[False, True, False])
    second = pl.col("confidence").get(1, null_on_oob=True).fill_null(0.0)
    share = 1 - second / pl.col("confidence").first()
    alone = surest.group_by("act", maintain_order=True).agg(pl.col("source").first(), share=share)
    everybody = here.select("source").unique()
    mine = (
        rows.lazy()
        .join(alone, on="act", maintain_order="left")
        .with_columns(mass=pl.col("mass") * pl.col("share"))
    )
    return (
        everybody.join(
            mine.group_by("source", maintain_order=True).agg(*_MASSES), on="source", how="left"
        )
        .with_columns(pl.col("good", "bad").fill_null(0.0))
        .sort("source")
        .collect()
    )


def _by_issue(rows: pl.DataFrame) -> pl.DataFrame:
    """Masses by top-level issue; columns "issue", "events", "good", "bad"."""
    tops = {concept.code: concept.top for concept in issue_concepts().values()}
    codes = pl.col("issues").cast(pl.List(pl.String))
    named = rows.with_columns(
        issue=pl.when(codes.list.len() > 0)
        .then(codes.list.eval(pl.element().replace(tops)).list.unique())
        .otherwise(pl.lit([_NONE]))
    )
    spread = named.with_columns(mass=pl.col("mass") / pl.col("issue").list.len())
    groups = spread.explode("issue").group_by("issue", maintain_order=True)
    return groups.agg(*_MASSES, pl.col("act").n_unique().alias("events")).sort("issue")


def _shapley(
    good: NDArray[np.float64], bad: NDArray[np.float64], alpha: float
) -> NDArray[np.float64]:
    """Shapley values of the issues, over all coalitions."""
    n = good.size
    coalitions = np.arange(2**n)
    member = (coalitions[:, None] >> np.arange(n)) & 1
    worth = shrunk(member @ good, member @ bad, alpha)
    size = member.sum(axis=1)
    weight = np.array([factorial(s) * factorial(n - s - 1) for s in range(n)] + [0]) / (
        factorial(n) or 1
    )
    found = np.zeros(n)
    for issue in range(n):
        without = coalitions[member[:, issue] == 0]
        gained = worth[without | (1 << issue)] - worth[without]
        found[issue] = weight[size[without]] @ gained
    return found
