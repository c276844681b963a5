"""Whole rows as JSON, so that no field of a feed is lost."""

from __future__ import annotations

import re

import polars as pl

__all__ = ["record_json"]


def record_json(rows: pl.DataFrame) -> pl.Series:
    """Each row as a JSON object without its empty fields."""
    filled = rows.select(column for column in rows if column.null_count() < rows.height)
    if not filled.width:
        return pl.Series("record", ["{}"] * rows.height, pl.String)
    whole = pl.struct(pl.all()).struct.json_encode()
    if any(column.null_count() for column in filled):
        whole = whole.str.replace_all(_empty_fields(filled.columns), "$1")
        whole = whole.str.replace(r",\}$", "}")
    return filled.select(whole.alias("record")).to_series()


def _empty_fields(names: list[str]) -> str:
    """What matches a run of fields that are null, and no part of a value.

    A quote inside a value is escaped, so an unescaped one after "{" or "," opens a name, or closes
    a value and is followed by a name, which does not begin with ":null".
    """
    if not any(char in name for name in names for char in '"\\,:{}'):
        return r'([{,])(?:"[^"\\]*":null,?)+'
    said = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names)
    return f'([{{,])(?:"(?:{"|".join(re.escape(name) for name in said)})":null,?)+'
