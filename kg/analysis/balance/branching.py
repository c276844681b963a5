"""Cutting planes, then branch and bound, with a proof tree as the result.

Branching is on an edge: satisfied or frustrated. Either way the relation of its two ends is known
from there on, so the edge acts as one of unlimited weight with its own or the opposite sign, and
the proof of a leaf is again a packing of inconsistent cycles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from kg.analysis.balance.covering import Covering
from kg.analysis.balance.rounding import fit
from kg.analysis.balance.search import relabel
from kg.analysis.balance.separation import Rule, Separator, inconsistent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.analysis.balance.rounding import Packing

__all__ = ["Branch", "Solver"]

ROUNDING = 5  # rounds between two divisions made of the fractional cover
ROUND = 500  # new cycles of one round, or a twentieth of the edges


@dataclass(slots=True)
class Branch:
    """A node of the proof tree: split on an edge, or closed by a packing.

    Attributes:
        fixed: (edge, 0 satisfied or 1 frustrated) on the way here, in order.
        edge: the edge it is split on; None for a leaf.
        satisfied, frustrated: the two branches.
        packing: cycles that prove the bound of a leaf.
        bound: what the tree below proves.
    """

    fixed: tuple[tuple[int, int], ...] = ()
    edge: int | None = None
    satisfied: Branch | None = None
    frustrated: Branch | None = None
    packing: Packing = field(default_factory=list)
    bound: int = 0

    def prove(self) -> int:
        """The bound of the whole tree: the least of its leaves."""
        if self.edge is not None:
            assert self.satisfied is not None
            assert self.frustrated is not None
            self.bound = min(self.satisfied.prove(), self.frustrated.prove())
        return self.bound


class Solver:
    """Exact solution of one connected graph.

    Args:
        n: number of nodes.
        edges: two ends and a signed whole weight, at most one for each pair.
        rule: two camps or as many as it takes.
        labels: a good division to start with.
        step: every value is a multiple of it.
        deadline: ``time.monotonic`` at which to stop.
    """

    def __init__(
        self,
        n: int,
        edges: Sequence[tuple[int, int, int]],
        rule: Rule,
        labels: list[int],
        step: int,
        deadline: float | None,
    ) -> None:
        self.n, self.edges, self.rule = n, list(edges), rule
        self.weights = [abs(w) for *_, w in edges]
        self._unit = float(max(self.weights))
        self.step, self._deadline = step, deadline
        self.best, self.labels = relabel(n, edges, labels, rule)
        self._cut = Separator(n, edges, rule)
        self._lp = Covering(np.array(self.weights) / self._unit)
        self._most = max(ROUND, len(edges) // 20)
        self.root = Branch()
        self.watch: Callable[[str], None] = lambda _: None

    def start(self, packing: Packing, *, search: bool) -> None:
        """Prove what a known packing proves and, if asked to, search on for the optimum."""
        self._prove(self.root, [(float(amount), cycle) for amount, cycle in packing])
        if search and not self.complete:
            self._lp.add([cycle for _, cycle in packing])
            self._search()

    def _search(self) -> None:
        """Branch and bound, the branch with the least bound first."""
        waiting: list[tuple[int, int, Branch]] = [(0, 0, self.root)]
        made = 0
        while waiting:
            branch = heappop(waiting)[-1]
            edge = None if self._proven(branch) else self._bound(branch)
            if edge is None:
                continue
            branch.edge = edge
            branch.satisfied = self._child(branch, 0)
            branch.frustrated = self._child(branch, 1)
            for child in (branch.satisfied, branch.frustrated):
                made += 1
                heappush(waiting, (child.bound, made, child))
        self.root.prove()

    @property
    def complete(self) -> bool:
        """Whether the proof tree shows the best division to be optimal."""
        return self._proven(self.root)

    def _proven(self, branch: Branch) -> bool:
        return branch.bound > self.best - self.step

    def _late(self) -> bool:
        return self._deadline is not None and monotonic() > self._deadline

    def _child(self, branch: Branch, value: int) -> Branch:
        """A branch with one more edge fixed; it inherits what still proves something."""
        assert branch.edge is not None
        child = Branch((*branch.fixed, (branch.edge, value)))
        self._prove(child, [(float(amount), cycle) for amount, cycle in branch.packing])
        return child

    def _bound(self, branch: Branch) -> int | None:
        """Bound a branch; the edge to split it on, None when it is closed or time is up."""
        fixed = dict(branch.fixed)
        active = [self._counts(cycle, fixed) for cycle in self._lp.cycles]
        self._lp.fix(fixed, np.array(active, dtype=bool))
        before, rounds = -1.0, 0
        while not self._late() and self._lp.solve(self._deadline):
            value, rounds = self._lp.value, rounds + 1
            share = value * self._unit / self.best if self.best else 1.0
            self.watch(f"{share:.1%} of the best division found is proven")
            if value * self._unit > self.best - (1 - 1e-6) * self.step and self._dual(branch):
                return None
            found = self._cut.find(
                self._lp.cover, fixed, self.labels, most=self._most, deadline=self._deadline
            )
            if rounds % ROUNDING == 1 or not found:
                self._improve()
            if value > before + 1e-7:
                self._lp.purge()
            before = value
            if not self._lp.add(found):
                return None if self._dual(branch) else self._choose(fixed)
        self._dual(branch)
        return None

    def _dual(self, branch: Branch) -> bool:
        """Prove a branch by the dual of the programme."""
        return self._prove(branch, [(y * self._unit, c) for y, c in self._lp.packing()])

    def _prove(self, branch: Branch, packing: list[tuple[float, tuple[int, ...]]]) -> bool:
        """Keep a packing if it proves more than what there is; whether that is enough."""
        fixed = dict(branch.fixed)
        valid = [(amount, cycle) for amount, cycle in packing if self._counts(cycle, fixed)]
        exact = fit(valid, self.weights, fixed)
        paid = sum(self.weights[edge] for edge, value in branch.fixed if value)
        bound = paid + sum(amount for amount, _ in exact)
        if bound > branch.bound:
            branch.bound, branch.packing = bound, exact
        return self._proven(branch)

    def _counts(self, cycle: tuple[int, ...], fixed: dict[int, int]) -> bool:
        """Whether a cycle is inconsistent once the fixed edges are what they are fixed to."""
        signs = (self.edges[e][2] * (-1 if fixed.get(e) else 1) for e in cycle)
        return inconsistent(self.rule, signs)

    def _improve(self) -> None:
        """Make a division of the fractional cover, and keep it if it is better."""
        order = np.lexsort((np.arange(len(self.edges)), np.round(self._lp.cover, 6)))
        labels = list(range(self.n)) if self.rule is Rule.FREE else [0] * self.n
        relation = Relation(self.n)
        for edge in order.tolist():
            a, b, weight = self.edges[edge]
            if self.rule is Rule.TWO:
                relation.join(a, b, 1 if weight > 0 else -1)
            elif weight > 0 and self._lp.cover[edge] < 0.5:
                relation.join(a, b, 1)
        for v in range(self.n):
            root, sign = relation.find(v)
            labels[v] = sign if self.rule is Rule.TWO else root
        cost, labels = relabel(self.n, self.edges, labels, self.rule)
        if cost < self.best:
            self.best, self.labels = cost, labels

    def _choose(self, fixed: dict[int, int]) -> int | None:
        """The edge to branch on: the weightiest undecided one."""
        relation = Relation(self.n)
        for edge in fixed:
            relation.join(self.edges[edge][0], self.edges[edge][1], 1)
        best, score = None, 1e-6
        for edge, value in enumerate(self._lp.cover.tolist()):
            a, b, _ = self.edges[edge]
            mine = min(value, 1 - value) * self.weights[edge]
            if mine > score and relation.find(a)[0] != relation.find(b)[0]:
                best, score = edge, mine
        return best


class Relation:
    """Which nodes are known to be on the same or on opposite sides: a union-find with signs."""

    def __init__(self, n: int) -> None:
        self._up = [(v, 1) for v in range(n)]

    def find(self, v: int) -> tuple[int, int]:
        """The node that stands for v, and the sign between them."""
        path = []
        while self._up[v][0] != v:
            path.append(v)
            v = self._up[v][0]
        sign = 1
        for u in reversed(path):
            sign *= self._up[u][1]
            self._up[u] = (v, sign)
        return v, sign if path else 1

    def join(self, a: int, b: int, sign: int) -> None:
        """Relate two nodes, unless they are related already."""
        (p, s), (q, t) = self.find(a), self.find(b)
        if p != q:
            self._up[max(p, q)] = (min(p, q), s * t * sign)
