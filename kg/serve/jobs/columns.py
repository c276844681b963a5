"""Figures over all acts of a store, from the columnar view: quick at any size."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from kg.analysis import Level, Period, between, side_keys
from kg.analysis.acts import ties as tied
from kg.analysis.acts import within
from kg.analysis.acts.details import acts_in_full
from kg.records import Status
from kg.serve.jobs.acts import Names, card, full, label, narrowed, short
from kg.serve.jobs.records import Tie

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.acts import Acts
    from kg.serve.child import Child
    from kg.serve.jobs.records import Card

__all__ = [
    "acts",
    "latest",
    "newest",
    "number_of",
    "of_party",
    "period_of",
    "shown",
    "tie_table",
    "ties_of",
    "weighed",
]

_FIGURES = (
    (pl.col("sign") < 0).sum().alias("confrontations"),
    (pl.col("sign") > 0).sum().alias("cooperations"),
    (pl.col("sign") == 0).sum().alias("consultations"),
    pl.col("tone").sum().alias("balance"),
)
_LATEST_FIRST: dict[str, Any] = {
    "by": ["day", "weight", "event"],
    "descending": [True, True, False],
    "nulls_last": True,
}
_READ = "SELECT DISTINCT ?document ?read WHERE { ?document tkg:readOn ?read }"


def acts(child: Child, *, every: bool = False) -> Acts:
    """The acts that happened, or with ``every`` those of any status."""
    statuses = tuple(Status) if every else (Status.REALISED,)
    found: Acts = child.remembered(f"acts-{every}", lambda: child.graph.acts(statuses))
    return found


def number_of(child: Child) -> int:
    """How many acts there are, of any status."""
    return int(acts(child, every=True).acts.select(pl.len()).collect().item())


def weighed(child: Child, *, every: bool = False) -> pl.LazyFrame:
    """The acts with their weights (``Acts.weighed``), computed once."""
    found: pl.DataFrame = child.remembered(
        f"weighed-{every}", lambda: acts(child, every=every).weighed().collect()
    )
    return found.lazy()


def period_of(since: str, until: str) -> Period:
    """A period by its first and last day, "" for an open end."""
    return Period(
        date.fromisoformat(since) if since else None, date.fromisoformat(until) if until else None
    )


def ties_of(
    child: Child, level: str, party: str = "", other: str = "", *, every: bool = False
) -> pl.LazyFrame:
    """Who is tied to whom by each act (``kg.analysis.acts.ties``).

    Args:
        child: what to ask.
        level: person, polity or bloc; the ties of all at a level are computed once.
        party: short id of a side to which all ties lead, or "".
        other: short id of the other, or "".
        every: whether acts of any status count.
    """
    table = acts(child, every=every)
    if party:
        return tied(table, between(full(party), full(other) if other else None, Level(level)))
    found: pl.DataFrame = child.remembered(
        f"ties-{level}-{every}", lambda: tied(table, side_keys(Level(level))).collect()
    )
    return found.lazy()


def tie_table(
    child: Child, all_ties: pl.LazyFrame, period: Period, issue: str = ""
) -> tuple[tuple[Tie, ...], int]:
    """A tie for each pair with a signed act, by names; and how many undated acts are concerned.

    Args:
        child: what to ask.
        all_ties: from ``ties_of``.
        period: in which the acts must lie.
        issue: code of what they must be about, or "".
    """
    chosen = weighed(child)
    if issue:
        chosen = chosen.filter(pl.col("issues").list.contains(issue))
    undated = all_ties.select("act").unique().join(
        chosen.filter(pl.col("day").is_null()), on="act", how="semi"
    )  # fmt: skip
    if not period.open:
        chosen = chosen.filter(within(period))
    rows = all_ties.join(chosen.select("act", "sign", "tone"), on="act")
    stories = rows.join(acts(child).tellings.select("act", "story"), on="act")
    counted = rows.group_by("a", "b").agg(*_FIGURES)
    sources = stories.group_by("a", "b").agg(pl.col("story").n_unique().alias("sources"))
    found = (
        counted.join(sources, on=["a", "b"], how="left")
        .filter(pl.col("confrontations") + pl.col("cooperations") > 0)
        .with_columns(pl.col("a").cast(pl.String), pl.col("b").cast(pl.String))
        .collect()
    )
    ties = [_tie(child, row) for row in found.iter_rows(named=True)]
    ordered = tuple(sorted(ties, key=lambda tie: (tie.name_a, tie.name_b, tie.a, tie.b)))
    return ordered, int(undated.select(pl.len()).collect().item())


def latest(child: Child, signs: Sequence[int], codes: Sequence[str], most: int) -> tuple[Card, ...]:
    """The latest acts of these signs, about any of these issues (or about anything)."""
    chosen = weighed(child).filter(pl.col("sign").is_in(list(signs)))
    if codes:
        about = [pl.col("issues").list.contains(code) for code in codes]
        chosen = chosen.filter(pl.any_horizontal(about))
    numbers = chosen.sort(**_LATEST_FIRST).head(most).select("act").collect()["act"].to_list()
    return shown(child, numbers)


def of_party(child: Child, iri: str, most: int) -> list[int]:
    """Numbers of the latest acts of any status that somebody takes part in.

    Counted is who acts or is acted upon, and whoever speaks for the polity or the bloc; acts
    with one known side only are not.
    """
    table = acts(child, every=True)
    own = [
        number
        for number, party in enumerate(table.parties)
        if iri in (party.agent, party.polity) or iri in party.blocs
    ]
    sides = pl.col("actor").is_in(own) | pl.col("recipient").is_in(own)
    chosen = weighed(child, every=True).join(table.faces.filter(sides), on="act", how="semi")
    return chosen.sort(**_LATEST_FIRST).head(most).select("act").collect()["act"].to_list()


def newest(child: Child, sign: int, most: int) -> list[tuple[int, str]]:
    """The acts of a sign that came to be known last: (number, day it did), latest first."""
    read = pl.LazyFrame(
        [(document, day[:10]) for document, day in child.graph.store.select(_READ).texts()],
        {"document": pl.String, "known": pl.String},
        orient="row",
    )
    told = acts(child).tellings.with_columns(pl.col("document").cast(pl.String))
    known = told.join(read, on="document").group_by("act").agg(pl.col("known").min())
    chosen = weighed(child).filter(pl.col("sign") == sign).join(known, on="act")
    ordered = chosen.sort("known", "day", "event", descending=True, nulls_last=True).head(most)
    return list(ordered.select("act", "known").collect().iter_rows())


def shown(child: Child, numbers: Sequence[int], *, every: bool = False) -> tuple[Card, ...]:
    """The acts of these numbers in brief, in their order."""
    table = acts(child, every=every)
    wanted = pl.LazyFrame({"act": list(numbers)}, {"act": pl.UInt32})
    iris = [
        iri
        for part in (table.acts, table.merged)
        for iri in part.join(wanted, on="act", how="semi").collect()["event"].to_list()
    ]
    found = acts_in_full(narrowed(child, iris), table, numbers, Names(child))
    return tuple(card(child, event) for event in found)


def _tie(child: Child, row: dict[str, object]) -> Tie:
    a, b = str(row["a"]), str(row["b"])
    counts = [int(str(row[name])) for name in ("confrontations", "cooperations", "consultations")]
    return Tie(
        short(a),
        short(b),
        label(child, a),
        label(child, b),
        counts[0],
        counts[1],
        counts[2],
        float(str(row["balance"])),
        int(str(row["sources"] or 0)),
    )
