"""Signed triads: how many of which kind, and which share of them is balanced."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from kg.analysis.balance.network import SignedNetwork

__all__ = ["Triads", "triads"]


@dataclass(frozen=True, slots=True)
class Triads:
    """A census of signed triads.

    Attributes:
        counts: kind → number. Undirected: "+++", "++-", "+--", "---". Directed: "030T" with the
            signs of i→j, j→k and i→k for transitive triples, "030C" with three signs for cyclic
            ones.
        balanced: how many have a positive product of signs.
        total: how many there are.
    """

    counts: dict[str, int]
    balanced: int
    total: int

    @property
    def index(self) -> float | None:
        """Share of balanced triads, the triangle index; None without triads."""
        return self.balanced / self.total if self.total else None


def triads(network: SignedNetwork) -> Triads:
    """Count signed triads; weights count by their sign, both signs of a pair by their sum.

    Undirected: the four kinds of triangles, of which +++ and +-- are balanced (Heider 1946;
    Cartwright and Harary 1956). Directed: every set of three ties that is a transitive or a
    cyclic triple, by its signs; in a complete triad several triples lie on one another (Aref,
    Dinh, Rezapour and Diesner 2020 evaluate transitive ones).
    """
    positive, negative = _signs(network)
    counts = _directed(positive, negative) if network.directed else _plain(positive, negative)
    balanced = sum(n for kind, n in counts.items() if kind.count("-") % 2 == 0)
    return Triads(counts, balanced, sum(counts.values()))


def _signs(network: SignedNetwork) -> tuple[csr_array, csr_array]:
    """Zero-one matrices of the positive and of the negative ties."""
    net: defaultdict[tuple[int, int], Fraction] = defaultdict(Fraction)
    for tie in network.ties:
        net[tie.source, tie.target] += tie.weight
    n = len(network.nodes)
    found = []
    for sign in (1, -1):
        pairs = [pair for pair, weight in net.items() if weight * sign > 0]
        if not network.directed:
            pairs += [(b, a) for a, b in pairs]
        rows, columns = [a for a, _ in pairs], [b for _, b in pairs]
        ones = np.ones(len(pairs), dtype=np.int64)
        found.append(csr_array((ones, (rows, columns)), shape=(n, n)))
    return found[0], found[1]


def _plain(positive: csr_array, negative: csr_array) -> dict[str, int]:
    return {
        "+++": _closed(positive, positive, positive) // 6,
        "++-": _closed(positive, positive, negative) // 2,
        "+--": _closed(negative, negative, positive) // 2,
        "---": _closed(negative, negative, negative) // 6,
    }


def _directed(positive: csr_array, negative: csr_array) -> dict[str, int]:
    of = {"+": positive, "-": negative}
    counts: dict[str, int] = {}
    for one, two, three in product("+-", repeat=3):
        counts[f"030T {one}{two}{three}"] = _closed(of[one], of[two], of[three])
    for signs in ("+++", "++-", "+--", "---"):
        back = csr_array(of[signs[2]].T)
        found = _closed(of[signs[0]], of[signs[1]], back)
        counts[f"030C {signs}"] = found // 3 if len(set(signs)) == 1 else found
    return counts


def _closed(one: csr_array, two: csr_array, three: csr_array) -> int:
    """Number of (i, j, k) with i-j in the first, j-k in the second and i-k in the third."""
    return int((one @ two).multiply(three).sum())
