"""Does rhetoric follow votes? Agreement on roll calls against the tone of events, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["Comparison", "compare"]

_DRAWS = 2000
_LEAST = 4
"""Years below which no correlation is told."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rank correlation between agreement and tone.

    Attributes:
        years: in which both are known, in order.
        rho: Spearman's rank correlation; None below four years, or when one side never changes.
        low, high: 95 % interval by a bootstrap over blocks of years; None as for ``rho``.
        p: two-sided, by permuting the years. Years that follow each other are alike, so it errs
            on the side of finding something.
        lead: correlation of votes with the tone of the year after; None when unknown.
        lag: correlation of votes with the tone of the year before.
    """

    years: tuple[int, ...]
    rho: float | None
    low: float | None
    high: float | None
    p: float | None
    lead: float | None
    lag: float | None


def compare(votes: Mapping[int, float], tone: Mapping[int, float], seed: int = 0) -> Comparison:
    """Compare two series of years.

    The interval is a moving-block bootstrap (Künsch 1989) with blocks of about the cube root of
    the number of years, since neighbouring years resemble each other.

    Args:
        votes: year → agreement on roll calls.
        tone: year → mean signed weight of events; rifts are below 0.
        seed: of the draws; equal seeds give equal results.
    """
    years = tuple(sorted(votes.keys() & tone.keys()))
    x = np.array([votes[year] for year in years])
    y = np.array([tone[year] for year in years])
    rho = _rho(x, y)
    if rho is None:
        return Comparison(years, None, None, None, None, None, None)
    draws = np.random.default_rng(seed)
    found = [_rho(x[pick], y[pick]) for pick in _blocks(len(years), draws)]
    known = np.array([one for one in found if one is not None])
    low, high = np.quantile(known, [0.025, 0.975]) if known.size else (np.nan, np.nan)
    null = [_rho(x, draws.permutation(y)) for _ in range(_DRAWS)]
    beyond = sum(abs(one) >= abs(rho) - 1e-12 for one in null if one is not None)
    return Comparison(
        years,
        rho,
        None if np.isnan(low) else float(low),
        None if np.isnan(high) else float(high),
        (beyond + 1) / (_DRAWS + 1),
        _shifted(votes, tone, 1),
        _shifted(votes, tone, -1),
    )


def _rho(x: NDArray[np.float64], y: NDArray[np.float64]) -> float | None:
    if len(x) < _LEAST or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    return float(stats.spearmanr(x, y).statistic)


def _blocks(count: int, draws: np.random.Generator) -> list[NDArray[np.int64]]:
    length = max(1, round(count ** (1 / 3)))
    needed = -(-count // length)
    starts = draws.integers(0, count - length + 1, size=(_DRAWS, needed))
    picks = (starts[:, :, None] + np.arange(length)).reshape(_DRAWS, -1)
    return list(picks[:, :count])


def _shifted(votes: Mapping[int, float], tone: Mapping[int, float], by: int) -> float | None:
    years = sorted(year for year in votes if year + by in tone)
    return _rho(
        np.array([votes[year] for year in years]), np.array([tone[year + by] for year in years])
    )
