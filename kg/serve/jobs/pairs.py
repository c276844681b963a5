"""What passed between two parties, in time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis import Level, Period, between, dyads, pairs, side_keys
from kg.errors import NotFoundError
from kg.records import Status
from kg.serve.jobs.acts import card, full, label, short
from kg.serve.jobs.overview import _tie as tie_of

if TYPE_CHECKING:
    from kg.analysis import SignedEvent
    from kg.serve.jobs.acts import Card
    from kg.serve.jobs.overview import Tie
    from kg.serve.worker import Child

__all__ = ["PairView", "Step", "pair"]

MOST = 300  # events shown in full


@dataclass(frozen=True, slots=True)
class Step:
    """The events of a month (or of a year, where there are many months), by sign."""

    when: str
    confrontations: int
    cooperations: int
    consultations: int


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair.

    Attributes:
        a, b: short id and name of the two.
        tie: the figures over all time; None when nothing that happened is signed or neutral.
        steps: in time, without gaps; undated events are in none.
        events: latest first, those without a date last, whatever became of them.
        hidden: how many more there are.
        undated: how many events that happened have no date.
    """

    a: tuple[str, str]
    b: tuple[str, str]
    tie: Tie | None
    steps: tuple[Step, ...]
    events: tuple[Card, ...]
    hidden: int
    undated: int


def pair(child: Child, one: str, other: str, level: str) -> PairView:
    """The timeline of two parties.

    Args:
        child: what to ask.
        one: short id of the first.
        other: short id of the second.
        level: person, polity or bloc for the events of these two parties at that level, as a table
            of the level counts them; "" for those of everybody who stands for either.

    Raises:
        NotFoundError: there is nothing between them.
    """
    left, right = full(one), full(other)
    if left == right:
        raise NotFoundError("a pair has two sides")
    try:
        events = child.graph.explain(f"{left},{right}").events
    except NotFoundError:
        events = ()
    keys = side_keys(Level(level)) if level else between(left, right, Level.POLITY)
    both = (min(left, right), max(left, right))
    events = tuple(event for event in events if both in pairs(event, keys))
    counted = [e for e in events if e.status is Status.REALISED and e.judged != "wrong"]
    names = {iri: label(child, iri) for iri in (left, right)}
    found = [d for d in dyads(counted, keys, names, Period()) if {d.a, d.b} == {left, right}]
    ordered = sorted(events, key=lambda e: (str(e.date or ""), e.weight, e.iri), reverse=True)
    return PairView(
        (short(left), names[left]),
        (short(right), names[right]),
        tie_of(found[0], names) if found else None,
        _steps(counted),
        tuple(card(child, event) for event in ordered[:MOST]),
        max(0, len(ordered) - MOST),
        sum(event.date is None for event in counted),
    )


def _steps(events: list[SignedEvent]) -> tuple[Step, ...]:
    """Months where they are known and not too many, else years."""
    months = [str(e.date)[:7] for e in events if e.date and e.date.month]
    dated = [e for e in events if e.date]
    if not dated:
        return ()
    by_month = (
        bool(months) and len(months) == len(dated) and _between(min(months), max(months)) <= 60
    )
    length = 7 if by_month else 4
    counts = Counter((str(e.date)[:length], e.sign) for e in dated)
    first, last = min(when for when, _ in counts), max(when for when, _ in counts)
    whens = _months(first, last) if by_month else [str(y) for y in range(int(first), int(last) + 1)]
    return tuple(Step(when, counts[when, -1], counts[when, 1], counts[when, 0]) for when in whens)


def _between(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])


def _months(first: str, last: str) -> list[str]:
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    span = _between(first, last)
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, start + span + 1)]
