"""Opening a graph by the name of its store."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store import open_store
from kg.workspace.graph import KnowledgeGraph

if TYPE_CHECKING:
    from datetime import date

    from kg.extraction import Extractor

__all__ = ["open_graph"]


def open_graph(
    path: Path | str | None = None,
    *,
    write: bool | None = False,
    extractor: Extractor | None = None,
    known_on: date | None = None,
    overlays: tuple[Path, ...] = (),
) -> KnowledgeGraph:
    """Open the graph in a folder, behind a SPARQL endpoint, or (None, ":memory:") in memory.

    Args:
        path: the folder or URL.
        write: whether ``ingest``, ``forget`` and judgements are allowed. None: yes, but the store
            is opened for writing, and made if there is none, only when one of them is called.
        extractor: what reads documents, instead of the built-in reader.
        known_on: leave out what was read or judged after this day; only for reading.
        overlays: the user's own Turtle or CSV files on top of the reference data.

    Raises:
        StoreError and its kinds: no store there, locked, newer, unreadable.
    """
    later = write is None and known_on is None
    writable = bool(write) or (later and _missing(path))
    store = open_store(path, write=True) if writable else open_store(path)
    if known_on is not None:
        from kg.workspace.history import known_on as view  # noqa: PLC0415 - rarely asked for

        store, whole = view(store, known_on), store
        if store is not whole:
            whole.close()
    text = str(path or ":memory:")
    inside = text == ":memory:" or text.startswith(("http://", "https://"))
    base = Path.cwd() if inside else Path(text).absolute().parent
    return KnowledgeGraph(
        store,
        base,
        writable=writable,
        writer=partial(open_store, path, write=True) if later else None,
        extractor=extractor,
        overlays=overlays,
    )


def _missing(path: Path | str | None) -> bool:
    """True when there is no store to read yet: none on disk, or one in memory."""
    text = str(path or ":memory:")
    return not text.startswith(("http://", "https://")) and not Path(text).exists()
