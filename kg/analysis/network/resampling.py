"""Masses of pairs when the stories are drawn anew: the bootstrap behind supports and intervals.

Stories are what is independent of each other, not acts or documents. Each story gets a weight
drawn from the Poisson distribution with mean 1, as in a bootstrap with replacement of many; the
mass of an act is shared evenly among the stories that tell it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.analysis.acts import Acts

__all__ = ["Resampled", "resampled"]

REPLICATES = 200
FEWEST = 40
DRAWS = 20_000_000  # stories times replicates; more stories get fewer replicates
CHUNK = 2_000_000  # of which are held at once


@dataclass(frozen=True, slots=True)
class Resampled:
    """Masses by pair (rows) and replicate (columns).

    Attributes:
        pairs: (a, b) of every row, sorted.
        cooperation, conflict: masses.
    """

    pairs: tuple[tuple[str, str], ...]
    cooperation: NDArray[np.float64]
    conflict: NDArray[np.float64]

    def tones(self, alpha: float) -> NDArray[np.float64]:
        """Shrunk tones."""
        both = self.cooperation + self.conflict + 2 * alpha
        found: NDArray[np.float64] = (self.cooperation - self.conflict) / np.maximum(both, 1e-12)
        return found


def resampled(
    rows: pl.LazyFrame, acts: Acts, *, replicates: int | None = None, seed: int = 0
) -> Resampled:
    """Masses of all pairs in bootstrap replicates over stories.

    Args:
        rows: as ``tied`` gives them.
        acts: for who tells what.
        replicates: how many; None for up to ``REPLICATES``.
        seed: of the draws.
    """
    told = acts.tellings.select("act", "story").unique()
    shared = (
        rows.filter(pl.col("sign") != 0)
        .select("act", pl.col("a", "b").cast(pl.String), "sign", "mass")
        .join(told, on="act")
        .with_columns(share=pl.col("mass") / pl.col("story").len().over("act", "a", "b"))
        .group_by("a", "b", "sign", "story")
        .agg(pl.col("share").sum())
        .sort("a", "b", "sign", "story")
        .collect()
    )
    pairs = shared.select("a", "b").unique().sort("a", "b")
    stories = shared.select("story").unique().sort("story")
    placed = shared.join(pairs.with_row_index("pair"), on=["a", "b"]).join(
        stories.with_row_index("told"), on="story"
    )
    count = replicates or max(FEWEST, min(REPLICATES, DRAWS // max(1, stories.height)))
    masses = [_masses(placed, sign, pairs.height, stories.height) for sign in (1, -1)]
    found = _drawn(masses, stories.height, count, seed)
    return Resampled(tuple((a, b) for a, b in pairs.iter_rows()), *found)


def _masses(placed: pl.DataFrame, sign: int, pairs: int, stories: int) -> csr_array:
    part = placed.filter(pl.col("sign") == sign)
    places = (part["pair"].to_numpy(), part["told"].to_numpy())
    return csr_array((part["share"].to_numpy(), places), shape=(pairs, stories))


def _drawn(
    masses: list[csr_array], stories: int, count: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    random = np.random.default_rng(seed)
    found: tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]] = ([], [])
    width = max(1, CHUNK // max(1, stories))
    for start in range(0, count, width):
        drawn = random.poisson(1.0, size=(stories, min(width, count - start))).astype(float)
        for matrix, columns in zip(masses, found, strict=True):
            columns.append(matrix @ drawn)
    return np.concatenate(found[0], axis=1), np.concatenate(found[1], axis=1)
