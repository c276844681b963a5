"""How results show themselves in a notebook: as plain tables in which every text is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.reference.schemes import issues
from kg.views.embedding import table_html
from kg.views.report.model import signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.analysis import Dyad, SignedEvent
    from kg.analysis.rift import Estimate, PairTone
    from kg.analysis.time import Step

__all__ = ["dyads_html", "events_html", "facts_html", "pairs_html", "steps_html"]


def dyads_html(dyads: Sequence[Dyad], labels: Mapping[str, str], notes: Sequence[str]) -> str:
    """Pairs with their counts, balance and strongest sentence."""
    columns = {
        "a": "Party", "b": "Party", "group": "Group", "minus": "Confrontations",
        "plus": "Cooperative", "balance": "Balance", "issues": "Issues", "sources": "Sources",
        "quote": "Strongest evidence",
    }  # fmt: skip
    if not any(dyad.group for dyad in dyads):
        del columns["group"]
    rows = [
        {
            "a": labels.get(dyad.a, dyad.a),
            "b": labels.get(dyad.b, dyad.b),
            "group": dyad.group,
            "minus": dyad.confrontations,
            "plus": dyad.cooperations,
            "balance": signed(dyad.balance),
            "issues": _issues(dyad.issues[:3]),
            "sources": dyad.sources,
            "quote": _quote(dyad.events[0]) if dyad.events else "",
        }
        for dyad in dyads
    ]
    return table_html(columns, rows, notes=notes)


def events_html(subject: str, events: Sequence[SignedEvent], labels: Mapping[str, str]) -> str:
    """Events with the sentences that tell them."""
    columns = {
        "date": "Date", "sign": "Sign", "event": "Event", "quote": "Sentence",
        "document": "Document", "place": "Characters", "confidence": "Confidence",
    }  # fmt: skip
    rows = [
        {
            "date": str(event.date or "undated"),
            "sign": signed(event.intensity) if event.sign else "·",
            "event": event.label,
            "quote": piece.quote,
            "document": ", ".join(part for part in (piece.title, piece.outlet) if part),
            "place": f"{piece.start}–{piece.end}",
            "confidence": piece.confidence,
        }
        for event in events
        for piece in event.evidence
    ]
    return table_html(columns, rows, caption=subject)


def pairs_html(pairs: Sequence[PairTone], labels: Mapping[str, str], notes: Sequence[str]) -> str:
    """Pairs with their tone and its interval, or why there is none."""
    columns = {
        "a": "Party", "b": "Party", "tone": "Tone", "interval": "Interval", "events": "Events",
        "stories": "Stories", "why": "Why nothing is said",
    }  # fmt: skip
    rows = [
        {
            "a": labels.get(pair.a, pair.a),
            "b": labels.get(pair.b, pair.b),
            "tone": signed(pair.tone.value, 2) if pair.tone else "",
            "interval": _interval(pair.tone),
            "events": pair.support.events,
            "stories": pair.support.stories,
            "why": pair.abstained,
        }
        for pair in pairs
    ]
    return table_html(columns, rows, notes=notes)


def steps_html(steps: Sequence[Step], caption: str, notes: Sequence[str]) -> str:
    """What passed between two sides, window by window."""
    columns = {
        "window": "When", "minus": "Confrontations", "plus": "Cooperative",
        "zero": "Consultations", "tone": "Tone", "sources": "Sources",
    }  # fmt: skip
    rows = [
        {
            "window": step.window.label,
            "minus": step.confrontations,
            "plus": step.cooperations,
            "zero": step.consultations,
            "tone": signed(step.tone, 2),
            "sources": step.sources,
        }
        for step in steps
    ]
    return table_html(columns, rows, caption=caption, notes=notes)


def facts_html(caption: str, facts: Mapping[str, object]) -> str:
    """Facts by name."""
    rows = [{"name": name, "value": value} for name, value in facts.items()]
    return table_html({"name": caption, "value": ""}, rows)


def _issues(codes: Sequence[str]) -> str:
    known = issues()
    return ", ".join(known[code].label if code in known else code for code in codes)


def _quote(event: SignedEvent) -> str:
    return event.said or ""


def _interval(tone: Estimate | None) -> str:
    return f"{signed(tone.low, 2)} to {signed(tone.high, 2)}" if tone else ""
