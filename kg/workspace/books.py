"""What loading any kind of feed has in common: the books, and an older share of the same source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analysis.acts.feeds import feed_rows
from kg.namespaces import derived_graph, document_iri
from kg.workspace.ingest import Books

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.feeds import Feed, Tally
    from kg.store.base import Store

__all__ = ["books", "drain", "drop_older"]


def books(kind: str, events: int, tally: Tally, further: int = 0) -> Books:
    """The books of a feed that was read to its end; rows coded beyond its events are merged.

    Args:
        kind: of the feed.
        events: distinct events, but for ``further``.
        tally: of its rows.
        further: events beyond the first that a row tells which names several on a side.
    """
    assert tally.balanced
    return Books(
        kind=kind,
        rows=tally.rows,
        events=events,
        merged=tally.coded - events,
        filtered=dict(sorted(tally.filtered.items())),
        rejected=dict(sorted(tally.rejected.items())),
        first=tuple((found.row, found.reason) for found in tally.first),
        further=further,
        pairs=dict(sorted(tally.pairs.items())),
    )


def drop_older(store: Store, feed: Feed) -> bool:
    """Remove what was read from the same source before; whether there was anything."""
    if feed.source.partition("/")[0] == "stdin":  # says nothing of where it came from
        return False
    older = [row.id for row in feed_rows(store) if row.source == feed.source and row.id != feed.id]
    if older:
        store.discard(graph for id_ in older for graph in (document_iri(id_), derived_graph(id_)))
    return bool(older)


def drain(batches: Iterable[object]) -> None:
    """Read to the end for what it leaves behind."""
    for _ in batches:
        pass
