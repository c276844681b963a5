"""The signed network that every measure of balance reads: named nodes and exact weights."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SignedNetwork", "Tie", "exact"]


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie; in an undirected network the two ends are in the order of the nodes.

    Attributes:
        source, target: positions in ``SignedNetwork.nodes``.
        weight: exact and signed, never zero.
    """

    source: int
    target: int
    weight: Fraction

    @property
    def sign(self) -> int:
        """+1 or -1."""
        return 1 if self.weight > 0 else -1


@dataclass(frozen=True, slots=True)
class SignedNetwork:
    """Nodes by name, and ties with exact weights; ``build`` makes one.

    Ties of one pair, one direction and one sign are one tie whose weight is their sum. Ties of
    opposite sign stay two: whichever way the pair is divided, one of them is frustrated.

    Attributes:
        nodes: names, sorted.
        ties: sorted by source, target and sign.
        directed: whether a tie from a to b differs from one from b to a.
        notes: what was left out or folded, in sentences.
    """

    nodes: tuple[str, ...]
    ties: tuple[Tie, ...]
    directed: bool = False
    notes: tuple[str, ...] = ()

    @classmethod
    def build(
        cls,
        rows: Iterable[tuple[str, str, Fraction | int | float | str]],
        *,
        directed: bool = False,
        nodes: Iterable[str] = (),
    ) -> SignedNetwork:
        """A network from (source, target, signed weight); further nodes may be named.

        Raises:
            UsageError: a weight is no finite number.

        >>> SignedNetwork.build([("b", "a", 1), ("a", "b", "0.5"), ("a", "b", -1)]).ties
        ... # doctest: +NORMALIZE_WHITESPACE
        (Tie(source=0, target=1, weight=Fraction(-1, 1)),
         Tie(source=0, target=1, weight=Fraction(3, 2)))
        """
        given = [(a, b, exact(w)) for a, b, w in rows]
        names = sorted({*nodes, *(a for a, _, _ in given), *(b for _, b, _ in given)})
        place = {name: i for i, name in enumerate(names)}
        folded: defaultdict[tuple[int, int, int], Fraction] = defaultdict(Fraction)
        counts: defaultdict[str, int] = defaultdict(int)
        for a, b, weight in given:
            if a == b or not weight:
                counts["self" if a == b else "zero"] += 1
                continue
            i, j = place[a], place[b]
            if not directed and j < i:
                i, j = j, i
            key = (i, j, 1 if weight > 0 else -1)
            counts["again"] += key in folded
            folded[key] += weight
        ties = tuple(Tie(i, j, w) for (i, j, _), w in sorted(folded.items()))
        return cls(tuple(names), ties, directed, _notes(counts))

    @classmethod
    def from_networkx(cls, graph: Any, weight: str = "weight") -> SignedNetwork:
        """From a NetworkX graph; without ``weight`` a tie's attribute "sign" counts, else 1."""
        rows = (
            (str(a), str(b), data.get(weight, data.get("sign", 1)))
            for a, b, data in graph.edges(data=True)
        )
        return cls.build(rows, directed=graph.is_directed(), nodes=map(str, graph.nodes))

    @property
    def scale(self) -> int:
        """The least number that makes every weight whole."""
        return lcm(*(tie.weight.denominator for tie in self.ties)) if self.ties else 1

    @property
    def total(self) -> Fraction:
        """Sum of the absolute weights."""
        return sum((abs(tie.weight) for tie in self.ties), Fraction(0))

    def whole(self) -> list[tuple[int, int, int]]:
        """(source, target, signed weight times ``scale``) of every tie, in order."""
        scale = self.scale
        return [(t.source, t.target, int(t.weight * scale)) for t in self.ties]


def exact(weight: Fraction | int | float | str) -> Fraction:
    """A weight as an exact fraction; floats by the shortest decimal that names them.

    Raises:
        UsageError: it is no finite number.

    >>> exact(0.1)
    Fraction(1, 10)
    """
    if isinstance(weight, Fraction):
        return weight
    text = str(weight).strip()
    try:
        if len(text) > 40 or abs(int(text.lower().partition("e")[2] or 0)) > 30:
            raise ValueError
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise UsageError(f"{text[:40]!r} is not a weight", "give a number such as -1.5") from None


def _notes(counts: dict[str, int]) -> tuple[str, ...]:
    texts = {
        "self": "Ties of a node with itself, left out: {}.",
        "zero": "Ties of weight zero, left out, but for their nodes: {}.",
        "again": "Ties that repeat a pair with the same sign, added up: {}.",
    }
    return tuple(text.format(counts[key]) for key, text in texts.items() if counts[key])
