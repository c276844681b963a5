"""What holds for every query file that comes with the program."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.namespaces import PREFIXES, TKG
from kg.resources import ontology_dir, queries_dir
from kg.store.parameters import load_query
from kg.store.sparql import inspect, tokens

FILES = sorted(queries_dir().glob("*/*.rq"))
NAMES = [f"{file.parent.name}/{file.stem}" for file in FILES]
each = pytest.mark.parametrize("name", NAMES)
SAMPLE = {
    "iri": "id:state/us",
    "date": "2026-02-14",
    "code": "china",
    "string": "x",
    "integer": "1",
}


def bound(name):
    query = load_query(name)
    missing = [p for p in query.parameters if p.default is None and not p.optional]
    return query.bound({p.name: SAMPLE[p.type] for p in missing})


def test_there_are_queries_of_every_kind():
    assert {name.split("/")[0] for name in NAMES} == {"questions", "checks", "rules", "exports"}


@each
def test_says_what_it_answers(name):
    summary = load_query(name).summary
    assert 20 < len(summary) < 120
    assert summary[0].isupper()


@each
def test_runs_with_its_defaults(store, name):
    store.query(bound(name))


@each
def test_declares_every_prefix(name):
    assert inspect(bound(name)).prefixes == ()


@each
def test_uses_our_prefixes_as_we_do(name):
    declared = dict(re.findall(r"(?m)^PREFIX (\w*): <(.*)>$", load_query(name).text))
    assert {prefix: PREFIXES.get(prefix, iri) for prefix, iri in declared.items()} == declared


@each
def test_uses_only_terms_that_the_ontology_declares(name):
    ontology = parse(path=str(ontology_dir() / "core.ttl"), format=RdfFormat.TURTLE)
    known = {quad.subject.value for quad in ontology if isinstance(quad.subject, NamedNode)}
    names = {token.text for token in tokens(load_query(name).text) if token.kind == "name"}
    used = {TKG + text.removeprefix("tkg:") for text in names if text.startswith("tkg:")}
    assert used - known - {TKG} == set()


@each
def test_an_order_is_given_wherever_rows_are(name):
    query = bound(name)
    if inspect(query).form == "SELECT":
        assert "ORDER BY" in query


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("checks/")])
def test_checks_answer_with_message_and_node(store, name):
    assert store.select(bound(name)).variables[:2] == ("message", "node")
