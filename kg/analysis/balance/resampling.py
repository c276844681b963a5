"""How sure a camp is: who stays with whom when the evidence is drawn anew.

Replicates of a bootstrap are divided like the network itself. The co-assignment of two nodes is
the share of replicates that put them into one camp; the support of a node is its mean
co-assignment with the other members of its camp. Nodes that no tie connects, however remotely, are
not compared: how unconnected parts face each other is arbitrary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kg.analysis.balance.batch import Batch, divide_all
from kg.analysis.balance.search import relabel
from kg.analysis.balance.separation import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.analysis.balance.network import SignedNetwork

__all__ = ["REPLICATES", "support", "tie_weights"]

REPLICATES = 200
FINE = 1_000  # weights of a replicate are whole thousandths where whole ones are needed


def tie_weights(
    network: SignedNetwork, *, replicates: int = REPLICATES, seed: int = 0
) -> NDArray[np.float64]:
    """Weights of the ties in bootstrap replicates: ties drawn with replacement.

    For networks of which nothing is known but their ties; where there are stories, draw those.

    Returns:
        A row for each tie, a column for each replicate.
    """
    random = np.random.default_rng(seed)
    ties = len(network.ties)
    weights = np.array([float(tie.weight) for tie in network.ties])
    drawn = random.multinomial(ties, np.full(ties, 1 / max(1, ties)), size=replicates).T
    return weights[:, None] * drawn


def support(
    network: SignedNetwork,
    camps: Sequence[int],
    weights: NDArray[np.float64],
    *,
    limit: int | None = 2,
    seed: int = 0,
) -> list[float | None]:
    """For every node the mean share of replicates in which it is with its camp's other members.

    Args:
        network: what the camps are of.
        camps: the camp of every node.
        weights: of the ties, a row for each and a column for each replicate.
        limit: most camps: 2 or any number; every other limit is taken for any number.
        seed: of the searches.

    Returns:
        By node, 0 to 1; None for a node whose camp has no other member connected with it.
    """
    n, count = len(network.nodes), weights.shape[1]
    ends = np.array([(t.source, t.target) for t in network.ties], dtype=np.int64).reshape(-1, 2)
    if limit == 2:
        _, sides = divide_all(Batch(n, ends), weights, seed=seed)
    else:
        sides = np.stack([_free(n, ends, weights[:, column]) for column in range(count)], axis=1)
    ones = np.ones(len(ends))
    parts = connected_components(csr_array((ones, (ends[:, 0], ends[:, 1])), shape=(n, n)), False)
    groups: dict[tuple[int, int], list[int]] = {}
    for node, (camp, part) in enumerate(zip(camps, parts[1].tolist(), strict=True)):
        groups.setdefault((camp, part), []).append(node)
    found: list[float | None] = [None] * n
    for members in groups.values():
        if len(members) > 1:
            for node, share in zip(members, _together(sides[members]), strict=True):
                found[node] = share
    return found


def _together(sides: NDArray[np.float64]) -> list[float]:
    """For each row the mean share of columns in which it equals the other rows."""
    size, count = sides.shape
    same = np.zeros(size)
    for column in sides.T:
        _, place, number = np.unique(column, return_inverse=True, return_counts=True)
        same += number[place] - 1
    shares: list[float] = (same / (count * (size - 1))).tolist()
    return shares


def _free(n: int, ends: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """A division into any number of camps by local moving."""
    whole = np.round(weights * FINE).astype(np.int64)
    net: dict[tuple[int, int], int] = {}
    for (a, b), weight in zip(ends.tolist(), whole.tolist(), strict=True):
        pair = (min(a, b), max(a, b))
        net[pair] = net.get(pair, 0) + weight
    edges = [(a, b, weight) for (a, b), weight in sorted(net.items()) if weight]
    return np.array(relabel(n, edges, range(n), Rule.FREE)[1], dtype=float)
