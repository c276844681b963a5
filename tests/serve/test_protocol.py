"""The SPARQL 1.1 Protocol, asked over a real connection: every status and every media type."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

SELECT = "SELECT DISTINCT ?e ?d WHERE { ?e a tkg:Confrontation ; tkg:date ?d } ORDER BY ?d ?e"
ASK = "ASK { ?e a tkg:Confrontation }"
CONSTRUCT = "CONSTRUCT { ?e a tkg:Confrontation } WHERE { ?e a tkg:Confrontation }"
DESCRIBE = "DESCRIBE <https://w3id.org/transatlantic-kg/id/state/us>"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"


def get(server, query=None, accept=None, **more):
    fields = ([("query", query)] if query is not None else []) + list(more.items())
    headers = {"Accept": accept} if accept is not None else {}
    return server.ask(f"/sparql?{urlencode(fields, doseq=True)}", **headers)


def post(server, fields, kind=FORM, path="/sparql", **headers):
    body = urlencode(fields, doseq=True) if not isinstance(fields, str | bytes) else fields
    return server.ask(path, "POST", body, **({"Content-Type": kind} if kind else {}), **headers)


ROW_TYPES = [
    (None, JSON), ("*/*", JSON), (JSON, JSON), (XML, XML), ("text/csv", "text/csv"),
    ("text/tab-separated-values", "text/tab-separated-values"),
    ("application/json", "application/json"), ("application/xml", "application/xml"),
    ("text/xml", "text/xml"), ("text/*", "text/csv"), ("APPLICATION/SPARQL-RESULTS+XML", XML),
    (f"{XML};q=0.5, text/csv;q=0.9", "text/csv"), (f"{XML};q=0.9, text/csv;q=0.8", XML),
    ("text/turtle, text/csv;q=0.1", "text/csv"), (f"*/*;q=0.1, {XML};q=0.2", XML),
    (f"{JSON};q=0, */*", XML),
    ("text/*;q=0.3, text/csv;q=0, */*;q=0.1", "text/tab-separated-values"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
    ("text/csv;charset=utf-8;q=1.0", "text/csv"),
]  # fmt: skip
GRAPH_TYPES = [
    (None, "text/turtle"), ("*/*", "text/turtle"), ("text/turtle", "text/turtle"),
    ("application/n-triples", "application/n-triples"),
    ("application/ld+json", "application/ld+json"),
    ("application/rdf+xml", "application/rdf+xml"),
    (f"{JSON}, application/n-triples;q=0.2", "application/n-triples"),
    ("application/rdf+xml;q=0.8, text/turtle;q=0.3", "application/rdf+xml"),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "expected"), ROW_TYPES)
@pytest.mark.parametrize("query", [SELECT, ASK])
def test_tables_and_answers_come_in_the_format_liked_best(server, query, accept, expected):
    said = get(server, query, accept)
    assert (said.status, said.type) == (200, expected)
    assert "Accept" in said.headers["vary"]
    if expected.endswith("json"):
        assert json.loads(said.body)["head"] is not None
    elif expected.endswith("xml"):
        assert said.text.startswith("<?xml")
    elif query is SELECT:
        assert said.text.splitlines()[0] == ("e,d" if expected == "text/csv" else "?e\t?d")
    else:
        assert said.text.strip() == "true"


@pytest.mark.parametrize(("accept", "expected"), GRAPH_TYPES)
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
def test_graphs_come_in_the_format_liked_best(server, query, accept, expected):
    said = get(server, query, accept)
    assert (said.status, said.type) == (200, expected)
    style = ox.RdfFormat.from_media_type(expected)
    assert len(list(ox.parse(said.body, style))) == int(said.headers["kg-rows"]) > 0


@pytest.mark.parametrize(("query", "accept"), [
    (SELECT, "text/turtle"), (ASK, "text/turtle"), (CONSTRUCT, "text/csv"),
    (SELECT, "image/png"), (SELECT, "text/html"), (SELECT, "*/*;q=0"),
])  # fmt: skip
def test_406_when_nothing_on_offer_is_accepted(server, query, accept):
    said = get(server, query, accept)
    assert said.status == 406
    assert "one of:" in said.text


def test_both_ways_to_post_give_what_get_gives(server):
    plain = get(server, SELECT)
    assert len(json.loads(plain.body)["results"]["bindings"]) == 7
    assert post(server, {"query": SELECT}).body == plain.body
    assert post(server, SELECT, QUERY).body == plain.body
    assert post(server, SELECT.encode(), f"{QUERY}; charset=UTF-8").body == plain.body


def test_head_gives_the_headers_alone(server):
    said = server.ask(f"/sparql?{urlencode({'query': SELECT})}", "HEAD")
    assert (said.status, said.type, said.body) == (200, JSON, b"")


@pytest.mark.parametrize(("fields", "part"), [
    ({"query": "SELEKT"}, "not a SPARQL query"),
    ({"query": "SELECT * WHERE { ?s ?p"}, "malformed"),
    ({"query": "SELECT * WHERE { ?s no:such ?o }"}, "prefix"),
    ({"query": ""}, "not a SPARQL query"),
    ({"query": [SELECT, SELECT]}, "2 times"),
    ({"update": "CLEAR ALL"}, "by POST"),
    ({"default-graph-uri": "urn:g"}, "missing"),
    ({"query": SELECT, "default-graph-uri": "not absolute"}, "IRI"),
    ({"query": SELECT, "named-graph-uri": "relative"}, "IRI"),
    ({"query": SELECT, "timeout": "soon"}, "seconds"),
    ({"query": "SELECT * { SERVICE <http://x.test/> { ?s ?p ?o } }"}, "SERVICE"),
    ({"query": "CLEAR ALL"}, "only reads"),
])  # fmt: skip
def test_400_for_what_is_no_request_of_the_protocol(server, fields, part):
    said = server.ask(f"/sparql?{urlencode(fields, doseq=True)}")
    assert said.status == 400
    assert part in said.text


def test_400_for_bytes_that_are_no_text(server):
    assert server.ask("/sparql?query=%ff%fe").status == 400
    assert post(server, b"SELECT \xff", QUERY).status == 400
    assert post(server, b"query=%ff").status == 400


@pytest.mark.parametrize("fields", [
    {}, {"query": SELECT, "update": "CLEAR ALL"}, {"query": [SELECT, SELECT]},
])  # fmt: skip
def test_400_for_a_post_without_exactly_one_query_or_update(server, fields):
    assert post(server, fields).status == 400


def test_400_for_a_query_both_in_the_address_and_in_the_body(server):
    assert post(server, SELECT, QUERY, f"/sparql?{urlencode({'query': ASK})}").status == 400


@pytest.mark.parametrize("kind", [
    None, "text/plain", "application/json", "multipart/form-data; boundary=x",
    f"{QUERY}; charset=latin-1",
])  # fmt: skip
def test_415_for_other_types_of_content(server, kind):
    said = post(server, SELECT, kind)
    assert said.status == 415
    assert QUERY in said.headers["accept-post"]


def test_413_for_too_long_a_request(server):
    assert post(server, SELECT + " " * 1_100_000, QUERY).status == 413
    assert post(server, {"query": SELECT + " " * 1_100_000}).status == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_405_for_other_methods(server, method):
    said = server.ask("/sparql", method)
    assert said.status == 405
    assert {"GET", "POST"} <= set(said.headers["allow"].split(", "))


@pytest.mark.parametrize("kind", [FORM, UPDATE])
def test_403_for_updates_of_a_server_that_only_reads(server, kind):
    text = "DROP SILENT GRAPH <urn:g>"
    said = post(server, {"update": text} if kind == FORM else text, kind)
    assert said.status == 403
    assert "--writable" in said.text


def graphs(server):
    rows = get(server, "SELECT DISTINCT ?g { GRAPH ?g { ?s a tkg:Document } } ORDER BY ?g")
    return [row["g"]["value"] for row in json.loads(rows.body)["results"]["bindings"]]


def count(server, query, **dataset):
    return int(get(server, query, "text/csv", **dataset).text.splitlines()[1])


def test_the_request_chooses_the_dataset(server):
    first, second, *_ = graphs(server)
    documents = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a tkg:Document }"
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?d a tkg:Document } }"
    assert count(server, documents) == 8
    assert count(server, documents, **{"default-graph-uri": first}) == 1
    assert count(server, documents, **{"default-graph-uri": [first, second]}) == 2
    assert count(server, named, **{"default-graph-uri": first}) == 0
    assert count(server, named, **{"named-graph-uri": [first, second]}) == 2
    assert count(server, documents, **{"named-graph-uri": first}) == 0
    assert count(server, documents, **{"default-graph-uri": "urn:no-such-graph"}) == 0


def test_the_request_wins_over_the_query(server):
    first, second, *_ = graphs(server)
    query = f"SELECT ?d FROM <{second}> FROM NAMED <{second}> {{ ?d a tkg:Document }}"
    assert first in get(server, query, "text/csv", **{"default-graph-uri": first}).text
    named = f"SELECT ?g FROM NAMED <{second}> {{ GRAPH ?g {{ ?d a tkg:Document }} }}"
    assert first in get(server, named, "text/csv", **{"named-graph-uri": first}).text
    assert second in get(server, query, "text/csv").text


def test_the_dataset_of_a_direct_post_stands_in_the_address(server):
    first = graphs(server)[0]
    path = f"/sparql?{urlencode({'default-graph-uri': first})}"
    said = post(server, "SELECT ?d { ?d a tkg:Document }", QUERY, path, Accept="text/csv")
    assert said.text.split() == ["d", first]


def test_a_triple_of_two_chosen_graphs_counts_once(server):
    first, second, *_ = graphs(server)
    both = {"default-graph-uri": [first, second]}
    loose = "SELECT (COUNT(*) AS ?n) { ?s a ?c }"
    tight = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?c { ?s a ?c } }"
    assert count(server, loose, **both) == count(server, tight, **both)


def test_rows_are_limited_and_the_answer_says_so(server):
    said = get(server, "SELECT * { ?s ?p ?o }")
    assert len(json.loads(said.body)["results"]["bindings"]) == 50
    assert said.headers["kg-row-limit"] == "50"
    assert said.headers["kg-truncated"] == "true"
    assert "kg-truncated" not in get(server, "SELECT * { ?s ?p ?o } LIMIT 50").headers
    graph = get(server, "CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert (len(graph.text.splitlines()), graph.headers["kg-truncated"]) == (50, "true")


def test_without_a_query_the_service_describes_itself(server):
    said = get(server)
    assert (said.status, said.type) == (200, "text/turtle")
    store = ox.Store()
    store.load(said.body, ox.RdfFormat.TURTLE)
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>"
    assert store.query(
        f"{sd} ASK {{ ?s a sd:Service ; sd:endpoint <{server.url}sparql> ; "
        "sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph ; "
        "sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON> }"
    )
    assert "SPARQL11Update" not in said.text
    assert get(server, accept="application/rdf+xml").type == "application/rdf+xml"
    browser = get(server, accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (browser.status, browser.headers["location"]) == (303, "/query")


def test_void_says_what_the_data_are(server):
    said = server.ask("/.well-known/void", Accept="application/n-triples")
    assert said.status == 200
    assert f"<http://rdfs.org/ns/void#sparqlEndpoint> <{server.url}sparql>" in said.text
    assert "void#triples" in said.text
    assert 'void#entities> "8"' in said.text
