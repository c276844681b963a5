"""The signed network of a store: who stands with and against whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from kg.analysis.balance import SignedNetwork
from kg.workspace import open_graph
from kg.workspace.tables import TableOptions

if TYPE_CHECKING:
    from datetime import date

    from kg.analysis import Dyad, Level

__all__ = ["store_network"]

DIGITS = 3  # of weights; the bound is proved for what is shown


def store_network(
    store: str,
    *,
    level: Level,
    since: date | None,
    until: date | None,
    min_confidence: float,
    min_events: int,
    without: tuple[str, ...] = (),
) -> SignedNetwork:
    """One tie for each pair: its cooperation less its conflict, rounded to thousandths.

    Args:
        store: path or address.
        level: who counts as a node.
        since: first day of the period.
        until: its last day, included.
        min_confidence: weaker readings are left out.
        min_events: pairs with fewer signed events have no tie.
        without: what to leave out, as a user writes it.
    """
    asked = TableOptions(since=since, until=until, level=level, min_confidence=min_confidence)
    with open_graph(store) as graph:
        if without:
            asked["without"] = graph.leaving_out(without)
        against, beside = graph.rifts(**asked), graph.alliances(**asked)
    dyads = {(dyad.a, dyad.b): dyad for dyad in (*against.dyads, *beside.dyads)}
    kept = {
        pair: dyad
        for pair, dyad in sorted(dyads.items())
        if dyad.confrontations + dyad.cooperations >= min_events
    }
    names = _names({iri for pair in kept for iri in pair}, against.labels)
    network = SignedNetwork.build(
        (names[a], names[b], _weight(dyad)) for (a, b), dyad in kept.items()
    )
    notes = dict.fromkeys((*against.notes, *beside.notes))
    if len(kept) < len(dyads):
        notes[f"{len(dyads) - len(kept)} pairs have fewer than {min_events} signed events."] = None
    return replace(network, notes=(*notes, *network.notes))


def _weight(dyad: Dyad) -> Fraction:
    return round(Fraction(dyad.balance), DIGITS)


def _names(iris: set[str], labels: dict[str, str]) -> dict[str, str]:
    """Labels, with the IRI beside those that several bear."""
    bearers = Counter(labels.get(iri, iri) for iri in iris)
    names = {}
    for iri in iris:
        label = labels.get(iri, iri)
        names[iri] = label if bearers[label] == 1 else f"{label} ({iri})"
    return names
