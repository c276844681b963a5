"""The camp matrix: who stands with whom, arranged by camps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kg.analysis.balance import SignedNetwork, camps
from kg.serve.jobs.overview import ties

if TYPE_CHECKING:
    from kg.serve.child import Child
    from kg.serve.jobs.records import Tie

__all__ = ["Matrix", "matrix"]

MOST_TIES = 4000  # pairs; more are not divided into camps
PATIENCE = 4.0  # seconds for the division; without a proof by then nothing is claimed


@dataclass(frozen=True, slots=True)
class Matrix:
    """Parties in the order of their camps, and the ties between them.

    Attributes:
        members: (short id, name, number of the camp from 1, or 0 for none).
        ties: (id, id) in either order → tie.
        left_out: parties with weaker ties that are not shown.
        note: how sure the camps are, "" when there are none.
        notes: what the numbers do not show.
    """

    members: tuple[tuple[str, str, int], ...]
    ties: dict[tuple[str, str], Tie]
    left_out: int
    note: str
    notes: tuple[str, ...]


def matrix(child: Child, level: str, since: str, until: str, most: int) -> Matrix:
    """The ``most`` parties with the heaviest ties, by camps of all parties."""
    found, notes = ties(child, "", level, since, until)
    weight: defaultdict[str, float] = defaultdict(float)
    names: dict[str, str] = {}
    for tie in found:
        for party, name in ((tie.a, tie.name_a), (tie.b, tie.name_b)):
            weight[party] += tie.confrontations + tie.cooperations + abs(tie.balance)
            names[party] = name
    shown = set(sorted(weight, key=lambda party: (-weight[party], party))[:most])
    division, note = _camps(found)
    members = [(party, names[party], division.get(party, 0)) for party in shown]
    members.sort(key=lambda m: (m[2] or 10**6, -weight[m[0]], m[1], m[0]))
    cells = {
        pair: tie
        for tie in found
        if {tie.a, tie.b} <= shown
        for pair in ((tie.a, tie.b), (tie.b, tie.a))
    }
    return Matrix(tuple(members), cells, len(weight) - len(shown), note, notes)


def _camps(found: tuple[Tie, ...]) -> tuple[dict[str, int], str]:
    """Party → number of its camp, where the division is proved to be the best."""
    signed = [
        (tie.a, tie.b, round(Fraction(tie.balance), 3)) for tie in found if round(tie.balance, 3)
    ]
    if not signed or len(signed) > MOST_TIES:
        return {}, ""
    best = camps(SignedNetwork.build(signed), time_limit=PATIENCE)
    several = [camp for camp in best.camps if len(camp) > 1]
    if not best.optimal or not several:
        return {}, ""
    note = (
        "Of all divisions into camps, this one has the least against it: "
        f"{float(best.value):.1f} of {float(best.total):.1f} in weights of ties, proved to be the "
        "least. Who stands with nobody is in no camp."
    )
    return {party: number for number, camp in enumerate(several, 1) for party in camp}, note
