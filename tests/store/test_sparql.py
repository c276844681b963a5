from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.store import MemoryStore
from kg.store.sparql import bind, inspect, syntax_error, term_text, tokens

DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")


def words(sparql):
    return [(token.kind, token.text) for token in tokens(sparql) if token.kind != "space"]


@settings(deadline=None)
@given(st.text())
def test_tokens_joined_give_the_text_back(text):
    assert "".join(token.text for token in tokens(text)) == text


def test_variables_in_strings_iris_and_comments_are_no_variables():
    text = """?a "?b" '?c\\' ?d' <http://x/?e> # ?f
    '''?g ' ?h''' \"\"\"?i " \\\" ?j\"\"\" $k ex:\\?l"""
    assert [text for kind, text in words(text) if kind == "variable"] == ["?a", "$k"]


def test_comparison_is_no_iri():
    assert ("variable", "?b") in words("FILTER(?a < ?b && ?c > ?d)")


def test_unterminated_strings_swallow_nothing():
    assert ("variable", "?x") in words('SELECT "oops ?x')


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("# INSERT\nPREFIX drop: <http://clear/> SELECT * { ?s drop:x 'DELETE' }", "SELECT"),
        ("base <http://x/> ask from <g> { ?from ?p ?o }", "ASK"),
        ("CONSTRUCT { ?s ?p 'SELECT' } FROM NAMED <g:g> WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("describe <http://select/>", "DESCRIBE"),
    ],
)
def test_queries_are_recognised(query, form):
    assert inspect(query).form == form


def test_undeclared_prefixes_are_found():
    shape = inspect("PREFIX a: <http://a/> SELECT * { a:x b:y _:z ; :w 'c:d' }")
    assert shape.prefixes == ("b", "")


def test_binding_in_list_pattern_and_order():
    query = "SELECT ?x (STR(?x) AS ?y) { ?x ?p ?z FILTER(?x != ?z) } ORDER BY ?x LIMIT 5"
    store = MemoryStore()
    bound = bind(query, {"x": NamedNode("http://a/b")})
    assert store.select(bound).variables == ("x", "y")
    assert "?x)" not in bound.replace("AS ?x)", "")


def test_binding_in_group_by_is_still_a_query():
    query = "SELECT ?x (COUNT(*) AS ?n) { VALUES ?z { 1 2 } } GROUP BY ?x"
    store = MemoryStore()
    assert store.select(query, {"x": Literal("a")}).texts() == (("a", "2"),)


def test_a_bound_limit_is_a_limit():
    query = "SELECT ?z { VALUES ?z { 1 2 3 } } LIMIT ?n"
    assert len(MemoryStore().select(query, {"n": Literal(2)})) == 2


@settings(deadline=None)
@given(st.text())
def test_any_text_is_one_literal_to_the_engine(text):
    found = MemoryStore().select(f"SELECT ({term_text(Literal(text))} AS ?x) {{}}")
    assert found.rows == ((Literal(text),),)


@settings(deadline=None)
@given(st.text(alphabet="\\uU0022n\"'a"))
def test_any_text_is_one_literal_to_an_engine_that_expands_escapes_first(text):
    from rdflib import Graph

    (row,) = Graph().query(f"SELECT ({term_text(Literal(text))} AS ?x) {{}}")
    assert str(row[0]) == text


@pytest.mark.parametrize(
    "term",
    [
        Literal("2026-02-14", datatype=DATE),
        Literal("Küche", language="de"),
        Literal(-5),
        Literal(7),
        Literal(True),
        NamedNode("http://example.org/ä?b=c&d#e"),
    ],
)
def test_terms_keep_their_type(term):
    assert MemoryStore().select(f"SELECT ({term_text(term)} AS ?x) {{}}").rows == ((term,),)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT *\n{ ?s ?p }", "line 2, column 10"),
        ("SELECT * { ?s nope:p ?o }", "prefix nope:"),
        ("SELECT ?s { ?s ?p ?o ", "line 1"),
        ("SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }", "malformed SPARQL"),
    ],
)
def test_syntax_errors_say_where_in_one_line(query, expected):
    with pytest.raises(QueryError) as caught:
        MemoryStore().query(query)
    assert expected in caught.value.message
    assert "\n" not in caught.value.message
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ('SELECT * { ?s ?p "}" ', "{ is opened 1 times and closed 0 times"),
        ("SELECT (COUNT(*) AS ?n { ?s ?p ?o } # )", "( is opened 2 times and closed 1 times"),
        ("SELECT * { ?s ?p }", "usual suspects"),
    ],
)
def test_the_hint_counts_brackets(query, hint):
    with pytest.raises(QueryError) as caught:
        MemoryStore().query(query)
    assert hint in caught.value.hint


def test_an_engine_that_gives_no_position_is_quoted():
    assert "something odd" in syntax_error("SELECT", "something\n odd").message
