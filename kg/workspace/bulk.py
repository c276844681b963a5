"""Load a feed: rows become text in columns, and the text goes straight into the engine.

A feed is one named graph (and one derived for it). It is known to the store by triples that are
written with its last rows, in the same step: what is not known is not there.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from kg.analysis.acts.feeds import CODED_ROWS, feed_acts, feed_rows, stories
from kg.analysis.acts.reading import feed_stamp
from kg.analysis.acts.shelf import shelf_of
from kg.analysis.records import Party
from kg.graph.bulk import (
    FeedCounts,
    coded_rows,
    event_lines,
    feed_lines,
    row_lines,
    sided_lines,
)
from kg.graph.bulk_sides import SharedSides
from kg.namespaces import derived_graph, document_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from kg.feeds.coded import Feed
    from kg.reference.world import World
    from kg.store.base import Store

__all__ = ["Loaded", "load_feed"]

_PIECE = 5_000  # rows made into text at a time
_MANY = 20_000  # rows from which on the engine's files are worth arranging


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a feed.

    Attributes:
        rows: rows in the graph.
        events: distinct events that they tell.
        merged: rows that tell only what others tell before them.
        further: events beyond the first that a row tells which names several on a side, so that
            ``rows = events - further + merged``.
        unchanged: the store had this feed already, and nothing was done.
    """

    rows: int
    events: int
    merged: int
    unchanged: bool = False
    further: int = 0


def load_feed(
    store: Store,
    world: World,
    feed: Feed,
    batches: Iterable[pl.DataFrame],
    *,
    read_on: date,
    progress: Callable[[int], None] | None = None,
    tidy: bool = True,
) -> Loaded:
    """Put the rows of a feed into a store: all of them, or, whatever happens, none.

    Rows of one type, actor, recipient and day are one event with a telling for each row. Memory
    does not grow with the number of rows beyond the engine's own, but for the number of distinct
    events.

    Args:
        store: open for writing; ontology and reference data are there already.
        world: says for whom each party speaks on the day.
        feed: the file the rows are from.
        batches: frames of the schema ``kg.feeds.coded.CODED``, read one after the other.
        read_on: the day to record.
        progress: called with the number of rows done, now and then.
        tidy: arrange a store that got many rows for fast queries; with many files, do it once
            after the last by ``store.tidy()``.

    Raises:
        StoreError: the store cannot be written, or its disk is full.
        Exception: whatever reading the batches raises; nothing is loaded then.
    """
    for known in feed_rows(store):
        if known.id == feed.id:
            merged = max(0, known.rows - known.events)
            return Loaded(known.rows, known.events, merged, unchanged=True)
    store.discard([document_iri(feed.id), derived_graph(feed.id)])  # what a killed forget left
    with tempfile.TemporaryDirectory(prefix="kg-feed-") as folder:
        loading = _Loading(world, feed, read_on, Path(folder), progress)
        store.load(loading.blocks(batches))
        acts = feed_acts(loading.rows(), loading.parties(), document_iri(feed.id))
        if loading.counts.rows:
            shelf_of(store).put(feed.id, feed_stamp(world.version), acts)
    counts, further = loading.counts, loading.further
    if tidy and counts.rows >= _MANY:
        store.tidy()
    merged = counts.rows - counts.events + further
    return Loaded(counts.rows, counts.events, merged, further=further)


class _Loading:
    """One pass over the rows: gives their triples, and sets the columns aside."""

    def __init__(
        self,
        world: World,
        feed: Feed,
        read_on: date,
        folder: Path,
        progress: Callable[[int], None] | None,
    ) -> None:
        self._world, self._feed, self._read_on = world, feed, read_on
        self._folder, self._progress = folder, progress
        self._sides = SharedSides(world)
        self._pieces = 0
        self.counts = FeedCounts(0, 0)
        self.further = 0

    def blocks(self, batches: Iterable[pl.DataFrame]) -> Iterator[tuple[str, bytes]]:
        """The triples as (graph, N-Triples), those that make the feed known last."""
        own, derived = document_iri(self._feed.id), derived_graph(self._feed.id)
        done = tellings = 0
        for batch in batches:
            for piece in batch.iter_slices(_PIECE):
                rows = self._sides.attach(coded_rows(piece))
                self._keep(rows)
                yield own, event_lines(rows)
                yield own, row_lines(rows, self._feed)
                yield derived, sided_lines(rows)
                yield derived, self._sides.lines()
                tellings += rows.height
                done += rows.filter(pl.col("act").fill_null(0) == 0).height
                if self._progress:
                    self._progress(done)
        events = self.rows().select(pl.col("event").n_unique()).collect().item() if done else 0
        self.counts = FeedCounts(done, events)
        if tellings > done:
            self.further = events - self._first_tellers()
        yield own, feed_lines(self._feed, self.counts, self._read_on, self._world.version)

    def _first_tellers(self) -> int:
        """How many rows are the first to tell some event."""
        first = self.rows().group_by("event").agg(pl.col("row").min())
        count: int = first.select(pl.col("row").n_unique()).collect().item()
        return count

    def rows(self) -> pl.LazyFrame:
        """All rows as columns ``CODED_ROWS``."""
        if not self._pieces:
            return pl.LazyFrame(schema=CODED_ROWS)
        return pl.scan_parquet(self._folder / "*.parquet")

    def parties(self) -> tuple[Party, ...]:
        """What the columns "actor" and "recipient" of the rows count."""
        return tuple(
            Party(role, agent, held.polity, held.blocs, tuple(sorted(held.offices)))
            for role, agent, held in self._sides.sides
        )

    def _keep(self, rows: pl.DataFrame) -> None:
        source = pl.when((pl.col("story") != "") & (pl.col("story") != pl.col("id"))).then("story")
        named = rows.select("row", source=source)
        kept = rows.select(
            "event",
            "type",
            pl.col("actor_party").alias("actor"),
            pl.col("recipient_party").alias("recipient"),
            pl.col("date").alias("day"),
            "row",
            "outlet",
            "confidence",
            pl.col("issues").cast(pl.List(pl.String)).list.sort(),
        ).with_columns(stories(named, self._feed.kind, document_iri(self._feed.id)))
        cast = kept.select(pl.col(name).cast(kind) for name, kind in CODED_ROWS.items())
        cast.write_parquet(self._folder / f"{self._pieces:08d}.parquet")
        self._pieces += 1
