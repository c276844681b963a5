"""Rows of a feed as N-Triples, by expressions over whole columns instead of objects for triples.

Rows of one type, actor, recipient and day are one event (``kg.resolution.identity``), each row a
telling of it. docs/design/feeds-in-the-graph.md says which triples there are, and why each.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from kg.graph.terms import day, decimal, integer, iri, plain, term
from kg.namespaces import ID, document_iri, issue_iri
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kg.feeds.coded import Feed

__all__ = ["FeedCounts", "coded_rows", "event_lines", "feed_lines", "row_lines", "sided_lines"]

_SUPERTYPE = {-1: "tkg:Confrontation", 0: "tkg:Consultation", 1: "tkg:Cooperation"}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_EVENT = f"{ID}event/"


@dataclass(frozen=True, slots=True)
class FeedCounts:
    """What a feed came to: rows read, and events they tell."""

    rows: int
    events: int


def coded_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with the IRI of the event that each tells, as column "event".

    The IRIs are those of ``kg.resolution.identity.event_iri`` for a realised act on a known day.
    """
    sides = ["type", "actor", "recipient", "date"]
    named = frame.with_columns(pl.col("type", "actor", "recipient").cast(pl.String))
    distinct = named.select(sides).unique(maintain_order=True)
    identities = distinct.select(
        pl.format('["{}", ["{}"], ["{}"], "{}", "realised", ""]', *sides[:3], pl.col("date"))
    ).to_series()
    digests = [hashlib.sha256(text.encode()).hexdigest()[:16] for text in identities]
    iris = pl.Series("event", [_EVENT + digest for digest in digests], pl.String)
    return named.join(distinct.with_columns(iris), on=sides, maintain_order="left")


def event_lines(rows: pl.DataFrame) -> bytes:
    """What happened: eleven triples for each event, and one for each issue of it.

    Args:
        rows: from ``coded_rows``.
    """
    events = rows.unique("event", maintain_order=True)
    node = pl.format("<{}>", pl.col("event"))
    kinds = {name: _kind_lines(name) for name in events["type"].unique().to_list()}
    fixed = [
        pl.concat_str(
            node, pl.col("type").replace_strict({k: v[i] for k, v in kinds.items()}, default=None)
        )
        for i in range(len(next(iter(kinds.values()), ())))
    ]
    lines = events.select(
        pl.concat_str(
            *fixed,
            *(_link(node, f"tkg:{role}", pl.col(role)) for role in ("actor", "recipient")),
            pl.format(
                f'{{}} {term("tkg:date")} "{{}}"^^{term("xsd:date")} .\n', node, pl.col("date")
            ),
            pl.concat_str(node, pl.lit(f' {term("tkg:datePrecision")} "day" .\n')),
        )
    )
    return _text(lines) + _issue_lines(rows, ["event"], node)


def row_lines(rows: pl.DataFrame, feed: Feed) -> bytes:
    """Who says so: five triples for each row, and the report and outlet where they are known.

    A row that tells several acts has a node for each.

    Args:
        rows: from ``coded_rows``.
        feed: the file they are from.
    """
    document = document_iri(feed.id)
    further = pl.col("act").fill_null(0)
    which = pl.when(further > 0).then(pl.format("&act={}", further + 1)).otherwise(_NOTHING)
    node = pl.format(f"<{document}#row={{}}{{}}>", pl.col("row"), which)
    said = pl.col("outlet").cast(pl.String)
    report = pl.col("story")
    sure = {value: str(decimal(value)) for value in rows["confidence"].unique().to_list()}
    lines = rows.select(
        pl.concat_str(
            pl.concat_str(node, pl.lit(f" {term('rdf:type')} {term('tkg:Row')} .\n")),
            _link(node, "tkg:ofEvent", pl.col("event")),
            pl.concat_str(node, pl.lit(f" {term('tkg:inDocument')} <{document}> .\n")),
            _literal(node, "tkg:quote", pl.col("record")),
            pl.format(
                f"{{}} {term('tkg:confidence')} {{}} .\n",
                node,
                pl.col("confidence").replace_strict(sure, return_dtype=pl.String),
            ),
            pl.when(said != "").then(_literal(node, "dcterms:publisher", said)).otherwise(_NOTHING),
            pl.when((report != "") & (report != pl.col("id")))
            .then(_literal(node, "dcterms:source", report))
            .otherwise(_NOTHING),
        )
    )
    # which row is about what matters only where the rows of an event do not agree
    unlike = pl.col("issues").n_unique().over("event") > 1
    return _text(lines) + _issue_lines(rows.filter(unlike), ["row", "act"], node)


def sided_lines(rows: pl.DataFrame) -> bytes:
    """In which capacity each party acts: two triples for each event.

    Args:
        rows: from ``coded_rows``, with the IRIs of nodes in "actor_side" and "recipient_side".
    """
    events = rows.unique("event", maintain_order=True)
    return _text(
        events.select(
            pl.concat_str(
                *(
                    _link(pl.format("<{}>", pl.col(side)), "tkg:ofEvent", pl.col("event"))
                    for side in ("actor_side", "recipient_side")
                )
            )
        )
    )


def feed_lines(feed: Feed, counts: FeedCounts, read_on: date, reference_version: str) -> bytes:
    """The file itself and the run of its coder: what makes a feed known to a store."""
    node, run = iri(document_iri(feed.id)), iri(document_iri(feed.id) + "#extraction")
    said = [
        (node, "rdf:type", term("tkg:Feed")),
        (node, "tkg:feedKind", plain(feed.kind)),
        (node, "dcterms:source", plain(feed.source)),
        (node, "tkg:readOn", day(read_on)),
        (node, "tkg:rows", integer(counts.rows)),
        (node, "tkg:events", integer(counts.events)),
        (run, "rdf:type", term("tkg:Extraction")),
        (run, "prov:used", node),
        (run, "tkg:extractor", plain(feed.coder[0])),
        (run, "tkg:version", plain(feed.coder[1])),
        (run, "tkg:referenceVersion", plain(reference_version)),
    ]
    return "".join(f"{s} {term(p)} {o} .\n" for s, p, o in said).encode()


_NOTHING = pl.lit("")


@cache
def _kind_lines(notation: str) -> Sequence[str]:
    """What follows from the type of an event, as ends of lines."""
    kind = event_types()[notation]
    ends = [
        f"{term('rdf:type')} {term('tkg:Event')}",
        f"{term('rdf:type')} {term(_SUPERTYPE[kind.sign])}",
        f"{term('tkg:eventType')} <{kind.iri}>",
        f"{term('tkg:eventClass')} <{event_types()[kind.top].iri}>",
        f"{term('tkg:sign')} {integer(kind.sign)}",
        f"{term('tkg:intensity')} {decimal(kind.intensity)}",
        f'{term("tkg:status")} "realised"',
    ]
    return tuple(f" {end} .\n" for end in ends)


def _issue_lines(rows: pl.DataFrame, subject: Sequence[str], node: pl.Expr) -> bytes:
    """A triple for each issue of each event or row."""
    told = (
        rows.lazy()
        .select(*subject, issue=pl.col("issues"))
        .explode("issue")
        .drop_nulls("issue")
        .with_columns(pl.col("issue").cast(pl.String))
        .unique(maintain_order=True)
        .collect()
    )
    return _text(told.select(_link(node, "tkg:issue", pl.lit(issue_iri("")) + pl.col("issue"))))


def _link(node: pl.Expr, predicate: str, target: pl.Expr) -> pl.Expr:
    return pl.format(f"{{}} {term(predicate)} <{{}}> .\n", node, target)


def _literal(node: pl.Expr, predicate: str, text: pl.Expr) -> pl.Expr:
    for char, escape in _ESCAPES.items():
        text = text.str.replace_all(char, escape, literal=True)
    return pl.format(f'{{}} {term(predicate)} "{{}}" .\n', node, text)


def _text(lines: pl.DataFrame) -> bytes:
    joined = lines.to_series().str.join("").item()
    return (joined or "").encode()
