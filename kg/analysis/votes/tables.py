"""Agreement between states and blocs, by year, decade, session or issue."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from kg.analysis.votes.agreement import Agreement, agreement

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

__all__ = ["By", "Voters", "agreements"]

_CODE = {"yes": 0, "abstain": 1, "no": 2}
Members = "Callable[[str, date], tuple[str, ...]]"


class By(StrEnum):
    """What agreement is split by."""

    ALL = "all"
    YEAR = "year"
    DECADE = "decade"
    SESSION = "session"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Voters:
    """One side: a state, or a bloc, whose members of the day vote for it.

    Attributes:
        iri: of the state or bloc.
        members: IRIs of a bloc's members on a day; None for a state.
    """

    iri: str
    members: Callable[[str, date], tuple[str, ...]] | None = field(default=None, compare=False)

    def votes(self, cast: pl.DataFrame, calls: pl.DataFrame) -> pl.DataFrame:
        """Who voted how for this side: "call", "state", "vote" and "share", which adds up to 1.

        Roll calls without a date are left out for blocs: nobody knows who its members were.
        """
        if self.members is None:
            own = cast.filter(pl.col("state") == self.iri)
            return own.with_columns(share=pl.lit(1.0))
        members = self.members
        days = calls["date"].drop_nulls().unique().sort()
        dated = pl.DataFrame(
            [(day, state) for day in days for state in members(self.iri, day)],
            schema={"date": pl.Date, "state": pl.String},
            orient="row",
        )
        mine = calls.select("call", "date").join(dated, on="date").drop("date")
        found = cast.join(mine, on=["call", "state"], how="inner")
        return found.with_columns(share=1.0 / pl.len().over("call"))


def agreements(
    cast: pl.DataFrame, calls: pl.DataFrame, one: Voters, other: Voters, by: By = By.ALL
) -> list[tuple[str, Agreement]]:
    """How far two sides agree in each group, the groups in order.

    In a bloc each member that voted has an equal share of the bloc's one vote on a roll call; a
    state that belongs to the bloc of the other side is not compared with itself. In groups by
    issue, a roll call about two issues counts in both, one about none in "(no issue given)".

    Args:
        cast: columns "call", "state", "vote" (yes, abstain, no).
        calls: columns "call", "date", "session", "issues".
        one: a side.
        other: the other side.
        by: what to split by.
    """
    left = one.votes(cast, calls).select("call", a="state", x="vote", p="share")
    right = other.votes(cast, calls).select("call", b="state", y="vote", q="share")
    both = left.join(right, on="call").filter(pl.col("a") != pl.col("b"))
    both = both.with_columns(weight=pl.col("p") * pl.col("q"))
    both = both.with_columns(weight=pl.col("weight") / pl.col("weight").sum().over("call"))
    grouped = both.join(_groups(calls, by), on="call").drop_nulls("group")
    counts = grouped.group_by("group", "x", "y").agg(pl.col("weight").sum())
    found = []
    for (group,), rows in sorted(counts.group_by("group"), key=lambda item: str(item[0][0])):
        table = np.zeros((3, 3))
        for x, y, weight in rows.select("x", "y", "weight").sort("x", "y").iter_rows():
            table[_CODE[x], _CODE[y]] += weight
        result = agreement(table)
        if result is not None:
            found.append((str(group), result))
    return sorted(found, key=lambda item: (len(item[0]), item[0])) if by is By.SESSION else found


def _groups(calls: pl.DataFrame, by: By) -> pl.DataFrame:
    """Each roll call with each group it counts in."""
    year = pl.col("date").dt.year()
    if by is By.ISSUE:
        issues = pl.when(pl.col("issues").list.len() > 0).then("issues")
        named = issues.otherwise(pl.lit(["(no issue given)"]))
        return calls.select("call", group=named).explode("group")
    group = {
        By.ALL: pl.lit("all"),
        By.YEAR: year.cast(pl.String),
        By.DECADE: (year // 10 * 10).cast(pl.String) + "s",
        By.SESSION: pl.col("session"),
    }[by]
    return calls.select("call", group=group)
