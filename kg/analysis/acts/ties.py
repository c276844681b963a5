"""Ties: acts rolled up to pairs, one row for each act and pair."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import polars as pl

from kg.analysis.acts.table import Acts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis.levels import Keys
    from kg.analysis.periods import Period

__all__ = ["TIES", "ties", "tying", "within"]

TIES = pl.Schema({
    "act": pl.UInt32(),
    "a": pl.Categorical(),  # IRI, before b in the alphabet
    "b": pl.Categorical(),
    "direction": pl.Int8(),  # 1: a acted on b; -1: b on a; 0: both, as in a joint act
})  # fmt: skip
_PAIRS = pl.Schema({
    "actor": pl.UInt32(),
    "recipient": pl.UInt32(),
    "a": pl.Categorical(),
    "b": pl.Categorical(),
    "direction": pl.Int8(),
})  # fmt: skip


def ties(acts: Acts, keys: Keys) -> pl.LazyFrame:
    """Who is tied to whom by each act; a party is never tied to itself.

    Args:
        acts: the acts.
        keys: under which IRIs a party counts (``kg.analysis.levels``); asked once for each two
            parties that ever face each other, not for each act.

    Returns:
        One row for each act and unordered pair, sorted by both, with the columns ``TIES``. Join
        ``acts.weighed()`` on "act" for date, sign, weight and the rest.
    """
    met = acts.faces.select("actor", "recipient").unique().sort("actor", "recipient").collect()
    pairs = pl.LazyFrame(list(_pairs(met, acts, keys)), _PAIRS, orient="row")
    tied = acts.faces.join(pairs, on=["actor", "recipient"]).select(TIES.names())
    several = pl.col("act").is_duplicated()  # joint acts, and parties that count under two names
    both = pl.col("direction").n_unique() > 1
    direction = pl.when(both).then(0).otherwise(pl.col("direction").first()).cast(pl.Int8)
    found = tied.collect()
    joint = found.filter(several).group_by("act", "a", "b").agg(direction=direction)
    if joint.is_empty():
        return found.sort("act").lazy()
    return pl.concat([found.filter(~several), joint]).sort("act", "a", "b").lazy()


def tying(acts: Acts, keys: Keys) -> Acts:
    """Of the acts those that tie anybody, with their sides and evidence alone."""
    numbers = ties(acts, keys).select(pl.col("act").unique().sort()).collect().lazy()
    heads, faces, tellings = (
        table.join(numbers, on="act", how="semi", maintain_order="left").collect().lazy()
        for table in (acts.acts, acts.faces, acts.tellings)
    )
    return Acts(heads, faces, tellings, acts.parties, acts.merged)


def within(period: Period) -> pl.Expr:
    """The acts that surely lie in a period; undated ones only in the open one."""
    inside = pl.lit(True)
    if period.since:
        inside &= pl.col("day") >= period.since
    if period.until:
        inside &= pl.col("last") <= period.until
    return inside.fill_null(False)


def _pairs(met: pl.DataFrame, acts: Acts, keys: Keys) -> Iterator[tuple[int, int, str, str, int]]:
    for actor, recipient in met.iter_rows():
        one, other = acts.parties[actor], acts.parties[recipient]
        if not (mine := keys(one, (other,))):
            continue
        for a, b in sorted(product(mine, keys(other, (one,)))):
            if a != b:
                yield (actor, recipient, *sorted((a, b)), 1 if a < b else -1)
