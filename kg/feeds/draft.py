"""The shape between a feed's columns and ``CODED``: what a row says, before anybody is linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kg.feeds.vocabulary import type_of_cameo

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DRAFT", "NO_ACT", "day", "looked_up", "outlet_of", "sector_speaks", "typed"]

NO_ACT = "tells no act (statement, symbolic act)"

DRAFT = pl.Schema({
    "row": pl.UInt64(),
    "id": pl.String(),
    "date": pl.Date(),
    "type": pl.String(),  # notation
    "actor_name": pl.String(),  # see kg.feeds.actors.SIDE; null for nothing
    "actor_country": pl.String(),
    "actor_group": pl.String(),
    "actor_speaks": pl.Boolean(),
    "recipient_name": pl.String(),
    "recipient_country": pl.String(),
    "recipient_group": pl.String(),
    "recipient_speaks": pl.Boolean(),
    "about": pl.List(pl.String()),  # issues and contexts that the row names
    "confidence": pl.Float64(),
    "outlet": pl.String(),
    "story": pl.String(),
    "bad": pl.String(),  # why the row cannot be read; null when it can
    "left_out": pl.String(),  # why it is left out; null when it is not
})  # fmt: skip
"""Columns of a draft: one row for each row of the feed, in the same order."""


def looked_up(column: str, find: Callable[[str], str | None], rows: pl.DataFrame) -> pl.Series:
    """``find`` of each value of a column, asked once for each distinct value; null stays null."""
    values = [value for value in rows[column].unique() if value is not None]
    found = pl.DataFrame(
        {"value": values, "found": [find(value) for value in values]},
        schema={"value": pl.String, "found": pl.String},
    )
    asked = rows.select(pl.col(column).alias("value"))
    return asked.join(found, on="value", how="left", maintain_order="left")["found"]


def typed(rows: pl.DataFrame, code: str = "code") -> pl.DataFrame:
    """Add "type", "bad" and "left_out" from a column of CAMEO codes."""
    kind = looked_up(code, type_of_cameo, rows)
    no_act = pl.when(pl.col("type") == "").then(pl.lit(NO_ACT))
    return rows.with_columns(type=kind).with_columns(
        bad=pl.when(pl.col("type").is_null()).then(pl.lit("no CAMEO code")), left_out=no_act
    )


def day(column: pl.Expr, *formats: str) -> pl.Expr:
    """The day in a column, by the first format that fits; null when none does."""
    text = column.str.strip_chars()
    return pl.coalesce(text.str.to_date(form, strict=False, exact=True) for form in formats)


def outlet_of(address: pl.Expr) -> pl.Expr:
    """The host of a web address without "www."; any other citation as it stands."""
    host = address.str.extract(r"^[A-Za-z]+://(?:www\.)?([^/:?#]+)")
    return pl.coalesce(host.str.to_lowercase(), address)


def sector_speaks(sectors: pl.Expr, speakers: frozenset[str], separator: str) -> pl.Expr:
    """Whether one of the sectors acts for its country; null without sectors."""
    return sectors.str.split(separator).list.eval(pl.element().is_in(sorted(speakers))).list.any()
