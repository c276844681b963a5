from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import QueryError, StoreError

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
A, B = EX + "graph/a", EX + "graph/b"


def node(name):
    return NamedNode(EX + name)


def fact(subject, predicate, value):
    return Triple(node(subject), node(predicate), value)


@pytest.fixture
def filled(store):
    day = Literal("2026-02-14", datatype=NamedNode(XSD + "date"))
    store.replace(
        {
            A: [fact("x", "knows", node("y")), fact("x", "on", day)],
            B: [fact("x", "knows", node("y")), fact("y", "name", Literal("Ÿ", language="en"))],
        }
    )
    return store


def test_default_graph_is_the_union_of_all_graphs_each_triple_once(filled):
    rows = filled.select(f"SELECT ?s ?o {{ ?s <{EX}knows> ?o }}")
    assert rows.variables == ("s", "o")
    assert rows.rows == ((node("x"), node("y")),)
    assert filled.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").texts() == (("3",),)


def test_graph_clause_sees_each_graph(filled):
    rows = filled.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert sorted(rows.texts()) == [(A, "2"), (B, "2")]


def test_from_is_obeyed(filled):
    rows = filled.select(f"SELECT ?o FROM <{B}> {{ ?s ?p ?o }}")
    assert sorted(rows.texts()) == [(EX + "y",), ("Ÿ",)]


def test_from_named_is_obeyed(filled):
    rows = filled.select(f"SELECT ?g FROM NAMED <{A}> {{ GRAPH ?g {{ ?s <{EX}knows> ?o }} }}")
    assert rows.texts() == ((A,),)


def test_ask_gives_a_bool(filled):
    assert filled.ask(f"ASK {{ <{EX}x> ?p ?o }}") is True
    assert filled.ask(f"ASK {{ <{EX}nobody> ?p ?o }}") is False


def test_construct_gives_distinct_sorted_triples(filled):
    found = filled.construct("CONSTRUCT { ?o ?p ?s } { ?s ?p ?o FILTER(isIRI(?o)) }")
    assert list(found) == [fact("y", "knows", node("x"))]


def test_describe_gives_triples(filled):
    assert fact("x", "knows", node("y")) in set(filled.construct(f"DESCRIBE <{EX}x>"))


def test_terms_come_back_whole(filled):
    day, name = filled.select(
        f"SELECT ?day ?name {{ ?a <{EX}on> ?day . ?b <{EX}name> ?name }}"
    ).rows[0]
    assert (day.value, day.datatype.value) == ("2026-02-14", XSD + "date")
    assert (name.value, name.language) == ("Ÿ", "en")


def test_unbound_variables_are_none(filled):
    rows = filled.select(f"SELECT ?s ?z {{ ?s <{EX}on> ?o OPTIONAL {{ ?s <{EX}none> ?z }} }}")
    assert rows.rows == ((node("x"), None),)
    assert list(rows.dicts()) == [{"s": node("x")}]
    assert rows.texts() == ((EX + "x", ""),)


def test_bindings_take_the_place_of_variables(filled):
    rows = filled.select(
        "SELECT ?who ?what { ?who ?what ?o } ORDER BY ?what",
        {"who": node("y")},
    )
    assert rows.rows == ((node("y"), node("name")),)


def test_binding_a_variable_that_is_not_there_is_an_error(filled):
    with pytest.raises(QueryError, match="no variable"):
        filled.select("SELECT * { ?s ?p ?o }", {"nobody": node("y")})


def test_our_prefixes_need_no_declaration(filled):
    assert filled.ask("ASK { ?e a tkg:Event }") is False


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "PREFIX a: <http://select/> DELETE WHERE { ?s ?p ?o }",
        "# SELECT\nclear all",
        "DROP GRAPH <http://example.org/graph/a>",
        "LOAD <http://localhost/x>",
        "WITH <http://example.org/graph/a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused_and_change_nothing(filled, update):
    with pytest.raises(QueryError, match="only reads"):
        filled.query(update)
    assert filled.size() == 4


def test_other_servers_are_not_called(filled):
    with pytest.raises(QueryError, match="another server"):
        filled.query("SELECT * { service <http://localhost:9/> { ?s ?p ?o } }")


def test_the_word_service_in_a_string_or_name_is_no_call(filled):
    assert not filled.ask(f'ASK {{ ?s <{EX}service> "SERVICE" }} # SERVICE')


@pytest.mark.parametrize(
    ("query", "form"),
    [("ASK {}", "select"), ("SELECT * {}", "ask"), ("SELECT * {}", "construct")],
)
def test_a_query_of_another_form_is_an_error(filled, query, form):
    with pytest.raises(QueryError, match="expected"):
        getattr(filled, form)(query)


def test_malformed_queries_say_where(filled):
    with pytest.raises(QueryError) as caught:
        filled.query("SELECT *\n{ ?s ?p }")
    assert caught.value.exit_code == 2
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("query", ["", "   ", "hello", "# SELECT", "'SELECT * { ?s ?p ?o }'"])
def test_no_query_at_all_is_an_error(filled, query):
    with pytest.raises(QueryError, match="not a SPARQL query"):
        filled.query(query)


def test_unknown_prefix_is_named(filled):
    with pytest.raises(QueryError, match="prefix nope:"):
        filled.query("SELECT * { ?s nope:x ?o }")


def test_graphs_quads_and_size(filled):
    assert filled.graphs() == (A, B)
    assert filled.size() == 4
    assert {quad.graph_name.value for quad in filled.quads()} == {A, B}
    assert {quad.triple for quad in filled.quads(B)} == {
        fact("x", "knows", node("y")),
        fact("y", "name", Literal("Ÿ", language="en")),
    }
    assert list(filled.quads(EX + "graph/none")) == []


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own
def test_rdflib_sees_the_same_data(filled):
    from rdflib import URIRef

    dataset = filled.dataset()
    assert (URIRef(EX + "x"), URIRef(EX + "knows"), URIRef(EX + "y")) in dataset
    assert {str(graph.identifier) for graph in dataset.graphs()} >= {A, B}
    rows = list(dataset.query(f"SELECT ?o {{ ?s <{EX}knows> ?o }}"))
    assert [str(row[0]) for row in rows] == [EX + "y"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib's own
def test_rdflib_cannot_write_past_us(filled):
    from rdflib import Literal as Text
    from rdflib import URIRef

    dataset = filled.dataset()
    new = (URIRef(EX + "x"), URIRef(EX + "says"), Text("no"))
    for write in (
        lambda: dataset.add(new),
        lambda: dataset.remove((None, None, None)),
        lambda: dataset.update("DROP ALL"),
        lambda: dataset.graph(URIRef(A)).add(new),
    ):
        with pytest.raises(StoreError, match="for reading"):
            write()
    assert filled.size() == 4


def test_many_threads_read_at_once(filled):
    query = "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p"
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: filled.select(query), range(20)))
    assert len(answers[0]) == 3
    assert all(answer == answers[0] for answer in answers)


def test_a_closed_store_says_so(filled):
    filled.close()
    filled.close()
    with pytest.raises(StoreError, match="closed"):
        filled.size()
