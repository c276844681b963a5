"""How likely an event is right, from how it was found.

The raw value multiplies what is known of the evidence: how directly each side was named, how sure
the links are, which kind of rule fired, and modality. ``CURVE`` turns it into a probability; it was
fitted on annotated documents (share of right events among those with that raw value).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.records import Modality

if TYPE_CHECKING:
    from kg.extraction.events.drafts import Draft

__all__ = ["CURVE", "LEAST", "confidence"]

CURVE = (
    (0.0, 0.05),
    (0.15, 0.35),
    (0.20, 0.45),
    (0.30, 0.58),
    (0.50, 0.68),
    (0.65, 0.74),
    (0.75, 0.76),
    (0.85, 0.87),
    (1.0, 0.88),
)
"""Raw value → probability, linear in between."""

LEAST = 0.35
"""Events less likely than this are not reported."""

_BASE = 0.85
_OPEN = 0.6
_SPEECH = 0.75
_HOW = {"name": 1.0, "office": 0.95, "owner": 0.85, "people": 0.8, "anaphora": 0.65, "window": 0.6}
_MODALITY = {
    Modality.ASSERTED: 1.0,
    Modality.BACKGROUND: 0.95,
    Modality.NEGATED: 0.85,
    Modality.HYPOTHETICAL: 0.75,
}


def confidence(draft: Draft) -> float:
    """Probability that the event is right."""
    value = _BASE * _HOW[draft.actor.how] * draft.actor.confidence
    if draft.recipient:
        value *= _HOW[draft.recipient.how] * draft.recipient.confidence
    else:
        value *= _OPEN
    if draft.rule.startswith("speech."):
        value *= _SPEECH
    return round(_calibrated(value * _MODALITY[draft.modality]), 3)


def _calibrated(raw: float) -> float:
    for (low, below), (high, above) in pairwise(CURVE):
        if raw <= high:
            return below + (above - below) * (raw - low) / (high - low)
    return CURVE[-1][1]
