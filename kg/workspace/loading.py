"""Load N-Quads that another engine wrote from documents and feeds into a store."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, cast

from kg.errors import SourceError, UnreadableError
from kg.namespaces import ID
from kg.workspace.ingest import update_background

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.reference.world import World
    from kg.store.base import Store

__all__ = ["Shards", "load_shards"]


@dataclass(slots=True)
class Shards:
    """What loading shards came to.

    Attributes:
        quads: number of quads added.
        added: graphs that are new.
        kept: graphs that the store had already; theirs was not read again.
    """

    quads: int = 0
    added: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)


def load_shards(store: Store, world: World, paths: Sequence[Path]) -> Shards:
    """Load N-Quads files, plain or gzipped, all of them or none.

    What the store knows already stays as it is. The files hold named graphs of ours only.

    Args:
        store: open for writing.
        world: the reference data the store is to have.
        paths: files, or folders with files of the suffixes .nq, .txt, and these with .gz.

    Raises:
        SourceError: there are no such files, or one cannot be read.
        StoreError: lines that are no N-Quads; disk full.
    """
    update_background(store, world)
    found = Shards(kept=set(store.graphs()))
    before = frozenset(found.kept)
    store.load(_blocks(_files(paths), before, found))
    found.kept &= before
    return found


def _files(paths: Sequence[Path]) -> list[Path]:
    files = [
        file
        for path in paths
        for file in (sorted(path.rglob("*")) if path.is_dir() else [path])
        if not path.is_dir() or file.name.removesuffix(".gz").endswith((".nq", ".txt"))
    ]
    if not files:
        hint = "name the folder that kg ingest --shards wrote"
        raise SourceError(f"no N-Quads in {', '.join(map(str, paths))}", hint)
    return files


def _blocks(
    files: list[Path], before: frozenset[str], found: Shards
) -> Iterator[tuple[str, bytes]]:
    held: set[str] = set()
    for file in files:
        try:
            with cast(
                "BinaryIO", (gzip.open if file.suffix == ".gz" else open)(file, "rb")
            ) as lines:
                for graph, run in groupby(lines, key=lambda line: _graph(line, file)):
                    triples = [line[: -len(graph) - 6] + b" .\n" for line in run]
                    if graph in before:
                        held.add(graph)
                        continue
                    found.added.add(graph)
                    found.quads += len(triples)
                    yield graph, b"".join(triples)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableError(
                f"cannot read {file}: {error}", "was it written to its end? write it again"
            ) from error
    found.kept &= held


def _graph(line: bytes, file: Path) -> str:
    """The graph of a line as we write it: ``<s> <p> o <g> .`` and a line feed."""
    start = line.rfind(b" <")
    name = line[start + 2 : -4].decode("utf-8", "replace")
    if start < 0 or not line.endswith(b"> .\n") or not name.startswith(ID):
        shown = line[:60].decode("utf-8", "replace").rstrip()
        hint = "kg load reads what kg ingest --shards and kg export nquads write"
        raise UnreadableError(f"{file} has a line that is no quad of ours: {shown!r}", hint)
    return name
