"""Proof trees: packings of inconsistent cycles, with case distinctions where one does not do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.analysis.balance.branching import Branch

__all__ = ["Proof", "Walk", "from_branch"]


class Walk(NamedTuple):
    """A closed walk with an amount.

    Attributes:
        amount: whole units of weight.
        nodes: where each step starts.
        steps: edges; -1, -2 … stand for the pairs assumed on the way from the root of the tree.
    """

    amount: int
    nodes: list[int]
    steps: list[int]


@dataclass(slots=True)
class Proof:
    """A tree that proves a lower bound.

    Attributes:
        pair: the two nodes it distinguishes cases for; None for a leaf.
        together, apart: the proofs for either case.
        walks: of a leaf, inconsistent closed walks that fit into the weights.
    """

    walks: list[Walk] = field(default_factory=list)
    pair: tuple[int, int] | None = None
    together: Proof | None = None
    apart: Proof | None = None

    @property
    def cases(self) -> tuple[Proof, ...]:
        """Both cases; nothing for a leaf."""
        return tuple(case for case in (self.together, self.apart) if case is not None)

    @property
    def bound(self) -> int:
        """What it proves: the sum of a leaf, the least over the cases otherwise."""
        if self.cases:
            return min(case.bound for case in self.cases)
        return sum(walk.amount for walk in self.walks)

    def translate(
        self,
        nodes: Callable[[int], tuple[int, int]],
        lift: Callable[[list[Walk], tuple[tuple[int, int], ...]], list[Walk]],
        pairs: tuple[tuple[int, int], ...] = (),
    ) -> Proof:
        """The same proof about another graph.

        Args:
            nodes: node here → node there, and whether they are on the same side (+1 or -1).
            lift: makes the walks of one leaf, with the pairs assumed there (as nodes here).
            pairs: pairs assumed so far.
        """
        if self.pair is None or self.together is None or self.apart is None:
            return Proof(lift(self.walks, pairs))
        below = (*pairs, self.pair)
        together = self.together.translate(nodes, lift, below)
        apart = self.apart.translate(nodes, lift, below)
        (a, one), (b, two) = nodes(self.pair[0]), nodes(self.pair[1])
        if one != two:
            together, apart = apart, together
        return Proof(pair=(a, b), together=together, apart=apart)


def from_branch(branch: Branch, edges: Sequence[tuple[int, int, int]]) -> Proof:
    """The proof in a tree of branches: fixed edges become pairs, cycles become walks."""
    if branch.edge is not None and branch.satisfied and branch.frustrated:
        a, b, weight = edges[branch.edge]
        proofs = [from_branch(branch.satisfied, edges), from_branch(branch.frustrated, edges)]
        together, apart = proofs if weight > 0 else reversed(proofs)
        return Proof(pair=(a, b), together=together, apart=apart)
    place = {edge: -1 - number for number, (edge, _) in enumerate(branch.fixed)}
    walks = []
    for edge, frustrated in branch.fixed:
        if frustrated:
            a, b, weight = edges[edge]
            walks.append(Walk(abs(weight), [a, b], [edge, place[edge]]))
    for amount, cycle in branch.packing:
        nodes, steps = _order(cycle, edges)
        walks.append(Walk(amount, nodes, [place.get(step, step) for step in steps]))
    return Proof(walks)


def _order(
    cycle: Sequence[int], edges: Sequence[tuple[int, int, int]]
) -> tuple[list[int], list[int]]:
    """Nodes and edges of a simple cycle in the order in which they follow each other."""
    at: dict[int, list[int]] = {}
    for edge in cycle:
        for end in edges[edge][:2]:
            at.setdefault(end, []).append(edge)
    edge, node = cycle[0], edges[cycle[0]][0]
    nodes, steps = [], []
    for _ in cycle:
        nodes.append(node)
        steps.append(edge)
        a, b, _ = edges[edge]
        node = b if node == a else a
        one, two = at[node]
        edge = two if one == edge else one
    return nodes, steps
