"""Good divisions by local moves; a value, never a proof.

Two camps: simulated annealing over single flips, as Aref and Wilson (2019) bound the frustration
from above. Any number of camps: local moving and merging (the first two phases of Louvain, with
the constant Potts model at resolution 0 as the quality), shaken and repeated.
"""

from __future__ import annotations

from math import exp
from random import Random
from time import monotonic
from typing import TYPE_CHECKING

from kg.analysis.balance.separation import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.balance.reduction import Edge

__all__ = ["anneal", "cost_of", "relabel"]

Near = list[list[tuple[int, int]]]
VISITS = 3_000_000  # node visits that a search may make
STEPS = 40_000_000  # and visits of nodes and edges
SWEEPS = 200


def cost_of(edges: Sequence[Edge], labels: Sequence[int]) -> int:
    """Weight of the edges that a division frustrates."""
    return sum(abs(w) for a, b, w in edges if (w > 0) != (labels[a] == labels[b]))


def anneal(
    n: int,
    edges: Sequence[Edge],
    rule: Rule,
    *,
    seed: int = 0,
    deadline: float | None = None,
) -> list[int]:
    """The best division found, as labels; the same seed gives the same one, time permitting.

    Args:
        n: number of nodes.
        edges: two ends and a signed whole weight each.
        rule: two camps (labels +1 and -1) or as many as it takes.
        seed: of the random choices.
        deadline: ``time.monotonic`` value at which to stop with what there is.
    """
    near = _neighbours(n, edges)
    random = Random(seed)  # noqa: S311 - a search, no secret
    sweeps = max(40, min(SWEEPS, VISITS // n))
    best: tuple[int, list[int]] | None = None
    starts = min(20, VISITS // (n * sweeps), STEPS // ((n + len(edges)) * sweeps))
    for start in range(max(1, starts)):
        if rule is Rule.TWO:
            labels = _tree(n, near, random)
            _cool(near, labels, sweeps, random, deadline)
        else:
            labels = list(range(n)) if not start or best is None else _shaken(best[1], random)
            _gather(near, labels, random)
        cost = cost_of(edges, labels)
        if best is None or cost < best[0]:
            best = cost, labels
        if deadline is not None and monotonic() > deadline:
            break
    assert best is not None
    return best[1]


def relabel(
    n: int, edges: Sequence[Edge], labels: Sequence[int], rule: Rule
) -> tuple[int, list[int]]:
    """A division improved by moving single nodes as long as that pays, as (cost, labels)."""
    near, improved = _neighbours(n, edges), list(labels)
    if rule is Rule.TWO:
        _descend(near, improved, _fields(near, improved))
    else:
        _gather(near, improved, Random(0))  # noqa: S311 - a search, no secret
    return cost_of(edges, improved), improved


def _neighbours(n: int, edges: Sequence[Edge]) -> Near:
    near: Near = [[] for _ in range(n)]
    for a, b, weight in edges:
        near[a].append((b, weight))
        near[b].append((a, weight))
    return near


def _fields(near: Near, side: list[int]) -> list[int]:
    """For every node, satisfied less frustrated weight around it."""
    return [mine * sum(w * side[u] for u, w in near[v]) for v, mine in enumerate(side)]


def _cool(near: Near, side: list[int], sweeps: int, random: Random, deadline: float | None) -> None:
    """Flip nodes by Metropolis' rule while the temperature falls, then only for the better."""
    field = _fields(near, side)
    scale = sum(abs(w) for around in near for _, w in around) / max(1, len(near))
    for sweep in range(sweeps):
        heat = 0.35 * scale * (1 - sweep / sweeps) ** 2
        _sweep(near, side, field, heat, random)
        if deadline is not None and monotonic() > deadline:
            break
    _descend(near, side, field)


def _sweep(near: Near, side: list[int], field: list[int], heat: float, random: Random) -> None:
    draw, limit = random.random, 20 * heat
    for v in range(len(side)):
        now = field[v]
        if now < 0 or (now < limit and draw() < exp(-now / heat)):
            _flip(near, side, field, v)


def _descend(near: Near, side: list[int], field: list[int]) -> None:
    waiting = [v for v in range(len(side)) if field[v] < 0]
    while waiting:
        v = waiting.pop()
        if field[v] < 0:
            _flip(near, side, field, v)
            waiting += [u for u, _ in near[v] if field[u] < 0]


def _flip(near: Near, side: list[int], field: list[int], v: int) -> None:
    mine = side[v] = -side[v]
    field[v] = -field[v]
    for u, w in near[v]:
        field[u] += 2 * w * mine * side[u]


def _tree(n: int, near: Near, random: Random) -> list[int]:
    """A division that satisfies a random search tree."""
    side = [0] * n
    order = list(range(n))
    random.shuffle(order)
    for root in order:
        if side[root]:
            continue
        side[root] = 1
        waiting = [root]
        while waiting:
            v = waiting.pop(random.randrange(len(waiting)) if len(waiting) < 64 else -1)
            for u, w in near[v]:
                if not side[u]:
                    side[u] = side[v] if w > 0 else -side[v]
                    waiting.append(u)
    return side


def _gather(near: Near, labels: list[int], random: Random) -> None:
    """Move single nodes, then whole camps, to the camp they are tied to most, until none gains."""
    while True:
        moved = _move(near, labels, random)
        names = {label: i for i, label in enumerate(sorted(set(labels)))}
        between: list[dict[int, int]] = [{} for _ in names]
        for v, around in enumerate(near):
            mine = names[labels[v]]
            for u, w in around:
                other = names[labels[u]]
                if other != mine:
                    between[mine][other] = between[mine].get(other, 0) + w
        camps = list(range(len(names)))
        if _move([list(ties.items()) for ties in between], camps, random):
            moved = True
            labels[:] = [camps[names[label]] for label in labels]
        if not moved:
            return


def _move(near: Near, labels: list[int], random: Random) -> bool:
    """Local moving in place; whether anything moved."""
    spare = max(labels, default=0) + 1
    waiting = list(range(len(labels)))
    random.shuffle(waiting)
    queued, moved = [True] * len(labels), False
    while waiting:
        v = waiting.pop()
        queued[v] = False
        pull: dict[int, int] = {}
        for u, w in near[v]:
            pull[labels[u]] = pull.get(labels[u], 0) + w
        stay = pull.get(labels[v], 0)
        gain, best = max(((w, -label) for label, w in pull.items()), default=(0, 0))
        target, gain = (-best, gain) if gain >= 0 else (spare, 0)
        if gain <= stay:
            continue
        spare += target == spare
        labels[v], moved = target, True
        for u, _ in near[v]:
            if not queued[u]:
                queued[u] = True
                waiting.append(u)
    return moved


def _shaken(labels: list[int], random: Random) -> list[int]:
    """The labels with some nodes put on their own."""
    spare = max(labels) + 1
    return [spare + v if random.random() < 0.2 else label for v, label in enumerate(labels)]
