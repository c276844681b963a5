"""What chance gives: networks with the same ties and the same signed degrees.

The null model of Hao and Kovács (2024) keeps who is tied to whom, and how many positive and
negative ties everybody has on average: the signs are those of maximum entropy under these
constraints, each tie positive with probability 1 / (1 + exp(-(x_i + x_j))). Against signs that are
merely shuffled nearly every network looks balanced, because some nodes quarrel more than others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from kg.analysis.balance.batch import STARTS, SWEEPS, Batch, divide_all

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.analysis.balance.network import SignedNetwork

__all__ = ["Chance", "Compared", "affordable", "chance", "sign_probabilities"]

SAMPLES = 200
SECONDS = 2.0  # about what a comparison may cost when no number of samples is asked for
VISIT, TURN = 20e-6, 4e-9  # seconds for each visit of a node, and for each of its ties and samples
FEWEST = 20  # samples; with fewer there is nothing to compare with
TRIANGLES = 200_000  # more are not counted in every sample
GENTLE = 2e-3  # keeps nodes whose ties are all of one sign finite; moves no degree by 0.02


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure beside those of the samples.

    Attributes:
        value: of the network, found as in the samples.
        mean, deviation: of the samples.
        percentile: share of the samples below it, those that equal it counting half, 0 to 100.
    """

    value: float
    mean: float
    deviation: float
    percentile: float

    @property
    def z(self) -> float | None:
        """(value - mean) / deviation; None when the samples do not differ."""
        return (self.value - self.mean) / self.deviation if self.deviation > 1e-12 else None


@dataclass(frozen=True, slots=True)
class Chance:
    """A network beside samples of the null model.

    Attributes:
        samples: how many.
        frustration: the frustrated weight of the best division into two camps that is found.
        triangles: the share of balanced triangles; None without triangles or with too many.
    """

    samples: int
    frustration: Compared
    triangles: Compared | None


def chance(network: SignedNetwork, *, samples: int | None = None, seed: int = 0) -> Chance | None:
    """Compare a network with what chance gives for its ties and signed degrees.

    Sizes of weights stay with their ties. All values, that of the network included, come from one
    search (``batch``), so that none is favoured.

    Args:
        network: signed.
        samples: how many; None for as many as a few seconds allow.
        seed: of the samples and of the search.

    Returns:
        The comparison; None for a network that is too large for ``FEWEST`` samples, or has none
        but one sign, for which chance gives nothing else.
    """
    ties = len(network.ties)
    signs = np.array([tie.sign for tie in network.ties])
    if not ties or abs(signs.sum()) == ties:
        return None
    count = samples or affordable(len(network.nodes), ties)
    if count < FEWEST and not samples:
        return None
    random = np.random.default_rng(seed)
    likely = sign_probabilities(network)
    drawn = np.where(random.random((ties, count)) < likely[:, None], 1, -1)
    every = np.concatenate([signs[:, None], drawn], axis=1)
    sizes = np.array([float(abs(tie.weight)) for tie in network.ties])
    ends = np.array([(tie.source, tie.target) for tie in network.ties], dtype=np.int64)
    values, _ = divide_all(Batch(len(network.nodes), ends), sizes[:, None] * every, seed=seed)
    return Chance(count, _compared(values), _triangles(network, every))


def affordable(nodes: int, ties: int) -> int:
    """How many networks of a size can be divided in about ``SECONDS``, at most ``SAMPLES``."""
    visits = SWEEPS * STARTS
    left = SECONDS / visits - nodes * VISIT
    return max(0, min(SAMPLES, int(left / (2 * ties * TURN))))


def sign_probabilities(network: SignedNetwork) -> NDArray[np.float64]:
    """For each tie how likely it is positive, so that expected signed degrees are those observed.

    In a directed network the out- and the in-degrees are kept apart.
    """
    n = len(network.nodes)
    one = np.array([tie.source for tie in network.ties])
    other = np.array([tie.target for tie in network.ties]) + (n if network.directed else 0)
    positive = np.array([tie.weight > 0 for tie in network.ties], dtype=float)
    size = 2 * n if network.directed else n
    wanted = np.bincount(one, positive, size) + np.bincount(other, positive, size)

    def unlikely(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        pull = x[one] + x[other]
        mean = expit(pull)
        expected = np.bincount(one, mean, size) + np.bincount(other, mean, size)
        cost = float(np.logaddexp(0, pull).sum() - (x * wanted).sum() + GENTLE / 2 * (x @ x))
        return cost, expected - wanted + GENTLE * x

    found = minimize(
        unlikely,
        np.zeros(size),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 500, "ftol": 1e-9, "gtol": 1e-3},
    ).x
    likely: NDArray[np.float64] = expit(found[one] + found[other])
    return likely


def _compared(values: NDArray[np.float64]) -> Compared:
    mine, others = float(values[0]), values[1:]
    below = float((others < mine - 1e-9).mean())
    even = float((np.abs(others - mine) <= 1e-9).mean())
    deviation = float(others.std(ddof=1)) if len(others) > 1 else 0.0
    return Compared(mine, float(others.mean()), deviation, 100 * (below + even / 2))


def _triangles(network: SignedNetwork, signs: NDArray[np.int64]) -> Compared | None:
    """The share of balanced triangles of the network and of all samples."""
    near: list[dict[int, int]] = [{} for _ in network.nodes]
    for number, tie in enumerate(network.ties):
        near[tie.source].setdefault(tie.target, number)
        near[tie.target].setdefault(tie.source, number)
    found = []
    for a, around in enumerate(near):
        for b, first in sorted(around.items()):
            if a < b:
                shared = [c for c in around.keys() & near[b].keys() if c > b]
                found += [(first, around[c], near[b][c]) for c in sorted(shared)]
        if len(found) > TRIANGLES:
            return None
    if not found:
        return None
    corners = np.array(found)
    balanced = np.zeros(signs.shape[1])
    for start in range(0, len(corners), 10_000):
        part = corners[start : start + 10_000]
        balanced += (signs[part[:, 0]] * signs[part[:, 1]] * signs[part[:, 2]] > 0).sum(axis=0)
    return _compared(balanced / len(corners))
