"""Lead cycles of a reduced graph back to the graph it was reduced from, without loss.

A walk enters a contracted node and leaves it by pieces of bundles; inside, the contracted edges
join the two. Their weight suffices: what crosses a contracted edge came in through the lighter
edges of the dominated node, which together weigh no more. Pairs assumed in a proof are tied to
the node that dominated the rest, so they never add to what crosses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analysis.balance.proof import Proof, Walk

if TYPE_CHECKING:
    from kg.analysis.balance.reduction import Reduction

__all__ = ["Lifting"]

Pieces = list[list[int]]
Step = tuple[int, int, list[int] | None]  # start, edge or pair, the piece that pays


class Lifting:
    """Lifts proofs about the kernel of one reduction; capacities are used up on the way.

    Args:
        reduction: a reduction that has been run.
    """

    def __init__(self, reduction: Reduction) -> None:
        self._red = reduction
        self._spent: list[tuple[list[int], int]] | None = None

    def cancelled(self) -> list[Walk]:
        """The cycles of two that cancelled parallel edges; to be asked for first."""
        lifted: list[Walk] = []
        for when, (a, b), ones, twos in self._red.cancelled:
            amount = sum(piece[1] for piece in ones)
            self._place(amount, [(a, 0, ones), (b, 0, twos)], when, lifted)
        return lifted

    def lift(self, proof: Proof) -> Proof:
        """A proof about the original graph, from one whose steps are positions in ``kernel``."""
        if proof.pair is None:
            return Proof(self._leaf(proof.walks, ()))
        most: dict[int, tuple[list[int], int]] = {}

        def leaf(walks: list[Walk], pairs: tuple[tuple[int, int], ...]) -> list[Walk]:
            self._spent = []
            lifted = self._leaf(walks, pairs)
            used: dict[int, tuple[list[int], int]] = {}
            for piece, amount in self._spent:
                piece[1] += amount
                used[id(piece)] = (piece, used.get(id(piece), (piece, 0))[1] + amount)
            for key, (piece, amount) in used.items():
                most[key] = (piece, max(amount, most.get(key, (piece, 0))[1]))
            self._spent = None
            return lifted

        lifted = proof.translate(self._anchor, leaf)
        for piece, amount in most.values():
            piece[1] -= amount
        return lifted

    def _anchor(self, node: int) -> tuple[int, int]:
        """The node that dominated all others of a surviving one, and the sign between them."""
        at, sign = self._red.anchor[node], 1
        while at != node:
            at, step = self._red.parent[at]
            sign *= step
        return self._red.anchor[node], sign

    def _leaf(self, walks: list[Walk], pairs: tuple[tuple[int, int], ...]) -> list[Walk]:
        del pairs  # steps name them already
        lifted: list[Walk] = []
        for amount, nodes, steps in walks:
            pieces = [
                (node, step, self._red.kernel[step][2].pieces if step >= 0 else None)
                for node, step in zip(nodes, steps, strict=True)
            ]
            self._place(amount, pieces, len(self._red.via), lifted)
        return lifted

    def _place(
        self,
        amount: int,
        steps: list[tuple[int, int, Pieces | None]],
        when: int,
        lifted: list[Walk],
    ) -> None:
        """Lift one cycle, in as many parts as the capacities ask for."""
        while amount:
            path = self._path(steps, when)
            if path is None:
                return  # capacity that another proof took: a weaker bound, never a wrong one
            part = min(amount, *(piece[1] for _, _, piece in path if piece))
            for _, _, piece in path:
                if piece:
                    piece[1] -= part
                    if self._spent is not None:
                        self._spent.append((piece, part))
            lifted.append(Walk(part, [p[0] for p in path], [p[1] for p in path]))
            amount -= part

    def _path(self, steps: list[tuple[int, int, Pieces | None]], when: int) -> list[Step] | None:
        """One closed walk of original edges, all with capacity left; None without any."""
        ends: list[tuple[int, int, int, list[int] | None]] = []
        for (node, step, pieces), (following, *_) in zip(
            steps, [*steps[1:], steps[0]], strict=True
        ):
            if pieces is None:
                anchor = self._red.anchor
                ends.append((anchor[node], anchor[following], step, None))
                continue
            piece = self._last(pieces)
            if piece is None:
                return None
            edge = piece[0]
            start, stop = self._end(edge, node, when), self._end(edge, following, when)
            ends.append((start, stop, edge, piece))
        path: list[Step] = []
        for (start, stop, step, piece), (leave, *_) in zip(ends, [*ends[1:], ends[0]], strict=True):
            path.append((start, step, piece))
            inside = self._inside(stop, leave)
            if inside is None:
                return None
            path += inside
        return path

    def _inside(self, start: int, goal: int) -> list[Step] | None:
        """Steps between two original nodes within one contracted node."""
        red, path = self._red, list[Step]()
        waiting: list[Step] = [(start, goal, None)]
        while waiting:
            p, q, piece = waiting.pop()
            if piece is not None:
                path.append((p, q, piece))
                continue
            if p == q:
                continue
            when = self._met(p, q)
            piece = self._last(red.via[when].pieces)
            if piece is None:
                return None
            near = self._end(piece[0], self._root(p, when), when)
            a, b, _ = red.edges[piece[0]]
            far = b if near == a else a
            waiting += [(far, q, None), (near, piece[0], piece), (p, near, None)]
        return path

    def _root(self, node: int, when: int) -> int:
        """The node that stood for this one before contraction number ``when``."""
        while 0 <= self._red.time[node] < when:
            node = self._red.parent[node][0]
        return node

    def _end(self, edge: int, root: int, when: int) -> int:
        """The end of an original edge that lay within a contracted node."""
        a, b, _ = self._red.edges[edge]
        return a if self._root(a, when) == root else b

    def _met(self, p: int, q: int) -> int:
        """The number of the contraction that brought two nodes together."""
        time, parent, when = self._red.time, self._red.parent, -1
        while p != q:
            if time[q] < 0 or 0 <= time[p] < time[q]:
                when, p = time[p], parent[p][0]
            else:
                when, q = time[q], parent[q][0]
        return when

    def _last(self, pieces: Pieces) -> list[int] | None:
        """A piece with capacity left; None when there is none."""
        if self._spent is None:
            while pieces and not pieces[-1][1]:
                pieces.pop()
        return next((piece for piece in reversed(pieces) if piece[1]), None)
