"""Read what documents tell out of a store: five plain queries, joined in Python.

One query with every optional part would multiply rows (issues × mentions × sides); five queries
stay linear. All start at the mentions, so that millions of rows of feeds cost nothing, and say
from which graph they are, so that a document can be left out. A file of ``queries/`` is not used
because these are not questions a user asks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis.records import Evidence, Party, SignedEvent
from kg.namespaces import ISSUE, TYPE, derived_graph, document_iri
from kg.records import PartialDate, Precision, Status
from kg.resolution.stories import stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.analysis.without import Without
    from kg.store.base import Reader

__all__ = ["Stored", "labels", "partial_date", "signed_events"]

_DOCUMENTS = """
SELECT DISTINCT ?document ?title ?outlet ?source ?issued ?precision ?signature WHERE {
  ?document a tkg:Document .
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:publisher ?outlet }
  OPTIONAL { ?document dcterms:source ?source }
  OPTIONAL { ?document dcterms:issued ?issued ; tkg:datePrecision ?precision }
  OPTIONAL { ?document tkg:signature ?signature }
}"""

_EVENTS = """
SELECT DISTINCT ?graph ?event ?label ?type ?class ?sign ?intensity ?status ?date ?precision WHERE {
  GRAPH ?graph {
    ?mention a tkg:EventMention ; tkg:ofEvent ?event .
    ?event rdfs:label ?label ; tkg:eventType ?type ; tkg:eventClass ?class ;
      tkg:sign ?sign ; tkg:intensity ?intensity ; tkg:status ?status .
    OPTIONAL { ?event tkg:date ?date }
    OPTIONAL { ?event tkg:datePrecision ?precision }
  }
}"""

_SIDES = """
SELECT DISTINCT ?graph ?event ?role ?agent ?polity ?bloc ?office WHERE {
  ?mention a tkg:EventMention ; tkg:ofEvent ?event .
  GRAPH ?graph {
    ?side tkg:ofEvent ?event ; tkg:role ?role ; tkg:agent ?agent .
    OPTIONAL { ?side tkg:polity ?polity }
    OPTIONAL { ?side tkg:bloc ?bloc }
    OPTIONAL { ?side tkg:office ?office }
  }
}"""

_FACETS = """
SELECT DISTINCT ?graph ?event ?facet ?value WHERE {
  GRAPH ?graph {
    ?mention a tkg:EventMention ; tkg:ofEvent ?event .
    { ?event tkg:issue ?value BIND("issue" AS ?facet) }
    UNION { ?event tkg:place ?spot . ?spot rdfs:label ?value BIND("place" AS ?facet) }
    UNION { ?event tkg:venue ?spot . ?spot rdfs:label ?value BIND("venue" AS ?facet) }
  }
}"""

_MENTIONS = """
SELECT DISTINCT ?graph ?event ?document ?start ?end ?quote ?modality ?confidence ?extractor
    ?version ?speaker ?trigger WHERE {
  GRAPH ?graph {
    ?mention a tkg:EventMention ; tkg:ofEvent ?event ; tkg:inDocument ?document ;
      tkg:start ?start ; tkg:end ?end ; tkg:quote ?quote ; tkg:modality ?modality ;
      tkg:confidence ?confidence ; prov:wasGeneratedBy ?run .
    ?run tkg:extractor ?extractor ; tkg:version ?version .
    OPTIONAL { ?mention tkg:speaker ?speaker }
    OPTIONAL { ?mention tkg:trigger ?trigger }
  }
}"""

_LABELS = """
SELECT DISTINCT ?thing ?label WHERE {
  { ?thing skos:prefLabel ?label FILTER(LANG(?label) IN ("", "en")) }
  UNION { ?thing rdfs:label ?label . ?mention tkg:ofActor ?thing }
  UNION {
    VALUES ?class { tkg:Person tkg:State tkg:Bloc tkg:Organization tkg:OtherActor }
    ?thing a ?class ; rdfs:label ?label
  }
}"""


def labels(store: Reader) -> dict[str, str]:
    """IRI → label for everything that has one; reference labels win over found ones."""
    found: dict[str, str] = {}
    for thing, label in sorted(store.select(_LABELS).texts()):
        found.setdefault(thing, label)
    return found


@dataclass(frozen=True, slots=True)
class Stored:
    """What the documents of a store say, as rows of text, each with the graph it stands in.

    Read once, it gives the events of all documents or of some of them.
    """

    documents: tuple[tuple[str, ...], ...]
    events: tuple[tuple[str, ...], ...]
    sides: tuple[tuple[str, ...], ...]
    facets: tuple[tuple[str, ...], ...]
    mentions: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, store: Reader, events: Sequence[str] | None = None) -> Stored:
        """Read a store; feeds are no documents and left out.

        Args:
            store: where the documents lie.
            events: IRIs, to read only these.
        """
        only = "" if events is None else f"VALUES ?event {{ {' '.join(f'<{e}>' for e in events)} }}"
        documents = store.select(_DOCUMENTS).texts()
        # inside GRAPH: Oxigraph would read all mentions and join afterwards
        queries = (query.replace("?mention a", f"{only} ?mention a", 1)
                   for query in (_EVENTS, _SIDES, _FACETS, _MENTIONS))  # fmt: skip
        others = [store.select(query).texts() for query in queries] if documents else []
        if not documents:
            return cls((), (), (), (), ())
        known = {row[0] for row in documents}
        known |= {derived_graph(document.removeprefix(document_iri(""))) for document in known}
        kept = (tuple(sorted(row for row in rows if row[0] in known)) for rows in others)
        return cls(tuple(sorted(documents)), *kept)

    def but(self, without: Without) -> Stored:
        """The same without the documents that ``without`` names as sources."""
        hidden = {row[0] for row in self.documents if without.source(row[0], row[2])}
        if not hidden:
            return self
        hidden |= {derived_graph(document.removeprefix(document_iri(""))) for document in hidden}
        tables = (self.documents, self.events, self.sides, self.facets, self.mentions)
        return Stored(*(tuple(row for row in rows if row[0] not in hidden) for rows in tables))


def signed_events(
    store: Reader | Stored, statuses: Iterable[Status] = (Status.REALISED,)
) -> tuple[SignedEvent, ...]:
    """All events of the given statuses that documents tell, sorted by IRI.

    An event that two documents date with different precision keeps the finer one.
    """
    stored = store if isinstance(store, Stored) else Stored.read(store)
    wanted = set(statuses)
    parties = _parties(stored)
    facets = _facets(stored)
    evidence = _evidence(stored)
    events: dict[str, SignedEvent] = {}
    for row in sorted(stored.events, key=lambda row: (row[9] or "~", row)):
        _, iri, label, kind, top, sign, intensity, status, day, precision = row
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
            issues=facets.get((iri, "issue"), ()),
            places=facets.get((iri, "place"), ()),
            venues=facets.get((iri, "venue"), ()),
            evidence=tuple(evidence.get(iri, ())),
        )
    return tuple(events[iri] for iri in sorted(events))


def partial_date(day: str, precision: str) -> PartialDate | None:
    """A stored xsd:date cut to its precision; None for an empty one."""
    if not day:
        return None
    keep = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}
    return PartialDate.parse(day[: keep[Precision(precision or "day")]])


def _parties(stored: Stored) -> dict[str, list[Party]]:
    gathered: dict[tuple[str, str, str, str], tuple[set[str], set[str]]] = defaultdict(
        lambda: (set(), set())
    )
    for _, event, role, agent, polity, bloc, office in stored.sides:
        blocs, offices = gathered[event, role, agent, polity]
        blocs.update(filter(None, [bloc]))
        offices.update(filter(None, [office]))
    parties: dict[str, list[Party]] = defaultdict(list)
    for (event, role, agent, polity), (blocs, offices) in gathered.items():
        party = Party(role, agent, polity or None, tuple(sorted(blocs)), tuple(sorted(offices)))
        parties[event].append(party)
    return parties


def _facets(stored: Stored) -> dict[tuple[str, str], tuple[str, ...]]:
    facets: defaultdict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for event, facet, value in sorted({row[1:] for row in stored.facets}):
        facets[event, facet] += (value.removeprefix(ISSUE) if facet == "issue" else value,)
    return facets


def _evidence(stored: Stored) -> dict[str, list[Evidence]]:
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    documents = {row[0]: row for row in stored.documents}
    # the index of signatures is not even loaded for a single document
    told = stories({row[0]: row[6] for row in stored.documents}) if len(documents) > 1 else {}
    for row in stored.mentions:
        (_, event, document, start, end, quote,
         modality, confidence, extractor, version, speaker, trigger) = row  # fmt: skip
        _, title, outlet, source, issued, precision, _ = documents[document]
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
