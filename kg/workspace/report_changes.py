"""What changed since the period before, in sentences."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from kg.analysis import Period, pairs
from kg.reference.schemes import issues
from kg.views.report.model import signed
from kg.workspace.report_figures import counted, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis import SignedEvent
    from kg.workspace.report_figures import Subject

__all__ = ["changes"]

YEAR = 364  # days after the first of a period of one year


def changes(subject: Subject, happened: Sequence[SignedEvent], period: Period) -> tuple[str, ...]:
    """Counts, tone, issues and counterparts of two periods set against each other.

    With both ends given these are the period and the equally long one before it; otherwise the
    last year up to the latest dated event (or ``until``) and the year before.
    """
    dated = [event for event in happened if event.date]
    end = period.until or max((e.date.last for e in dated if e.date), default=None)
    if end is None:
        return ("No event has a date, so nothing can be said about change.",)
    now = Period(period.since or end - timedelta(days=YEAR), end)
    before = now.previous
    assert before is not None  # both ends are set
    here = [event for event in dated if now.holds(event)]
    there = [event for event in dated if before.holds(event)]
    said = [
        f"Compared are {now.since} to {now.until} and {before.since} to {before.until}.",
        *_counts(here, there),
    ]
    if not there:
        said.append("Nothing is told of the period before: that is no evidence of calm.")
        return tuple(said)
    if subject.right:
        said.append(_tone(subject, happened, now, before))
    said += _new(subject, here, there)
    return tuple(said)


def _counts(here: Sequence[SignedEvent], there: Sequence[SignedEvent]) -> list[str]:
    now, before = (Counter(event.sign for event in part) for part in (here, there))
    rows = ((-1, "confrontation"), (1, "cooperative event"), (0, "consultation"))
    return [f"{counted(now[sign], name)}, {before[sign]:,} before." for sign, name in rows]


def _tone(subject: Subject, happened: Sequence[SignedEvent], now: Period, before: Period) -> str:
    found, earlier = (standing(subject, happened, part) for part in (now, before))
    if found.tone is None or earlier.tone is None:
        which = "this period" if found.tone is None else "the period before"
        reason = found.abstained or earlier.abstained
        return f"Whether the tone changed cannot be said; {which} has {reason}."
    apart = found.tone.high < earlier.tone.low or earlier.tone.high < found.tone.low
    verdict = "the intervals lie apart" if apart else "the intervals overlap, so it may be chance"
    return (
        f"Tone {signed(found.tone.value, 2)} ({signed(found.tone.low, 2)} to "
        f"{signed(found.tone.high, 2)}), before {signed(earlier.tone.value, 2)} "
        f"({signed(earlier.tone.low, 2)} to {signed(earlier.tone.high, 2)}): {verdict}."
    )


def _new(subject: Subject, here: Sequence[SignedEvent], there: Sequence[SignedEvent]) -> list[str]:
    concepts, said = issues(), []

    def about(events: Sequence[SignedEvent]) -> set[str]:
        return {code for event in events for code in event.issues}

    fresh = sorted(concepts[c].label if c in concepts else c for c in about(here) - about(there))
    if fresh:
        said.append(f"Issues that did not occur before: {', '.join(fresh)}.")
    if not subject.right:
        clashed = _clashes(subject, here) - _clashes(subject, there)
        if clashed:
            said.append(f"Confrontations that did not occur before: {'; '.join(sorted(clashed))}.")
    return said


def _clashes(subject: Subject, events: Sequence[SignedEvent]) -> set[str]:
    return {
        " – ".join(sorted((subject.name(a), subject.name(b))))
        for event in events
        if event.sign < 0
        for a, b in pairs(event, subject.keys)
    }
