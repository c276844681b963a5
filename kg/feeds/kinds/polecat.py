"""POLECAT: events in PLOVER's categories, a tab-separated file of 40 columns with a header.

Halterman et al. (2023), "PLOVER and POLECAT: A New Political Event Ontology and Dataset";
https://doi.org/10.7910/DVN/AJGVIT. Several values in a field are separated by ";"; of several
actors the first is linked, the others stay in the record.
"""

from __future__ import annotations

import polars as pl

from kg.feeds.draft import day
from kg.feeds.vocabulary import coders, plover_contexts, plover_types, speakers

__all__ = ["COLUMNS", "NEEDED", "draft"]

_WHO = ("Name", "Country", "COW", "Primary Sector", "Sectors", "Title", "Name Raw")
COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *(f"Actor {name}" for name in _WHO),
    "Wikipedia Actor ID",
    *(f"Recipient {name}" for name in _WHO),
    "Wikipedia Recipient ID",
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude"),
    *("GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date"),
    *("Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)
NEEDED = ("Event ID", "Event Date", "Event Type", "Actor Country", "Recipient Country")
_REPORT = ("Source", "Publication Date", "Story People", "Story Organizations", "Story Locations")


def draft(rows: pl.DataFrame) -> pl.DataFrame:
    """What rows of POLECAT say.

    Args:
        rows: with "row" and the columns ``COLUMNS``, null where the file has none of that name.
    """
    known = pl.col(COLUMNS)
    rows = rows.with_columns(pl.when(~known.is_in(["NA", "None", "NULL"])).then(known))
    rows = rows.with_columns(
        event=pl.col("Event Type").str.strip_chars().str.to_lowercase(),
        mode=_first(pl.col("Event Mode")).str.to_lowercase().fill_null(""),
    )
    types = pl.DataFrame(
        [(event, mode, kind) for (event, mode), kind in plover_types().items()],
        schema=["event", "mode", "type"],
        orient="row",
    )
    tops = types.filter(pl.col("mode") == "").select("event", top="type")
    rows = rows.join(types, on=["event", "mode"], how="left", maintain_order="left").join(
        tops, on="event", how="left", maintain_order="left"
    )
    date = day(pl.col("Event Date"), "%Y-%m-%d", "%Y%m%d", "%m/%d/%Y", "%Y-%m-%d %H:%M:%S")
    kind = pl.coalesce("type", "top")
    return rows.select(
        "row",
        date=date,
        type=kind,
        id="Event ID",
        **_side("actor", "Actor"),
        **_side("recipient", "Recipient"),
        about=_about(),
        confidence=pl.lit(coders()["polecat"].prior),
        outlet="Source",
        story=pl.concat_str(_REPORT, separator="|", ignore_nulls=True),
        bad=pl.coalesce(
            pl.when(pl.col("Event ID").is_null()).then(pl.lit("no Event ID")),
            pl.when(date.is_null()).then(pl.lit("no date in Event Date")),
            pl.when(kind.is_null()).then(pl.lit("no PLOVER event type")),
        ),
        left_out=pl.lit(None, pl.String),
        code=pl.lit(None, pl.String),
    )


def _first(column: pl.Expr) -> pl.Expr:
    return column.str.split(";").list.first().str.strip_chars()


def _side(side: str, who: str) -> dict[str, pl.Expr]:
    sector = _first(pl.col(f"{who} Primary Sector"))
    return {
        f"{side}_name": _first(pl.col(f"{who} Name")),
        f"{side}_country": _first(pl.coalesce(f"{who} Country", f"{who} COW")),
        f"{side}_group": pl.lit(None, pl.String),
        f"{side}_speaks": sector.is_null() | sector.is_in(sorted(speakers("cameo"))),
    }


def _about() -> pl.Expr:
    named = pl.col("Contexts").fill_null("").str.to_lowercase().str.replace_all(r"[,|]", ";")
    context = pl.element().str.strip_chars().str.replace_all(" ", "_", literal=True)
    found = context.replace_strict(
        dict(plover_contexts()), default=None, return_dtype=pl.String
    ).drop_nulls()
    return named.str.split(";").list.eval(found).list.unique().list.sort()
