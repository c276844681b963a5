"""Check a certificate in one pass, in whole numbers, knowing nothing of how it was found.

Why it is enough. In any division with few enough camps, a closed set of steps that is
inconsistent contains a frustrated tie: the product of its signs is negative (two camps), or
exactly one of its signs is negative (any number). Amounts of such sets that together stay within
the weight of every tie are therefore paid for by frustrated ties. A pair assumed together or
apart acts as a tie that is never frustrated. A part's sum counts whole steps of weight, since its
share of every tie, rounded up to whole steps, still fits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis.balance.certificate import Certificate
    from kg.analysis.balance.network import SignedNetwork
    from kg.analysis.balance.proof import Proof

__all__ = ["Verification", "verify"]

Assumed = tuple[tuple[int, int, int], ...]  # two nodes and their relation, +1 or -1


@dataclass(frozen=True, slots=True)
class Verification:
    """What a certificate proves.

    Attributes:
        problems: what is wrong with it, in sentences; empty when it holds.
        value: frustrated weight of its division, as computed here.
        lower_bound: the bound that its parts prove, as computed here; 0 when one is wrong.
    """

    problems: tuple[str, ...]
    value: Fraction
    lower_bound: Fraction

    @property
    def valid(self) -> bool:
        """Whether every claim holds."""
        return not self.problems

    @property
    def optimal(self) -> bool:
        """Whether it proves that no division is better."""
        return self.valid and self.value == self.lower_bound


class _WrongError(Exception):
    """A part that proves nothing; the message says why."""


def verify(certificate: Certificate, network: SignedNetwork | None = None) -> Verification:
    """Check every claim of a certificate.

    Args:
        certificate: made here or read from a file.
        network: the network it should be about; None to take the one it carries.
    """
    own = certificate.network
    wrong = list(_misfits(certificate))
    if network is not None and (own.nodes, own.ties, own.directed) != (
        network.nodes,
        network.ties,
        network.directed,
    ):
        wrong.append("It is about another network.")
    if certificate.digest and certificate.digest != certificate.seal():
        wrong.append("It was changed after it was written: its digest does not match.")
    if wrong:
        return Verification(tuple(wrong), Fraction(0), Fraction(0))
    value = _frustrated(certificate)
    if value != certificate.value:
        wrong.append(f"Its division frustrates {value}, not {certificate.value}.")
    try:
        bound = _Checker(certificate).bound()
    except _WrongError as error:
        return Verification((*wrong, str(error)), value, Fraction(0))
    if bound < certificate.lower_bound:
        wrong.append(f"Its cycles prove {bound}, not {certificate.lower_bound}.")
    return Verification(tuple(wrong), value, bound)


def _misfits(certificate: Certificate) -> Iterator[str]:
    n, limit = len(certificate.network.nodes), certificate.limit
    if len(set(certificate.network.nodes)) != n:
        yield "It names a node twice."
    for tie in certificate.network.ties:
        if not (0 <= tie.source < n and 0 <= tie.target < n) or tie.source == tie.target:
            yield "A tie of it joins no two nodes."
            return
        if not tie.weight:
            yield "A tie of it weighs nothing."
            return
    if len(certificate.camps) != n:
        yield "It does not put every node into one camp."
    if limit is not None and (limit < 1 or len(set(certificate.camps)) > limit):
        yield f"It uses more than {limit} camps."
    if certificate.unit < 1:
        yield "Its unit is not positive."


def _frustrated(certificate: Certificate) -> Fraction:
    camp = certificate.camps
    return sum(
        (
            abs(tie.weight)
            for tie in certificate.network.ties
            if (tie.weight > 0) != (camp[tie.source] == camp[tie.target])
        ),
        Fraction(0),
    )


class _Checker:
    """Adds up what the parts of a certificate prove, in whole units."""

    def __init__(self, certificate: Certificate) -> None:
        self.limit, self.parts = certificate.limit, certificate.parts
        self.ties = certificate.network.ties
        self.unit = certificate.network.scale * certificate.unit
        self.n = len(certificate.network.nodes)
        self.weights = [int(abs(tie.weight) * self.unit) for tie in self.ties]
        self.step = gcd(*self.weights) if self.weights else 1

    def bound(self) -> Fraction:
        """The bound of all parts together."""
        used: Counter[int] = Counter()
        total = 0
        for part in self.parts:
            bound, load = self._tree(part)
            total += self._up(bound)
            for tie, amount in load.items():
                used[tie] += self._up(amount)
        for tie, amount in used.items():
            if amount > self.weights[tie]:
                raise _WrongError(f"Its cycles use tie {tie} beyond its weight.")
        return Fraction(total, self.unit)

    def _up(self, amount: int) -> int:
        return -(-amount // self.step) * self.step

    def _tree(self, root: Proof) -> tuple[int, dict[int, int]]:
        """The least bound over all leaves, and the most that any leaf uses of each tie."""
        least: int | None = None
        most: dict[int, int] = {}
        waiting: list[tuple[Proof, Assumed]] = [(root, ())]
        while waiting:
            proof, assumed = waiting.pop()
            if proof.pair is not None and proof.together and proof.apart:
                a, b = proof.pair
                if not (0 <= a < self.n and 0 <= b < self.n) or a == b:
                    raise _WrongError("It distinguishes cases for what is no pair of nodes.")
                waiting.append((proof.together, (*assumed, (a, b, 1))))
                waiting.append((proof.apart, (*assumed, (a, b, -1))))
                continue
            bound, load = self._leaf(proof, assumed)
            least = bound if least is None else min(least, bound)
            for tie, amount in load.items():
                most[tie] = max(amount, most.get(tie, 0))
        return least or 0, most

    def _leaf(self, proof: Proof, assumed: Assumed) -> tuple[int, dict[int, int]]:
        bound = 0
        load: defaultdict[int, int] = defaultdict(int)
        for amount, _, steps in proof.walks:
            if amount < 0:
                raise _WrongError("A cycle of it has a negative amount.")
            self._check(steps, assumed)
            bound += amount
            for step in steps:
                if step >= 0:
                    load[step] += amount
        return bound, load

    def _check(self, steps: list[int], assumed: Assumed) -> None:
        """Whether steps make a closed set that is inconsistent.

        Raises:
            _WrongError: they do not.
        """
        degree: Counter[int] = Counter()
        negative = 0
        for step in steps:
            if not -len(assumed) <= step < len(self.ties):
                raise _WrongError("A cycle of it uses a tie that is not there.")
            if step >= 0:
                a, b = self.ties[step].source, self.ties[step].target
                sign = self.ties[step].sign
            else:
                a, b, sign = assumed[-1 - step]
            degree[a] += 1
            degree[b] += 1
            negative += sign < 0
        if self.limit == 1:
            if len(steps) != 1 or not negative:
                raise _WrongError("In one camp only negative ties are frustrated.")
            return
        if any(count % 2 for count in degree.values()):
            raise _WrongError("A cycle of it is not closed.")
        if not (negative % 2 if self.limit == 2 else negative == 1):
            raise _WrongError("A cycle of it is consistent and proves nothing.")
