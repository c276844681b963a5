"""Logistic regression over sparse named features, by scipy's L-BFGS."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.extraction.learned.models import Linear

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

SEEN = 2  # features seen less often are left out
STEPS = 120


def fit_acts(rows: Sequence[tuple[list[str], int]], outcomes: int, variance: float) -> Linear:
    """Multinomial logistic regression: features and the number of the outcome."""
    table, index = _table([features for features, _ in rows])
    truth = np.array([outcome for _, outcome in rows])
    each, width = np.arange(len(rows)), table.shape[1]
    turned = table.T.tocsr()
    prior = np.full((width, 1), 1 / variance)
    prior[-1] = 0  # intercepts are free

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(width, outcomes)
        raw = table @ weights
        raw -= raw.max(1, keepdims=True)
        chances = np.exp(raw)
        total = chances.sum(1, keepdims=True)
        value = (np.log(total[:, 0]) - raw[each, truth]).sum()
        chances /= total
        chances[each, truth] -= 1
        value += (prior * weights * weights).sum() / 2
        return value / len(rows), ((turned @ chances + prior * weights) / len(rows)).ravel()

    found = _minimum(loss, width * outcomes).reshape(width, outcomes)
    return Linear(index, found.astype(np.float32))


def fit_sides(sets: Sequence[list[tuple[list[str], bool]]], variance: float) -> Linear:
    """Conditional logistic regression: the candidates of each choice and which are right."""
    table, index = _table([features for one in sets for features, _ in one])
    right = np.array([good for one in sets for _, good in one])
    sizes = np.array([len(one) for one in sets])
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    of = np.repeat(np.arange(len(sets)), sizes)
    turned = table.T.tocsr()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        raw = table @ weights
        chances = np.exp(raw - np.maximum.reduceat(raw, starts)[of])
        total = np.add.reduceat(chances, starts)
        good = np.where(right, chances, 0)
        hits = np.add.reduceat(good, starts) + 1e-30
        value = (np.log(total) - np.log(hits)).sum() + weights @ weights / (2 * variance)
        slope = turned @ (chances / total[of] - good / hits[of]) + weights / variance
        return value / len(sets), slope / len(sets)

    found = _minimum(loss, table.shape[1])
    return Linear(index, found.astype(np.float32)[:, None])


def _minimum(loss: object, size: int) -> NDArray[np.float64]:
    options = {"maxiter": STEPS, "maxcor": 6}
    start = np.zeros(size)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x)


def _table(rows: Iterable[list[str]]) -> tuple[csr_matrix, dict[str, int]]:
    """Rows as a sparse matrix of ones, an intercept last, and the column of each feature."""
    given = [set(row) for row in rows]
    counts = Counter(feature for row in given for feature in row)
    known = sorted(feature for feature, count in counts.items() if count >= SEEN)
    index = {feature: number for number, feature in enumerate(known)}
    last = len(index)
    columns: list[int] = []
    ends = [0]
    for row in given:
        columns += sorted(index[feature] for feature in row if feature in index)
        columns.append(last)
        ends.append(len(columns))
    ones = np.ones(len(columns))
    return csr_matrix((ones, columns, ends), shape=(len(given), last + 1)), index
