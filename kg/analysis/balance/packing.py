"""A packing of inconsistent cycles by hand: quick, at any size, and a bound by itself.

Every frustrated edge closes negative cycles with paths of satisfied ones. Short cycles first:
they leave most for the others (edge-disjoint negative cycles as a lower bound: Aref and Wilson
2018).
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from kg.analysis.balance.separation import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.balance.rounding import Packing

__all__ = ["pack"]

LENGTHS = (2, 3, 4, 6, 10, 1 << 30)  # longest path, pass by pass


def pack(
    n: int,
    edges: Sequence[tuple[int, int, int]],
    labels: Sequence[int],
    rule: Rule,
    deadline: float | None = None,
) -> Packing:
    """Inconsistent cycles that together fit into the weights, as sorted edges.

    Args:
        n: number of nodes.
        edges: two ends and a signed whole weight.
        labels: a good division.
        rule: which cycles count.
        deadline: ``time.monotonic`` at which to stop.
    """
    left = [abs(w) for *_, w in edges]
    near: list[dict[int, int]] = [{} for _ in range(n)]
    closing: list[int] = []
    for edge, (a, b, weight) in enumerate(edges):
        same = labels[a] == labels[b] if rule is Rule.TWO else True
        if (weight > 0) == same:
            near[a][b] = near[b][a] = edge
        else:
            closing.append(edge)
    packing: dict[tuple[int, ...], int] = {}
    for length in LENGTHS:
        closing = [edge for edge in closing if left[edge]]
        for edge in closing:
            if deadline is not None and monotonic() > deadline:
                return [(amount, cycle) for cycle, amount in packing.items()]
            _close(edge, edges, near, left, length, packing)
    return [(amount, cycle) for cycle, amount in packing.items()]


def _close(
    edge: int,
    edges: Sequence[tuple[int, int, int]],
    near: list[dict[int, int]],
    left: list[int],
    length: int,
    packing: dict[tuple[int, ...], int],
) -> None:
    """Pack cycles through one edge until it or the paths are used up."""
    a, b, _ = edges[edge]
    while left[edge]:
        path = _path(near, a, b, length)
        if path is None:
            return
        amount = min(left[edge], *(left[step] for step in path))
        for step in path:
            left[step] -= amount
            if not left[step]:
                p, q, _ = edges[step]
                del near[p][q], near[q][p]
        left[edge] -= amount
        cycle = tuple(sorted([edge, *path]))
        packing[cycle] = packing.get(cycle, 0) + amount


def _path(near: list[dict[int, int]], start: int, goal: int, length: int) -> list[int] | None:
    """Edges of a shortest path of at most this many edges, searched from both ends."""
    if not near[start] or not near[goal]:
        return None
    ways: tuple[dict[int, int], dict[int, int]] = ({start: -1}, {goal: -1})
    fronts = ([start], [goal])
    for _ in range(length):
        turn = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        mine, other, new = ways[turn], ways[1 - turn], list[int]()
        for u in fronts[turn]:
            for v in near[u]:
                if v in mine:
                    continue
                mine[v] = u
                if v in other:
                    return _edges(near, ways[0], v) + _edges(near, ways[1], v)
                new.append(v)
        if not new:
            return None
        fronts = (new, fronts[1]) if turn == 0 else (fronts[0], new)
    return None


def _edges(near: list[dict[int, int]], way: dict[int, int], v: int) -> list[int]:
    path = []
    while way[v] >= 0:
        path.append(near[v][way[v]])
        v = way[v]
    return path
