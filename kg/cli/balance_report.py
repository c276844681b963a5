"""What ``kg balance`` says about a network: rows, facts and sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kg.analysis.balance import (
    Side,
    multiscale_balance,
    triads,
    walk_balance,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.analysis.balance import Frustration, SignedNetwork

__all__ = ["CENSUS_LIMIT", "EXPLANATION", "facts", "headline", "member_rows", "number"]

CENSUS_LIMIT = 2_000  # nodes; beyond, dense eigenvalues keep people waiting

EXPLANATION = """\
Frustration: the least weight of ties to remove or reverse so that the network falls into camps.

  L = min over divisions of  sum of |w| over positive ties between camps
                             + sum of |w| over negative ties within a camp

Two camps (--camps 2): structural balance; Harary 1959; Aref and Wilson 2018, 2019.
At most K camps (--camps K) or any number (--camps free): weak balance; Davis 1967; Doreian and
Mrvar 1996, whose criterion with alpha = 0.5 is L / 2.

Bound: every inconsistent cycle (two camps: negative product of signs; otherwise: exactly one
negative tie) holds a frustrated tie. Amounts of cycles that together stay within the weight of
every tie add up to a lower bound. Where that falls short of L, cases are distinguished: two nodes
together, or apart. --certificate FILE writes the cycles; --verify FILE adds them up in exact
arithmetic. With K of 3 or more the solver may prove more than the cycles do.

Degree of balance: 1 - 2 L / W, W being the sum of |w| (Aref and Wilson 2018).
Side: "decided" when every best division puts a node on the same side as the largest group of its
connected part that always keeps together; "undecided" when another best division does not.
Triads: Heider 1946, Cartwright and Harary 1956. Walks: tr exp(A) / tr exp(|A|), Estrada and Benzi
2014. Multiscale: strong balance B(beta), Talaga et al. 2023.

Data: with --edges, rows of source,target and sign or weight; rows of one pair, direction and sign
are added up, rows of opposite sign stay two ties. Without --edges, the store: the weight of a pair
is the sum of intensity times confidence over its events, cooperation less confrontation.

Limits: directions do not matter to the frustration. Camps are found even where there are none:
compare L with what chance gives. How unconnected parts face each other is arbitrary. A tie of the
store rests on what was read, and coverage is uneven. Random signs on more than about 400 ties may
outlast the time limit; the answer then is a value with a proven bound."""


def number(value: Fraction) -> int | float:
    """A whole number where it is one."""
    return int(value) if value.denominator == 1 else float(value)


def facts(network: SignedNetwork, result: Frustration) -> dict[str, Any]:
    """The top-level members of the JSON."""
    census = triads(network)
    walks = len(network.nodes) <= CENSUS_LIMIT
    scales = multiscale_balance(network) if walks else None
    least, most = result.degree_of_balance
    return {
        "frustration": number(result.value),
        "lower_bound": number(result.lower_bound),
        "optimal": result.optimal,
        "gap": result.gap,
        "camps": [list(camp) for camp in result.camps],
        "frustrated_ties": [
            {"source": tie.source, "target": tie.target, "weight": number(tie.weight)}
            for tie in result.frustrated_ties
        ],
        "nodes": len(network.nodes),
        "ties": len(network.ties),
        "total_weight": number(result.total),
        "components": result.components,
        "degree_of_balance": {"at_least": least, "at_most": most},
        "certified_bound": number(result.certificate.lower_bound),
        "triads": {
            "counts": census.counts,
            "balanced": census.balanced,
            "total": census.total,
            "index": census.index,
        },
        "walk_balance": walk_balance(network) if walks else None,
        "multiscale_balance": None
        if scales is None
        else [{"beta": b, "balance": x} for b, x in zip(scales.beta, scales.balance, strict=True)],
    }


def member_rows(result: Frustration, decided: Mapping[str, Side]) -> list[dict[str, Any]]:
    """One row for each node, camp by camp."""
    names = result.certificate.network.nodes
    ties: Counter[str] = Counter()
    weight: defaultdict[str, Fraction] = defaultdict(Fraction)
    frustrated: defaultdict[str, Fraction] = defaultdict(Fraction)
    for tie in result.certificate.network.ties:
        for end in (names[tie.source], names[tie.target]):
            ties[end] += 1
            weight[end] += abs(tie.weight)
    for named in result.frustrated_ties:
        for end in (named.source, named.target):
            frustrated[end] += abs(named.weight)
    return [
        {
            "camp": place,
            "name": name,
            "ties": ties[name],
            "weight": number(weight[name]),
            "frustrated": number(frustrated[name]),
            "side": decided[name].value if name in decided else None,
        }
        for place, camp in enumerate(result.camps, start=1)
        for name in camp
    ]


def headline(result: Frustration, decided: Mapping[str, Side]) -> list[str]:
    """What the reader must know, in sentences."""
    value, bound, total = number(result.value), number(result.lower_bound), number(result.total)
    sizes = ", ".join(str(len(camp)) for camp in result.camps[:8]) or "none"
    more = ", …" if len(result.camps) > 8 else ""
    proven = (
        "proven optimal"
        if result.optimal
        else f"at least {bound} (gap {result.gap:.1%}); time was up before more was proved"
    )
    said = [
        f"Frustration {value} of {total}: {proven}.",
        f"Nodes by camp: {sizes}{more}. Frustrated ties: {len(result.frustrated_ties)}.",
    ]
    if result.components > 1:
        said.append(
            f"The network has {result.components} unconnected parts; "
            "how they face each other is arbitrary."
        )
    counts = Counter(decided.values())
    if counts[Side.UNDECIDED]:
        said.append(
            f"Nodes that stand elsewhere in another best division: {counts[Side.UNDECIDED]}."
        )
    if counts[Side.UNKNOWN] and result.optimal:
        said.append(f"Nodes of which that is not known: {counts[Side.UNKNOWN]}.")
    return said
