"""Read signed events out of a store: four plain queries, joined in Python.

One query with every optional part would multiply rows (issues × mentions × sides); four queries
stay linear. A file of ``queries/`` is not used because these are not questions a user asks.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.analysis.records import Evidence, Party, SignedEvent
from kg.namespaces import ISSUE, TYPE
from kg.records import PartialDate, Precision, Status
from kg.resolution.stories import stories

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.base import Reader

__all__ = ["labels", "partial_date", "signed_events"]

_EVENTS = """
SELECT DISTINCT ?event ?label ?type ?class ?sign ?intensity ?status ?date ?precision WHERE {
  ?event a tkg:Event ; rdfs:label ?label ; tkg:eventType ?type ; tkg:eventClass ?class ;
    tkg:sign ?sign ; tkg:intensity ?intensity ; tkg:status ?status .
  OPTIONAL { ?event tkg:date ?date ; tkg:datePrecision ?precision }
}"""

_SIDES = """
SELECT DISTINCT ?event ?role ?agent ?polity ?bloc ?office WHERE {
  ?side a tkg:Side ; tkg:ofEvent ?event ; tkg:role ?role ; tkg:agent ?agent .
  OPTIONAL { ?side tkg:polity ?polity }
  OPTIONAL { ?side tkg:bloc ?bloc }
  OPTIONAL { ?side tkg:office ?office }
}"""

_FACETS = """
SELECT DISTINCT ?event ?facet ?value WHERE {
  ?event a tkg:Event .
  { ?event tkg:issue ?value BIND("issue" AS ?facet) }
  UNION { ?event tkg:place ?spot . ?spot rdfs:label ?value BIND("place" AS ?facet) }
  UNION { ?event tkg:venue ?spot . ?spot rdfs:label ?value BIND("venue" AS ?facet) }
}"""

_MENTIONS = """
SELECT DISTINCT ?event ?document ?title ?outlet ?source ?issued ?issuedPrecision ?start ?end
    ?quote ?modality ?confidence ?extractor ?version ?speaker ?trigger WHERE {
  ?mention a tkg:EventMention ; tkg:ofEvent ?event ; tkg:inDocument ?document ;
    tkg:start ?start ; tkg:end ?end ; tkg:quote ?quote ; tkg:modality ?modality ;
    tkg:confidence ?confidence ; prov:wasGeneratedBy ?run .
  ?run tkg:extractor ?extractor ; tkg:version ?version .
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:publisher ?outlet }
  OPTIONAL { ?document dcterms:source ?source }
  OPTIONAL { ?document dcterms:issued ?issued ; tkg:datePrecision ?issuedPrecision }
  OPTIONAL { ?mention tkg:speaker ?speaker }
  OPTIONAL { ?mention tkg:trigger ?trigger }
}"""

_SIGNATURES = """
SELECT DISTINCT ?document ?signature WHERE {
  ?document a tkg:Document . OPTIONAL { ?document tkg:signature ?signature }
}"""

_LABELS = """
SELECT DISTINCT ?thing ?label WHERE {
  { ?thing skos:prefLabel ?label FILTER(LANG(?label) IN ("", "en")) }
  UNION { ?thing rdfs:label ?label . ?mention tkg:ofActor ?thing }
  UNION { ?event tkg:actor|tkg:recipient ?thing . ?thing rdfs:label ?label }
}"""


def labels(store: Reader) -> dict[str, str]:
    """IRI → label for everything that has one; reference labels win over found ones."""
    found: dict[str, str] = {}
    for thing, label in sorted(store.select(_LABELS).texts()):
        found.setdefault(thing, label)
    return found


def signed_events(
    store: Reader, statuses: Iterable[Status] = (Status.REALISED,)
) -> tuple[SignedEvent, ...]:
    """All events of the given statuses, sorted by IRI.

    An event that two documents date with different precision keeps the finer one.
    """
    wanted = set(statuses)
    parties = _parties(store)
    facets = _facets(store)
    evidence = _evidence(store)
    events: dict[str, SignedEvent] = {}
    for row in store.select(_EVENTS).texts():
        iri, label, kind, top, sign, intensity, status, day, precision = row
        if Status(status) not in wanted or iri in events:
            continue
        events[iri] = SignedEvent(
            iri=iri,
            label=label,
            type=kind.removeprefix(TYPE),
            event_class=top.removeprefix(TYPE),
            sign=int(sign),
            intensity=float(intensity),
            status=Status(status),
            date=partial_date(day, precision),
            parties=tuple(sorted(parties.get(iri, ()), key=lambda p: (p.role, p.agent))),
            issues=tuple(v.removeprefix(ISSUE) for v in facets[iri, "issue"]),
            places=facets[iri, "place"],
            venues=facets[iri, "venue"],
            evidence=tuple(evidence.get(iri, ())),
        )
    return tuple(events[iri] for iri in sorted(events))


def partial_date(day: str, precision: str) -> PartialDate | None:
    """A stored xsd:date cut to its precision; None for an empty one."""
    if not day:
        return None
    keep = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}
    return PartialDate.parse(day[: keep[Precision(precision or "day")]])


def _parties(store: Reader) -> dict[str, list[Party]]:
    gathered: dict[tuple[str, str, str, str], tuple[set[str], set[str]]] = defaultdict(
        lambda: (set(), set())
    )
    for row in store.select(_SIDES).texts():
        event, role, agent, polity, bloc, office = row
        blocs, offices = gathered[event, role, agent, polity]
        blocs.update(filter(None, [bloc]))
        offices.update(filter(None, [office]))
    parties: dict[str, list[Party]] = defaultdict(list)
    for (event, role, agent, polity), (blocs, offices) in gathered.items():
        party = Party(role, agent, polity or None, tuple(sorted(blocs)), tuple(sorted(offices)))
        parties[event].append(party)
    return parties


def _facets(store: Reader) -> defaultdict[tuple[str, str], tuple[str, ...]]:
    facets: defaultdict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for row in sorted(store.select(_FACETS).texts()):
        event, facet, value = row
        facets[event, facet] += (value,)
    return facets


def _stories(store: Reader) -> dict[str, str]:
    """Document → story; the index is not even loaded for a single document."""
    signatures = {row[0]: row[1] for row in store.select(_SIGNATURES).texts()}
    return stories(signatures) if len(signatures) > 1 else {}


def _evidence(store: Reader) -> dict[str, list[Evidence]]:
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    told = _stories(store)
    for row in store.select(_MENTIONS).texts():
        (event, document, title, outlet, source, issued, precision, start, end, quote,
         modality, confidence, extractor, version, speaker, trigger) = row  # fmt: skip
        evidence[event].append(
            Evidence(
                document=document,
                title=title,
                outlet=outlet,
                source=source,
                published=partial_date(issued, precision),
                story=told.get(document, document),
                start=int(start),
                end=int(end),
                quote=quote,
                modality=modality,
                confidence=float(confidence),
                extractor=f"{extractor} {version}",
                speaker=speaker or None,
                trigger=trigger,
            )
        )
    for pieces in evidence.values():
        pieces.sort(key=lambda e: (e.document, e.start, e.end, e.modality))
    return evidence
