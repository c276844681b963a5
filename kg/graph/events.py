"""Events and their sides as triples."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import Triple

from kg.graph.terms import dated, decimal, integer, iri, plain, term
from kg.namespaces import entity_iri, event_type_iri, issue_iri
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.resolution import LinkedEvent, Side

__all__ = ["event_triples", "side_triples"]

_SUPERTYPE = {-1: "tkg:Confrontation", 0: "tkg:Consultation", 1: "tkg:Cooperation"}


def event_triples(event: LinkedEvent) -> Iterator[Triple]:
    """What happened: type, sign, parties, date, issues, place, venue."""
    node, kind = iri(event.iri), event_types()[event.type]
    yield Triple(node, term("rdf:type"), term("tkg:Event"))
    yield Triple(node, term("rdf:type"), term(_SUPERTYPE[kind.sign]))
    yield Triple(node, term("rdfs:label"), plain(_label(event, kind.label)))
    yield Triple(node, term("tkg:eventType"), iri(kind.iri))
    yield Triple(node, term("tkg:eventClass"), iri(event_type_iri(kind.top)))
    yield Triple(node, term("tkg:sign"), integer(kind.sign))
    yield Triple(node, term("tkg:intensity"), decimal(kind.intensity))
    yield Triple(node, term("tkg:status"), plain(event.status.value))
    yield from dated(node, "tkg:date", event.date)
    for side in event.sides:
        yield Triple(node, term(f"tkg:{side.role}"), iri(side.actor.iri))
    for issue in event.issues:
        yield Triple(node, term("tkg:issue"), iri(issue_iri(issue.code)))
    yield from _located(event)


def _located(event: LinkedEvent) -> Iterator[Triple]:
    for kind, names in (("place", event.places), ("venue", event.venues)):
        for name in names:
            spot = iri(entity_iri(kind, name))
            yield Triple(iri(event.iri), term(f"tkg:{kind}"), spot)
            yield Triple(spot, term("rdf:type"), term(f"tkg:{kind.title()}"))
            yield Triple(spot, term("rdfs:label"), plain(name))


def _label(event: LinkedEvent, type_label: str) -> str:
    actors = " & ".join(actor.label for actor in event.party("actor"))
    others = [a.label for a in event.party("recipient") if a not in event.party("actor")]
    arrow = f" → {' & '.join(others)}" if others else ""
    return f"{actors or 'Unknown'}{arrow}: {type_label}" + (f", {event.date}" if event.date else "")


def side_triples(event: LinkedEvent) -> Iterator[Triple]:
    """In which capacity each party acted: tenure, office, polity and blocs as of that day."""
    for side in event.sides:
        yield from _one_side(event, side)


def _one_side(event: LinkedEvent, side: Side) -> Iterator[Triple]:
    key = f"{event.iri} {side.role} {side.actor.iri}"
    node = iri(f"{event.iri}/side/{hashlib.sha256(key.encode()).hexdigest()[:10]}")
    yield Triple(node, term("rdf:type"), term("tkg:Side"))
    yield Triple(node, term("tkg:ofEvent"), iri(event.iri))
    yield Triple(node, term("tkg:role"), plain(side.role))
    yield Triple(node, term("tkg:agent"), iri(side.actor.iri))
    for tenure in side.capacity.tenures:
        yield Triple(node, term("tkg:tenure"), iri(tenure))
    for office in side.capacity.offices:
        yield Triple(node, term("tkg:office"), iri(office))
    if side.capacity.polity:
        yield Triple(node, term("tkg:polity"), iri(side.capacity.polity))
    for bloc in side.capacity.blocs:
        yield Triple(node, term("tkg:bloc"), iri(bloc))
