"""Exact reductions of a weighted signed graph, and the way back for sides.

Two rules cover degree one, degree two, dominating and parallel edges at once:

* **Domination.** When one edge of a node weighs at least as much as all its others together,
  some best division satisfies it: the node is contracted into its neighbour.
* **Parallel edges.** Equal signs add up. Of opposite signs the lighter is frustrated anyway, or
  the heavier in its stead: they cancel, at the cost of the lighter one, and are a negative cycle.

``kg.analysis.balance.lifting`` leads cycles of the reduced graph back. Such rules are used by
Rehfeldt, Koch and Shinano (2023) for maximum cut and by Lange, Andres and Swoboda (2019) for
correlation clustering; that they keep a packing of cycles is shown in ``lifting``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Bundle", "Edge", "Reduction"]

Edge = tuple[int, int, int]  # two ends and a signed whole weight
Pieces = list[list[int]]  # [edge, capacity left] each


@dataclass(slots=True)
class Bundle:
    """Parallel edges that act as one.

    Attributes:
        sign: +1 or -1, as seen after all switching so far.
        weight: what is left of them together.
        pieces: [edge, capacity that is left] of every member.
    """

    sign: int
    weight: int
    pieces: Pieces

    def take(self, amount: int) -> Pieces:
        """Split off pieces that weigh the amount."""
        taken: Pieces = []
        self.weight -= amount
        while amount:
            piece = self.pieces[-1]
            part = min(amount, piece[1])
            taken.append([piece[0], part])
            piece[1] -= part
            amount -= part
            if not piece[1]:
                self.pieces.pop()
        return taken


@dataclass(slots=True)
class Reduction:
    """A graph and what is left of it after the reductions; call ``run`` once.

    Attributes:
        n: number of nodes.
        edges: the original edges.
        cost: weight that is frustrated in every division, found on the way.
        kernel: what remains, as bundles between surviving nodes (a < b).
        near: bundles of every node by neighbour.
        parent: the node that a contracted node went into, and the sign between them.
        time: number of the contraction that took a node, -1 for survivors.
        via: for every contraction the bundle that was contracted.
        cancelled: (number of contractions so far, the two nodes, the pieces of both signs).
        anchor: the node within a contracted one that dominated all the others.
    """

    n: int
    edges: list[Edge]
    cost: int = 0
    kernel: list[tuple[int, int, Bundle]] = field(default_factory=list)
    anchor: list[int] = field(default_factory=list)
    near: list[dict[int, Bundle]] = field(default_factory=list)
    parent: list[tuple[int, int]] = field(default_factory=list)  # (node, relative sign)
    time: list[int] = field(default_factory=list)
    via: list[Bundle] = field(default_factory=list)
    cancelled: list[tuple[int, tuple[int, int], Pieces, Pieces]] = field(default_factory=list)

    def run(self, *, contract: bool = True) -> Reduction:
        """Reduce until no rule applies.

        Args:
            contract: False leaves the dominated nodes alone, for the rule is about two camps.
        """
        self.near = [{} for _ in range(self.n)]
        self.parent = [(v, 1) for v in range(self.n)]
        self.time = [-1] * self.n
        self.anchor = list(range(self.n))
        for index, (a, b, weight) in enumerate(self.edges):
            sign = 1 if weight > 0 else -1
            self._join(a, b, Bundle(sign, abs(weight), [[index, abs(weight)]]))
        waiting = list(range(self.n - 1, -1, -1)) if contract else []
        queued = [True] * self.n
        while waiting:
            node = waiting.pop()
            queued[node] = False
            for other in self._dominated(node):
                if not queued[other]:
                    queued[other] = True
                    waiting.append(other)
        self.kernel = [
            (a, b, bundle)
            for a, near in enumerate(self.near)
            for b, bundle in sorted(near.items())
            if a < b
        ]
        return self

    def _join(self, a: int, b: int, new: Bundle) -> None:
        """Put a bundle between two nodes, beside what is there already."""
        old = self.near[a].get(b)
        if old is None:
            self.near[a][b] = self.near[b][a] = new
        elif old.sign == new.sign:
            if len(old.pieces) < len(new.pieces):
                old.pieces, new.pieces = new.pieces, old.pieces
            old.pieces += new.pieces
            old.weight += new.weight
        else:
            both = min(old.weight, new.weight)
            self.cost += both
            taken = old.take(both), new.take(both)
            self.cancelled.append((len(self.via), (a, b), *taken))
            if new.weight:
                self.near[a][b] = self.near[b][a] = new
            elif not old.weight:
                del self.near[a][b], self.near[b][a]

    def _dominated(self, node: int) -> list[int]:
        """Contract the node if an edge dominates it; the nodes to look at again."""
        near = self.near[node]
        if not near:
            return []
        other = max(near, key=lambda v: (near[v].weight, -v))
        if 2 * near[other].weight < sum(bundle.weight for bundle in near.values()):
            return []
        away, stays = (node, other)
        if len(near) > len(self.near[other]):
            away, stays = other, node
        self.anchor[stays] = self.anchor[other]
        bundle = self.near[away].pop(stays)
        del self.near[stays][away]
        sign = bundle.sign
        self.parent[away], self.time[away] = (stays, sign), len(self.via)
        self.via.append(bundle)
        moved = self.near[away]
        self.near[away] = {}
        for v, edge in moved.items():
            del self.near[v][away]
            edge.sign *= sign
            self._join(stays, v, edge)
        return [stays, *moved]

    def sides(self, kernel: dict[int, int]) -> list[int]:
        """Sides of all nodes from those of the surviving ones (+1 where none is given)."""
        side = [0] * self.n
        for v in range(self.n):
            chain = [v]
            while not side[chain[-1]] and self.time[chain[-1]] >= 0:
                chain.append(self.parent[chain[-1]][0])
            top = chain.pop()
            side[top] = side[top] or kernel.get(top, 1)
            for u in reversed(chain):
                parent, sign = self.parent[u]
                side[u] = side[parent] * sign
        return side
