from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import QueryError
from kg.namespaces import ID, PREFIXES
from kg.store import MemoryStore
from kg.store.parameters import load_query, parse_query, query_names

QUERY = """#+ summary: Says of whom
#+ description: What somebody said,
#+   in the order of names.
#+ defaults:
#+   - since: 2000-01-01
#+   - limit: 10
PREFIX ex: <http://example.org/>
SELECT ?who ?said {
  ?who ex:said ?said ; ex:on ?day .  # not ?_here_string
  FILTER(?day >= ?_since_date && ?said != "?_since_date")
  FILTER(CONTAINS(?said, ?_words))
  ?who ex:of ?__polity_iri
}
ORDER BY ?who LIMIT ?_limit_integer
"""
EX = "http://example.org/"


@pytest.fixture
def store():
    filled = MemoryStore()
    day = NamedNode(PREFIXES["xsd"] + "date")
    triples = []
    for name, said, when, polity in [
        ("ann", "no tariffs", "2026-01-01", "us"),
        ("bob", "no, no", "1999-01-01", "us"),
        ("cem", "no way", "2025-01-01", "france"),
    ]:
        who = NamedNode(EX + name)
        triples.append(Triple(who, NamedNode(EX + "said"), Literal(said)))
        triples.append(Triple(who, NamedNode(EX + "on"), Literal(when, datatype=day)))
        triples.append(Triple(who, NamedNode(EX + "of"), NamedNode(f"{ID}state/{polity}")))
    filled.replace({EX + "g": triples})
    return filled


def names(store, **values):
    found = store.select(parse_query(QUERY).bound(values)).texts()
    return [who.removeprefix(EX) for who, _ in found]


def test_header_is_read():
    query = parse_query(QUERY, "said")
    assert query.summary == "Says of whom"
    assert query.description == "What somebody said, in the order of names."
    assert [(p.name, p.type, p.default, p.optional) for p in query.parameters] == [
        ("since", "date", "2000-01-01", False),
        ("words", "string", None, False),
        ("polity", "iri", None, True),
        ("limit", "integer", "10", False),
    ]


def test_defaults_and_values(store):
    assert names(store, words="no") == ["ann", "cem"]
    assert names(store, words="no", since="1990-01-01") == ["ann", "bob", "cem"]
    assert names(store, words="no", since=date(2025, 6, 1)) == ["ann"]
    assert names(store, words="no", limit=1) == ["ann"]


def test_an_optional_parameter_matches_anything_until_it_is_given(store):
    assert names(store, words="no", polity="id:state/france") == ["cem"]
    assert names(store, words="no", polity=f"<{ID}state/us>") == ["ann"]
    assert names(store, words="no", polity=NamedNode(f"{ID}state/us")) == ["ann"]


def test_a_missing_parameter_is_named_with_all_that_exist():
    with pytest.raises(QueryError, match="'words'") as caught:
        parse_query(QUERY).bound()
    assert caught.value.hint == (
        "its parameters: since (date) = 2000-01-01, words (string), "
        "polity (iri) (optional), limit (integer) = 10"
    )


def test_an_unknown_parameter_is_named_with_all_that_exist():
    with pytest.raises(QueryError, match="'until'") as caught:
        parse_query(QUERY).bound({"words": "x", "until": "2026-01-01"})
    assert "since (date)" in caught.value.hint


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "yesterday"),
        ("date", "2026-02-30"),
        ("date", "2026-2-3"),
        ("date", "20260203"),
        ("integer", "-1"),
        ("integer", "ten"),
        ("integer", "1; DROP ALL"),
        ("integer", "٣"),
        ("decimal", "NaN"),
        ("decimal", "1e999999999"),
        ("decimal", "0.5 }"),
        ("boolean", "yes"),
        ("code", "trade tariffs"),
        ("code", 'x" }'),
        ("iri", "no iri"),
        ("iri", "http://x/> } #"),
        ("iri", ""),
        ("iri", "id:a b"),
    ],
)
def test_values_of_the_wrong_type_are_refused(kind, value):
    query = parse_query(f"SELECT * {{ ?s ?p ?_x_{kind} }}")
    with pytest.raises(QueryError, match="is not") as caught:
        query.bound({"x": value})
    assert "for example x=" in caught.value.hint


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("date", "2026-02-14", '"2026-02-14"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("integer", "007", "007"),
        ("decimal", "-0.5", '"-0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("boolean", "true", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("code", "trade-tariffs", '"trade-tariffs"'),
        ("iri", "issue:trade-tariffs", f"<{PREFIXES['issue']}trade-tariffs>"),
        ("string", " as it is ", '" as it is "'),
    ],
)
def test_values_become_terms_of_their_type(kind, value, expected):
    query = parse_query(f"SELECT * {{ ?s ?p ?_x_{kind} }}")
    assert query.bound({"x": value}) == f"SELECT * {{ ?s ?p {expected} }}"


@settings(deadline=None)
@given(st.text())
def test_no_text_can_change_the_query(text):
    query = parse_query('SELECT (?_x AS ?y) ("?_x" AS ?z) {} # ?_x')
    found = MemoryStore().select(query.bound({"x": text}))
    assert found.rows == ((Literal(text), Literal("?_x")),)


@settings(deadline=None)
@given(st.text(), st.sampled_from(["date", "iri", "code", "integer", "decimal", "boolean"]))
def test_a_value_is_refused_or_one_term(text, kind):
    query = parse_query(f"SELECT (?_x_{kind} AS ?y) {{}}")
    try:
        bound = query.bound({"x": text})
    except QueryError:
        return
    rows = MemoryStore().select(bound)
    assert rows.variables == ("y",)
    assert len(rows) == 1


def test_two_variables_for_one_name_are_an_error():
    with pytest.raises(QueryError, match="two variables"):
        parse_query("SELECT * { ?_x_date ?p ?_x_iri }")


def test_a_default_without_parameter_is_an_error():
    with pytest.raises(QueryError, match="'since'"):
        parse_query("#+ defaults:\n#+   - since: 2000-01-01\nSELECT * { ?s ?p ?o }")


def test_a_file_is_found_by_its_path(tmp_path):
    path = tmp_path / "mine.rq"
    path.write_text("\ufeff#+ summary: Mine\nSELECT * { ?s ?p ?o }", encoding="utf-8")
    assert load_query(path).summary == "Mine"
    assert load_query(str(path)).name == "mine"


@pytest.mark.parametrize("name", ["nobody-asks-this", "../secrets", "/etc/passwd.rq", "", "a/b/c"])
def test_an_unknown_name_lists_the_questions(name):
    with pytest.raises(QueryError, match="no query file") as caught:
        load_query(name)
    assert "confrontations" in caught.value.hint


@pytest.mark.parametrize(
    "name", ["confrontations", "confrontations.rq", "queries/questions/confrontations.rq"]
)
def test_our_questions_are_found_from_anywhere(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_query(name).name == "confrontations"
    assert "confrontations" in query_names()


def test_a_binary_file_is_no_query(tmp_path):
    (tmp_path / "x.rq").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match="cannot read"):
        load_query(tmp_path / "x.rq")
