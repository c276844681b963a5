"""SPARQL updates: only when asked for, in whole or not at all, and in step with the rest."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from kg.store import open_store

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-update"
INSERT = "INSERT DATA { GRAPH <urn:mine> { <urn:a> rdfs:label 'first' , 'second' } }"


@pytest.fixture
def server(start):
    return start("--writable", "--workers", "1")


def update(server, text, kind=DIRECT, path="/sparql", **headers):
    body = urlencode({"update": text}) if kind == FORM else text
    return server.ask(path, "POST", body, Content_Type=kind, **headers)


def ask(server, query):
    said = server.ask(f"/sparql?{urlencode({'query': query})}", Accept="text/csv")
    assert said.status == 200, said.text
    return said.text.split()[-1]


@pytest.mark.parametrize("kind", [FORM, DIRECT])
def test_both_ways_to_update_are_seen_by_the_next_query(server, kind):
    said = update(server, INSERT, kind)
    assert (said.status, said.text) == (200, "2 statements added, 0 removed\n")
    assert ask(server, "ASK { GRAPH <urn:mine> { <urn:a> ?p 'second' } }") == "true"
    assert ask(server, "ASK { <urn:a> ?p 'second' }") == "true"
    assert (
        update(server, "DELETE WHERE { GRAPH <urn:mine> { ?s ?p 'second' } }", kind).status == 200
    )
    assert ask(server, "ASK { <urn:a> ?p 'second' }") == "false"
    assert ask(server, "ASK { <urn:a> ?p 'first' }") == "true"


def test_the_union_stays_the_union(server):
    other = INSERT.replace("urn:mine", "urn:other")
    assert update(server, f"{INSERT} ; {other}").status == 200
    assert update(server, "DROP GRAPH <urn:mine>").status == 200
    assert ask(server, "SELECT (COUNT(*) AS ?n) { <urn:a> ?p ?o }") == "2"
    server.end()
    with open_store(server.store) as store:
        assert "urn:other" in store.graphs()
        assert "urn:mine" not in store.graphs()


@pytest.mark.parametrize(("text", "part"), [
    ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "default graph"),
    ("DELETE WHERE { ?s a tkg:Document }", "default graph"),
    ("INSERT DATA { GRAPH <urn:g> { _:x <urn:b> <urn:c> } }", "blank nodes"),
    ("INSERT DATA { GRAPH <urn:g> {", "malformed"),
    ("LOAD <file:///etc/passwd> INTO GRAPH <urn:g>", "LOAD"),
    ("INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { SERVICE <http://x.test/> { ?s ?p ?o } }",
     "SERVICE"),
    (f"{INSERT} ; INSERT DATA {{ <urn:a> <urn:b> <urn:c> }}", "default graph"),
])  # fmt: skip
def test_400_for_updates_that_cannot_be_and_nothing_is_changed(refusing, text, part):
    said = update(refusing, text)
    assert said.status == 400
    assert part in said.text
    either = "ASK { { GRAPH <urn:g> { ?s ?p ?o } } UNION { <urn:a> ?p ?o } }"
    assert ask(refusing, either) == "false"


def test_the_request_chooses_the_graphs_an_update_looks_at(server):
    assert update(server, INSERT).status == 200
    text = "INSERT { GRAPH <urn:copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    path = f"/sparql?{urlencode({'using-graph-uri': 'urn:mine'})}"
    assert update(server, text, path=path).text == "2 statements added, 0 removed\n"
    both = "WITH <urn:mine> INSERT { <urn:b> ?p ?o } WHERE { ?s ?p ?o }"
    assert update(server, both, path=path).status == 400
    assert update(server, both).status == 200


def test_a_page_of_another_site_cannot_update(server):
    for headers in ({"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}):
        assert update(server, INSERT, FORM, **headers).status == 403
    assert update(server, INSERT, FORM, Origin=server.origin).status == 200


def test_a_store_that_another_process_writes_to_asks_for_patience(server):
    with open_store(server.store, write=True):
        said = update(server, INSERT)
        assert said.status == 503
        assert "being written by process" in said.text
        assert "retry-after" in said.headers
    assert update(server, INSERT).status == 200


def test_what_another_process_writes_is_seen_without_a_restart(server):
    assert ask(server, "ASK { <urn:a> ?p ?o }") == "false"
    with open_store(server.store, write=True) as store:
        from pyoxigraph import Literal, NamedNode, Triple

        triple = Triple(NamedNode("urn:a"), NamedNode("urn:b"), Literal("x"))
        store.replace({"urn:mine": [triple]})
    for _ in range(200):
        if ask(server, "ASK { <urn:a> ?p ?o }") == "true":
            break
    else:
        pytest.fail("the change was not seen")
