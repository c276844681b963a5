"""ICEWS coded event data: 20 columns, with a header.

https://dataverse.harvard.edu/dataverse/icews
"""

from __future__ import annotations

import polars as pl

from kg.feeds.draft import day, sector_speaks, typed
from kg.feeds.vocabulary import coders, portfolios, speakers

__all__ = ["COLUMNS", "draft"]

COLUMNS = (
    *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text"),
    *("CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID"),
    *("Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude"),
    "Longitude",
)
_SECTORS = ("Source Sectors", "Target Sectors")


def draft(rows: pl.DataFrame) -> pl.DataFrame:
    """What rows of ICEWS say.

    A story about what one side has as its portfolio counts as about that: an act of, or towards,
    a minister of trade is about trade (see data/portfolios.tsv).

    Args:
        rows: with the columns ``COLUMNS`` and "row".
    """
    known = pl.col(COLUMNS)
    rows = rows.with_columns(pl.when(~known.is_in(["NA", "NULL", "None"])).then(known))
    rows = typed(rows.with_columns(code=_whole_code(pl.col("CAMEO Code"))))
    date = day(pl.col("Event Date"), "%Y-%m-%d", "%Y%m%d", "%m/%d/%Y")
    return rows.select(
        "row",
        date=date,
        type="type",
        id="Event ID",
        **_side("actor", "Source"),
        **_side("recipient", "Target"),
        about=_portfolios(),
        confidence=pl.lit(coders()["icews"].prior),
        outlet="Publisher",
        story="Story ID",
        bad=pl.coalesce(
            pl.when(pl.col("Event ID").is_null()).then(pl.lit("no Event ID")),
            pl.when(date.is_null()).then(pl.lit("no date in Event Date")),
            "bad",
        ),
        left_out="left_out",
        code="code",
    )


def _whole_code(code: pl.Expr) -> pl.Expr:
    """The zero that a spreadsheet took away from "010" or "0311": no root is above 20."""
    root = code.str.head(2).cast(pl.Int8, strict=False)
    length = code.str.len_chars()
    lost = (length == 2) | ((length == 3) & (root > 20))
    return pl.when(lost & code.str.starts_with("0").not_()).then("0" + code).otherwise(code)


def _side(side: str, who: str) -> dict[str, pl.Expr]:
    """The name; or, where a country is not given, the body in "Ministry (European Union)"."""
    name, country = pl.col(f"{who} Name"), pl.col(f"{who} Country")
    acts = sector_speaks(pl.col(f"{who} Sectors"), speakers("icews"), ",").fill_null(value=False)
    body = name.str.extract(r" \(([^()]+)\)$")
    named = pl.when(country.is_null() & acts & body.is_not_null()).then(body).otherwise(name)
    return {
        f"{side}_name": named,
        f"{side}_country": country,
        f"{side}_group": pl.lit(None, pl.String),
        f"{side}_speaks": acts | pl.col(f"{who} Sectors").is_null(),
    }


def _portfolios() -> pl.Expr:
    """What the sectors of both sides deal with."""
    sectors = pl.concat_list(pl.col(column).fill_null("").str.split(",") for column in _SECTORS)
    found = pl.element().replace_strict(
        dict(portfolios("icews")), default=None, return_dtype=pl.String
    )
    return sectors.list.eval(found.drop_nulls()).list.unique().list.sort()
