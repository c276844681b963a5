"""Better packings by rerouting: a cycle gives way to another when it finds a way round.

A good packing covers every frustrated edge by a cycle through satisfied ones, which is a flow from
one of its ends to the other; together they are a multicommodity flow. Edges that are fought over
grow dearer with every fight, as in the negotiated congestion of McMurchie and Ebeling (1995), who
route circuits in this way. Every state is a valid packing, so any of them is a bound.
"""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TYPE_CHECKING

from kg.analysis.balance.separation import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.balance.rounding import Packing

__all__ = ["augment"]

Cycle = tuple[int, ...]
BLOCKED = 3  # what a step through a used edge costs more than one through a free edge
DEAREST = 60  # longest and dearest way that is tried
VISITS = 20_000  # nodes that a search for a way may visit
PATIENCE = 25  # fruitless attempts for each uncovered edge before giving up


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
        packing: where to begin.
        deadline: ``time.monotonic`` at which to stop.
    """
    router = _Router(n, edges, labels, rule, packing)
    waiting = deque(edge for edge in sorted(router.closing) if router.left[edge])
    fruitless = 0
    while waiting and fruitless < PATIENCE * len(waiting):
        if deadline is not None and monotonic() > deadline:
            break
        edge = waiting.popleft()
        evicted = router.cover(edge)
        fruitless = 0 if router.gained else fruitless + 1
        waiting.extend(other for other in evicted if router.left[other])
        if router.left[edge]:
            waiting.append(edge)
    return router.packing()


class _Router:
    """A packing of cycles that hold one frustrated edge each, and what is left of the weights."""

    def __init__(
        self,
        n: int,
        edges: Sequence[tuple[int, int, int]],
        labels: Sequence[int],
        rule: Rule,
        packing: Packing,
    ) -> None:
        self.edges = edges
        self.left = [abs(w) for *_, w in edges]
        self.near: list[list[tuple[int, int]]] = [[] for _ in range(n)]
        self.closing: set[int] = set()
        self.gained = False
        self._used: list[dict[Cycle, int]] = [{} for _ in edges]
        self._amount: dict[Cycle, int] = {}
        self._closes: dict[Cycle, int] = {}
        self._fought = [0] * len(edges)
        self._kept: Packing = []
        for edge, (a, b, weight) in enumerate(edges):
            same = labels[a] == labels[b] if rule is Rule.TWO else True
            if (weight > 0) == same:
                self.near[a].append((b, edge))
                self.near[b].append((a, edge))
            else:
                self.closing.add(edge)
        for amount, cycle in packing:
            closes = [edge for edge in cycle if edge in self.closing]
            if len(closes) == 1:
                self._closes[cycle] = closes[0]
                self._add(cycle, amount)
            else:  # it stays as it is
                self._kept.append((amount, cycle))
                for edge in cycle:
                    self.left[edge] -= amount

    def packing(self) -> Packing:
        """Amounts and cycles."""
        return [*self._kept, *((amount, cycle) for cycle, amount in self._amount.items())]

    def cover(self, edge: int) -> list[int]:
        """Cover an edge, at the expense of others if they find other ways.

        Returns:
            Edges that may be less covered than before; never more in all than was gained.
        """
        self.gained = False
        path = self._way(edge, BLOCKED)
        if path is None:
            return []
        amount, victims = self._price(edge, path)
        cycle = tuple(sorted([edge, *path]))
        if not amount or cycle in victims:
            return []
        done: list[tuple[Cycle, int]] = []
        for victim in victims:
            self._do(done, victim, -amount)
        self._closes[cycle] = edge
        self._do(done, cycle, amount)
        lost = [(self._closes[victim], amount) for victim in victims]
        missing = sum(self._again(done, *one) for one in lost)
        if missing > amount:
            for undone, change in reversed(done):
                self._add(undone, -change)
            return []
        self.gained = missing < amount
        return [one for one, _ in lost]

    def _price(self, edge: int, path: list[int]) -> tuple[int, list[Cycle]]:
        """How much can go this way, and the cycles that must give way."""
        amount, victims = self.left[edge], list[Cycle]()
        for step in path:
            if self.left[step]:
                amount = min(amount, self.left[step])
            elif not any(step in victim for victim in victims):
                self._fought[step] += 1
                users = self._used[step]
                victim = max(users, key=lambda cycle: users[cycle], default=None)
                if victim is None:
                    return 0, []
                victims.append(victim)
            else:
                self._fought[step] += 1
        return min((amount, *(self._amount[victim] for victim in victims))), victims

    def _again(self, done: list[tuple[Cycle, int]], edge: int, amount: int) -> int:
        """Cover an edge by ways that are free; how much of the amount is missing."""
        while amount:
            path = self._way(edge, None)
            if path is None:
                break
            part = min((amount, *(self.left[step] for step in path)))
            cycle = tuple(sorted([edge, *path]))
            self._closes[cycle] = edge
            self._do(done, cycle, part)
            amount -= part
        return amount

    def _do(self, done: list[tuple[Cycle, int]], cycle: Cycle, change: int) -> None:
        self._add(cycle, change)
        done.append((cycle, change))

    def _add(self, cycle: Cycle, change: int) -> None:
        now = self._amount.get(cycle, 0) + change
        if now:
            self._amount[cycle] = now
        else:
            del self._amount[cycle]
        for edge in cycle:
            self.left[edge] -= change
            if now:
                self._used[edge][cycle] = now
            else:
                del self._used[edge][cycle]

    def _way(self, edge: int, extra: int | None) -> list[int] | None:
        """The cheapest way between the ends of an edge; ``extra`` None: through free edges only."""
        start, goal, _ = self.edges[edge]
        fronts = _Front(start), _Front(goal)
        best, meet, visits = DEAREST, -1, 0
        while fronts[0].level + fronts[1].level < best and visits < VISITS:
            turn = 0 if len(fronts[0].next()) <= len(fronts[1].next()) else 1
            mine, other = fronts[turn], fronts[1 - turn]
            for v in mine.next():
                if mine.cost[v] < mine.level:
                    continue
                visits += 1
                for u, step in self.near[v]:
                    price = mine.level + 1
                    if not self.left[step]:
                        if extra is None:
                            continue
                        price += extra + self._fought[step]
                    if price < best and price < mine.cost.get(u, DEAREST):
                        mine.reach(u, price, v, step)
                        whole = price + other.cost.get(u, DEAREST)
                        if whole < best:
                            best, meet = whole, u
            if not mine.advance():
                break
        return None if meet < 0 else fronts[0].back(meet) + fronts[1].back(meet)


class _Front:
    """What has been reached from one end, by cost."""

    def __init__(self, start: int) -> None:
        self.level = 0
        self.cost = {start: 0}
        self._came: dict[int, tuple[int, int]] = {}
        self._buckets: list[list[int]] = [[start]]

    def next(self) -> list[int]:
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
