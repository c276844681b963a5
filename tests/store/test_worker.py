from __future__ import annotations

import io
import time

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import QueryError, StoreError
from kg.store import MemoryStore, open_store
from kg.store.worker import answer, ask_child

EX = "http://example.org/"
SAYS = NamedNode(EX + "says")
FACTS = [Triple(NamedNode(f"{EX}{i}"), SAYS, Literal(f"{i} ü\n")) for i in range(400)]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
AMPLE = 60.0


@pytest.fixture(params=["memory", "disk", "reader"])
def store(request, tmp_path):
    path = None if request.param == "memory" else tmp_path / "a.kg"
    with open_store(path, write=True) as opened:
        opened.replace({EX + "g": FACTS})
        if request.param != "reader":
            yield opened
            return
    with open_store(path) as reader:
        yield reader


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?o ?none { ?s ?p ?o } ORDER BY ?s",
        "SELECT ?s { GRAPH <http://example.org/g> { ?s ?p ?o } } ORDER BY ?s",
        "ASK { ?s ?p ?o }",
        "ASK { ?s a ?o }",
        "CONSTRUCT { ?s a ?o } { ?s ?p ?o }",
    ],
)
def test_an_answer_in_time_is_the_same_answer(store, query):
    assert store.query(query, timeout=AMPLE) == store.query(query)


def test_a_query_without_end_is_stopped(store):
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"stopped after 0\.5 seconds") as caught:
        store.query(ENDLESS, timeout=0.5)
    assert time.monotonic() - began < AMPLE  # without the limit it would run for hours
    assert "narrower" in caught.value.hint
    assert store.ask("ASK { ?s ?p ?o }", timeout=AMPLE)


def test_bindings_reach_the_other_process(store):
    found = store.select("SELECT ?o { ?s ?p ?o }", {"s": NamedNode(EX + "7")}, timeout=AMPLE)
    assert found.texts() == (("7 ü\n",),)


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p }", "DROP ALL", "nonsense"])
def test_errors_are_those_of_an_unlimited_query(store, query):
    with pytest.raises(QueryError) as unlimited:
        store.query(query)
    with pytest.raises(QueryError) as limited:
        store.query(query, timeout=AMPLE)
    assert (limited.value.message, limited.value.hint) == (
        unlimited.value.message,
        unlimited.value.hint,
    )


def test_a_query_sees_what_was_just_written(tmp_path):
    with open_store(tmp_path / "a.kg", write=True) as store:
        for size in (1, 5, 2):
            store.replace({EX + "g": FACTS[:size]})
            assert len(store.select("SELECT ?s { ?s ?p ?o }", timeout=AMPLE)) == size
        assert not (tmp_path / "a.kg" / "readers").exists()


def test_files_beside_the_user_are_not_run(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('ran the wrong file')")
    monkeypatch.chdir(tmp_path)
    assert MemoryStore().ask("ASK {}", timeout=AMPLE) is True


def test_lost_files_are_an_error(tmp_path):
    with pytest.raises(StoreError, match="cannot read"):
        ask_child("ASK {}", AMPLE, str(tmp_path / "gone"))


def test_the_process_answers_on_its_streams():
    out = io.BytesIO()
    answer(io.BytesIO(b'{"query": "ASK {}", "folder": null}\n'), out)
    assert out.getvalue() == b'{"kind": "rows"}\n{"head":{},"boolean":true}\n'


def test_the_process_says_nothing_of_its_own(tmp_path, capfd):
    with open_store(tmp_path / "a.kg", write=True) as store:
        assert store.ask("ASK {}", timeout=30)
    assert capfd.readouterr().err == ""
