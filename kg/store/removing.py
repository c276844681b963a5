"""Removing millions of quads so that nobody sees half of it.

What does not fit one transaction of the engine is removed piece by piece. Meanwhile, and after
kill -9, readers see the store as it was before: a checkpoint of the engine's files, which are
links and cost nothing. A note says which graphs are to go; the next writer finishes the work.

    atlantic.kg/
        removing.json    {"graphs": [...]}   only while graphs are being removed
        before/          the engine's files as they were
"""

from __future__ import annotations

import json
import logging
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.store.base import graph_name
from kg.store.bulk import discard, fits_one_step
from kg.store.files import write_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyoxigraph as ox

__all__ = ["discard_unseen", "finish_removing", "seen_folder"]

_NOTE = "removing.json"
_BEFORE = "before"
_log = logging.getLogger(__name__)


def seen_folder(path: Path, engine: Path) -> Path:
    """The engine's files that readers of a store are to see.

    Args:
        path: the store's folder.
        engine: the engine's own files.
    """
    return path / _BEFORE if (path / _NOTE).exists() else engine


def discard_unseen(engine: ox.Store, path: Path, graphs: list[ox.NamedNode]) -> int:
    """Remove graphs of any size; readers see all of them or, when it is done, none.

    Args:
        engine: the engine's store.
        path: the folder the store lies in.
        graphs: what to remove.

    Returns:
        The number of quads removed from named graphs.
    """
    if fits_one_step(engine, graphs):
        removed = discard(engine, graphs)
        engine.flush()
        return removed
    with _hidden(engine, path, graphs):
        return discard(engine, graphs)


def finish_removing(engine: ox.Store, path: Path) -> None:
    """Finish what a killed writer began; only for who holds the write lock."""
    if (path / _NOTE).exists():
        named = json.loads((path / _NOTE).read_text(encoding="utf-8"))["graphs"]
        _log.warning("finishing a removal that was interrupted: %d graphs", len(named))
        discard(engine, [graph_name(name) for name in named])
        engine.flush()
        (path / _NOTE).unlink()
    shutil.rmtree(path / _BEFORE, ignore_errors=True)


@contextmanager
def _hidden(engine: ox.Store, path: Path, graphs: list[ox.NamedNode]) -> Iterator[None]:
    """Let readers see the store as it is now until the work is done.

    When it fails, they go on seeing that, and the next writer does the rest.
    """
    shutil.rmtree(path / _BEFORE, ignore_errors=True)
    engine.flush()
    engine.backup(str(path / _BEFORE))
    write_json(path / _NOTE, {"graphs": [name.value for name in graphs]})
    yield
    engine.flush()
    (path / _NOTE).unlink()
    shutil.rmtree(path / _BEFORE, ignore_errors=True)
