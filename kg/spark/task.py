"""What a worker does with some files: read them into a store in memory and hand out its content.

Each process opens one such store, with ontology and reference data, and empties it again after
each item, so that an item gives the same triples wherever, whenever and how often it is read.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from kg.analysis import Level, side_keys
from kg.analysis.acts import acts, ties
from kg.analysis.acts.shelf import shelf_of
from kg.namespaces import derived_graph, document_iri
from kg.store import MemoryStore
from kg.workspace import KnowledgeGraph
from kg.workspace.ingest import update_background

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from kg.workspace import Ingested
    from kg.workspace.finding import FeedOptions
    from kg.workspace.ingest import ReadOptions

__all__ = ["ITEMS", "PARTS", "TIES", "Settings", "parts"]

ITEMS = "item long, inputs array<string>"
"""What goes in, as Spark writes it: numbered groups of files that are read together."""

TIES = {
    "level": pa.string(),
    "a": pa.string(),
    "b": pa.string(),
    "direction": pa.int8(),
    "event": pa.string(),
    "day": pa.date32(),
    "type": pa.string(),
    "class": pa.string(),
    "sign": pa.int8(),
    "intensity": pa.float64(),
    "confidence": pa.float64(),
}
"""A row for each event, document and pair, for polities and blocs; see ``kg.analysis.acts``."""

PARTS = pa.schema(
    {
        "item": pa.int64(),
        "document": pa.string(),  # IRI of the document or feed, "" for a failure
        "report": pa.string(),  # what became of it, as JSON; once for each document
        "quads": pa.string(),  # lines of N-Quads
        **TIES,
    }
)
"""What comes out: rows that hold a report, some quads, or a tie, and null for the rest."""

_WEIGHED = ("event", "day", "type", "class", "sign", "intensity", "confidence")
_BLOCK = 1 << 20  # characters of N-Quads in one row, or the longest line


@dataclass(frozen=True, slots=True)
class Settings:
    """How every worker reads; it travels to them.

    Attributes:
        base: folder that stored source paths are relative to.
        read_on: the day to record.
        options, feeds: as for ``KnowledgeGraph.ingest``.
        overlays: the user's own reference data.
    """

    base: Path
    read_on: date
    options: ReadOptions = field(default_factory=dict)  # type: ignore[assignment] # total=False
    feeds: FeedOptions = field(default_factory=dict)  # type: ignore[assignment]
    overlays: tuple[Path, ...] = ()


def parts(batches: Iterable[pa.RecordBatch], settings: Settings) -> Iterator[pa.RecordBatch]:
    """Read the items of some batches (``ITEMS``) and give what they hold (``PARTS``)."""
    for batch in batches:
        for row in batch.to_pylist():
            for found in _read(row["item"], row["inputs"], settings):
                yield pa.RecordBatch.from_pylist(found, PARTS)


def _read(item: int, inputs: list[str], settings: Settings) -> Iterator[list[dict[str, Any]]]:
    graph, store, background = _opened(settings.base, settings.overlays)
    try:
        done = graph.ingest(
            inputs, read_on=settings.read_on, feeds=settings.feeds, **settings.options
        )
        yield [{"item": item, **_report(report)} for report in done]
        owners = {name: _owner(name) for name in store.graphs() if name not in background}
        for name, document in owners.items():
            for block in _blocks(store, name):
                yield [{"item": item, "document": document, "quads": block}]
        for table in _ties(store):
            yield [{"item": item, **row} for row in table.to_dicts()]
    finally:
        store.replace({}, [name for name in store.graphs() if name not in background])
        shelf_of(store).keep_only(frozenset())


@cache
def _opened(
    base: Path, overlays: tuple[Path, ...]
) -> tuple[KnowledgeGraph, MemoryStore, frozenset[str]]:
    """This process's graph, its store, and the names of what every store begins with."""
    store = MemoryStore()
    graph = KnowledgeGraph(store, base, writable=True, overlays=overlays)
    update_background(store, graph.world)
    return graph, store, frozenset(store.graphs())


def _owner(graph: str) -> str:
    """The document or feed whose share a graph belongs to."""
    derived = derived_graph("")
    return document_iri(graph.removeprefix(derived)) if graph.startswith(derived) else graph


def _blocks(store: MemoryStore, graph: str) -> Iterator[str]:
    """The N-Quads of a graph in pieces of whole lines."""
    out = io.BytesIO()
    store.dump(out, "nquads", graph)
    lines: list[str] = []
    size = 0
    for line in out.getvalue().decode().splitlines():
        lines.append(line)
        size += len(line)
        if size > _BLOCK:
            yield "\n".join(lines)
            lines, size = [], 0
    if lines:
        yield "\n".join(lines)


def _ties(store: MemoryStore) -> Iterator[pl.DataFrame]:
    """Who is tied to whom by each act, at each level that dyads are asked for."""
    found = acts(store)
    told = found.tellings.select("act", "document").unique()
    weighed = found.weighed().select("act", *(name for name in TIES if name in _WEIGHED))
    for level in (Level.POLITY, Level.BLOC):
        rows = ties(found, side_keys(level)).join(told, on="act").join(weighed, on="act")
        table = rows.with_columns(level=pl.lit(level.value)).drop("act").collect()
        yield table.with_columns(pl.col(pl.Categorical).cast(pl.String))


def _report(report: Ingested) -> dict[str, str]:
    said = {
        "name": report.name,
        "outcome": report.outcome.value,
        "document": report.document,
        "events": report.events,
        "actors": report.actors,
        "remark": report.remark,
        "problem": report.problem.message if report.problem else "",
        "hint": (report.problem.hint or "") if report.problem else "",
        "books": asdict(report.books) if report.books else None,
    }
    document = document_iri(report.document) if report.document else ""
    return {"document": document, "report": json.dumps(said, sort_keys=True)}
