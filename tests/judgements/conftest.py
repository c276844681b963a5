"""A small graph made by hand: two tellings of one clash, and a doubtful visit."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Triple

from kg.graph.terms import iri, term
from kg.namespaces import entity_iri, graph_iri
from kg.store import open_store
from kg.workspace import KnowledgeGraph

REBUKE = "Washington criticised Berlin."
CONDEMN = "Again Washington condemned Berlin."
DOUBT = "Berlin may have snubbed Washington."
NEWCOMER = "Max Rubio criticised Berlin."
SHARES = {
    REBUKE: ("criticise", {}),
    CONDEMN: ("condemn", {"read": "2026-03-05"}),
    DOUBT: ("reject", {"confidence": 0.3, "sure": 0.6}),
    NEWCOMER: ("criticise", {"when": "2026-02-20"}),
}


@pytest.fixture
def shares():
    """The names of all shares."""
    return tuple(SHARES)


@pytest.fixture
def fill(share):
    """Put shares into a store."""

    def put(store, *names):
        rubio = Triple(
            iri(entity_iri("person", "marco-rubio")), term("rdf:type"), term("tkg:Person")
        )
        store.replace({graph_iri("reference"): [rubio]})
        for name in names or SHARES:
            kind, more = SHARES[name]
            made = share(
                name, kind, title=name, outlet="", source=name, issue="nato-cohesion", **more
            )
            store.replace(made)

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
