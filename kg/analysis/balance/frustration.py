"""The frustration of a signed network: its best division, and how good any could be."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import gcd
from time import monotonic
from typing import TYPE_CHECKING

from kg.analysis.balance.branching import Relation
from kg.analysis.balance.certificate import Certificate
from kg.analysis.balance.decomposition import Effort, Watch, silent, solve
from kg.analysis.balance.limited import solve_limited
from kg.analysis.balance.proof import Proof, Walk
from kg.analysis.balance.records import Frustration, NamedTie
from kg.analysis.balance.rounding import fineness
from kg.analysis.balance.separation import Rule
from kg.analysis.balance.verification import verify
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.balance.network import SignedNetwork

__all__ = ["camps", "frustration"]

FREE_SHARE = 0.6  # of the time goes to any number of camps when at most k are asked for


def frustration(
    network: SignedNetwork,
    *,
    time_limit: float | None = None,
    seed: int = 0,
    watch: Watch = silent,
) -> Frustration:
    """The least weight of ties to remove or reverse so that two camps remain, with the camps.

    A positive tie between the camps and a negative tie within one are frustrated (Harary 1959;
    Aref and Wilson 2018, 2019). The optimum is found by covering negative cycles (see
    ``covering`` and ``branching``) after exact reductions; directions do not matter.

    Args:
        network: signed and weighted.
        time_limit: seconds after which the best division and the best bound so far are given.
        seed: of the search for good divisions; the value of a finished search depends on nothing.
        watch: is told how far it is, in a few words.
    """
    return _solved(network, Rule.TWO, 2, _effort(time_limit, seed, watch))


def camps(
    network: SignedNetwork,
    k: int | None = None,
    *,
    time_limit: float | None = None,
    seed: int = 0,
    watch: Watch = silent,
) -> Frustration:
    """The best division into at most ``k`` camps, or into as many as it takes.

    Frustrated are positive ties between camps and negative ties within them: weak balance (Davis
    1967), the criterion of Doreian and Mrvar (1996) with both errors counted alike; theirs with
    alpha = 0.5 is half of this value. With k free it is correlation clustering.

    Args:
        network: signed and weighted.
        k: most camps allowed; None leaves the number free.
        time_limit: as for ``frustration``.
        seed: as for ``frustration``.
        watch: as for ``frustration``.

    Raises:
        UsageError: k is less than one.
    """
    if k is not None and k < 1:
        raise UsageError(f"there is no division into {k} camps", "give 1, 2, 3 … or free")
    if k == 1:
        return _one(network)
    if k == 2:
        return frustration(network, time_limit=time_limit, seed=seed, watch=watch)
    return _solved(network, Rule.FREE, k, _effort(time_limit, seed, watch))


def _effort(time_limit: float | None, seed: int, watch: Watch) -> Effort:
    deadline = None if time_limit is None else monotonic() + time_limit
    return Effort(deadline=deadline, seed=seed, watch=watch)


def _solved(network: SignedNetwork, rule: Rule, limit: int | None, effort: Effort) -> Frustration:
    whole = network.whole()
    unit = fineness(max((abs(w) for *_, w in whole), default=1))
    edges = [(a, b, w * unit) for a, b, w in whole]
    effort = replace(effort, step=gcd(*(w for *_, w in edges)) if edges else 1)
    first = effort
    if limit is not None and rule is Rule.FREE and effort.deadline is not None:
        left = effort.deadline - monotonic()
        first = replace(effort, deadline=monotonic() + FREE_SHARE * left)
    solved = solve(len(network.nodes), edges, rule, first)
    labels, searched = solved.labels, Fraction(0)
    if limit is not None and rule is Rule.FREE:
        labels, proven = solve_limited(len(network.nodes), edges, limit, solved, effort)
        searched = Fraction(proven, unit * network.scale)
    if rule is Rule.TWO:
        labels = _oriented(network, labels)
    return _result(network, limit, labels, unit, solved.proofs, searched)


def _one(network: SignedNetwork) -> Frustration:
    negative = [(i, w) for i, (_, _, w) in enumerate(network.whole()) if w < 0]
    proof = Proof([Walk(-w, [], [i]) for i, w in negative])
    return _result(network, 1, [0] * len(network.nodes), 1, [proof], Fraction(0))


def _result(
    network: SignedNetwork,
    limit: int | None,
    labels: Sequence[int],
    unit: int,
    proofs: Sequence[Proof],
    searched: Fraction,
) -> Frustration:
    """Name everything; the bound is what the certificate, read with a fresh eye, proves."""
    names = network.nodes
    groups: dict[int, list[str]] = {}
    for name, label in zip(names, labels, strict=True):
        groups.setdefault(label, []).append(name)
    order = sorted(groups, key=lambda label: (-len(groups[label]), groups[label]))
    rank = {label: number for number, label in enumerate(order)}
    camp = tuple(rank[label] for label in labels)
    ties = [t for t in network.ties if (t.weight > 0) != (camp[t.source] == camp[t.target])]
    value = sum((abs(tie.weight) for tie in ties), Fraction(0))
    claim = Certificate(network, limit, camp, value, Fraction(0), unit, tuple(proofs))
    proven = verify(claim).lower_bound
    bound = min(value, max(proven, searched))
    certificate = Certificate(network, limit, camp, value, proven, unit, tuple(proofs))
    return Frustration(
        value=value,
        lower_bound=bound,
        optimal=bound == value,
        camps=tuple(tuple(groups[label]) for label in order),
        frustrated_ties=tuple(
            NamedTie(names[t.source], names[t.target], t.weight)
            for t in sorted(ties, key=lambda t: (-abs(t.weight), t.source, t.target, t.weight))
        ),
        certificate=certificate,
        total=network.total,
        components=len(_components(network)),
    )


def _components(network: SignedNetwork) -> list[list[int]]:
    relation = Relation(len(network.nodes))
    for tie in network.ties:
        relation.join(tie.source, tie.target, 1)
    found: dict[int, list[int]] = {}
    for node in range(len(network.nodes)):
        found.setdefault(relation.find(node)[0], []).append(node)
    return list(found.values())


def _oriented(network: SignedNetwork, labels: Sequence[int]) -> list[int]:
    """Sides turned so that the larger side of every connected part is the first camp."""
    side = list(labels)
    for nodes in _components(network):
        lean = sum(side[v] for v in nodes) or side[nodes[0]]
        if lean < 0:
            for v in nodes:
                side[v] = -side[v]
    return side
