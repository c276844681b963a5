"""Roll calls of the United Nations General Assembly: who voted how.

Voeten, Strezhnev and Bailey, "United Nations General Assembly Voting Data",
https://doi.org/10.7910/DVN/LEJUQZ, in either published form: one table with a row for each vote and
everything about its roll call, or (as in the R package unvotes) three tables of votes, roll calls
and their issues. A vote is no act towards anybody: what counts is whether two states vote alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kg.feeds.actors import Actors
from kg.feeds.draft import day, looked_up
from kg.feeds.tables import frames
from kg.feeds.tally import Reject, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.feeds.layout import Layout
    from kg.feeds.opening import Part
    from kg.reference.world import World

__all__ = ["CALLS", "CAST", "ISSUES", "ROLL_CALLS", "VOTES", "Assembly", "read_votes"]

_ABOUT = {
    "me": "Palestinian conflict",
    "nu": "Nuclear weapons and nuclear material",
    "di": "Arms control and disarmament",
    "hr": "Human rights",
    "co": "Colonialism",
    "ec": "Economic development",
}
"""Columns of 0 and 1 that say what a roll call is about, and the name of each issue."""
_CALL = ("session", "date", "unres", "short", "descr", *_ABOUT)
_WHO = ("country_code", "country", "countryname", "ccode", "member_state")
VOTES = ("rcid", "vote", *_WHO, *_CALL, "year")
ROLL_CALLS = ("rcid", *_CALL, "importantvote")
ISSUES = ("rcid", "short_name", "issue")

CAST = pl.Schema({
    "call": pl.Int64(),
    "state": pl.String(),  # IRI
    "vote": pl.String(),  # yes, abstain, no
})  # fmt: skip
"""Columns of the votes cast: one row for each state and roll call."""
CALLS = pl.Schema({
    "call": pl.Int64(),
    "date": pl.Date(),
    "session": pl.String(),
    "resolution": pl.String(),
    "title": pl.String(),
    "issues": pl.List(pl.String()),
})  # fmt: skip
"""Columns of the roll calls, sorted by number."""

_BALLOTS = {
    **{"yes": "yes", "1": "yes", "y": "yes"},
    **{"abstain": "abstain", "2": "abstain", "a": "abstain"},
    **{"no": "no", "3": "no", "n": "no"},
    **{"8": "absent", "absent": "absent", "9": "no member", "na": "absent", "0": "absent"},
}
_USED = "describes a roll call"
_SOVIET_END = "1991-12-26"


@dataclass(frozen=True, slots=True)
class Assembly:
    """What the Assembly voted on, and how each state voted.

    Attributes:
        cast: columns ``CAST``.
        calls: columns ``CALLS``.
    """

    cast: pl.DataFrame
    calls: pl.DataFrame


def read_votes(
    files: Iterable[tuple[Part, Layout]], world: World, tallies: dict[str, Tally]
) -> Assembly:
    """The votes in some tables that belong together.

    Args:
        files: tables of the kinds "un-votes", "un-rollcalls" and "un-issues".
        world: the reference data.
        tallies: by name of the part; every row is counted there.

    Raises:
        UnreadableError: a file is truncated or damaged.
    """
    ballots: list[pl.DataFrame] = []
    calls: list[pl.DataFrame] = []
    issues: list[pl.DataFrame] = []
    actors = Actors(world)
    for part, layout in files:
        tally = tallies.setdefault(part.name, Tally())
        for frame in frames(part, layout.dialect):
            tally.rows += frame.rows.height + len(frame.broken)
            for broken in frame.broken:
                tally.reject(Reject(part.name, broken.number, broken.reason, broken.start))
            rows = _numbered(frame.rows, layout, part.name, tally)
            if layout.kind == "un-votes":
                calls.append(_calls(rows))
                ballots.append(_ballots(rows, actors, part.name, tally))
                continue
            tally.filter({_USED: rows.height})
            if layout.kind == "un-rollcalls":
                calls.append(_calls(rows))
            else:
                issues.append(rows.select("call", "issue"))
    return _assembled(ballots, calls, issues, tallies)


def _assembled(
    ballots: list[pl.DataFrame],
    calls: list[pl.DataFrame],
    issues: list[pl.DataFrame],
    tallies: dict[str, Tally],
) -> Assembly:
    cast = pl.concat([pl.DataFrame(schema={**CAST, "source": pl.String()}), *ballots])
    known = pl.concat([pl.DataFrame(schema=CALLS), *calls])
    known = known.group_by("call").agg(
        pl.col("date", "session", "resolution", "title").drop_nulls().first(),
        pl.col("issues").explode().drop_nulls().unique().sort(),
    )
    named = pl.concat([pl.DataFrame(schema={"call": pl.Int64, "issue": pl.String}), *issues])
    named = named.drop_nulls().group_by("call").agg(pl.col("issue").unique())
    known = known.join(named, on="call", how="left").with_columns(
        issues=pl.concat_list("issues", pl.col("issue").fill_null([])).list.unique().list.sort()
    )
    distinct = cast.unique(["call", "state"], keep="first", maintain_order=True)
    repeated = cast.height - distinct.height
    if repeated:
        for source, count in cast["source"].value_counts().rows():
            left = distinct.filter(pl.col("source") == source).height
            tallies[source].filter({"state has voted already": count - left})
    for source, count in distinct["source"].value_counts().rows():
        tallies[source].coded += count
    known = known.join(distinct.select("call").unique(), on="call", how="right")
    distinct = _soviet(distinct.select(list(CAST)), known)
    order = known.select(list(CALLS)).sort("call")
    return Assembly(distinct.sort("call", "state"), order)


def _soviet(cast: pl.DataFrame, calls: pl.DataFrame) -> pl.DataFrame:
    """The data go on under Russia's name: before its end the Soviet Union voted."""
    before = calls.filter(pl.col("date") < pl.lit(_SOVIET_END).str.to_date())["call"]
    russia = pl.col("state").str.ends_with("/state/russia")
    renamed = pl.col("state").str.replace("/state/russia", "/state/soviet-union", literal=True)
    then = russia & pl.col("call").is_in(before.implode())
    return cast.with_columns(state=pl.when(then).then(renamed).otherwise("state"))


def _numbered(rows: pl.DataFrame, layout: Layout, name: str, tally: Tally) -> pl.DataFrame:
    """Rows under our names for the columns, with the number of their roll call."""
    found = [pl.col(theirs).alias(ours) for ours, theirs in layout.names.items()]
    every = {*VOTES, *ROLL_CALLS, *ISSUES} - layout.names.keys()
    absent = [pl.lit(None, pl.String).alias(ours) for ours in sorted(every)]
    number = pl.col("rcid").cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)
    rows = rows.select("row", *found, *absent).with_columns(call=number)
    bad = rows.filter(pl.col("call").is_null())
    for row, rcid in bad.select("row", pl.col("rcid").fill_null("")).iter_rows():
        tally.reject(Reject(name, row, "no number in rcid", rcid))
    return rows.filter(pl.col("call").is_not_null())


def _calls(rows: pl.DataFrame) -> pl.DataFrame:
    flags = [pl.when(pl.col(flag).is_in(["1", "1.0"])).then(pl.lit(name)) for flag, name in
             _ABOUT.items()]  # fmt: skip
    return (
        rows.unique("call", keep="first", maintain_order=True)
        .select(
            "call",
            date=pl.coalesce(
                day(pl.col("date"), "%Y-%m-%d", "%d%b%Y", "%m/%d/%Y"),
                pl.date(pl.col("year").cast(pl.Int32, strict=False), 12, 31),
            ),
            session=pl.col("session").str.replace(r"\.0+$", ""),
            resolution="unres",
            title=pl.coalesce("short", "descr"),
            issues=pl.concat_list(flags).list.drop_nulls(),
        )
        .cast(CALLS)
    )


def _ballots(rows: pl.DataFrame, actors: Actors, name: str, tally: Tally) -> pl.DataFrame:
    vote = pl.col("vote").str.strip_chars().str.to_lowercase().str.replace(r"\.0+$", "")
    ballot = vote.replace_strict(_BALLOTS, default=None, return_dtype=pl.String)
    found = rows.select("row", "call", "vote", *_WHO, ballot=ballot)
    unclear = found.filter(pl.col("ballot").is_null())
    for row, said in unclear.select("row", pl.col("vote").fill_null("")).iter_rows():
        tally.reject(Reject(name, row, "no vote (yes, abstain, no; 1, 2, 3, 8, 9)", said))
    found = found.filter(pl.col("ballot").is_not_null())
    columns = ("country", "countryname", "member_state", "country_code", "ccode")
    states = [looked_up(column, actors.known, _whole(found, column)) for column in columns]
    found = found.with_columns(state=_first(states))
    tally.filter({
        "absent": found.filter(pl.col("ballot") == "absent").height,
        "no member then": found.filter(pl.col("ballot") == "no member").height,
    })  # fmt: skip
    found = found.filter(pl.col("ballot").is_in(["yes", "abstain", "no"]))
    tally.filter({"no linked state": found["state"].null_count()})
    found = found.filter(pl.col("state").is_not_null())
    return found.select("call", "state", vote="ballot", source=pl.lit(name))


def _whole(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Country numbers without the ".0" of a spreadsheet."""
    return rows.with_columns(pl.col(column).str.replace(r"\.0+$", ""))


def _first(found: list[pl.Series]) -> pl.Expr:
    return pl.coalesce(pl.lit(series) for series in found)
