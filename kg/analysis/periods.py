"""What tables are asked for: a period, what to split by, and how single acts are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.analysis.records import SignedEvent

__all__ = ["Details", "Grouping", "Period", "compared"]

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


def compared(period: Period, latest: date | None) -> tuple[Period | None, Period | None]:
    """The two stretches whose balances the trend compares."""
    end = period.until or latest
    if end is None:
        return None, None
    start = period.since or end - timedelta(days=364)
    now = Period(start, max(start, end))
    return now, now.previous
