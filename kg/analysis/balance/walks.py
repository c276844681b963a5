"""Balance of closed walks: every cycle counts, long ones less."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.analysis.balance.network import SignedNetwork

__all__ = ["LARGEST", "MultiscaleBalance", "multiscale_balance", "walk_balance"]

LARGEST = 4_000  # nodes; all eigenvalues of a dense matrix are needed
LONGEST = 30  # walks of more steps than this weigh nothing that could be seen


def walk_balance(network: SignedNetwork) -> float | None:
    """Closed walks, weighed by 1/length!, positive less negative over all of them.

    tr exp(A) / tr exp(|A|) with the signs of the ties as A (Estrada and Benzi 2014). 1 when the
    network is balanced. Directions are ignored: a pair has the sign of its weights' sum.

    Returns:
        The share; None for a network without nodes.

    Raises:
        UsageError: more nodes than ``LARGEST``.
    """
    if not network.nodes:
        return None
    signs = np.sign(_symmetric(network))
    ours, all_ = np.linalg.eigvalsh(signs), np.linalg.eigvalsh(np.abs(signs))
    top = all_.max()
    return float(np.exp(ours - top).sum() / np.exp(all_ - top).sum())


@dataclass(frozen=True, slots=True)
class MultiscaleBalance:
    """Strong balance at several scales.

    Attributes:
        beta: the resolutions; the smaller, the more short cycles count.
        balance: degree of balance at each, in [0, 1].
    """

    beta: tuple[float, ...]
    balance: tuple[float, ...]


def multiscale_balance(
    network: SignedNetwork, beta: Sequence[float] = (0.01, 0.1, 0.5, 1.0)
) -> MultiscaleBalance | None:
    """Strong balance of closed semiwalks, B(beta) of Talaga, Stella, Swanson and Teixeira (2023).

    B = (1 + tr_beta(S) / tr_beta(U)) / 2, where tr_beta(X) is the sum of beta^k / k! tr(X^k) over
    k up to 30, S the signed and U the unsigned semiadjacency matrix (A + A') / 2, and weights are
    divided by their mean size. In a directed network walks of two steps count as well, from A
    itself (they are pairs that answer each other); in an undirected one k starts at 3. All
    eigenvalues are used, where the authors' program approximates by the outermost ones.

    Args:
        network: signed; weights count unless all are of one size.
        beta: resolutions, positive.

    Returns:
        The balance at each resolution; None for a network without closed semiwalks.

    Raises:
        UsageError: a resolution is not positive, or there are more nodes than ``LARGEST``.
    """
    if any(value <= 0 for value in beta):
        raise UsageError("a resolution beta must be positive")
    if not network.ties:
        return None
    arcs = _arcs(network)
    arcs /= np.abs(arcs[arcs != 0]).mean() if arcs.any() else 1.0
    if not network.directed:
        arcs = arcs + arcs.T
    found = []
    for value in beta:
        signed, unsigned = _exponential(arcs, value, network.directed)
        if not unsigned:
            return None
        found.append((1 + signed / unsigned) / 2)
    return MultiscaleBalance(tuple(beta), tuple(found))


def _exponential(arcs: NDArray[np.float64], beta: float, directed: bool) -> tuple[float, float]:
    """Truncated exponential traces of the signed and the unsigned matrix, on one scale."""
    traces = []
    for matrix in (arcs, np.abs(arcs)):
        values = np.linalg.eigvalsh((matrix + matrix.T) / 2)
        two = float((matrix * matrix.T).sum()) if directed else 0.0
        traces.append((values, two))
    top = max(float(np.abs(traces[1][0]).max()), 1e-300)
    logs = {k: k * log(beta * top) - lgamma(k + 1) for k in range(3, LONGEST + 1)}
    most = max(logs.values())
    sums = []
    for values, two in traces:
        powers = values / top
        total = sum(np.exp(at - most) * float((powers**k).sum()) for k, at in logs.items())
        total += two / 2 * np.exp(2 * log(beta) - most)
        sums.append(float(total))
    return (0.0, 0.0) if sums[1] <= 1e-12 else (sums[0], sums[1])


def _arcs(network: SignedNetwork) -> NDArray[np.float64]:
    """Weights of the ties as they are given, source by target."""
    n = len(network.nodes)
    if n > LARGEST:
        raise UsageError(f"walk-based balance needs a dense matrix; {n} nodes are too many")
    matrix = np.zeros((n, n))
    for tie in network.ties:
        matrix[tie.source, tie.target] += float(tie.weight)
    return matrix


def _symmetric(network: SignedNetwork) -> NDArray[np.float64]:
    arcs = _arcs(network)
    return arcs + arcs.T
