"""POLECAT: events in PLOVER's categories, a tab-separated file of 40 columns with a header.

Halterman et al. (2023), "PLOVER and POLECAT: A New Political Event Ontology and Dataset";
https://doi.org/10.7910/DVN/AJGVIT. Several values in a field are separated by ";". A row names the
actors of a side in one order in all its fields, and tells an act of each towards each recipient.
"""

from __future__ import annotations

import polars as pl

from kg.feeds.draft import day
from kg.feeds.vocabulary import coders, plover_contexts, plover_types, speakers

__all__ = ["COLUMNS", "MOST", "NEEDED", "draft"]

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
MOST = 50
"""Actors on a side; no report names more, and their pairs would grow without bound."""
_TOO_MANY = f"more than {MOST} actors on a side"
_REPORT = ("Source", "Publication Date", "Story People", "Story Organizations", "Story Locations")


def draft(rows: pl.DataFrame) -> pl.DataFrame:
    """What rows of POLECAT say.

    Args:
        rows: with "row" and the columns ``COLUMNS``, null where the file has none of that name.

    Returns:
        For a row that names several on a side, one draft for each actor and recipient.
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
    drafts = rows.select(
        "row",
        date=date,
        type=kind,
        id="Event ID",
        **_named("actor", "Actor"),
        **_named("recipient", "Recipient"),
        about=_about(),
        confidence=pl.lit(coders()["polecat"].prior),
        outlet="Source",
        story=pl.concat_str(_REPORT, separator="|", ignore_nulls=True),
        bad=pl.coalesce(
            pl.when(pl.col("Event ID").is_null()).then(pl.lit("no Event ID")),
            pl.when(date.is_null()).then(pl.lit("no date in Event Date")),
            pl.when(kind.is_null()).then(pl.lit("no PLOVER event type")),
            pl.when(_number("Actor") > MOST).then(pl.lit(_TOO_MANY)),
            pl.when(_number("Recipient") > MOST).then(pl.lit(_TOO_MANY)),
        ),
        left_out=pl.lit(None, pl.String),
        code=pl.lit(None, pl.String),
    )
    return _apart(_apart(drafts, "actor"), "recipient")


def _first(column: pl.Expr) -> pl.Expr:
    return column.str.split(";").list.first().str.strip_chars()


def _values(column: str) -> pl.Expr:
    """The values of a field in order, null for those that say nothing."""
    one = pl.element().str.strip_chars()
    said = pl.when(~one.is_in(["", "NA", "None", "NULL"])).then(one)
    return pl.col(column).str.split(";").list.eval(said)


def _number(who: str) -> pl.Expr:
    """How many a side names: as many as its longest field of names or countries."""
    fields = (f"{who} Name", f"{who} Country", f"{who} COW")
    lengths = (pl.col(field).str.count_matches(";", literal=True) + 1 for field in fields)
    return pl.max_horizontal(*lengths, pl.lit(1, pl.UInt32))


def _named(side: str, who: str) -> dict[str, pl.Expr]:
    """Names, countries and sectors of a side as lists, and how many it names."""
    return {
        f"{side}_name": _values(f"{who} Name"),
        f"{side}_country": _values(f"{who} Country"),
        f"{side}_cow": _values(f"{who} COW"),
        f"{side}_sector": _values(f"{who} Primary Sector"),
        f"{side}_number": _number(who),
    }


def _apart(drafts: pl.DataFrame, side: str) -> pl.DataFrame:
    """One draft for each actor of a side; of a row that cannot be read, one."""
    number = pl.when(pl.col("bad").is_null()).then(f"{side}_number").otherwise(1)
    drafts = drafts.with_columns(at=pl.int_ranges(0, number)).explode("at")
    sector = _at(f"{side}_sector", side)
    country = pl.coalesce(_at(f"{side}_country", side), _at(f"{side}_cow", side))
    drafts = drafts.with_columns(
        pl.col(f"{side}_name").list.get(pl.col("at"), null_on_oob=True),
        country.alias(f"{side}_country"),
        pl.lit(None, pl.String).alias(f"{side}_group"),
        (sector.is_null() | sector.is_in(sorted(speakers("cameo")))).alias(f"{side}_speaks"),
    ).drop(f"{side}_cow", f"{side}_sector")
    named = pl.col(f"{side}_name").is_not_null() | pl.col(f"{side}_country").is_not_null()
    empty = ~named & (named.any().over("row") | (pl.col("at") > 0))  # as after a last ";"
    return drafts.filter(~empty).drop("at", f"{side}_number")


def _at(field: str, side: str) -> pl.Expr:
    """The value that belongs to an actor: its own, or the only one, which all of a side share.

    With a number of values that is neither, nobody can tell whose they are.
    """
    values = pl.col(field)
    own = values.list.get(pl.col("at"), null_on_oob=True)
    return (
        pl.when(values.list.len() == pl.col(f"{side}_number"))
        .then(own)
        .when(values.list.len() == 1)
        .then(values.list.first())
    )


def _about() -> pl.Expr:
    named = pl.col("Contexts").fill_null("").str.to_lowercase().str.replace_all(r"[,|]", ";")
    context = pl.element().str.strip_chars().str.replace_all(" ", "_", literal=True)
    found = context.replace_strict(
        dict(plover_contexts()), default=None, return_dtype=pl.String
    ).drop_nulls()
    return named.str.split(";").list.eval(found).list.unique().list.sort()
