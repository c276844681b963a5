"""Dyads: what passed between two parties, counted, weighed and compared with the period before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.analysis.acts.table import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.records import Dyad, SignedEvent

__all__ = ["Details", "Grouping", "Period", "compared", "dyads", "rank_alliances", "rank_rifts"]

Details = Callable[["Sequence[int]"], "Sequence[SignedEvent]"]
"""Numbers of acts → the acts themselves, in the same order."""


class Grouping(StrEnum):
    """What a table of dyads is split by; ``PAIR`` means one row for each pair."""

    PAIR = "pair"
    MONTH = "month"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included; an open end is None.

    >>> Period(date(2025, 2, 1), date(2025, 2, 28)).previous
    Period(since=datetime.date(2025, 1, 4), until=datetime.date(2025, 1, 31))
    """

    since: date | None = None
    until: date | None = None

    @property
    def open(self) -> bool:
        """True when nothing is excluded."""
        return self.since is None and self.until is None

    @property
    def previous(self) -> Period | None:
        """The equally long period just before; None when there is no start or end."""
        if self.since is None or self.until is None:
            return None
        length = self.until - self.since
        return Period(self.since - length - timedelta(days=1), self.since - timedelta(days=1))

    def holds(self, event: SignedEvent) -> bool:
        """True when the event surely lies in the period; an undated one only in the open one.

        A date known to the month or year must lie in the period with all the days it can mean.
        """
        if event.date is None:
            return self.open
        after = self.since is None or event.date.first >= self.since
        return after and (self.until is None or event.date.last <= self.until)


def dyads(
    events: Sequence[SignedEvent] | Acts,
    keys: Keys,
    labels: dict[str, str],
    period: Period,
    grouping: Grouping = Grouping.PAIR,
    details: Details | None = None,
    least: float = 0.0,
) -> list[Dyad]:
    """One dyad for each pair (and group) that has an event in the period.

    The trend is the balance of the last stretch less that of the stretch before it: with a
    bounded period these are the period and its predecessor; otherwise the last 365 days up to
    the latest dated event (or ``until``) and the 365 days before.

    Args:
        events: as objects, or in columns.
        keys: under which IRIs a party counts.
        labels: IRI → label; a pair stands in their alphabetical order.
        period: which events count.
        grouping: what the pairs are split by.
        details: reads the events of columns by their numbers, when somebody looks at them.
        least: events of less confidence are left out.
    """
    from kg.analysis.acts.table import Acts, acts_of  # noqa: PLC0415 - a circle otherwise
    from kg.analysis.dyad_columns import columns  # noqa: PLC0415 - loads Polars

    if isinstance(events, Acts):
        assert details is not None
        return columns(events, keys, labels, period, grouping, details, least)
    ordered = sorted(events, key=lambda event: event.iri)
    return columns(
        acts_of(ordered), keys, labels, period, grouping,
        lambda numbers: [ordered[number] for number in numbers], least,
    )  # fmt: skip


def rank_rifts(found: Iterable[Dyad]) -> list[Dyad]:
    """Pairs with a confrontation, the greatest mass of conflict first."""
    conflicts = (dyad for dyad in found if dyad.confrontations)
    return sorted(conflicts, key=lambda d: (-d.conflict, d.balance, d.group, d.a, d.b))


def rank_alliances(found: Iterable[Dyad]) -> list[Dyad]:
    """Pairs with a cooperative event, the greatest mass of cooperation first."""
    cooperative = (dyad for dyad in found if dyad.cooperations)
    return sorted(cooperative, key=lambda d: (-d.cooperation, -d.balance, d.group, d.a, d.b))


def compared(period: Period, latest: date | None) -> tuple[Period | None, Period | None]:
    """The two stretches whose balances the trend compares."""
    end = period.until or latest
    if end is None:
        return None, None
    start = period.since or end - timedelta(days=364)
    now = Period(start, max(start, end))
    return now, now.previous
