"""Divide and conquer: reduce, split into biconnected blocks, solve each, put together again.

Cycles never leave a biconnected block, so blocks are independent problems.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

import networkx as nx

from kg.analysis.balance.augmenting import augment
from kg.analysis.balance.branching import Relation, Solver
from kg.analysis.balance.cooling import cool
from kg.analysis.balance.lifting import Lifting
from kg.analysis.balance.packing import pack
from kg.analysis.balance.proof import Proof, Walk, from_branch
from kg.analysis.balance.reduction import Reduction
from kg.analysis.balance.search import anneal
from kg.analysis.balance.separation import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.balance.reduction import Edge

__all__ = ["Effort", "Solved", "Watch", "silent", "solve"]

EXACT_UP_TO = 30_000  # edges of a block that the linear programme is tried for in any case,
WATCHED = 100  # edges of a block whose solution is worth a word
LARGE = 5_000  # edges of a block from which whole classes of nodes are moved at once
REROUTING = 60.0  # seconds that a packing may be improved by routing it anew
PATIENCE = 0.002  # seconds for each edge that must be left to try it for a larger one


Watch = Callable[[str], None]


def silent(_: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long, how finely and with what luck to search.

    Attributes:
        step: every value is a multiple of it, so a bound beyond the value less a step is proof.
        deadline: ``time.monotonic`` at which to stop, None to go on until all is proven.
        seed: of every random choice.
        watch: is told how far it is.
    """

    step: int = 1
    deadline: float | None = None
    seed: int = 0
    watch: Watch = silent


@dataclass(slots=True)
class Solved:
    """Labels of the nodes and proofs of a bound.

    Every proof has ties of its own, up to whole steps of weight; so each bound may be rounded up
    to a step before they are added.
    """

    labels: list[int]
    proofs: list[Proof] = field(default_factory=list)


def solve(n: int, edges: Sequence[Edge], rule: Rule, effort: Effort) -> Solved:
    """The best division of a graph and what proves how good it is.

    Args:
        n: number of nodes.
        edges: two ends and a signed whole weight; several for a pair are allowed.
        rule: two camps or as many as it takes.
        effort: time and seed.

    Returns:
        Labels, equal for nodes of one camp, and proofs whose steps are positions in ``edges``.
    """
    reduction = Reduction(n, list(edges)).run(contract=rule is Rule.TWO)
    lifting = Lifting(reduction)
    proofs = [Proof(walks)] if (walks := lifting.cancelled()) else []
    kernel = [(a, b, bundle.sign * bundle.weight) for a, b, bundle in reduction.kernel]
    solved = [
        (block, _block(kernel, block, rule, effort, whole=len(block) == len(edges)))
        for block in _blocks(n, kernel, rule)
    ]
    for _, (_, found) in sorted(solved, key=lambda pair: any(p.cases for p in pair[1][1])):
        proofs += [lifting.lift(proof) for proof in found]
    joined = _joined(n, kernel, solved, rule)
    labels = reduction.sides(joined) if rule is Rule.TWO else [joined[v] for v in range(n)]
    return Solved(labels, proofs)


def _blocks(n: int, kernel: list[Edge], rule: Rule) -> list[list[int]]:
    """Positions of the edges of every block that can hold an inconsistent cycle."""
    place = {(a, b): i for i, (a, b, _) in enumerate(kernel)}
    chosen = kernel
    if rule is Rule.FREE:  # a negative edge matters only where positive ones join its ends
        relation = Relation(n)
        for a, b, weight in kernel:
            if weight > 0:
                relation.join(a, b, 1)
        chosen = [e for e in kernel if relation.find(e[0])[0] == relation.find(e[1])[0]]
    graph = nx.Graph((a, b) for a, b, _ in chosen)
    blocks = [
        sorted(place[min(pair), max(pair)] for pair in block)
        for block in nx.biconnected_component_edges(graph)
    ]
    held = [b for b in blocks if len(b) > 2 and any(kernel[i][2] < 0 for i in b)]
    return sorted(held, key=lambda block: (len(block), block[0]))


def _block(
    kernel: list[Edge], block: list[int], rule: Rule, effort: Effort, *, whole: bool
) -> tuple[dict[int, int], list[Proof]]:
    """Solve one block; labels by kernel node, and proofs about the kernel."""
    nodes = sorted({v for i in block for v in kernel[i][:2]})
    place = {v: i for i, v in enumerate(nodes)}
    edges = [(place[a], place[b], w) for a, b, w in (kernel[i] for i in block)]
    if whole or rule is Rule.FREE:
        solved = _core(len(nodes), edges, rule, effort)
    else:
        solved = solve(len(nodes), edges, rule, effort)

    def back(walks: list[Walk], _: tuple[tuple[int, int], ...]) -> list[Walk]:
        return [
            Walk(amount, [nodes[v] for v in at], [block[s] if s >= 0 else s for s in steps])
            for amount, at, steps in walks
        ]

    proofs = [proof.translate(lambda v: (nodes[v], 1), back) for proof in solved.proofs]
    return dict(zip(nodes, solved.labels, strict=True)), proofs


def _core(n: int, edges: list[Edge], rule: Rule, effort: Effort) -> Solved:
    """Solve a block that no rule makes smaller."""
    if len(edges) > WATCHED:
        effort.watch(f"a block of {len(edges):,} ties, a good division")
    labels = _divided(n, edges, rule, effort)
    packing = pack(n, edges, labels, rule, effort.deadline)
    worth = _worth(len(edges), effort)
    if len(edges) > LARGE:
        until = _share(effort, 0.2 if worth else 0.8, most=REROUTING)
        packing = augment(n, edges, labels, rule, packing, until)
    solver = Solver(n, edges, rule, labels, effort.step, effort.deadline)
    if len(edges) > WATCHED:
        solver.watch = effort.watch
    solver.start(packing, search=worth)
    return Solved(solver.labels, [from_branch(solver.root, edges)])


def _worth(edges: int, effort: Effort) -> bool:
    """Whether the programme has a chance."""
    left = inf if effort.deadline is None else effort.deadline - monotonic()
    return left > 0 and (edges <= EXACT_UP_TO or left > PATIENCE * edges)


def _divided(n: int, edges: list[Edge], rule: Rule, effort: Effort) -> list[int]:
    """A good division, in at most a part of the time: the bound needs some, too."""
    deadline = _share(effort, 0.4)
    if rule is Rule.TWO and len(edges) > LARGE:
        return cool(n, edges, seed=effort.seed, deadline=deadline)
    return anneal(n, edges, rule, seed=effort.seed, deadline=deadline)


def _share(effort: Effort, part: float, most: float = inf) -> float | None:
    """When a part of the time that is left will be over; None when there is no end."""
    left = inf if effort.deadline is None else max(0.0, effort.deadline - monotonic())
    seconds = min(most, part * left)
    return None if seconds == inf else monotonic() + seconds


def _joined(
    n: int,
    kernel: list[Edge],
    solved: list[tuple[list[int], tuple[dict[int, int], list[Proof]]]],
    rule: Rule,
) -> dict[int, int]:
    """Labels of all kernel nodes, so that every block is divided as it was solved."""
    relation = Relation(n)
    inside: set[int] = set()
    for block, (labels, _) in solved:
        inside.update(block)
        for i in block:
            a, b, weight = kernel[i]
            same = labels[a] == labels[b]
            if rule is Rule.TWO:
                relation.join(a, b, 1 if same else -1)
            elif same and weight > 0:
                relation.join(a, b, 1)
    for i, (a, b, weight) in enumerate(kernel):
        if i not in inside and (rule is Rule.TWO or weight > 0):
            relation.join(a, b, 1 if weight > 0 else -1)
    found = {v: relation.find(v) for v in range(n)}
    return {v: sign if rule is Rule.TWO else root for v, (root, sign) in found.items()}
