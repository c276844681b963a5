"""Better packings by negotiation: cycles are led past nodes where others have no choice.

A good packing covers every frustrated edge by a cycle through satisfied ones, which is a flow from
one of its ends to the other; together they are a multicommodity flow. What is short are the free
edges at nodes with few of them, so passing through such a node has a toll. Where edges stay
uncovered the toll rises, and all is routed anew: the negotiated congestion of McMurchie and
Ebeling (1995), who route circuits in this way. Every state is a valid packing, so the best of them
is a bound.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from kg.analysis.balance.separation import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.balance.rounding import Packing

__all__ = ["augment"]

ROUNDS = 6  # how often all is routed anew
DEAREST = (4, 5, 6, 7, 8, 10, 12, 16, 24, 80)  # dearest way, pass by pass
VISITS = 20_000  # nodes that a search for a way may visit
AT_ONCE = 64  # edges between two looks at the clock


def augment(
    n: int,
    edges: Sequence[tuple[int, int, int]],
    labels: Sequence[int],
    rule: Rule,
    packing: Packing,
    deadline: float | None = None,
) -> Packing:
    """A packing that proves at least as much as the given one.

    Args:
        n: number of nodes.
        edges: two ends and a signed whole weight.
        labels: the division whose frustrated edges are to be covered.
        rule: which cycles count.
        packing: what there is.
        deadline: ``time.monotonic`` at which to stop.
    """
    best, proven = packing, sum(amount for amount, _ in packing)
    toll = [0] * n
    for _ in range(ROUNDS):
        router = _Router(n, edges, labels, rule, toll)
        uncovered = [edge for edge in router.closing if router.need(edge)]
        if proven >= sum(router.need(edge) for edge in uncovered):
            break
        uncovered = router.run(deadline)
        if router.proven > proven:
            best, proven = router.packing(), router.proven
        if not uncovered or (deadline is not None and monotonic() > deadline):
            break
        for edge in uncovered:
            for node in edges[edge][:2]:
                toll[node] += 1
    return best


class _Router:
    """A packing of cycles that hold one frustrated edge each, and what is left of the weights.

    Attributes:
        closing: the frustrated edges, those first whose ends have the fewest free edges.
        proven: what the packing adds up to.
    """

    def __init__(
        self,
        n: int,
        edges: Sequence[tuple[int, int, int]],
        labels: Sequence[int],
        rule: Rule,
        toll: list[int],
    ) -> None:
        self._edges, self._toll = edges, toll
        self._left = [abs(w) for *_, w in edges]
        self._near: list[list[tuple[int, int]]] = [[] for _ in range(n)]
        self._amount: dict[tuple[int, ...], int] = {}
        self._spare = [0] * n  # free edges less frustrated ones that still need one
        self._frustrated = [False] * len(edges)
        closing: list[int] = []
        for edge, (a, b, weight) in enumerate(edges):
            same = labels[a] == labels[b] if rule is Rule.TWO else True
            kept = (weight > 0) == same
            for one, other in ((a, b), (b, a)):
                self._spare[one] += 1 if kept else -1
                if kept:
                    self._near[one].append((other, edge))
            if not kept:
                closing.append(edge)
                self._frustrated[edge] = True
        self.closing = sorted(closing, key=self._urgency)
        self.proven = 0

    def need(self, edge: int) -> int:
        """What is left of an edge's weight."""
        return self._left[edge]

    def packing(self) -> Packing:
        """Amounts and cycles."""
        return [(amount, cycle) for cycle, amount in self._amount.items()]

    def run(self, deadline: float | None) -> list[int]:
        """Cover what can be covered, by cheap ways first; the edges that are not."""
        waiting = self.closing
        for most in DEAREST:
            for start in range(0, len(waiting), AT_ONCE):
                if deadline is not None and monotonic() > deadline:
                    return [edge for edge in self.closing if self._left[edge]]
                for edge in waiting[start : start + AT_ONCE]:
                    self._cover(edge, most)
            waiting = [edge for edge in waiting if self._left[edge]]
        return waiting

    def _urgency(self, edge: int) -> tuple[int, int]:
        ends = self._edges[edge][:2]
        return min(self._spare[v] - 9 * self._toll[v] for v in ends), edge

    def _cover(self, edge: int, most: int) -> None:
        while self._left[edge]:
            path = self._way(edge, most)
            if path is None:
                return
            cycle = tuple(sorted([edge, *path]))
            amount = min(self._left[step] for step in cycle)
            self._amount[cycle] = self._amount.get(cycle, 0) + amount
            self.proven += amount
            for step in cycle:
                self._left[step] -= amount
                if not self._left[step]:
                    change = 1 if self._frustrated[step] else -1
                    for v in self._edges[step][:2]:
                        self._spare[v] += change

    def _fee(self, node: int) -> int:
        """What it costs to pass through a node."""
        spare = self._spare[node]
        return self._toll[node] + (2 if spare <= 0 else 1 if spare == 1 else 0)

    def _way(self, edge: int, most: int) -> list[int] | None:
        """The cheapest way between the ends of an edge, searched from both."""
        start, goal, _ = self._edges[edge]
        fronts = _Front(start), _Front(goal)
        best, meet, visits = most, -1, 0
        while fronts[0].level + fronts[1].level < best and visits < VISITS:
            turn = 0 if len(fronts[0].nodes()) <= len(fronts[1].nodes()) else 1
            mine, other = fronts[turn], fronts[1 - turn]
            for v in mine.nodes():
                if mine.cost[v] == mine.level:
                    visits += 1
                    best, meet = self._spread(v, mine, other, best, meet)
            if not mine.advance():
                break
        return None if meet < 0 else fronts[0].back(meet) + fronts[1].back(meet)

    def _spread(self, v: int, mine: _Front, other: _Front, best: int, meet: int) -> tuple[int, int]:
        """Go on from a node to its neighbours; the best way so far and where it meets."""
        price = mine.level + 1 + (0 if v == mine.start else self._fee(v))
        if price >= best:
            return best, meet
        known = mine.cost
        for u, step in self._near[v]:
            if self._left[step] and price < known.get(u, best):
                mine.reach(u, price, v, step)
                if u in other.cost:
                    whole = price + other.cost[u] + (0 if u == other.start else self._fee(u))
                    if whole < best:
                        best, meet = whole, u
        return best, meet


class _Front:
    """What has been reached from one end, by cost."""

    def __init__(self, start: int) -> None:
        self.start, self.level = start, 0
        self.cost = {start: 0}
        self._came: dict[int, tuple[int, int]] = {}
        self._buckets: list[list[int]] = [[start]]

    def nodes(self) -> list[int]:
        """The nodes of the present level."""
        return self._buckets[self.level]

    def reach(self, node: int, price: int, before: int, step: int) -> None:
        """Note a cheaper way to a node."""
        self.cost[node], self._came[node] = price, (before, step)
        while len(self._buckets) <= price:
            self._buckets.append([])
        self._buckets[price].append(node)

    def advance(self) -> bool:
        """Go to the next level; whether there is one."""
        self.level += 1
        return self.level < len(self._buckets)

    def back(self, node: int) -> list[int]:
        """The steps from a node to where the search began."""
        path = []
        while node in self._came:
            node, step = self._came[node]
            path.append(step)
        return path
