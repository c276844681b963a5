"""The ways to load that are compared; each is given a folder with rows.export.CSV."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
from feeds import morph

from kg.analysis.acts import acts
from kg.analysis.acts.feeds import feed_acts
from kg.analysis.acts.reading import feed_stamp
from kg.analysis.acts.shelf import COLUMNS, Shelf, shelf_of
from kg.feeds.reading import feed_files
from kg.feeds.tally import Tally
from kg.graph.bulk import FeedCounts, coded_rows, feed_lines
from kg.namespaces import document_iri
from kg.reference.world import load_world
from kg.store import MemoryStore, open_store
from kg.store.bulk import _quads, bulk_load
from kg.workspace.bulk import _Loading, load_feed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READ = date(2026, 1, 1)
SHARE = 10  # rdflib gets a tenth of the quads


def ours(folder: Path) -> dict[str, object]:
    """Rows to a store that can be asked, with its columns; the reference data are loaded before."""
    world = load_world()
    (file,) = feed_files(folder / "rows.export.CSV")
    with open_store(folder / "ours.kg", write=True) as store:
        start = time.process_time()
        done = load_feed(
            store, world, file.feed("rows"), file.batches(world, Tally()), read_on=READ, tidy=False
        )
        cpu = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        store.tidy()
        tidy = time.process_time() - start - cpu
        quads = sum(1 for _ in store.quads())
        acts(store)  # the columns of all that is in the store are made by the first analysis
    said = f"{done.rows:,} rows, {done.events:,} events, {quads / done.events:.1f} quads an event"
    return {"cpu": cpu, "peak": peak, "said": f"{said}; arranging the files takes "
            f"{tidy / cpu:.2f} more"}  # fmt: skip


def view(folder: Path) -> dict[str, object]:
    """Rows to columns alone, without the triples: for sizes that are too large for a store."""
    world = load_world()
    (file,) = feed_files(folder / "rows.export.CSV")
    feed = file.feed("rows")
    (folder / "spare").mkdir()
    start = time.process_time()
    loading = _Loading(world, feed, READ, folder / "spare", None)
    rows = 0
    for batch in file.batches(world, Tally()):
        loading._keep(loading._sides.attach(coded_rows(batch)))
        rows += batch.height
    told = feed_acts(loading.rows(), loading.parties(), document_iri(feed.id))
    with MemoryStore() as store:
        events = told.acts.select("act").collect().height
        known = feed_lines(feed, FeedCounts(rows, events), READ, world.version)
        store.load([(document_iri(feed.id), known)])
        shelf_of(store).put(feed.id, feed_stamp(world.version), told)
        (folder / "view.kg").mkdir()
        Shelf(folder / "view.kg" / COLUMNS).put("all-realised", "view", acts(store))
    cpu = time.process_time() - start
    shutil.rmtree(folder / "spare")
    return {"cpu": cpu, "said": f"{rows:,} rows, {events:,} events"}


def quads(folder: Path) -> dict[str, object]:
    """The same quads as a file."""
    world = load_world()
    (file,) = feed_files(folder / "rows.export.CSV")
    (folder / "spare").mkdir()
    loading = _Loading(world, file.feed("rows"), READ, folder / "spare", None)
    with (folder / "ready.nq").open("wb") as out:
        for piece in _quads(loading.blocks(file.batches(world, Tally()))):
            out.write(piece)
    return {}


def ready(folder: Path) -> dict[str, object]:
    """The limit: the engine reads the file."""
    store = ox.Store(folder / "ready")
    start = time.process_time()
    path = str(folder / "ready.nq")
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS, lenient=True)
    cpu = time.process_time() - start
    del store
    shutil.rmtree(folder / "ready")  # several gigabytes for a million rows
    return {"cpu": cpu}


def morph_kgc(folder: Path) -> dict[str, object]:
    """Rows that are coded already → morph-kgc → the engine, with the same triples."""
    morph.write_table(folder)
    morph.mapped(folder, os.environ.get("MORPH_PYTHON", sys.executable))
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    mapping = theirs.ru_utime + theirs.ru_stime
    start = time.process_time()
    store = ox.Store(folder / "morph")
    bulk_load(store, morph.blocks(folder))
    cpu = mapping + time.process_time() - start
    made = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    del store
    shutil.rmtree(folder / "morph")
    peak = max(theirs.ru_maxrss, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024
    said = f"morph-kgc: {made:,} triples; the mapping alone took {mapping / cpu:.2f} of it"
    return {"cpu": cpu, "peak": peak, "said": said}


def rdflib(folder: Path) -> dict[str, object]:
    """The usual way in Python: a loop of ``add`` into a graph in memory."""
    from rdflib import Dataset, Literal, URIRef

    def some() -> Iterator[tuple[ox.Quad, int]]:
        with (folder / "ready.nq").open("rb") as lines:
            every = ox.parse(lines, ox.RdfFormat.N_QUADS, lenient=True)
            for number, quad in enumerate(every):
                if number % (SHARE * 2000) < 2000:
                    yield quad, number

    target = Dataset()
    cpu = 0.0
    for quad, _ in some():
        value = quad.object
        start = time.process_time()
        term = (
            URIRef(value.value)
            if isinstance(value, ox.NamedNode)
            else Literal(value.value, datatype=URIRef(value.datatype.value))
        )
        graph = target.graph(quad.graph_name.value) if isinstance(
            quad.graph_name, ox.NamedNode
        ) else target.default_context  # fmt: skip
        graph.add((URIRef(quad.subject.value), URIRef(quad.predicate.value), term))
        cpu += time.process_time() - start
    return {"cpu": cpu, "scale": SHARE}
