"""A document's share of the graph: what is read from it, and what is derived for its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg.graph.events import event_triples, side_triples
from kg.graph.mentions import claim_triples, mention_triples, office_triples
from kg.graph.terms import dated, day, integer, iri, plain, term
from kg.namespaces import derived_graph, document_iri
from kg.resolution.stories import signature

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kg.records import Document
    from kg.resolution import LinkedActor, LinkedReading

__all__ = ["Share", "document_share"]


@dataclass(frozen=True, slots=True)
class Share:
    """Two named graphs: the document's own and the one derived for it; sorted, without doubles."""

    document: str
    graphs: dict[str, tuple[Triple, ...]]


def document_share(linked: LinkedReading, read_on: date) -> Share:
    """All triples that one document contributes.

    Args:
        linked: the linked reading.
        read_on: the day the document was first read into this store.
    """
    document_id = linked.reading.document.id
    own = sorted(set(_own_triples(linked, read_on)), key=str)
    derived = {triple for event in linked.events for triple in side_triples(event)}
    return Share(
        document_iri(document_id),
        {
            document_iri(document_id): tuple(own),
            derived_graph(document_id): tuple(sorted(derived, key=str)),
        },
    )


def _own_triples(linked: LinkedReading, read_on: date) -> Iterator[Triple]:
    document = linked.reading.document
    node = iri(document_iri(document.id))
    run = iri(document_iri(document.id) + "#extraction")
    yield from _document_triples(node, document, read_on)
    yield from _run_triples(node, run, linked)
    for actor in linked.actors.values():
        yield from _actor_triples(actor)
    for event in linked.events:
        yield from event_triples(event)
    yield from mention_triples(linked, node, run)
    yield from office_triples(linked, node, run)
    yield from claim_triples(linked, node, run)


def _document_triples(node: NamedNode, document: Document, read_on: date) -> Iterator[Triple]:
    yield Triple(node, term("rdf:type"), term("tkg:Document"))
    texts = {
        "dcterms:title": document.title,
        "dcterms:publisher": document.outlet,
        "dcterms:creator": document.author,
        "dcterms:source": document.source,
        "dcterms:format": document.media_type,
        "dcterms:language": document.language,
        "tkg:dateOrigin": document.published_origin,
        "tkg:sha256": document.sha256,
        "tkg:signature": signature(document.text),
        "tkg:text": document.text,
    }
    for predicate, text in texts.items():
        if text:
            yield Triple(node, term(predicate), plain(text))
    yield Triple(node, term("tkg:length"), integer(len(document.text)))
    yield Triple(node, term("tkg:readOn"), day(read_on))
    yield from dated(node, "dcterms:issued", document.published)


def _run_triples(node: NamedNode, run: NamedNode, linked: LinkedReading) -> Iterator[Triple]:
    yield Triple(run, term("rdf:type"), term("tkg:Extraction"))
    yield Triple(run, term("prov:used"), node)
    yield Triple(run, term("tkg:extractor"), plain(linked.reading.extractor))
    yield Triple(run, term("tkg:version"), plain(linked.reading.version))
    yield Triple(run, term("tkg:referenceVersion"), plain(linked.reference_version))


_CLASSES = {
    "person": "tkg:Person",
    "state": "tkg:State",
    "bloc": "tkg:Bloc",
    "organisation": "tkg:Organization",
    "place": "tkg:Place",
    "conference": "tkg:Venue",
    "other": "tkg:OtherActor",
}


def _actor_triples(actor: LinkedActor) -> Iterator[Triple]:
    """Actors the reference data know are described there; only newcomers are described here."""
    if not actor.known:
        node = iri(actor.iri)
        yield Triple(node, term("rdf:type"), term(_CLASSES[actor.kind.value]))
        yield Triple(node, term("rdfs:label"), plain(actor.label))
