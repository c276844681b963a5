"""What an act is about when its row does not say: what its report, or that day, is about.

Feeds with codes alone rarely name an issue. Rows of one report share its subject; and when several
reports of a day name one issue between two polities, the other acts between them on that day most
likely belong to it. Both are inferences, and the record of a row says which one was made.
"""

from __future__ import annotations

import polars as pl

from kg.feeds.vocabulary import contexts

__all__ = ["DAY", "REPORT", "REPORTS", "named_issues", "spread"]

REPORT, DAY = "its report", "other reports of the day"
"""Where an issue was taken from."""
REPORTS = 2
"""Reports of a day that must name an issue before other acts of that day take it."""


def spread(rows: pl.DataFrame) -> pl.DataFrame:
    """Issues for rows that name none.

    Args:
        rows: "row", "date", "story", "one" and "other" (polities, null when unknown) and "issues".

    Returns:
        "row", "issues", and "issue_from": null when the row names its issue, or has none.
    """
    pair = pl.concat_list("one", "other").list.sort().list.join(" ")
    known = pl.col("one").is_not_null() & pl.col("other").is_not_null()
    rows = rows.with_columns(pair=pl.when(known).then(pair))
    named = rows.explode("issues").filter(pl.col("issues").is_not_null())
    per_day = named.drop_nulls("pair").unique(["date", "pair", "story", "issues"])
    by_report = _leading(named.drop_nulls("story"), ["story"], 1)
    by_day = _leading(per_day, ["date", "pair"], REPORTS)
    rows = rows.with_columns(issue_from=pl.lit(None, pl.String))
    rows = _filled(rows, by_report, ["story"], REPORT)
    rows = _filled(rows, by_day, ["date", "pair"], DAY)
    told = rows.explode("issues").drop_nulls(["story", "issues"])
    rows = _filled(rows, _leading(told, ["story"], 1), ["story"], REPORT)
    return rows.select("row", "issues", "issue_from")


def _filled(rows: pl.DataFrame, leading: pl.DataFrame, by: list[str], whence: str) -> pl.DataFrame:
    """Rows without an issue take the leading one of their group."""
    found = rows.join(leading, on=by, how="left", maintain_order="left")
    takes = (pl.col("issues").list.len() == 0) & pl.col("issue").is_not_null()
    return found.with_columns(
        issues=pl.when(takes).then(pl.concat_list("issue")).otherwise("issues"),
        issue_from=pl.when(takes).then(pl.lit(whence)).otherwise("issue_from"),
    ).drop("issue")


def _leading(named: pl.DataFrame, by: list[str], least: int) -> pl.DataFrame:
    """The issue named most often in each group, if one is, and at least so often."""
    counts = named.group_by(*by, "issues").len()
    top = pl.col("len") == pl.col("len").max().over(by)
    best = counts.filter(top & (pl.col("len") >= least))
    alone = best.filter(pl.len().over(by) == 1)
    return alone.select(*by, pl.col("issues").alias("issue"))


def named_issues(one: str | None, other: str | None, about: str, code: str) -> list[str]:
    """Issues, sorted; a context becomes the issue it has between these two polities."""
    found = set()
    parties = sorted(party for party in (one, other) if party)
    for name in (*about.split(), *code.split()):
        if (name, "*") in contexts():
            special = (contexts().get((name, party)) for party in parties)
            found.add(next((issue for issue in special if issue), contexts()[name, "*"]))
        else:
            found.add(name)
    return sorted(found)
