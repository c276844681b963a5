"""An event on its way through the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.records import Issue, Modality, PartialDate

if TYPE_CHECKING:
    from kg.extraction.events.sides import Side

__all__ = ["Chances", "Draft"]


_ELSEWHERE = frozenset(("anaphora", "window"))  # how rules find sides that other sentences name


class Chances(NamedTuple):
    """What the learned models give an act, 0..1: that it is one, and that its sides are right."""

    act: float
    actor: float
    recipient: float


@dataclass(slots=True)
class Draft:
    """A found act before it is dated, clustered and written down.

    Attributes:
        type: notation of the event type.
        rule: frame or rule that found it.
        trigger: tokens that name the act.
        host: the verb that carries tense and modality.
        sentence: index of its sentence.
        joint: actors and recipients are the same participants.
        refusal: "will not accept": the negation makes the act.
        window: a side was only found by nearness.
        chances: what the learned models think of it; None when they were not asked.
        likely: entities → the chance by the sentence alone that the act is directed at them, and
            () → that it is at nobody known.
        fullness: how much its part of the document tells, 0..1.
    """

    type: str
    rule: str
    trigger: tuple[int, ...]
    host: int
    sentence: int
    actor: Side
    recipient: Side
    joint: bool = False
    window: bool = False
    refusal: bool = False
    modality: Modality = Modality.ASSERTED
    date: PartialDate | None = None
    date_origin: str = ""
    issues: tuple[Issue, ...] = ()
    venue: str = ""
    place: str = ""
    speaker: str | None = None
    confidence: float = 0.5
    chances: Chances | None = None
    fullness: float = 1.0
    likely: dict[tuple[str, ...], float] = field(default_factory=dict)
    also: list[int] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """True when a rule found the recipient in the words of the act itself."""
        return bool(self.recipient) and not self.learned and self.recipient.how not in _ELSEWHERE

    @property
    def learned(self) -> bool:
        """True when the learned models found it, and no rule."""
        return self.rule.startswith("learned.")
