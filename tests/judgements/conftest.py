"""A small graph made by hand: two tellings of one clash, and a doubtful visit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Triple

from kg.graph import document_share
from kg.graph.terms import iri, term
from kg.namespaces import entity_iri, graph_iri
from kg.records import (
    ActorKind,
    Document,
    Entity,
    EventMention,
    Issue,
    Modality,
    PartialDate,
    Reading,
)
from kg.reference.world import load_world
from kg.resolution import link
from kg.store import open_store
from kg.workspace import KnowledgeGraph

MEMBERS = {
    "Washington": ("United States", ActorKind.STATE, "us"),
    "Berlin": ("Germany", ActorKind.STATE, "germany"),
    "Max Rubio": ("Max Rubio", ActorKind.PERSON, ""),
}


def share(text, kind, *, read="2026-03-01", when="2026-02-14", confidence=0.8, link_sure=1.0,
          issue="nato-cohesion", source=""):  # fmt: skip
    """The share of a document with one sentence "<actor> <verb> <recipient>…"."""
    document = Document(text, text, PartialDate(2026, 2, 15), "option", source=source or text)
    names = sorted((name for name in MEMBERS if name in text), key=text.index)
    entities = []
    for number, name in enumerate(names):
        label, sort, tail = MEMBERS[name]
        start = text.index(name)
        entities.append(Entity(
            f"e{number}", label, sort, (document.span(start, start + len(name)),),
            entity_iri(sort.value, tail) if tail else None, link_confidence=link_sure,
        ))  # fmt: skip
    event = EventMention(
        kind, ("e0",), ("e1",), document.span(0, len(text)), document.span(0, 5),
        Modality.ASSERTED, confidence, "hand", PartialDate.parse(when) if when else None,
        issues=(Issue(issue),),
    )  # fmt: skip
    reading = Reading(document, "hand", "1", tuple(entities), (), (event,))
    return document_share(link(reading, load_world()), date.fromisoformat(read)).graphs


REBUKE = "Washington criticised Berlin."
CONDEMN = "Again Washington condemned Berlin."
DOUBT = "Berlin may have snubbed Washington."
NEWCOMER = "Max Rubio criticised Berlin."
SHARES = {
    REBUKE: lambda: share(REBUKE, "criticise"),
    CONDEMN: lambda: share(CONDEMN, "condemn", read="2026-03-05"),
    DOUBT: lambda: share(DOUBT, "reject", confidence=0.3, link_sure=0.6),
    NEWCOMER: lambda: share(NEWCOMER, "criticise", when="2026-02-20"),
}


@pytest.fixture
def shares():
    """The names of all shares."""
    return tuple(SHARES)


@pytest.fixture
def fill():
    """Put shares into a store."""

    def put(store, *names):
        rubio = Triple(
            iri(entity_iri("person", "marco-rubio")), term("rdf:type"), term("tkg:Person")
        )
        store.replace({graph_iri("reference"): [rubio]})
        for name in names or SHARES:
            store.replace(SHARES[name]())

    return put


@pytest.fixture
def graph(fill):
    """All shares in memory, open for writing."""
    with open_store(None, write=True) as store:
        fill(store)
        yield KnowledgeGraph(store, Path.cwd(), writable=True)


@pytest.fixture
def stored(fill, tmp_path):
    """All shares on disk, for the command line."""
    with open_store(tmp_path / "atlantic.kg", write=True) as store:
        fill(store)
    return tmp_path / "atlantic.kg"
