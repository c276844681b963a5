"""Programs that other people wrote, against a really running endpoint."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

QUERY = (
    "PREFIX tkg: <https://w3id.org/transatlantic-kg/ontology#> "
    "SELECT DISTINCT ?e WHERE { ?e a tkg:Confrontation ; tkg:status 'realised' }"
)
GRAPH = (
    "PREFIX tkg: <https://w3id.org/transatlantic-kg/ontology#> "
    "CONSTRUCT { ?e a tkg:Confrontation } WHERE { ?e a tkg:Confrontation }"
)
UPDATE = "INSERT DATA { GRAPH <urn:mine> { <urn:a> <urn:b> 'c' } }"


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads(server, method):
    from rdflib import Graph, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(f"{server.url}sparql", method=method)
    graph = Graph(store)
    assert len(list(graph.query(QUERY))) == 6
    label = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    us = URIRef("https://w3id.org/transatlantic-kg/id/state/us")
    assert [str(value) for value in graph.objects(us, label)] == ["United States"]
    assert bool(graph.query("ASK { ?s ?p ?o }").askAnswer)
    assert len(graph.query(GRAPH).graph) == 7


def test_rdflib_writes(start):
    from rdflib import Graph, Literal, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

    server = start("--writable")
    store = SPARQLUpdateStore(
        f"{server.url}sparql", f"{server.url}sparql", returnFormat="json", context_aware=True
    )
    graph = Graph(store, URIRef("urn:mine"))
    graph.add((URIRef("urn:a"), URIRef("urn:b"), Literal("c")))
    assert (URIRef("urn:a"), URIRef("urn:b"), Literal("c")) in graph


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_reads_tables(server, method, format_):
    wrapper = pytest.importorskip("SPARQLWrapper", reason="needs sparqlwrapper (dev group)")
    client = wrapper.SPARQLWrapper(f"{server.url}sparql", returnFormat=format_)
    client.setMethod(method)
    client.setQuery(QUERY)
    found = client.queryAndConvert()
    if format_ == "json":
        assert len(found["results"]["bindings"]) == 6
    elif format_ == "xml":
        assert len(found.getElementsByTagName("result")) == 6
    else:
        assert len(found.decode().split()) == 7


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # in SPARQLWrapper
@pytest.mark.parametrize("format_", ["turtle", "xml", "json-ld"])
def test_sparqlwrapper_reads_graphs_and_posts_directly(server, format_):
    wrapper = pytest.importorskip("SPARQLWrapper", reason="needs sparqlwrapper (dev group)")
    client = wrapper.SPARQLWrapper(f"{server.url}sparql", returnFormat=format_)
    client.setMethod(wrapper.POST)
    client.setRequestMethod(wrapper.POSTDIRECTLY)
    client.setQuery(GRAPH)
    found = client.queryAndConvert()
    if isinstance(found, bytes):
        from rdflib import Graph

        found = Graph().parse(found, format=format_)
    assert len(found) == 7


def test_sparqlwrapper_updates(start):
    wrapper = pytest.importorskip("SPARQLWrapper", reason="needs sparqlwrapper (dev group)")
    server = start("--writable")
    client = wrapper.SPARQLWrapper(f"{server.url}sparql")
    client.setMethod(wrapper.POST)
    client.setQuery(UPDATE)
    assert client.query().response.status == 200
    client.setQuery("ASK { GRAPH <urn:mine> { ?s ?p 'c' } }")
    client.setReturnFormat(wrapper.JSON)
    assert client.queryAndConvert()["boolean"] is True


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_curl_asks_as_the_manual_shows(server):
    if not shutil.which("curl"):
        pytest.skip("needs curl")
    address = f"{server.url}sparql"
    lines = run("curl", "-sS", "-G", "-H", "Accept: text/csv", "--data-urlencode",
                f"query={QUERY}", address).split()  # fmt: skip
    assert len(lines) == 7
    posted = run("curl", "-sS", "--data-binary", QUERY, "-H", "Accept: text/csv", "-H",
                 "Content-Type: application/sparql-query", address)  # fmt: skip
    assert posted.split() == lines
    status = run("curl", "-s", "-o", os.devnull, "-w", "%{http_code}", f"{address}?query=x")
    assert status == "400"


def test_comunica_queries_the_endpoint(server):
    program = os.environ.get("COMUNICA_SPARQL") or shutil.which("comunica-sparql")
    if not program or not shutil.which("node"):
        pytest.skip("needs node and npm install -g @comunica/query-sparql@3 (or COMUNICA_SPARQL)")
    source = f"sparql@{server.url}sparql"
    if subprocess.run([program, "--version"], capture_output=True, check=False).returncode:
        pytest.skip("this comunica-sparql does not run on this node")
    rows = json.loads(run(program, source, QUERY, "-t", "application/json"))
    assert len(rows) == 6
    assert "Confrontation" in run(program, source, GRAPH, "-t", "application/n-triples")
