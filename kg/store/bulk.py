"""Millions of triples at once: lines of text straight into the engine's bulk loader.

A block of N-Triples is written twice, once into its named graph and once into the default graph,
which is the union of all (kg/store/oxigraph.py). Oxigraph sorts the terms of a bulk load into files
of its own and takes all of them into the store in one step at the end: what fails, or is killed
with kill -9, has changed nothing. Only files that nobody knows are left behind, see ``sweep_bulk``.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.base import graph_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Blocks", "bulk_load", "discard", "fits_one_step", "sweep_bulk"]

Blocks = "Iterable[tuple[str, bytes]]"
"""Graph IRI and N-Triples for it; every line ends with " .\\n", which occurs nowhere else."""

_STRAY = re.compile(r"bulk-\d+\.sst")
_CHUNK = 50_000  # quads deleted in one transaction


def bulk_load(engine: ox.Store, blocks: Iterable[tuple[str, bytes]]) -> None:
    """Add blocks to an Oxigraph store and to the union it keeps: all of them, or nothing.

    Args:
        engine: the engine's store.
        blocks: read one after the other, never two at a time.

    Raises:
        StoreError: the lines are no N-Triples, or they cannot be written.
        Exception: whatever reading the blocks raises.
    """
    lines = _Lines(_quads(blocks))
    try:
        engine.bulk_load(cast("IO[bytes]", lines), ox.RdfFormat.N_QUADS, lenient=True)
    except BaseException as error:
        if lines.failed is not None:
            raise lines.failed from None
        if isinstance(error, SyntaxError | ValueError):
            raise StoreError(f"these are no N-Triples: {error}") from error
        raise


def fits_one_step(engine: ox.Store, graphs: list[ox.NamedNode]) -> bool:
    """Whether ``discard`` removes graphs in one transaction."""
    return len(_first(engine, graphs)) <= _CHUNK


def discard(engine: ox.Store, graphs: list[ox.NamedNode]) -> int:
    """Remove graphs of any size piece by piece, and from the union what only they held.

    Returns:
        The number of quads removed from named graphs.
    """
    few = _first(engine, graphs)
    if len(few) <= _CHUNK:
        _remove(engine, few, graphs)
        for name in graphs:
            engine.remove_graph(name)
        return len(few)
    for name in graphs:
        _remove(engine, list(engine.quads_for_pattern(name, None, None, name)), graphs)
    removed = 0
    for name in graphs:
        while chunk := list(islice(engine.quads_for_pattern(None, None, None, name), _CHUNK)):
            removed += len(chunk)
            _remove(engine, chunk, graphs)
        engine.remove_graph(name)
    return removed


def _first(engine: ox.Store, graphs: list[ox.NamedNode]) -> list[ox.Quad]:
    """All quads of graphs; of very many the first, one more than go in one transaction."""
    quads = (engine.quads_for_pattern(None, None, None, name) for name in graphs)
    return list(islice(chain.from_iterable(quads), _CHUNK + 1))


def _remove(engine: ox.Store, chunk: list[ox.Quad], graphs: list[ox.NamedNode]) -> None:
    """One transaction; what another graph holds stays in the union."""
    gone = (quad for quad in chunk if not _elsewhere(engine, quad, graphs))
    union = [ox.Quad(q.subject, q.predicate, q.object, ox.DefaultGraph()) for q in gone]
    if chunk:
        engine.update(f"DELETE DATA {{ {' '.join(map(_data, (*chunk, *union)))} }}")


def _data(quad: ox.Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object} ."
    graph = quad.graph_name
    return f"GRAPH {graph} {{ {triple} }}" if isinstance(graph, ox.NamedNode) else triple


def _elsewhere(engine: ox.Store, quad: ox.Quad, here: list[ox.NamedNode]) -> bool:
    found = engine.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    names = (other.graph_name for other in found)
    return any(isinstance(name, ox.NamedNode) and name not in here for name in names)


def sweep_bulk(folder: Path) -> None:
    """Remove the files of bulk loads that were killed; only for who holds the write lock.

    Their names are unknown to the store, and RocksDB never looks at them again.
    """
    for file in folder.glob("bulk-*.sst"):
        if _STRAY.fullmatch(file.name):
            file.unlink(missing_ok=True)


def _quads(blocks: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    for graph, block in blocks:
        yield block.replace(b" .\n", f" {graph_name(graph)} .\n".encode())
        yield block


class _Lines:
    """Chunks of bytes as a file to read from; remembers why reading failed."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")
        self.failed: BaseException | None = None

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes, b"" at the end."""
        while not self._rest:
            try:
                self._rest = memoryview(next(self._chunks))
            except StopIteration:
                return b""
            except BaseException as error:
                self.failed = error
                raise
        piece, self._rest = self._rest[:size], self._rest[size:]
        return bytes(piece)
