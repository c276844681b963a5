"""At most k camps, for three or more: an assignment programme on top of the free solution.

Cycles with one negative edge bound it from below whatever k is. When the free optimum can be
merged into k camps at no cost it is optimal; otherwise a mixed-integer programme assigns nodes
to camps (Figueiredo and Moura 2013; Brusco and Doreian 2019 on exact k-balance).
"""

from __future__ import annotations

from collections import defaultdict
from math import ceil
from random import Random
from time import monotonic
from typing import TYPE_CHECKING

import highspy
import numpy as np

from kg.analysis.balance.cooling import cool_camps
from kg.analysis.balance.search import cost_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.balance.decomposition import Effort, Solved
    from kg.analysis.balance.reduction import Edge

__all__ = ["solve_limited"]

STARTS = 40
MANY = 2_000  # nodes from which one start is enough
LARGEST = 20_000  # variables for nodes and camps that the programme is given


def solve_limited(
    n: int, edges: Sequence[Edge], k: int, free: Solved, effort: Effort
) -> tuple[list[int], int]:
    """The best labels with at most k camps, and a bound that the search proved.

    Args:
        n: number of nodes.
        edges: two ends and a signed whole weight.
        k: most camps, at least 3.
        free: the best division into any number of camps, with its proofs.
        effort: time and seed.
    """
    random = Random(effort.seed)  # noqa: S311 - a search, no secret
    near: list[list[tuple[int, int]]] = [[] for _ in range(n)]
    for a, b, weight in edges:
        near[a].append((b, weight))
        near[b].append((a, weight))
    best = _moved(near, _merged(edges, free.labels, k), k)
    for start in range(STARTS):
        if cost_of(edges, best) == cost_of(edges, free.labels):
            return best, 0  # the free bound holds here, too
        late = effort.deadline is not None and monotonic() > effort.deadline
        if start and (late or n > MANY):
            break
        tossed = [random.randrange(k) for _ in range(n)]
        begun = tossed if start % 4 else cool_camps(n, edges, k, seed=effort.seed + start)
        other = _moved(near, begun, k)
        best = min(best, other, key=lambda labels: cost_of(edges, labels))
    if n * k > LARGEST:
        return best, 0
    easy = _easy(near, k)
    left_out = set(easy)
    kept = [i for i, (a, b, _) in enumerate(edges) if not {a, b} & left_out]
    labels, proven = _searched(edges, kept, k, effort, free, best) if kept else ({}, 0)
    for v in reversed(easy):
        pull = [0] * k
        for u, w in near[v]:
            if u in labels:
                pull[labels[u]] += w
        labels[v] = max(range(k), key=lambda c: (pull[c], -c))
    return [labels[v] for v in range(n)], proven


def _searched(
    edges: Sequence[Edge], kept: list[int], k: int, effort: Effort, free: Solved, best: list[int]
) -> tuple[dict[int, int], int]:
    """Solve what the kept edges make; labels of its nodes and the bound that was proved."""
    nodes = sorted({v for i in kept for v in edges[i][:2]})
    place = {v: i for i, v in enumerate(nodes)}
    inner = [(place[edges[i][0]], place[edges[i][1]], edges[i][2]) for i in kept]
    programme = _Programme(len(nodes), inner, k, effort)
    number = {i: spot for spot, i in enumerate(kept)}
    for proof in free.proofs:
        for _, _, steps in proof.walks:
            programme.cover([number.get(step, -1) for step in steps])
    programme.cover_cliques()
    found, proven = programme.solve([best[v] for v in nodes])
    return dict(zip(nodes, found, strict=True)), proven


def _easy(near: list[list[tuple[int, int]]], k: int) -> list[int]:
    """Nodes that some camp of k suits wholly, whatever the rest does, in the order of removal.

    These are nodes with one neighbour, and nodes with fewer than k that are all enemies.
    """
    ties: list[dict[int, list[int]]] = [{} for _ in near]
    for v, around in enumerate(near):
        for u, w in around:
            ties[v].setdefault(u, []).append(w)
    waiting, gone, order = list(range(len(near))), set[int](), list[int]()
    while waiting:
        v = waiting.pop()
        signs = [w > 0 for weights in ties[v].values() for w in weights]
        alone = len(signs) <= 1
        if v in gone or not (alone or (len(ties[v]) < k and not any(signs))):
            continue
        gone.add(v)
        order.append(v)
        for u in ties[v]:
            del ties[u][v]
            waiting.append(u)
        ties[v] = {}
    return order


def _merged(edges: Sequence[Edge], labels: Sequence[int], k: int) -> list[int]:
    """Join the two camps that it costs least to join, until k are left."""
    between: defaultdict[tuple[int, int], int] = defaultdict(int)
    for a, b, weight in edges:
        if labels[a] != labels[b]:
            between[min(labels[a], labels[b]), max(labels[a], labels[b])] += weight
    ties: dict[int, dict[int, int]] = {label: {} for label in labels}
    for (p, q), weight in between.items():
        ties[p][q] = ties[q][p] = weight
    name = {label: label for label in ties}
    while len(ties) > k:
        small = min(ties, key=lambda c: (sum(map(abs, ties[c].values())), c))
        others = sorted(c for c in ties if c != small)
        into = max(others, key=lambda c: (ties[small].get(c, 0), -c))
        for other, weight in ties.pop(small).items():
            del ties[other][small]
            if other != into:
                ties[into][other] = ties[other][into] = ties[into].get(other, 0) + weight
        name = {label: into if camp == small else camp for label, camp in name.items()}
    place = {camp: i for i, camp in enumerate(sorted(set(name.values())))}
    return [place[name[label]] for label in labels]


def _moved(near: list[list[tuple[int, int]]], start: Sequence[int], k: int) -> list[int]:
    """Move single nodes between k camps as long as that pays."""
    labels = list(start)
    waiting = list(range(len(labels)))
    while waiting:
        v = waiting.pop()
        pull = [0] * k
        for u, w in near[v]:
            pull[labels[u]] += w
        best = max(range(k), key=lambda c: (pull[c], c == labels[v]))
        if pull[best] > pull[labels[v]]:
            labels[v] = best
            waiting += [u for u, _ in near[v]]
    return labels


class _Programme:
    """min sum w f, where f(e) is 1 when x puts the ends of e as they should not be.

    Nodes are numbered by weight; a node may open camp c only if an earlier one is in c - 1, so
    that each division occurs once.
    """

    def __init__(self, n: int, edges: Sequence[Edge], k: int, effort: Effort) -> None:
        self.n, self.k, self.edges, self.effort = n, k, edges, effort
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call] # its constructor has no types
        self._solver.silent()
        for option, value in (("threads", 1), ("random_seed", 1), ("mip_rel_gap", 0.0)):
            self._solver.setOptionValue(option, value)
        cost = np.array([abs(w) / effort.step for *_, w in edges])
        count = n * k + len(edges)
        self._solver.addVars(count, np.zeros(count), np.ones(count))
        kinds = np.full(n * k, highspy.HighsVarType.kInteger)
        self._solver.changeColsIntegrality(n * k, np.arange(n * k, dtype=np.int32), kinds)
        spots = np.arange(n * k, count, dtype=np.int32)
        self._solver.changeColsCost(len(edges), spots, cost)
        self._ordered()
        for e, (a, b, weight) in enumerate(edges):
            for c in range(k):
                self._edge(n * k + e, a * k + c, b * k + c, positive=weight > 0)

    def _row(self, lower: float, upper: float, index: list[int], values: list[float]) -> None:
        self._solver.addRow(
            lower, upper, len(index), np.asarray(index, dtype=np.int32), np.asarray(values)
        )

    def _ordered(self) -> None:
        weight = [0] * self.n
        for a, b, w in self.edges:
            weight[a] += abs(w)
            weight[b] += abs(w)
        order = sorted(range(self.n), key=lambda v: (-weight[v], v))
        for i, v in enumerate(order):
            camps = [v * self.k + c for c in range(self.k)]
            self._row(1.0, 1.0, camps, [1.0] * self.k)
            for c in range(1, self.k):
                before = [u * self.k + c - 1 for u in order[:i]]
                self._row(-highspy.kHighsInf, 0.0, [camps[c], *before], [1.0] + [-1.0] * i)

    def _edge(self, cost: int, one: int, two: int, *, positive: bool) -> None:
        if positive:
            for p, q in ((one, two), (two, one)):
                self._row(0.0, highspy.kHighsInf, [cost, p, q], [1.0, -1.0, 1.0])
        else:
            self._row(-1.0, highspy.kHighsInf, [cost, one, two], [1.0, -1.0, -1.0])

    def cover(self, steps: Sequence[int]) -> None:
        """Add a cycle that at least one frustrated edge must cover."""
        if steps and min(steps) >= 0:
            index = [self.n * self.k + step for step in sorted(steps)]
            self._row(1.0, highspy.kHighsInf, index, [1.0] * len(index))

    def cover_cliques(self) -> None:
        """Of k + 1 nodes that are all enemies, two are in one camp."""
        foes: dict[int, dict[int, int]] = {}
        for e, (a, b, weight) in enumerate(self.edges):
            if weight < 0:
                foes.setdefault(a, {})[b] = foes.setdefault(b, {})[a] = e
        known: set[tuple[int, ...]] = set()
        for a, b, weight in self.edges:
            if weight > 0:
                continue
            clique = [a, b]
            common = sorted(foes[a].keys() & foes[b].keys(), key=lambda v: (-len(foes[v]), v))
            for v in common:
                if len(clique) <= self.k and all(v in foes[u] for u in clique):
                    clique.append(v)
            if len(clique) > self.k and (key := tuple(sorted(clique))) not in known:
                known.add(key)
                self.cover([foes[u][v] for u in key for v in key if u < v])

    def solve(self, labels: list[int]) -> tuple[list[int], int]:
        """The best labels, and the bound that was proved."""
        best = cost_of(self.edges, labels)
        if self.effort.deadline is not None:
            left = max(0.1, self.effort.deadline - monotonic())
            self._solver.setOptionValue("time_limit", left)
        self._solver.run()
        info = self._solver.getInfo()
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            value = np.asarray(self._solver.getSolution().col_value)[: self.n * self.k]
            found = [int(c) for c in value.reshape(self.n, self.k).argmax(axis=1)]
            labels = min(labels, found, key=lambda given: cost_of(self.edges, given))
        best = cost_of(self.edges, labels)
        bound = info.mip_dual_bound
        proven = 0 if not np.isfinite(bound) else max(0, ceil(bound - 1e-6) * self.effort.step)
        return labels, min(best, proven)
