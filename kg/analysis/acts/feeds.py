"""The acts that one feed tells, as tables: from its rows while loading, or from the store later."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from pyoxigraph import NamedNode

from kg.analysis.acts.table import ACTS, FACES, Acts, story_number
from kg.analysis.records import Party
from kg.namespaces import ISSUE, TYPE, derived_graph, document_iri
from kg.records import Status
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.base import Reader

__all__ = ["CODED_ROWS", "FeedRow", "feed_acts", "feed_rows", "read_feed", "stories"]

CODED_ROWS = pl.Schema({
    "event": pl.String(),
    "type": pl.Categorical(),
    "actor": pl.UInt32(),  # number of a party
    "recipient": pl.UInt32(),
    "day": pl.Date(),
    "row": pl.UInt64(),
    "story": pl.UInt64(),
    "outlet": pl.Categorical(),
    "confidence": pl.Float64(),
    "issues": pl.List(pl.Categorical()),
})  # fmt: skip
"""One row for each row of a feed: what ``feed_acts`` makes tables of."""

_log = logging.getLogger(__name__)

_FEEDS = """
SELECT DISTINCT ?feed ?kind ?rows ?events ?source ?read ?extractor ?version ?reference WHERE {
  ?feed a tkg:Feed ; tkg:feedKind ?kind ; tkg:rows ?rows ; tkg:events ?events ;
    dcterms:source ?source ; tkg:readOn ?read .
  ?run prov:used ?feed ; tkg:extractor ?extractor ; tkg:version ?version ;
    tkg:referenceVersion ?reference .
}"""
_SIDES = """
SELECT ?side ?role ?agent ?polity ?bloc ?office WHERE { GRAPH ?graph {
  ?side a tkg:Side ; tkg:role ?role ; tkg:agent ?agent .
  OPTIONAL { ?side tkg:polity ?polity } OPTIONAL { ?side tkg:bloc ?bloc }
  OPTIONAL { ?side tkg:office ?office }
} }"""
_PAIRS = "SELECT ?s ?o WHERE { GRAPH ?graph { ?s %s ?o } }"


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as the store describes it."""

    iri: str
    kind: str
    rows: int
    events: int
    source: str
    read_on: str
    read_by: tuple[str, str, str]

    @property
    def id(self) -> str:
        """Its identifier."""
        return self.iri.removeprefix(document_iri(""))


def feed_rows(store: Reader) -> tuple[FeedRow, ...]:
    """The feeds of a store, sorted by IRI."""
    return tuple(
        FeedRow(iri, kind, int(rows), int(events), source, read, (coder, version, reference))
        for iri, kind, rows, events, source, read, coder, version, reference in sorted(
            store.select(_FEEDS).texts()
        )
    )


def stories(rows: pl.DataFrame, kind: str, document: str) -> pl.Series:
    """The number of the story that each row belongs to.

    An address means the same story in every feed, another name only in feeds of this kind; a row
    that names none tells a story of its own.

    Args:
        rows: columns "row" and "source", the latter null when there is none.
        kind: of the feed.
        document: IRI of the feed.
    """
    named = rows.select(
        pl.when(pl.col("source").is_null())
        .then(pl.format(f"{document}#row={{}}", "row"))
        .when(pl.col("source").str.contains("://", literal=True))
        .then("source")
        .otherwise(pl.format(f"{kind} {{}}", "source"))
    ).to_series()
    return pl.Series("story", [story_number(name) for name in named], pl.UInt64)


def feed_acts(rows: pl.LazyFrame, parties: Iterable[Party], document: str) -> Acts:
    """The tables of a feed: one act for each event, one telling for each row.

    Args:
        rows: columns ``CODED_ROWS``.
        parties: what "actor" and "recipient" count.
        document: IRI of the feed.

    Returns:
        Tables as ``acts_of`` makes them, acts sorted by IRI and tellings by row; tellings carry the
        issues of their row in a further column "issues".
    """
    kinds = event_types()
    of_type = pl.LazyFrame(
        [(name, kind.top, kind.sign, kind.intensity) for name, kind in kinds.items()],
        {"type": pl.Categorical, "class": pl.Categorical, "sign": pl.Int8, "intensity": pl.Float64},
        orient="row",
    )
    events = (
        rows.group_by("event")
        .agg(
            pl.col("type", "actor", "recipient", "day").first(),
            issues=pl.col("issues").explode().drop_nulls().unique().cast(pl.String).sort(),
        )
        .sort("event")
        .with_row_index("act")
        .join(of_type, on="type", maintain_order="left")
        .with_columns(
            pl.col("act").cast(pl.UInt32),
            pl.col("issues").cast(pl.List(pl.Categorical)),
            status=pl.lit(Status.REALISED.value, pl.Categorical),
            last="day",
        )
        .collect()
    )
    tellings = (
        rows.join(events.lazy().select("event", "act"), on="event")
        .sort("act", "row")
        .with_columns(document=pl.lit(document, pl.Categorical))
        .select("act", "story", "document", "outlet", "confidence", "issues")
    )
    return Acts(
        events.lazy().select(ACTS.names()),
        events.lazy().select(FACES.names()),
        tellings,
        tuple(parties),
    )


def read_feed(store: Reader, feed: FeedRow) -> Acts:
    """The tables of a feed from its triples: what there is to do when no files are at hand.

    Takes about a minute and a few gigabytes for a million rows.
    """
    if not feed.events:  # votes, or rows none of which was wanted
        return feed_acts(pl.LazyFrame(schema=CODED_ROWS), (), feed.iri)
    if feed.rows > 10_000:
        _log.warning("computing columns of %s again: %d rows", feed.source, feed.rows)
    own, derived = NamedNode(feed.iri), NamedNode(derived_graph(feed.id))
    sides = _sides(store, derived)
    held = _pairs(store, derived, "tkg:ofEvent", "side", "event").join(
        pl.LazyFrame(
            {
                "side": list(sides),
                "party": range(len(sides)),
                "role": [p.role for p in sides.values()],
            }
        ),
        on="side",
    )
    rows = _pairs(store, own, "tkg:ofEvent", "node", "event")
    for predicate, name in (("tkg:confidence", "confidence"), ("dcterms:publisher", "outlet"),
                            ("dcterms:source", "source")):  # fmt: skip
        rows = rows.join(_pairs(store, own, predicate, "node", name), on="node", how="left")
    said = (
        _pairs(store, own, "tkg:issue", "node", "issue")
        .group_by("node")
        .agg(pl.col("issue").sort())
    )
    apart = said.join(rows.select("node", "event"), on="node").select("event", lone=True).unique()
    rows = (
        rows.join(said.rename({"node": "event", "issue": "shared"}), on="event", how="left")
        .join(said, on="node", how="left")
        .join(apart, on="event", how="left")
        .with_columns(issues=pl.when(pl.col("lone")).then("issue").otherwise("shared"))
    )
    for predicate, name in (("tkg:eventType", "type"), ("tkg:date", "day")):
        found = _pairs(store, own, predicate, "event", name)
        rows = rows.join(found, on="event")
    for role in ("actor", "recipient"):
        side = held.filter(pl.col("role") == role).select("event", pl.col("party").alias(role))
        rows = rows.join(side, on="event")
    whole = rows.with_columns(
        pl.col("type").str.strip_prefix(TYPE),
        pl.col("day").str.to_date("%Y-%m-%d"),
        pl.col("confidence").cast(pl.Float64),
        pl.col("outlet").fill_null(""),
        pl.col("issues").list.eval(pl.element().str.strip_prefix(ISSUE)).fill_null([]),
        row=pl.col("node").str.extract(r"#row=(\d+)").cast(pl.UInt64),
    ).collect()
    whole = whole.with_columns(stories(whole, feed.kind, feed.iri))
    cast = whole.lazy().select(pl.col(name).cast(kind) for name, kind in CODED_ROWS.items())
    return feed_acts(cast, sides.values(), feed.iri)


def _pairs(store: Reader, graph: NamedNode, predicate: str, s: str, o: str) -> pl.LazyFrame:
    found = store.select(_PAIRS % predicate, {"graph": graph}).texts()
    return pl.LazyFrame(found, {s: pl.String, o: pl.String}, orient="row")


def _sides(store: Reader, graph: NamedNode) -> dict[str, Party]:
    parties: dict[str, Party] = {}
    for side, role, agent, polity, bloc, office in sorted(
        store.select(_SIDES, {"graph": graph}).texts()
    ):
        before = parties.get(side, Party(role, agent, polity or None))
        parties[side] = Party(
            role,
            agent,
            polity or None,
            tuple(sorted({*before.blocs, *filter(None, [bloc])})),
            tuple(sorted({*before.offices, *filter(None, [office])})),
        )
    return parties
