"""The ways to load that are compared; each is given a folder with rows.export.CSV."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.feeds.reading import feed_files
from kg.feeds.tally import Tally
from kg.reference.world import load_world
from kg.store import open_store
from kg.store.bulk import _quads
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
        store.tidy()
        tidy = time.process_time() - start - cpu
        quads = sum(1 for _ in store.quads())
    said = f"{done.rows:,} rows, {done.events:,} events, {quads / done.events:.1f} quads an event"
    return {"cpu": cpu, "said": f"{said}; arranging the files takes {tidy / cpu:.2f} more"}


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
    return {"cpu": time.process_time() - start}


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
