"""Whether the columns beside a store say what its triples say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from pyoxigraph import NamedNode

from kg.analysis.acts.feeds import feed_rows
from kg.analysis.acts.reading import feed_table
from kg.namespaces import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis.acts.table import Acts
    from kg.store.base import Reader

__all__ = ["disagreements"]

_TYPES = """
SELECT ?type (COUNT(?event) AS ?events) (SUM(?sign) AS ?signs) (SUM(?intensity) AS ?weights) WHERE {
  GRAPH ?graph { ?event tkg:eventType ?type ; tkg:sign ?sign ; tkg:intensity ?intensity }
} GROUP BY ?type"""
_MONTHS = """
SELECT ?month (COUNT(?event) AS ?events) WHERE {
  GRAPH ?graph { ?event a tkg:Event ; tkg:date ?date } BIND(SUBSTR(STR(?date), 1, 7) AS ?month)
} GROUP BY ?month"""
_PAIRS = """
SELECT ?pair (COUNT(?event) AS ?events) WHERE {
  GRAPH ?graph { ?event a tkg:Event ; tkg:actor ?actor ; tkg:recipient ?recipient }
  BIND(CONCAT(STR(?actor), " ", STR(?recipient)) AS ?pair)
} GROUP BY ?pair"""


def disagreements(store: Reader) -> Iterator[tuple[str, str]]:
    """Feeds (by IRI) and in what their columns differ: sums by type, counts by month and pair.

    Documents' share is not compared: it is computed anew whenever the documents are others.
    """
    for feed in feed_rows(store):
        table = feed_table(store, feed)
        graph = {"graph": NamedNode(feed.iri)}
        for name, query, mine in (
            ("types", _TYPES, _types(table)),
            ("months", _MONTHS, _months(table)),
            ("pairs", _PAIRS, _pairs(table)),
        ):
            told = {
                row[0].removeprefix(TYPE): tuple(round(float(value), 3) for value in row[1:])
                for row in store.select(query, graph).texts()
            }
            wrong = sorted(
                key for key in told.keys() | mine.keys() if told.get(key) != mine.get(key)
            )
            if wrong:
                yield feed.iri, f"columns and triples differ in {len(wrong)} {name}, as {wrong[0]}"


def _types(table: Acts) -> dict[str, tuple[float, ...]]:
    sums = table.acts.group_by(pl.col("type").cast(pl.String)).agg(
        pl.len(), pl.col("sign").cast(pl.Int64).sum(), pl.col("intensity").sum()
    )
    return {
        row[0]: tuple(round(float(v), 3) for v in row[1:]) for row in sums.collect().iter_rows()
    }


def _months(table: Acts) -> dict[str, tuple[float, ...]]:
    counts = table.acts.group_by(pl.col("day").dt.strftime("%Y-%m")).len().collect()
    return {month: (float(count),) for month, count in counts.iter_rows()}


def _pairs(table: Acts) -> dict[str, tuple[float, ...]]:
    counts = table.faces.group_by("actor", "recipient").len().collect()
    found: dict[str, float] = {}
    for actor, recipient, count in counts.iter_rows():
        pair = f"{table.parties[actor].agent} {table.parties[recipient].agent}"
        found[pair] = found.get(pair, 0.0) + count
    return {pair: (count,) for pair, count in found.items()}
