"""Dyads: what passed between two parties, counted, weighed and compared with the period before."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.analysis.levels import pairs
from kg.analysis.records import Dyad, SignedEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.analysis.levels import Keys

__all__ = ["Grouping", "Period", "dyads", "rank_alliances", "rank_rifts"]


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
    events: Sequence[SignedEvent],
    keys: Keys,
    labels: dict[str, str],
    period: Period,
    grouping: Grouping = Grouping.PAIR,
) -> list[Dyad]:
    """One dyad for each pair (and group) that has an event in the period.

    The trend is the balance of the last stretch less that of the stretch before it: with a
    bounded period these are the period and its predecessor; otherwise the last 365 days up to
    the latest dated event (or ``until``) and the 365 days before.
    """
    gathered: dict[tuple[str, str, str], list[SignedEvent]] = defaultdict(list)
    ties: dict[tuple[str, str], list[SignedEvent]] = defaultdict(list)
    for event in events:
        for pair in pairs(event, keys):
            ties[pair].append(event)
            if period.holds(event):
                for group in _groups(event, grouping):
                    gathered[*pair, group].append(event)
    latest = [e.date.last for group in ties.values() for e in group if e.date]
    now, before = _compared(period, max(latest, default=None))
    return [
        _dyad((a, b), group, found, labels, _trend(ties[a, b], group, grouping, now, before))
        for (a, b, group), found in gathered.items()
    ]


def rank_rifts(found: Iterable[Dyad]) -> list[Dyad]:
    """Pairs with a confrontation, the greatest mass of conflict first."""
    conflicts = (dyad for dyad in found if dyad.confrontations)
    return sorted(conflicts, key=lambda d: (-d.conflict, d.balance, d.group, d.a, d.b))


def rank_alliances(found: Iterable[Dyad]) -> list[Dyad]:
    """Pairs with a cooperative event, the greatest mass of cooperation first."""
    cooperative = (dyad for dyad in found if dyad.cooperations)
    return sorted(cooperative, key=lambda d: (-d.cooperation, -d.balance, d.group, d.a, d.b))


def _groups(event: SignedEvent, grouping: Grouping) -> tuple[str, ...]:
    if grouping is Grouping.MONTH:
        return (str(event.date)[:7] if event.date and event.date.month else "undated",)
    if grouping is Grouping.ISSUE:
        return event.issues or ("other",)
    return ("",)


def _compared(period: Period, latest: date | None) -> tuple[Period | None, Period | None]:
    """The two stretches whose balances the trend compares."""
    end = period.until or latest
    if end is None:
        return None, None
    start = period.since or end - timedelta(days=364)
    now = Period(start, max(start, end))
    return now, now.previous


def _trend(
    events: list[SignedEvent],
    group: str,
    grouping: Grouping,
    now: Period | None,
    before: Period | None,
) -> float | None:
    if grouping is Grouping.MONTH or now is None or before is None:
        return None
    inside = [e for e in events if group in _groups(e, grouping)]
    earlier = [e.signed_weight for e in inside if e.date and before.holds(e)]
    if not earlier:
        return None
    return sum(e.signed_weight for e in inside if e.date and now.holds(e)) - sum(earlier)


def _dyad(
    pair: tuple[str, str],
    group: str,
    events: list[SignedEvent],
    labels: dict[str, str],
    trend: float | None,
) -> Dyad:
    a, b = sorted(pair, key=lambda iri: (labels.get(iri, iri), iri))
    signs = Counter(event.sign for event in events)
    issues = Counter(issue for event in events for issue in event.issues)
    conflict = sum(event.weight for event in events if event.sign < 0)
    cooperation = sum(event.weight for event in events if event.sign > 0)
    return Dyad(
        a=a,
        b=b,
        group=group,
        confrontations=signs[-1],
        cooperations=signs[1],
        consultations=signs[0],
        balance=cooperation - conflict,
        conflict=conflict,
        cooperation=cooperation,
        trend=trend,
        issues=tuple(sorted(issues, key=lambda code: (-issues[code], code))),
        undated=sum(event.date is None for event in events),
        events=tuple(sorted(events, key=lambda e: (-e.weight, e.iri))),
    )
