"""Figures over all acts of a store, from the columnar view: quick at any size."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

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
    from kg.analysis.levels import Keys
    from kg.serve.jobs.records import Card
    from kg.serve.worker import Child

__all__ = ["acts", "keys_of", "latest", "period_of", "shown", "tie_table", "weighed"]

_FIGURES = (
    (pl.col("sign") < 0).sum().alias("confrontations"),
    (pl.col("sign") > 0).sum().alias("cooperations"),
    (pl.col("sign") == 0).sum().alias("consultations"),
    pl.col("tone").sum().alias("balance"),
)


def acts(child: Child, *, every: bool = False) -> Acts:
    """The acts that happened, or with ``every`` those of any status."""
    statuses = tuple(Status) if every else (Status.REALISED,)
    found: Acts = child.remembered(f"acts-{every}", lambda: child.graph.acts(statuses))
    return found


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


def keys_of(level: str, party: str = "", other: str = "") -> Keys:
    """Under which IRIs a party counts: at a level, or only around one or two chosen sides."""
    if party:
        return between(full(party), full(other) if other else None, Level(level))
    return side_keys(Level(level))


def tie_table(
    child: Child, keys: Keys, period: Period, issue: str = ""
) -> tuple[tuple[Tie, ...], int]:
    """A tie for each pair with a signed act, by names; and how many undated acts are concerned."""
    table = acts(child)
    chosen = weighed(child)
    if issue:
        chosen = chosen.filter(pl.col("issues").list.contains(issue))
    all_ties = tied(table, keys)
    undated = all_ties.select("act").unique().join(
        chosen.filter(pl.col("day").is_null()), on="act", how="semi"
    )  # fmt: skip
    if not period.open:
        chosen = chosen.filter(within(period))
    rows = all_ties.join(chosen.select("act", "sign", "tone"), on="act")
    stories = rows.join(table.tellings.select("act", "story"), on="act")
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
    numbers = (
        chosen.sort("day", "weight", "event", descending=[True, True, False], nulls_last=True)
        .head(most)
        .select("act")
        .collect()["act"]
        .to_list()
    )
    return shown(child, numbers)


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
