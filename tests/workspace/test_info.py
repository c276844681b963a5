"""The figures of a store are those that a plain, slow question would give."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from pyoxigraph import Triple

from kg.feeds.coded import CODED, Feed
from kg.graph.terms import day, iri, term
from kg.namespaces import document_iri, entity_iri
from kg.records import Modality
from kg.reference.world import load_world
from kg.store import open_store
from kg.workspace import open_graph
from kg.workspace.bulk import load_feed

DAY = date(2026, 2, 14)
PLAIN = {
    "events": "?x a tkg:Event",
    "realised": '?x a tkg:Event ; tkg:status "realised"',
    "undated": "?x a tkg:Event FILTER NOT EXISTS { ?x tkg:date ?date }",
    "actors": "?event a tkg:Event ; tkg:actor|tkg:recipient ?x",
    "mentions": "?x a ?kind VALUES ?kind { tkg:EventMention tkg:Row }",
}


@pytest.fixture
def filled(new_store, share, tmp_path):
    """Documents, a feed that tells one of their events again, and a vote, which has a date."""
    row = {
        "row": 1, "id": "1", "date": DAY, "type": "criticise",
        "actor": entity_iri("state", "us"), "recipient": entity_iri("state", "germany"),
        "issues": [], "confidence": 0.35, "outlet": "", "story": "", "record": "{}",
    }  # fmt: skip
    rows = [row, row | {"row": 2}, row | {"row": 3, "date": date(2026, 1, 1)}]
    vote = iri(document_iri("votes") + "#vote=1")
    with open_store(new_store(tmp_path / "a.kg"), write=True) as store:
        store.replace(share("Washington criticised Berlin.", "criticise"))
        store.replace(share("Washington once more criticised Berlin.", "criticise"))
        store.replace(share("Washington thanked Paris.", "support", when=""))
        store.replace(
            share("Paris may sanction Berlin.", "sanction", modality=Modality.HYPOTHETICAL)
        )
        feed = Feed("f" * 20, "gdelt", ("GDELT Events", "2.0"), "one.csv")
        load_feed(store, load_world(), feed, [pl.DataFrame(rows, CODED)], read_on=DAY)
        store.replace({
            document_iri("votes"): [
                Triple(vote, term("rdf:type"), term("tkg:RollCall")),
                Triple(vote, term("tkg:date"), day(DAY)),
            ]
        })  # fmt: skip
    return tmp_path / "a.kg"


def test_figures_are_those_of_plain_questions(filled):
    with open_graph(filled) as graph:
        info = graph.info()
        for name, pattern in PLAIN.items():
            counted = graph.store.select(
                f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}"
            ).texts()
            assert (name, getattr(info, name)) == (name, int(counted[0][0]))
        assert info.undated == 1
        assert info.events - info.realised == 1
        assert info.quads == sum(1 for _ in graph.store.quads())
        assert (info.documents, info.feeds, info.graphs) == (4, 1, len(graph.store.graphs()))


def test_what_is_found_is_told_without_counting_quads(filled):
    with open_graph(filled) as graph:
        figures, info = graph.figures(), graph.info()
    assert {name: getattr(info, name) for name in figures.__slots__} == {
        name: getattr(figures, name) for name in figures.__slots__
    }


def test_an_empty_store_has_no_events(new_store, tmp_path):
    with open_graph(new_store(tmp_path / "a.kg")) as graph:
        info = graph.info()
        quads = sum(1 for _ in graph.store.quads())
    assert (info.events, info.undated, info.actors, info.quads) == (0, 0, 0, quads)
