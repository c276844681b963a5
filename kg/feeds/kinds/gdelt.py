"""GDELT Events 1.0 and 2.0 (also from translated news), and an export of them with other names.

https://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kg.feeds.draft import day, outlet_of, typed
from kg.feeds.vocabulary import coders, speakers

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COLUMNS_1", "COLUMNS_2", "RENAMED", "draft"]

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code"),
    *("Religion2Code", "Type1Code", "Type2Code", "Type3Code"),
)
_ACT = (
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass"),
    *("GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"),
)
_PLACE_1 = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _columns(place: tuple[str, ...]) -> tuple[str, ...]:
    return (
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *(f"Actor{number}{name}" for number in (1, 2) for name in _ACTOR),
        *_ACT,
        *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in place),
        *("DATEADDED", "SOURCEURL"),
    )


COLUMNS_1 = _columns(_PLACE_1)
"""The 58 columns of Events 1.0; files before April 2013 lack the last one."""
COLUMNS_2 = _columns(_PLACE_2)
"""The 61 columns of Events 2.0."""
RENAMED: Mapping[str, str] = {
    "globaleventid": "GLOBALEVENTID",
    "day": "SQLDATE",
    "actor1name": "Actor1Name",
    "actor1countryabbr": "Actor1CountryCode",
    "actor1knowngroupcode": "Actor1KnownGroupCode",
    "actor1role": "Actor1Type1Code",
    "actor2name": "Actor2Name",
    "actor2countryabbr": "Actor2CountryCode",
    "actor2knowgroupcode": "Actor2KnownGroupCode",
    "actor2role": "Actor2Type1Code",
    "isrootevent": "IsRootEvent",
    "eventcode": "EventCode",
    "eventrootcode": "EventRootCode",
    "sourceurl": "SOURCEURL",
    "confidence": "Confidence",
}
"""Columns of an export with a header of its own, in lower case without "_" → GDELT's name."""


def draft(rows: pl.DataFrame, kind: str, *, root_only: bool = False) -> pl.DataFrame:
    """What rows of GDELT say.

    Args:
        rows: with GDELT's own column names and "row".
        kind: "gdelt1", "gdelt2" or "gdelt-renamed".
        root_only: leave out events that are not told in the lead of a report.

    Returns:
        A frame of the schema ``DRAFT``.
    """
    code = pl.col("EventCode")
    root = pl.col("EventRootCode").str.len_chars() == 1
    lost = root & code.str.starts_with("0").not_()  # a spreadsheet took the zero away
    code = pl.when(lost).then("0" + code).otherwise(code)
    rows = typed(rows.with_columns(code=code))
    not_root = pl.when((pl.col("IsRootEvent") == "0") & root_only).then(pl.lit("not a root event"))
    date = day(pl.col("SQLDATE"), "%Y%m%d", "%Y-%m-%d")
    number = pl.col("GLOBALEVENTID").str.contains(r"^\d+$")
    prior = pl.lit(coders()[kind].prior)
    if "Confidence" in rows.columns:
        sure = pl.col("Confidence").cast(pl.Float64, strict=False).clip(0, 100) / 100
        prior = prior * sure.fill_null(1.0)
    return rows.select(
        "row",
        date=date,
        type="type",
        id="GLOBALEVENTID",
        **_side("actor", 1),
        **_side("recipient", 2),
        about=pl.lit(None, pl.List(pl.String)),
        confidence=prior,
        outlet=outlet_of(pl.col("SOURCEURL")),
        story="SOURCEURL",
        bad=pl.coalesce(
            pl.when(~number.fill_null(value=False)).then(pl.lit("no GLOBALEVENTID")),
            pl.when(date.is_null()).then(pl.lit("no date in SQLDATE")),
            "bad",
        ),
        left_out=pl.coalesce("left_out", not_root),
        code="code",
    )


def _side(side: str, number: int) -> dict[str, pl.Expr]:
    role = pl.col(f"Actor{number}Type1Code")
    return {
        f"{side}_name": pl.col(f"Actor{number}Name"),
        f"{side}_country": pl.col(f"Actor{number}CountryCode"),
        f"{side}_group": pl.col(f"Actor{number}KnownGroupCode"),
        f"{side}_speaks": role.is_null() | role.is_in(sorted(speakers("cameo"))),
    }
