"""What ``kg balance`` says about a network: rows, facts and sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
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

    from kg.analysis.balance import Chance, Compared, Frustration, SignedNetwork

__all__ = ["CENSUS_LIMIT", "Found", "facts", "headline", "member_rows", "number"]

CENSUS_LIMIT = 2_000  # nodes; beyond, dense eigenvalues keep people waiting


@dataclass(frozen=True, slots=True)
class Found:
    """All that was worked out about a network.

    Attributes:
        result: its best division.
        decided: name → whether all best divisions agree on its side; empty unless two camps.
        support: name → how sure its camp is; None where that is not known.
        chance: beside what chance gives; None when that was not asked for or cannot be said.
    """

    result: Frustration
    decided: Mapping[str, Side]
    support: Mapping[str, float | None]
    chance: Chance | None


def number(value: Fraction) -> int | float:
    """A whole number where it is one."""
    return int(value) if value.denominator == 1 else float(value)


def facts(network: SignedNetwork, found: Found) -> dict[str, Any]:
    """The top-level members of the JSON."""
    result = found.result
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
        "chance": _beside(found.chance),
        "walk_balance": walk_balance(network) if walks else None,
        "multiscale_balance": None
        if scales is None
        else [{"beta": b, "balance": x} for b, x in zip(scales.beta, scales.balance, strict=True)],
    }


def member_rows(found: Found) -> list[dict[str, Any]]:
    """One row for each node, camp by camp."""
    result, decided = found.result, found.decided
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
            "support": _short(found.support.get(name)),
        }
        for place, camp in enumerate(result.camps, start=1)
        for name in camp
    ]


def headline(found: Found) -> list[str]:
    """What the reader must know, in sentences."""
    result, decided = found.result, found.decided
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
    said += _luck(found.chance)
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


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _luck(chance: Chance | None) -> list[str]:
    """How the frustration compares with what chance gives."""
    if chance is None:
        return []
    found = chance.frustration
    z = "" if found.z is None else f", z = {found.z:.1f}"
    return [
        f"For two camps chance gives {found.mean:.4g} ± {found.deviation:.2g} for these ties and "
        f"signed degrees ({chance.samples} networks){z}: {_verdict(found)}."
    ]


def _verdict(found: Compared) -> str:
    if found.percentile <= 2.5:
        return "more balanced than chance"
    if found.percentile >= 97.5:
        return "less balanced than chance"
    return "no more and no less balanced than chance"


def _beside(chance: Chance | None) -> dict[str, Any] | None:
    if chance is None:
        return None
    found: dict[str, Any] = {"samples": chance.samples}
    for name, one in (("frustration", chance.frustration), ("triangles", chance.triangles)):
        found[name] = one and {
            "value": one.value,
            "mean": one.mean,
            "deviation": one.deviation,
            "z": one.z,
            "percentile": one.percentile,
        }
    return found
