"""The only place where IRIs are spelt.

``TKG`` terms are declared in ontology/core.ttl (a test compares the two). Identifiers are minted
below ``ID``; they contain only ASCII letters, digits, ``-`` and ``/``.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "BASE",
    "ID",
    "ISSUE",
    "PREFIXES",
    "TKG",
    "TYPE",
    "derived_graph",
    "document_iri",
    "entity_iri",
    "event_type_iri",
    "graph_iri",
    "issue_iri",
    "slug",
]

BASE = "https://w3id.org/transatlantic-kg/"
TKG = BASE + "ontology#"
TYPE = BASE + "event-type/"
ISSUE = BASE + "issue/"
ID = BASE + "id/"

PREFIXES: dict[str, str] = {
    "tkg": TKG,
    "type": TYPE,
    "issue": ISSUE,
    "id": ID,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "wd": "http://www.wikidata.org/entity/",
}


def slug(name: str) -> str:
    """ASCII, lower case, hyphens: "Kaja Kallas" → "kaja-kallas"; "" becomes "unnamed".

    Names without any Latin letter keep their identity through their code points.
    """
    folded = unicodedata.normalize(
        "NFKD", name.replace("ß", "ss").replace("ł", "l").replace("ø", "o")
    )
    ascii_only = folded.encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")
    if words:
        return words[:80].strip("-")
    points = "-".join(f"u{ord(char):x}" for char in name.strip()[:12])
    return points or "unnamed"


def entity_iri(kind: str, name: str) -> str:
    """An actor, office or place, as ``…/id/person/kaja-kallas``."""
    return f"{ID}{kind}/{slug(name)}"


def document_iri(document_id: str) -> str:
    """The document, which is also the name of the graph that holds its share."""
    return f"{ID}document/{document_id}"


def derived_graph(document_id: str) -> str:
    """The graph with what was derived from reference data for one document's events."""
    return f"{ID}derived/{document_id}"


def graph_iri(name: str) -> str:
    """A graph of the store's own: ``ontology``, ``reference``, ``judgements``."""
    return f"{ID}graph/{name}"


def event_type_iri(notation: str) -> str:
    """The concept of an event type: ``criticise`` → ``…/event-type/criticise``."""
    return TYPE + notation


def issue_iri(code: str) -> str:
    """The concept of an issue: ``trade-tariffs`` → ``…/issue/trade-tariffs``."""
    return ISSUE + code
