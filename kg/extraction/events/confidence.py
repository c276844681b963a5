"""How likely an event is right, from how it was found.

Two logistic regressions, fitted on annotated documents (``python training/acts/calibrate.py``). For
acts that rules found: how directly each side was named, how sure the links are, which kind of rule
fired, modality, and what the learned models think of act, actor and target. For acts that the
models found: their own chances, and how much else the text tells, for in a match report a lone
"strike" is none.
"""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from kg.records import Modality

if TYPE_CHECKING:
    from kg.extraction.events.drafts import Draft

__all__ = ["LEAST", "LEAST_LEARNED", "TINY", "confidence", "credible", "evidence"]

LEAST = 0.12
"""Events of rules that are less likely than this are not reported."""

LEAST_LEARNED = 0.49
"""The same for those that only the learned models found, whose reasons nobody can read."""

RULES = (2.33, 0.52, 1.04, 0.79, 0.74)
"""Intercept and weights of a rule's evidence."""

LEARNED = (1.21, 1.05, 0.55, 0.99, 0.62)
"""Intercept and weights of the learned models' evidence."""

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
TINY = 0.1
"""Evidence below counts as this: no single doubt outweighs everything."""


def confidence(draft: Draft) -> float:
    """Probability that the event is right."""
    weights = LEARNED if draft.learned else RULES
    terms = (w * log(max(x, TINY)) for w, x in zip(weights[1:], evidence(draft), strict=True))
    return round(1 / (1 + exp(-weights[0] - sum(terms))), 3)


def credible(draft: Draft) -> bool:
    """True for events that are likely enough to be reported."""
    return draft.confidence >= (LEAST_LEARNED if draft.learned else LEAST)


def evidence(draft: Draft) -> tuple[float, ...]:
    """What the probability is computed from, each 0..1."""
    act, actor, recipient = draft.chances or (1.0, 1.0, 1.0)
    if draft.learned:
        return act, actor, recipient, draft.fullness
    return _directness(draft), act, actor, recipient


def _directness(draft: Draft) -> float:
    """How directly a rule found act and sides."""
    value = _BASE * _HOW[draft.actor.how] * draft.actor.confidence
    if draft.recipient:
        value *= _HOW[draft.recipient.how] * draft.recipient.confidence
    else:
        value *= _OPEN
    if draft.rule.startswith("speech."):
        value *= _SPEECH
    return value * _MODALITY[draft.modality]
