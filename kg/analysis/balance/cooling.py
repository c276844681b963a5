"""Annealing of large networks: whole colour classes of nodes turn at once, in NumPy.

Nodes of one colour are not tied to each other, so a sweep over them one by one, by the heat bath,
is one sparse product. Hundreds of sweeps over 100,000 ties take seconds.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.analysis.balance.reduction import Edge

__all__ = ["cool", "cool_camps"]

SWEEPS = 3_000
WORK = 400_000_000  # visits of ties that all sweeps may make


def cool(
    n: int,
    edges: Sequence[Edge],
    *,
    seed: int = 0,
    sweeps: int | None = None,
    deadline: float | None = None,
) -> list[int]:
    """A good division into two camps, as +1 and -1 by node.

    The same seed gives the same division, unless time runs out.

    Args:
        n: number of nodes.
        edges: two ends and a signed whole weight, at most one for each pair.
        seed: of the random choices.
        sweeps: over all nodes while the temperature falls; None for as many as are worth it.
        deadline: ``time.monotonic`` at which to stop with what there is.
    """
    random = np.random.default_rng(seed)
    classes, scale = _classes(n, edges)
    side = random.choice([-1.0, 1.0], size=n)
    count = sweeps or max(60, min(SWEEPS, WORK // (2 * len(edges) + 20 * n)))
    for sweep in range(count):
        heat = 0.25 * scale * (1 - sweep / count) ** 1.5
        for nodes, ties in classes:
            pull = ties @ side + random.logistic(scale=heat / 2 + 1e-12, size=len(nodes))
            side[nodes] = np.where(pull >= 0, 1.0, -1.0)
        if deadline is not None and monotonic() > deadline:
            break
    return _settled(classes, side)


def cool_camps(
    n: int,
    edges: Sequence[Edge],
    k: int,
    *,
    seed: int = 0,
    sweeps: int | None = None,
    deadline: float | None = None,
) -> list[int]:
    """A good division into at most ``k`` camps, as 0, 1 … by node; see ``cool``."""
    random = np.random.default_rng(seed)
    classes, scale = _classes(n, edges)
    chosen = np.eye(k)[random.integers(0, k, size=n)]
    count = sweeps or max(60, min(SWEEPS, WORK // (k * (2 * len(edges) + 20 * n))))
    for sweep in range(count + 1):
        heat = 0.25 * scale * (1 - sweep / count) ** 1.5 + 1e-12
        for nodes, ties in classes:
            pull = ties @ chosen + random.gumbel(scale=heat, size=(len(nodes), k))
            chosen[nodes] = np.eye(k)[pull.argmax(axis=1)]
        if deadline is not None and monotonic() > deadline:
            break
    labels: list[int] = chosen.argmax(axis=1).tolist()
    return labels


def _classes(
    n: int, edges: Sequence[Edge]
) -> tuple[list[tuple[NDArray[np.int64], csr_array]], float]:
    """Nodes by colour with the rows of their ties, and the mean weight around a node."""
    ends = np.array([(a, b) for a, b, _ in edges], dtype=np.int64).reshape(-1, 2)
    weights = np.array([float(w) for *_, w in edges])
    rows = np.concatenate([ends[:, 0], ends[:, 1]])
    columns = np.concatenate([ends[:, 1], ends[:, 0]])
    matrix = csr_array((np.concatenate([weights, weights]), (rows, columns)), shape=(n, n))
    matrix.sort_indices()
    classes = [(nodes, matrix[nodes]) for nodes in _colours(matrix)]
    return classes, 2 * float(np.abs(weights).sum()) / max(1, n)


def _settled(
    classes: list[tuple[NDArray[np.int64], csr_array]], side: NDArray[np.float64]
) -> list[int]:
    """Turn nodes only where it pays, until none does."""
    moved = True
    while moved:
        moved = False
        for nodes, ties in classes:
            worse = (ties @ side) * side[nodes] < 0
            if worse.any():
                side[nodes[worse]] *= -1
                moved = True
    labels: list[int] = side.astype(np.int64).tolist()
    return labels


def _colours(matrix: csr_array) -> list[NDArray[np.int64]]:
    """Nodes in classes without ties inside: greedily, the busiest first."""
    n = matrix.shape[0]
    degree = np.diff(matrix.indptr)
    pointer, near = matrix.indptr.tolist(), matrix.indices.tolist()
    colour = [-1] * n
    for v in np.lexsort((np.arange(n), -degree)).tolist():
        taken = {colour[u] for u in near[pointer[v] : pointer[v + 1]]}
        mine = 0
        while mine in taken:
            mine += 1
        colour[v] = mine
    found = np.array(colour)
    return [np.flatnonzero(found == c) for c in range(found.max() + 1)]
