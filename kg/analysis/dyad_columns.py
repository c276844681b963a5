"""Dyads by expressions over columns: a second for a million acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

import polars as pl

from kg.analysis.acts.ties import ties, within
from kg.analysis.periods import Grouping, Period, compared
from kg.analysis.records import Dyad, SignedEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis.acts.table import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.periods import Details

__all__ = ["ActEvents", "columns"]


class ActEvents(Sequence[SignedEvent]):
    """Acts of a pair, heaviest first, read from the store only when looked at.

    Args:
        order: acts of all pairs, columns "act" and "sign", those of a pair together.
        start: position of the pair's first.
        length: how many are the pair's.
        acts: tells the IRIs.
        details: reads acts by their numbers.
    """

    def __init__(
        self, order: pl.DataFrame, start: int, length: int, acts: Acts, details: Details
    ) -> None:
        self._order, self._start, self._length = order, start, length
        self._acts, self._details = acts, details

    @property
    def iris(self) -> list[str]:
        """Their IRIs."""
        return self._acts.iris(self._own["act"])

    def strongest(self, sign: int) -> SignedEvent | None:
        """The first of a sign."""
        found = self._own.filter(pl.col("sign") == sign).head(1)["act"].to_list()
        return self._details(found)[0] if found else None

    @property
    def _own(self) -> pl.DataFrame:
        return self._order.slice(self._start, self._length)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> SignedEvent: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[SignedEvent]: ...
    def __getitem__(self, index: int | slice) -> SignedEvent | Sequence[SignedEvent]:
        if isinstance(index, slice):
            return self._details(self._own["act"].to_list()[index])
        return self._details([self._own["act"].to_list()[index]])[0]

    def __iter__(self) -> Iterator[SignedEvent]:
        return iter(self._details(self._own["act"].to_list()))


def columns(
    acts: Acts,
    keys: Keys,
    labels: dict[str, str],
    period: Period,
    grouping: Grouping,
    details: Details,
    least: float = 0.0,
) -> list[Dyad]:
    """See ``kg.analysis.dyads.dyads``."""
    weighed = acts.weighed()
    if least > 0:
        weighed = weighed.filter(pl.col("confidence") >= least)
    facts = weighed.select(
        "act", "sign", "day", "last", "issues", "weight", "tone", "confidence",
        held=within(period),
    )  # fmt: skip
    tied = ties(acts, keys).join(facts, on="act", maintain_order="left").collect()
    now, before = compared(period, tied["last"].max())  # type: ignore[arg-type] # dates
    by = ["a", "b"] if grouping is Grouping.PAIR else ["a", "b", "group"]
    grouped = _grouped(tied, grouping)
    inside = grouped if period.open else grouped.filter("held")
    found = _summed(inside, acts, by)
    if grouping is not Grouping.MONTH and now and before:
        found = found.join(
            _trends(grouped, now, before, by), on=by, how="left", maintain_order="left"
        )
    else:
        found = found.with_columns(trend=pl.lit(None, pl.Float64))
    number = found.select(*by).with_row_index("pair")
    order = (
        inside.join(number, on=by)
        .sort("pair", "weight", "act", descending=[False, True, False])
        .select("act", "sign")
    )
    found = found.with_columns(pl.col("a", "b").cast(pl.String))
    if "group" not in by:
        found = found.with_columns(group=pl.lit(""))
    dyads, start = [], 0
    for row in found.iter_rows(named=True):
        length = row["confrontations"] + row["cooperations"] + row["consultations"]
        dyads.append(_dyad(row, labels, ActEvents(order, start, length, acts, details)))
        start += length
    return dyads


def _grouped(tied: pl.DataFrame, grouping: Grouping) -> pl.DataFrame:
    """One row for each act, pair and group."""
    if grouping is Grouping.MONTH:
        month = pl.col("day").dt.strftime("%Y-%m")
        known = month == pl.col("last").dt.strftime("%Y-%m")
        return tied.with_columns(group=pl.when(known).then(month).otherwise(pl.lit("undated")))
    if grouping is Grouping.ISSUE:
        issue = pl.col("issues").cast(pl.List(pl.String))
        other = pl.lit(["other"], pl.List(pl.String))
        return tied.with_columns(
            group=pl.when(pl.col("issues").list.len() > 0).then(issue).otherwise(other)
        ).explode("group")
    return tied


def _summed(inside: pl.DataFrame, acts: Acts, by: list[str]) -> pl.DataFrame:
    def of(sign: int) -> pl.Expr:
        return pl.col("weight").filter(pl.col("sign") == sign)

    sums = inside.group_by(by, maintain_order=True).agg(
        confrontations=of(-1).len(),
        cooperations=of(1).len(),
        consultations=of(0).len(),
        conflict=of(-1).sum(),
        cooperation=of(1).sum(),
        undated=pl.col("day").null_count(),
    )
    issues = (
        inside.select(*by, issue=pl.col("issues").cast(pl.List(pl.String)))
        .explode("issue")
        .drop_nulls("issue")
        .group_by(*by, "issue")
        .len()
        .sort("len", "issue", descending=[True, False])
        .group_by(by, maintain_order=True)
        .agg(issues="issue")
    )
    told = acts.tellings.select("act", "story").collect()
    sources = (
        inside.select(*by, "act").join(told, on="act").group_by(by)
        .agg(sources=pl.col("story").n_unique())
    )  # fmt: skip
    return sums.join(issues, on=by, how="left", maintain_order="left").join(
        sources, on=by, how="left", maintain_order="left"
    )


def _trends(grouped: pl.DataFrame, now: Period, before: Period, by: list[str]) -> pl.DataFrame:
    """The balance of one stretch less that of the stretch before, where that had any event."""
    dated = grouped.filter(pl.col("day").is_not_null())
    late, early = within(now), within(before)
    return (
        dated.group_by(by)
        .agg(
            late=pl.col("tone").filter(late).sum(),
            early=pl.col("tone").filter(early).sum(),
            any=early.any(),
        )
        .select(*by, trend=pl.when("any").then(pl.col("late") - pl.col("early")))
    )


def _dyad(row: dict[str, Any], labels: dict[str, str], events: ActEvents) -> Dyad:
    issues = row.pop("issues") or ()
    a, b = sorted((row.pop("a"), row.pop("b")), key=lambda iri: (labels.get(iri, iri), iri))
    balance = row["cooperation"] - row["conflict"]
    return Dyad(a=a, b=b, issues=tuple(issues), balance=balance, events=events, **row)
