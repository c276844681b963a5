"""The acts of a store in columns, whoever tells them, with or without something."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kg.analysis.acts.combining import combined, reduced
from kg.analysis.acts.feeds import feed_rows, read_feed
from kg.analysis.acts.shelf import shelf_of
from kg.analysis.told import canonical, known, told_events
from kg.analysis.without import Without
from kg.judgements import read_log
from kg.judgements.log import GRAPH as JUDGEMENTS
from kg.records import Status
from kg.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.analysis.acts.feeds import FeedRow
    from kg.analysis.acts.table import Acts
    from kg.analysis.events import Stored
    from kg.store.base import Reader

__all__ = ["acts", "feed_stamp", "feed_table"]

_ALL = "all"
_FORMAT = f"1 {VERSION}"
_DOCUMENTS = """
SELECT DISTINCT ?document ?extractor ?version ?reference WHERE {
  ?document a tkg:Document . ?run prov:used ?document ; tkg:extractor ?extractor ;
    tkg:version ?version ; tkg:referenceVersion ?reference .
}"""


def acts(
    store: Reader,
    statuses: Iterable[Status] = (Status.REALISED,),
    *,
    without: Without | None = None,
    stored: Stored | None = None,
) -> Acts:
    """All acts of the given statuses, each once however many documents and feeds tell it.

    Args:
        store: where they lie.
        statuses: which count.
        without: what to leave out; the acts are those of a store that never held it.
        stored: what ``Stored.read(store)`` gave before: saves reading the documents again when
            the same store is asked many times, as when each source is left out in turn.

    What a person judged to be wrong is left out. The tables are kept beside the store and computed
    again when its documents, feeds or judgements are others.
    """
    wanted = tuple(sorted(set(statuses)))
    feeds = feed_rows(store)
    if without:
        return _computed(store, wanted, feeds, without, stored)
    shelf, name = shelf_of(store), f"{_ALL}-" + "-".join(wanted)
    stamp = _stamp(store, feeds)
    kept = shelf.get(name, stamp)
    if kept is None:
        kept = shelf.put(name, stamp, _computed(store, wanted, feeds, Without(), stored))
    return kept


def feed_stamp(reference_version: str) -> str:
    """What the tables of a feed depend on, beside the feed itself, whose name is its hash."""
    return hashlib.sha256(f"{_FORMAT} {reference_version}".encode()).hexdigest()[:20]


def feed_table(store: Reader, feed: FeedRow) -> Acts:
    """The acts of one feed, from the files beside the store or else from its triples."""
    shelf, stamp = shelf_of(store), feed_stamp(feed.read_by[2])
    kept = shelf.get(feed.id, stamp)
    return kept or shelf.put(feed.id, stamp, read_feed(store, feed))


def _computed(
    store: Reader,
    statuses: tuple[Status, ...],
    feeds: tuple[FeedRow, ...],
    without: Without,
    stored: Stored | None,
) -> Acts:
    told = told_events(store, statuses, without=without, stored=stored)
    decisions = read_log(store).decisions()
    names = canonical(decisions, known(store, decisions))
    tables = [
        reduced(feed_table(store, feed), feed.iri, without, decisions, names)
        for feed in feeds
        if Status.REALISED in statuses and not without.source(feed.iri, "")
    ]
    return combined(told, tables, decisions)


def _stamp(store: Reader, feeds: tuple[FeedRow, ...]) -> str:
    """What the tables depend on: documents and how they were read, feeds, judgements, and us."""
    seen = hashlib.sha256(_FORMAT.encode())
    for row in sorted(store.select(_DOCUMENTS).texts()):
        seen.update("\0".join(row).encode())
    for feed in feeds:
        seen.update(f"{feed.iri} {feed.read_by[2]}".encode())
    for quad in sorted(str(quad) for quad in store.quads(JUDGEMENTS)):
        seen.update(quad.encode())
    return seen.hexdigest()[:20]
