"""Find cycles that a fractional cover leaves uncovered, by shortest paths.

Rule ``TWO`` (structural balance, Cartwright and Harary 1956): a cycle is inconsistent when the
product of its signs is negative. In the signed double cover every node has two copies; positive
edges stay within a copy, negative ones cross; a negative closed walk through v is a path from one
copy of v to the other. Every negative cycle contains an edge that a given division frustrates, so
paths from a vertex cover of those edges suffice.

Rule ``FREE`` (weak balance, Davis 1967): a cycle is inconsistent when exactly one of its edges is
negative: a negative edge whose ends are joined by positive ones.
"""

from __future__ import annotations

from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["Rule", "Separator", "inconsistent"]

CELLS = 4_000_000  # distances held at once
ENOUGH = 1 - 1e-6  # cover from which a cycle does not count as violated
JITTER = 1e-5  # prefers short cycles and breaks ties, always in the same way


class Rule(StrEnum):
    """When a cycle cannot be kept without frustration."""

    TWO = "two"
    FREE = "free"


def inconsistent(rule: Rule, signs: Iterable[int]) -> bool:
    """Whether edges of these signs make an inconsistent cycle.

    >>> inconsistent(Rule.TWO, (-1, -1, -1)), inconsistent(Rule.FREE, (-1, -1, -1))
    (True, False)
    """
    negative = sum(sign < 0 for sign in signs)
    return negative % 2 == 1 if rule is Rule.TWO else negative == 1


class Separator:
    """Finds violated cycles of one graph.

    Args:
        n: number of nodes.
        edges: two ends and a signed weight; at most one for each pair.
        rule: which cycles count.
    """

    def __init__(self, n: int, edges: Sequence[tuple[int, int, int]], rule: Rule) -> None:
        self.n, self.rule, self.m = n, rule, len(edges)
        self._a = np.array([a for a, _, _ in edges], dtype=np.int64)
        self._b = np.array([b for _, b, _ in edges], dtype=np.int64)
        self._sign = np.array([1 if w > 0 else -1 for *_, w in edges], dtype=np.int64)
        self._random = np.random.default_rng(0)
        self._turn = 0

    def find(
        self,
        cover: NDArray[np.float64],
        fixed: dict[int, int],
        side: Sequence[int],
        *,
        most: int = 1_000,
        deadline: float | None = None,
    ) -> list[tuple[int, ...]]:
        """Cycles that are not covered, the least covered first, as sorted edges.

        Args:
            cover: value of every edge.
            fixed: edge → 0 satisfied, 1 frustrated; free of charge and, if 1, of changed sign.
            side: a good division; its frustrated edges say where to look.
            most: stop looking when so many are found.
            deadline: ``time.monotonic`` at which to stop looking.
        """
        sign, length = self._sign.copy(), np.maximum(cover, 0.0)
        for edge, value in fixed.items():
            length[edge] = 0.0
            sign[edge] = -sign[edge] if value else sign[edge]
        search = self._crossings if self.rule is Rule.TWO else self._closings
        found: dict[tuple[int, ...], float] = {}
        for cycle in search(sign, length, side):
            covered = float(length[list(cycle)].sum())
            if covered < ENOUGH:
                found[cycle] = covered
            if len(found) >= most or (deadline is not None and monotonic() > deadline):
                break
        return sorted(found, key=lambda cycle: (round(found[cycle], 9), len(cycle), cycle))

    def _graph(
        self,
        rows: NDArray[np.int64],
        columns: NDArray[np.int64],
        ids: NDArray[np.int64],
        length: NDArray[np.float64],
        size: int,
    ) -> tuple[csr_array, NDArray[np.int64]]:
        order = np.lexsort((columns, rows))
        pointers = np.searchsorted(rows[order], np.arange(size + 1))
        jitter = JITTER * (1 + self._random.random(self.m))
        graph = csr_array(
            ((length + jitter)[ids[order]], columns[order], pointers), shape=(size, size)
        )
        return graph, ids[order]

    def _crossings(
        self, sign: NDArray[np.int64], length: NDArray[np.float64], side: Sequence[int]
    ) -> Iterable[tuple[int, ...]]:
        """Rule TWO: shortest paths between the two copies of a node."""
        n, ids = self.n, np.arange(self.m)
        parts = []
        for copy in (0, n):
            far = np.where(sign > 0, self._b + copy, self._b + (n - copy))
            parts += [(self._a + copy, far, ids), (far, self._a + copy, ids)]
        rows, columns, edges = (np.concatenate(part) for part in zip(*parts, strict=True))
        graph, edges = self._graph(rows, columns, edges, length, 2 * n)
        labels = np.asarray(side)
        bad = np.flatnonzero((sign > 0) != (labels[self._a] == labels[self._b]))
        near = self._near(bad)
        for source, before, reach in self._trees(graph, self._hubs(bad)):
            if reach[source + n] > 1.0:
                continue
            yield tuple(sorted(_loop(graph, edges, before, source, source + n, n)[0]))
            for other, last in near[source]:
                goal = other + n if sign[last] > 0 else other
                if reach[goal] + length[last] <= 1.0:
                    path, closed = _loop(graph, edges, before, source, goal, n)
                    yield tuple(sorted(path if closed else [*path, last]))

    def _near(self, chosen: NDArray[np.int64]) -> dict[int, list[tuple[int, int]]]:
        """(other end, edge) of the chosen edges, for both ends."""
        near: dict[int, list[tuple[int, int]]] = {}
        for edge in chosen.tolist():
            a, b = int(self._a[edge]), int(self._b[edge])
            near.setdefault(a, []).append((b, edge))
            near.setdefault(b, []).append((a, edge))
        return near

    def _closings(
        self, sign: NDArray[np.int64], length: NDArray[np.float64], side: Sequence[int]
    ) -> Iterable[tuple[int, ...]]:
        """Rule FREE: shortest positive paths between the ends of a negative edge."""
        del side
        plus = np.flatnonzero(sign > 0)
        a, b = self._a[plus], self._b[plus]
        graph, edges = self._graph(
            np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([plus, plus]), length,
            self.n,
        )  # fmt: skip
        minus = np.flatnonzero(sign < 0)
        near = self._near(minus)
        for source, before, reach in self._trees(graph, self._hubs(minus)):
            for goal, last in near[source]:
                if reach[goal] + length[last] <= 1.0:
                    path, _ = _loop(graph, edges, before, source, goal, self.n)
                    yield tuple(sorted([*path, last]))

    def _trees(
        self, graph: csr_array, sources: list[int]
    ) -> Iterable[tuple[int, NDArray[np.int32], NDArray[np.float64]]]:
        at_once = max(1, min(256, CELLS // graph.shape[0]))
        self._turn = (self._turn + 1) % 7  # begin elsewhere each time, lest one region take all
        ordered = [s for i in range(7) for s in sources[(self._turn + i) % 7 :: 7]]
        for start in range(0, len(ordered), at_once):
            batch = ordered[start : start + at_once]
            reach, before = dijkstra(graph, indices=batch, return_predecessors=True, limit=1.0)
            for row, source in enumerate(batch):
                yield source, before[row], reach[row]

    def _hubs(self, chosen: NDArray[np.int64]) -> list[int]:
        """A vertex cover of the chosen edges, greedily from the busiest node on."""
        near = self._near(chosen)
        taken: set[int] = set()
        for v in sorted(near, key=lambda v: (-len(near[v]), v)):
            if any(u not in taken for u, _ in near[v]):
                taken.add(v)
        return sorted(taken)


def _loop(
    graph: csr_array,
    edges: NDArray[np.int64],
    before: NDArray[np.int32],
    source: int,
    goal: int,
    n: int,
) -> tuple[list[int], bool]:
    """Edges of the path, and whether they close a cycle.

    Of a walk that meets a node twice only the loop between is given. In the double cover the two
    visits are to different copies, so that the loop is negative itself.
    """
    met: dict[int, int] = {goal % n: 0}
    path: list[int] = []
    v = goal
    while v != source:
        u = int(before[v])
        low, high = graph.indptr[u], graph.indptr[u + 1]
        spot = low + int(np.searchsorted(graph.indices[low:high], v))
        path.append(int(edges[spot]))
        v = u
        if v % n in met:
            return path[met[v % n] :], True
        met[v % n] = len(path)
    return path, False
