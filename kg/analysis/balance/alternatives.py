"""Which sides are decided: alike in every best division, or only in the one that was found."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from time import monotonic
from typing import TYPE_CHECKING

from kg.analysis.balance.branching import Relation
from kg.analysis.balance.frustration import frustration
from kg.analysis.balance.network import Tie

if TYPE_CHECKING:
    from kg.analysis.balance.network import SignedNetwork
    from kg.analysis.balance.proof import Proof
    from kg.analysis.balance.records import Frustration

__all__ = ["Side", "sides"]


class Side(StrEnum):
    """Whether a node's side is the same in all best divisions."""

    DECIDED = "decided"
    UNDECIDED = "undecided"
    UNKNOWN = "unknown"


def sides(result: Frustration, *, time_limit: float = 10.0, seed: int = 0) -> dict[str, Side]:
    """For every node whether all best divisions put it on the same side.

    The side is taken relative to the largest group of its connected part whose members surely
    keep together. Ties whose weight the certificate's cycles leave unused by more than the gap are
    satisfied in every best division; they make the groups. For each other group the network is
    solved again with the group forced to the other side.

    Args:
        result: an optimal division into two camps; without proof of that all is unknown.
        time_limit: seconds after which what is left is unknown.
        seed: of the searches.
    """
    claim = result.certificate
    names = claim.network.nodes
    if not result.optimal or claim.limit != 2 or claim.value != claim.lower_bound:
        return dict.fromkeys(names, Side.UNKNOWN)
    search = _Search(claim.network, list(claim.camps), claim.value, seed)
    search.join(_rigid(result))
    search.run(monotonic() + time_limit)
    return {name: search.side(node) for node, name in enumerate(names)}


def _rigid(result: Frustration) -> list[Tie]:
    """Ties that no best division frustrates, by the reduced cost that the certificate gives."""
    claim = result.certificate
    unit = claim.unit * claim.network.scale
    proven = 0
    used: defaultdict[int, int] = defaultdict(int)
    for part in claim.parts:
        bounds = [_load(leaf) for leaf in _leaves(part)]
        least = min(bound for bound, _ in bounds)
        proven += least
        for tie in {tie for _, load in bounds for tie in load}:
            used[tie] += max(load.get(tie, 0) - (bound - least) for bound, load in bounds)
    gap = claim.value * unit - proven
    return [
        tie
        for number, tie in enumerate(claim.network.ties)
        if abs(tie.weight) * unit - used[number] > gap
    ]


def _leaves(proof: Proof) -> list[Proof]:
    return [leaf for case in proof.cases for leaf in _leaves(case)] if proof.cases else [proof]


def _load(leaf: Proof) -> tuple[int, dict[int, int]]:
    load: defaultdict[int, int] = defaultdict(int)
    for walk in leaf.walks:
        for step in walk.steps:
            if step >= 0:
                load[step] += walk.amount
    return leaf.bound, load


class _Search:
    """Groups of nodes that keep together in all best divisions, and what is known of each."""

    def __init__(self, network: SignedNetwork, camp: list[int], value: Fraction, seed: int) -> None:
        self.network, self.camp, self.value, self.seed = network, camp, value, seed
        self.groups, self.parts = Relation(len(camp)), Relation(len(camp))
        self.loose: set[int] = set()
        self.unsure: set[int] = set()
        for tie in network.ties:
            self.parts.join(tie.source, tie.target, 1)

    def join(self, ties: list[Tie]) -> None:
        """Put the ends of ties that are never frustrated into one group."""
        for tie in ties:
            self.groups.join(tie.source, tie.target, 1)

    def side(self, node: int) -> Side:
        """What is known of a node."""
        if node in self.loose:
            return Side.UNDECIDED
        return Side.UNKNOWN if node in self.unsure else Side.DECIDED

    def run(self, deadline: float) -> None:
        """Try every group on the other side of its connected part."""
        members: defaultdict[int, list[int]] = defaultdict(list)
        for node in range(len(self.camp)):
            members[self.groups.find(node)[0]].append(node)
        anchors: dict[int, int] = {}
        for group, nodes in sorted(members.items(), key=lambda item: (-len(item[1]), item[0])):
            anchor = anchors.setdefault(self.parts.find(group)[0], group)
            if anchor == group or nodes[0] in self.loose:
                continue
            if monotonic() > deadline:
                self.unsure.update(nodes)
            else:
                self._try(anchor, group, nodes, members, deadline)

    def _try(
        self,
        anchor: int,
        group: int,
        nodes: list[int],
        members: dict[int, list[int]],
        deadline: float,
    ) -> None:
        """Force a group away from where it is; note all that moved if that costs nothing."""
        if self._turn(set(nodes)) == 0:
            self.loose.update(nodes)
            return
        together = self.camp[anchor] == self.camp[group]
        force = (self.value + 1) * (-1 if together else 1)
        tie = Tie(min(anchor, group), max(anchor, group), force)
        forced = replace(self.network, ties=(*self.network.ties, tie), directed=False)
        found = frustration(forced, time_limit=max(0.1, deadline - monotonic()), seed=self.seed)
        if found.lower_bound > self.value:
            return
        if found.value > self.value:
            self.unsure.update(nodes)
            return
        other = found.certificate.camps
        for moved in members.values():
            part = self.parts.find(moved[0])[0]
            if part == self.parts.find(anchor)[0]:
                now = self.camp[moved[0]] == self.camp[anchor]
                if now != (other[moved[0]] == other[anchor]):
                    self.loose.update(moved)

    def _turn(self, nodes: set[int]) -> Fraction:
        """What it costs to turn these nodes to the other side."""
        cost = Fraction(0)
        for tie in self.network.ties:
            if (tie.source in nodes) != (tie.target in nodes):
                kept = (tie.weight > 0) == (self.camp[tie.source] == self.camp[tie.target])
                cost += abs(tie.weight) if kept else -abs(tie.weight)
        return cost
