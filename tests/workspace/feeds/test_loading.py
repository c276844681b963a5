"""Feeds go in whole or not at all, and what goes in is what the rows say."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from kg.errors import StoreError
from kg.feeds.coded import CODED, Feed
from kg.namespaces import derived_graph, document_iri, entity_iri
from kg.records import PartialDate, Status
from kg.reference.world import load_world
from kg.resolution.identity import event_iri
from kg.store import MemoryStore, open_store
from kg.workspace import open_graph
from kg.workspace.bulk import Loaded, load_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

US, DE, UK = (entity_iri("state", name) for name in ("us", "germany", "uk"))
FEED = Feed("f" * 20, "gdelt", ("GDELT Events", "2.0"), "feeds/one.csv")
DAY = date(2018, 6, 1)
READ = date(2026, 1, 1)


def row(number: int, **said: object) -> dict[str, object]:
    base: dict[str, object] = {
        "row": number, "id": str(number), "date": DAY, "type": "criticise", "actor": US,
        "recipient": DE, "issues": [], "confidence": 0.35, "outlet": "paper.example",
        "story": "https://paper.example/a", "record": f'{{"n":"{number}"}}',
    }  # fmt: skip
    return base | said


def frame(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(rows, CODED)


@pytest.fixture
def store() -> Iterator[MemoryStore]:
    with MemoryStore() as made:
        yield made


def load(store, *frames: pl.DataFrame, feed: Feed = FEED) -> Loaded:
    return load_feed(store, load_world(), feed, frames, read_on=READ)


def test_rows_of_one_type_sides_and_day_are_one_event(store) -> None:
    done = load(store, frame(row(1), row(2), row(3, date=date(2018, 6, 2))), frame(row(4)))
    assert (done.rows, done.events, done.merged, done.unchanged) == (4, 2, 2, False)
    iri = event_iri("criticise", [US], [DE], PartialDate.of(DAY), Status.REALISED, "")
    rows = store.select(f"SELECT ?row {{ ?row tkg:ofEvent <{iri}> ; a tkg:Row }}")
    assert len(rows) == 3


def test_the_same_file_again_changes_nothing(store) -> None:
    first = load(store, frame(row(1), row(2)))
    size = store.size()
    again = load(store, frame(row(1), row(2)))
    assert again == Loaded(first.rows, first.events, first.merged, unchanged=True)
    assert store.size() == size


def test_every_field_of_a_row_is_kept_whatever_it_holds(store) -> None:
    hostile = '{"a":"\\"quoted\\"","b":"back\\\\slash . \\n","c":"é 中 \u2028 <x> . "}'
    load(store, frame(row(1, record=hostile, outlet='o"\\', story='s"\n\\x')))
    (said,) = store.select(
        "SELECT ?q ?o ?s { ?r tkg:quote ?q ; dcterms:publisher ?o ; dcterms:source ?s }"
    ).texts()
    assert said == (hostile, 'o"\\', 's"\n\\x')


def test_sides_know_for_whom_a_party_spoke_that_day(store) -> None:
    macron = entity_iri("person", "emmanuel-macron")
    load(
        store,
        frame(row(1, actor=macron), row(2, actor=UK), row(3, actor=UK, date=date(2021, 5, 1))),
    )
    france, eu = entity_iri("state", "france"), entity_iri("bloc", "eu")
    ask = """ASK { ?event tkg:date %s . ?side tkg:agent <%s> ; tkg:polity <%s> ; tkg:bloc <%s> ;
      tkg:ofEvent ?event }"""
    day = '"%s"^^xsd:date'
    assert store.ask(ask % (day % "2018-06-01", macron, france, eu))
    assert store.ask(ask % (day % "2018-06-01", UK, UK, eu))
    assert not store.ask(ask % (day % "2021-05-01", UK, UK, eu))


def test_the_union_holds_each_triple_once(store) -> None:
    load(store, frame(row(1), row(2)))
    (counted,) = store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").texts()
    distinct = {quad.triple for quad in store.quads()}
    assert int(counted[0]) == len(distinct)


def test_forgetting_a_feed_leaves_what_others_tell(store) -> None:
    other = Feed("e" * 20, "gdelt", FEED.coder, "feeds/two.csv")
    load(store, frame(row(1)), feed=other)
    before = set(store.quads())
    load(store, frame(row(1), row(2, type="meet", issues=["china"])))
    store.discard([document_iri(FEED.id), derived_graph(FEED.id)])
    assert set(store.quads()) == before
    (counted,) = store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").texts()
    assert int(counted[0]) == len({quad.triple for quad in before})


def test_a_reader_that_fails_in_the_middle_loads_nothing(store) -> None:
    def broken() -> Iterator[pl.DataFrame]:
        yield frame(row(1))
        raise StoreError("the file is truncated")

    with pytest.raises(StoreError, match="truncated"):
        load_feed(store, load_world(), FEED, broken(), read_on=READ)
    assert store.graphs() == ()
    assert not store.ask("ASK { ?s ?p ?o }")


def test_sources_info_and_forget_know_feeds(tmp_path, new_store) -> None:
    with open_store(new_store(tmp_path / "a.kg"), write=True) as made:
        load(made, frame(row(1), row(2)))
    with open_graph(tmp_path / "a.kg", write=True) as graph:
        (listed,) = graph.sources()
        assert (listed.kind, listed.length, listed.events) == ("gdelt", 2, 1)
        assert listed.source == "feeds/one.csv"
        info = graph.info()
        assert (info.events, info.realised, info.mentions, info.actors) == (1, 1, 2, 2)
        graph.forget("feeds/one.csv")
        assert graph.sources() == ()


KILLED = """
import sys
from kg.store import open_store
def blocks():
    for number in range(10 ** 9):
        lines = "".join(f"<x:{number}/{i}> <x:p> <x:{i}> .\\n" for i in range(100_000))
        yield "x:graph", lines.encode()
open_store(sys.argv[1], write=True).load(blocks())
"""


def test_kill_9_in_the_middle_leaves_nothing_and_loading_starts_over(tmp_path) -> None:
    path = tmp_path / "a.kg"
    with open_store(path, write=True) as made:
        load(made, frame(row(1)), feed=Feed("e" * 20, "gdelt", FEED.coder, "one"))
        before = made.size()
    command = [sys.executable, "-c", KILLED, str(path)]
    with subprocess.Popen(command) as child:
        for _ in range(6000):
            stray = list((path / "oxigraph").glob("bulk-*.sst"))
            if stray:
                break
            time.sleep(0.01)  # until the engine has begun to write
        os.kill(child.pid, signal.SIGKILL)
    assert stray
    with open_store(path, write=True) as made:
        assert not list((path / "oxigraph").glob("bulk-*.sst"))
        assert made.size() == before
        assert load(made, frame(row(1))).rows == 1
    with open_store(path) as made:
        assert made.ask("ASK { ?row a tkg:Row }")


def test_a_remote_store_takes_the_same_feed(sparql_server, store) -> None:
    load(store, frame(row(1), row(2, type="meet", issues=["china"])))
    with sparql_server() as address, open_store(f"http://{address}/query", write=True) as remote:
        load(remote, frame(row(1), row(2, type="meet", issues=["china"])))
        assert set(remote.quads()) == set(store.quads())
        remote.discard([document_iri(FEED.id), derived_graph(FEED.id)])
        assert remote.graphs() == ()
