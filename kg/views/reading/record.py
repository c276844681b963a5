"""A reading as plain values for JSON (schema: docs/commands/read.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from kg.records import Claim, EventMention, Reading, Span

__all__ = ["event_rows", "reading_record"]

Record = dict[str, Any]


def reading_record(reading: Reading) -> Record:
    """Document, entities, offices, events and claims, each with its spans; keys never change."""
    return {
        "document": _document(reading),
        "extractor": reading.extractor,
        "version": reading.version,
        "entities": [
            {
                "id": entity.id,
                "name": entity.name,
                "kind": entity.kind.value,
                "reference": entity.reference,
                "of": entity.of or None,
                "members": list(entity.members),
                "mentions": [_span(span) for span in entity.mentions],
                **({"sector": entity.sector} if entity.sector else {}),
            }
            for entity in reading.entities
        ],
        "offices": [
            {
                "holder": office.holder,
                "office": office.office,
                "body": office.body,
                "body_reference": office.body_reference,
                "status": office.status.value or "current",
                "evidence": _span(office.evidence),
            }
            for office in reading.offices
        ],
        "events": [_event(number, event) for number, event in enumerate(reading.events, 1)],
        "claims": [_claim(claim) for claim in reading.claims],
    }


def event_rows(reading: Reading) -> list[Record]:
    """One row per event, for a table: names instead of ids."""
    return [
        {
            "number": number,
            "type": event.type,
            "actors": _names(reading, event.actors),
            "recipients": _names(reading, event.recipients),
            "modality": event.modality.value,
            "status": event.modality.status.value,
            "date": str(event.date) if event.date else None,
            "issues": [issue.code for issue in event.issues],
            "speaker": _names(reading, (event.speaker,))[0] if event.speaker else None,
            "confidence": round(event.confidence, 3),
            "rule": event.rule,
            "evidence": event.evidence.quote,
            "document": reading.document.id,
        }
        for number, event in enumerate(reading.events, 1)
    ]


def _names(reading: Reading, ids: tuple[str, ...]) -> list[str]:
    return [reading.by_id[key].name if key in reading.by_id else key for key in ids]


def _document(reading: Reading) -> Record:
    document = reading.document
    return {
        "id": document.id,
        "title": document.title,
        "published": str(document.published) if document.published else None,
        "published_origin": document.published_origin or None,
        "outlet": document.outlet,
        "author": document.author,
        "source": document.source,
        "media_type": document.media_type,
        "language": document.language,
        "sha256": document.sha256,
        "text": document.text,
    }


def _event(number: int, event: EventMention) -> Record:
    kind = event_types()[event.type]
    return {
        "number": number,
        "type": event.type,
        "class": kind.top,
        "polarity": kind.polarity.value,
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "modality": event.modality.value,
        "status": event.modality.status.value,
        "date": str(event.date) if event.date else None,
        "date_origin": event.date_origin or None,
        "venue": event.venue or None,
        "place": event.place or None,
        "issues": [{"code": issue.code, "text": issue.text} for issue in event.issues],
        "speaker": event.speaker,
        "confidence": round(event.confidence, 3),
        "rule": event.rule,
        "trigger": _span(event.trigger),
        "evidence": _span(event.evidence),
        "also": [_span(span) for span in event.also],
    }


def _claim(claim: Claim) -> Record:
    return {
        "claimant": claim.claimant,
        "issue": claim.issue,
        "polarity": claim.polarity.value,
        "gist": _span(claim.gist),
        "rebuts": _span(claim.rebuts) if claim.rebuts else None,
    }


def _span(span: Span) -> Record:
    return {"start": span.start, "end": span.end, "text": span.quote}
