"""A reading in the schema of the annotations, so that any scorer can compare the two."""

from __future__ import annotations

from typing import Any

from kg.records import EventMention, Polarity, Reading, Span
from kg.reference.schemes import event_types

__all__ = ["prediction"]


def prediction(document_id: str, reading: Reading) -> dict[str, Any]:
    """One prediction file: entities, offices and events with spans into the text."""
    return {
        "id": document_id,
        "extractor": f"{reading.extractor} {reading.version}",
        "entities": [
            {
                "id": entity.id,
                "name": entity.name,
                "type": entity.kind.value,
                "mentions": [_span(span) for span in entity.mentions],
                **({"of": entity.of} if entity.of else {}),
                **({"members": list(entity.members)} if entity.members else {}),
            }
            for entity in reading.entities
        ],
        "offices": [
            {
                "holder": office.holder,
                "office": f"{office.office} ({office.status.value})"
                if office.status
                else office.office,
                "body": office.body,
                "evidence": _span(office.evidence),
            }
            for office in reading.offices
        ],
        "events": [_event(f"v{n}", event) for n, event in enumerate(reading.events, 1)],
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.quote}


def _event(event_id: str, event: EventMention) -> dict[str, Any]:
    kind = event_types()[event.type]
    return {
        "id": event_id,
        "polarity": kind.polarity.value if kind.sign else Polarity.NEUTRAL.value,
        "plover": kind.top.upper(),
        "type": event.type,
        "source": list(event.actors),
        "target": list(event.recipients),
        "issue": [{"code": issue.code, "text": issue.text} for issue in event.issues],
        "venue": event.venue or None,
        "place": event.place or None,
        "date": str(event.date) if event.date else None,
        "modality": event.modality.value,
        "reported_by": event.speaker,
        "evidence": _span(event.evidence),
        "also": [_span(span) for span in event.also],
        "confidence": round(event.confidence, 3),
        "rule": event.rule,
    }
