"""Many networks of one shape at once: good divisions of all of them, by annealing in step.

The networks share nodes and pairs and differ in weights, as the samples of a null model or the
replicates of a bootstrap do. Every move is one NumPy operation over all of them. Values are those
of divisions found, never a proof; compare them only with values found in the same way.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["STARTS", "SWEEPS", "Batch", "divide_all"]

SWEEPS = 50
STARTS = 2


class Batch:
    """Nodes and pairs that all networks share.

    Args:
        n: number of nodes.
        ends: two columns, the ends of every pair; none joins a node with itself.
    """

    def __init__(self, n: int, ends: NDArray[np.int64]) -> None:
        self.n, self.ends = n, ends
        both = np.concatenate([ends[:, 0], ends[:, 1]])
        far = np.concatenate([ends[:, 1], ends[:, 0]])
        pair = np.concatenate([np.arange(len(ends))] * 2)
        order = np.argsort(both, kind="stable")
        bounds = np.searchsorted(both[order], np.arange(n + 1))
        self.near = [far[order[a:b]] for a, b in pairwise(bounds)]
        self.pairs = [pair[order[a:b]] for a, b in pairwise(bounds)]

    def frustrated(
        self, weights: NDArray[np.float64], side: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """The frustrated weight of every network; weights by pair, sides by node, in columns."""
        against = side[self.ends[:, 0]] * side[self.ends[:, 1]] * weights
        total: NDArray[np.float64] = -np.minimum(against, 0).sum(axis=0)
        return total


def divide_all(
    batch: Batch,
    weights: NDArray[np.float64],
    *,
    seed: int = 0,
    sweeps: int = SWEEPS,
    starts: int = STARTS,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The best division into two camps found for each of many networks.

    Args:
        batch: what they share.
        weights: signed weights, a row for each pair and a column for each network.
        seed: of the random choices.
        sweeps: over all nodes, while the temperature falls.
        starts: how often to begin anew.

    Returns:
        Frustrated weight by network, and sides (+1, -1), a row for each node.
    """
    random = np.random.default_rng(seed)
    count = weights.shape[1]
    best = np.full(count, np.inf)
    kept = np.ones((batch.n, count))
    around = [weights[pairs] for pairs in batch.pairs]
    size = 2 * np.abs(weights).sum(axis=0) / max(1, batch.n)
    for _ in range(starts):
        side = random.choice([-1.0, 1.0], size=(batch.n, count))
        for sweep in range(sweeps):
            _sweep(batch, around, side, 0.5 * size * (1 - sweep / sweeps) ** 2, random)
        while _descend(batch, around, side):
            pass
        value = batch.frustrated(weights, side)
        better = value < best - 1e-9
        best, kept = np.where(better, value, best), np.where(better, side, kept)
    return best, kept


def _sweep(
    batch: Batch,
    around: list[NDArray[np.float64]],
    side: NDArray[np.float64],
    heat: NDArray[np.float64],
    random: np.random.Generator,
) -> None:
    """Every node once, by the heat bath: its side follows the pull of its ties."""
    draws = random.logistic(size=side.shape) * (heat / 2)
    for v in range(batch.n):
        if len(near := batch.near[v]):
            pull = np.einsum("ij,ij->j", around[v], side[near])
            side[v] = np.where(pull + draws[v] >= 0, 1.0, -1.0)


def _descend(batch: Batch, around: list[NDArray[np.float64]], side: NDArray[np.float64]) -> bool:
    """Every node once, turned only where that pays; whether any was."""
    moved = False
    for v in range(batch.n):
        if len(near := batch.near[v]):
            pull = np.einsum("ij,ij->j", around[v], side[near]) * side[v]
            worse = pull < -1e-9
            if worse.any():
                side[v] = np.where(worse, -side[v], side[v])
                moved = True
    return moved
