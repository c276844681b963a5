"""What the endpoint says about itself: SPARQL 1.1 Service Description, and VoID."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.namespaces import BASE, ID, PREFIXES, TKG
from kg.serve.negotiation import GRAPHS
from kg.store.results import GRAPH_FORMATS
from kg.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["service_description", "void_description", "written"]

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
RDF = PREFIXES["rdf"]
XSD = PREFIXES["xsd"]
DCTERMS = PREFIXES["dcterms"]

_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
_CLASSES = ("Document", "Event", "Confrontation", "Cooperation", "Consultation", "Person", "State",
            "Bloc", "Organization", "Office", "Tenure", "EventMention")  # fmt: skip
_PREFIXES = {
    **{name: PREFIXES[name] for name in ("dcterms", "rdf", "tkg", "xsd")},
    "sd": SD,
    "void": VOID,
    "formats": FORMATS,
}
_STYLES = {**GRAPH_FORMATS, "rdfxml": ox.RdfFormat.RDF_XML}

CLASSES = tuple(TKG + name for name in _CLASSES)
"""The classes whose members VoID counts."""


def service_description(endpoint: str, *, writable: bool) -> Iterator[ox.Triple]:
    """What can be asked at ``endpoint``, and in which formats it answers."""
    yield _link(endpoint, RDF + "type", SD + "Service")
    yield _link(endpoint, SD + "endpoint", endpoint)
    yield _link(endpoint, SD + "supportedLanguage", SD + "SPARQL11Query")
    if writable:
        yield _link(endpoint, SD + "supportedLanguage", SD + "SPARQL11Update")
    yield _link(endpoint, SD + "feature", SD + "UnionDefaultGraph")
    for name in _RESULTS:
        yield _link(endpoint, SD + "resultFormat", FORMATS + name)
    dataset, default = f"{endpoint}#dataset", f"{endpoint}#union"
    yield _link(endpoint, SD + "defaultDataset", dataset)
    yield _link(dataset, RDF + "type", SD + "Dataset")
    yield _link(dataset, SD + "defaultGraph", default)
    yield _link(default, RDF + "type", SD + "Graph")


def void_description(
    endpoint: str, address: str, counts: Mapping[str, int], triples: int | None
) -> Iterator[ox.Triple]:
    """What the data are.

    Args:
        endpoint: URL of the SPARQL endpoint.
        address: URL of this description.
        counts: class IRI → members; empty when they are not known yet.
        triples: distinct triples, None when not known yet.
    """
    dataset = f"{address}#dataset"
    yield _link(address, RDF + "type", VOID + "DatasetDescription")
    yield _link(address, PREFIXES["foaf"] + "primaryTopic", dataset)
    yield _link(dataset, RDF + "type", VOID + "Dataset")
    yield _text(dataset, DCTERMS + "title", "A graph of transatlantic relations")
    yield _text(dataset, DCTERMS + "description", f"Served by transatlantic-kg {VERSION}")
    yield _link(dataset, VOID + "sparqlEndpoint", endpoint)
    yield _text(dataset, VOID + "uriSpace", ID)
    yield _link(dataset, VOID + "vocabulary", TKG)
    for name in ("skos", "dcterms", "prov", "org", "foaf", "sem"):
        yield _link(dataset, VOID + "vocabulary", PREFIXES[name])
    for kind in GRAPHS:
        yield _text(dataset, DCTERMS + "format", kind)
    yield _link(dataset, PREFIXES["rdfs"] + "seeAlso", BASE)
    if triples is not None:
        yield _number(dataset, VOID + "triples", triples)
    for iri, count in sorted(counts.items()):
        part = f"{dataset}-{iri.rpartition('#')[2].lower()}"
        yield _link(dataset, VOID + "classPartition", part)
        yield _link(part, VOID + "class", iri)
        yield _number(part, VOID + "entities", count)


def written(triples: Iterator[ox.Triple], style: str) -> bytes:
    """Triples in a format of ``kg.serve.negotiation.GRAPHS``."""
    found = sorted(triples, key=str)
    kind = _STYLES[style]
    prefixes = None if kind is ox.RdfFormat.N_TRIPLES else _PREFIXES
    return ox.serialize(found, format=kind, prefixes=prefixes) or b""


def _link(subject: str, predicate: str, target: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(target))


def _text(subject: str, predicate: str, text: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(text))


def _number(subject: str, predicate: str, number: int) -> ox.Triple:
    literal = ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), literal)
