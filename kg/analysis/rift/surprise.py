"""How surprising the conflict of a pair is, given how much its two parties quarrel with anybody.

The null model of Hao and Kovács (2024) keeps the topology, here how many signed acts each pair
has, and the signed degree of every party, here how many of its acts are conflictual. Of all
models that do so on average the one of maximum entropy makes each act of i and j conflictual with
probability 1 / (1 + exp(-(x_i + x_j))). Under it the number of conflicts of a pair is binomial,
and its z and percentile need no sampling (normal approximation).

Acts of one story are not independent. The variance is therefore multiplied by the mean number of
acts that one of the pair's acts shares its story with, itself included (the design effect of
Kish 1965), and never divided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, ndtr

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["chances", "surprises"]

_GENTLE = 2e-3  # keeps parties whose acts are all of one sign finite


def chances(
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    acts: NDArray[np.float64],
    conflicts: NDArray[np.float64],
) -> NDArray[np.float64]:
    """For each pair, how likely an act of it is conflictual in the null model.

    Args:
        one: number of the first party of each pair, from 0.
        other: number of the second party.
        acts: how many signed acts each pair has.
        conflicts: how many of them are conflictual.
    """
    size = int(max(one.max(initial=-1), other.max(initial=-1))) + 1
    wanted = np.bincount(one, conflicts, size) + np.bincount(other, conflicts, size)

    def unlikely(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        pull = x[one] + x[other]
        mean = acts * expit(pull)
        expected = np.bincount(one, mean, size) + np.bincount(other, mean, size)
        cost = float((acts * np.logaddexp(0, pull)).sum() - x @ wanted + _GENTLE / 2 * (x @ x))
        return cost, expected - wanted + _GENTLE * x

    found = minimize(
        unlikely,
        np.zeros(size),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 500, "ftol": 1e-10, "gtol": max(1e-3, 1e-6 * float(acts.sum()))},
    ).x
    likely: NDArray[np.float64] = expit(found[one] + found[other])
    return likely


def surprises(
    acts: NDArray[np.float64],
    conflicts: NDArray[np.float64],
    likely: NDArray[np.float64],
    design: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Standard deviations from, and percentile in, the null model.

    Args:
        acts: number of signed acts by pair.
        conflicts: number of conflictual ones.
        likely: from ``chances``.
        design: by how much dependence inside stories multiplies the variance.

    Returns:
        z (positive for more conflict than expected) and the percentile (0 to 100) that belongs to
        it; with half an act's correction for continuity.
    """
    deviation = np.sqrt(acts * likely * (1 - likely) * np.maximum(design, 1))
    away = conflicts - acts * likely
    shift = np.sign(away) * np.maximum(np.abs(away) - 0.5, 0)
    z = np.divide(shift, deviation, out=np.zeros_like(shift), where=deviation > 1e-12)
    return z, 100 * ndtr(z)
