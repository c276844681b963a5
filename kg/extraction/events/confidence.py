"""How likely an event is right, from how it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import Modality

if TYPE_CHECKING:
    from kg.extraction.events.drafts import Draft

__all__ = ["confidence"]

_BASE = 0.85
_HOW = {"name": 1.0, "office": 0.95, "owner": 0.85, "people": 0.8, "anaphora": 0.65, "window": 0.6}
_MODALITY = {
    Modality.ASSERTED: 1.0,
    Modality.BACKGROUND: 0.95,
    Modality.NEGATED: 0.85,
    Modality.HYPOTHETICAL: 0.75,
}


def confidence(draft: Draft, top: str) -> float:
    """Probability that the event is right: rule, directness of both sides, links, modality."""
    value = _BASE
    value *= _HOW.get(draft.actor.how, 0.8) * draft.actor.confidence
    if draft.recipient:
        value *= _HOW.get(draft.recipient.how, 0.8) * draft.recipient.confidence
    else:
        value *= 0.6
    if draft.rule.startswith("speech."):
        value *= 0.75
    value *= _MODALITY[draft.modality]
    return round(min(max(value, 0.05), 0.95), 3)
