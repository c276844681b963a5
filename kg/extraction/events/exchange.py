"""Whom somebody deals with just now: the other side of the acts told so far."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.extraction.events.sides import Side
from kg.extraction.events.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.extraction.events.drafts import Draft
    from kg.reference.schemes import EventType

__all__ = ["CROWD", "HOSTILE", "MATERIAL", "REACH", "SPEAKER_REACH", "Exchange"]

REACH = 6
SPEAKER_REACH = 2
PARALLEL_REACH = 3
CROWD = 200
"""Acts that are looked back at, so that long texts stay linear."""
HOSTILE = words("accuse reject threaten sanction protest coerce assault mobilize")
MATERIAL = words(
    "sanction concede retreat assault coerce mobilize agree threaten cooperate aid protest"
)


class Exchange:
    """The acts told so far, and who stands on the other side of whom."""

    def __init__(
        self,
        types: Mapping[str, EventType],
        allied: Callable[[set[str], set[str]], bool] = lambda one, two: bool(one & two),
    ) -> None:
        self.types = types
        self.allied = allied
        self.concerned: Callable[[tuple[str, ...], tuple[str, ...]], bool] = lambda one, two: bool(
            set(one) & set(two)
        )
        self.polity: Callable[[tuple[str, ...]], tuple[str, ...]] = lambda ids: ids
        self.behind: Callable[[tuple[str, ...]], tuple[str, ...]] = lambda ids: ids
        self.principal: Callable[[tuple[str, ...]], tuple[str, ...]] = lambda ids: ids
        self.drafts: list[Draft] = []
        self._same: dict[tuple[tuple[str, ...], tuple[str, ...]], bool] = {}

    def same_side(self, one: Side, two: Side) -> bool:
        """True when somebody of the second side speaks for the first."""
        key = one.ids, two.ids
        if key not in self._same:
            self._same[key] = bool(two.ids) and self.allied(set(one.ids), set(two.ids))
        return self._same[key]

    def partner(self, actor: Side, sentence: int) -> Side:
        """Whom ``actor`` just dealt with, in this sentence or the one before."""
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > 1:
                break
            if set(draft.actor.ids) == set(actor.ids) and draft.recipient and not draft.joint:
                return Side(draft.recipient.ids, 0.55, "anaphora", ())
        return Side()

    def opponent(self, actor: Side, sentence: int, asked: bool = False) -> Side:
        """Whoever stood against ``actor`` last: the other side of the latest hostile act.

        Args:
            actor: who is answering.
            sentence: where.
            asked: whoever asked something of the actor counts, too.
        """
        own = set(actor.ids)
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > REACH:
                break
            top = self.types[draft.type].top
            if draft.joint or not draft.recipient:
                continue
            if asked and top == "request" and self.concerned(draft.recipient.ids, actor.ids):
                return Side(self.principal(draft.actor.ids), 0.55, "anaphora", ())
            if top not in HOSTILE:
                continue
            if self.concerned(draft.recipient.ids, actor.ids) and not set(draft.actor.ids) & own:
                return Side(self.polity(draft.actor.ids), 0.5, "anaphora", ())
            if any(self.allied({x}, own) for x in draft.actor.ids):
                return Side(self.polity(draft.recipient.ids), 0.5, "anaphora", ())
        return Side()

    def culprit(self, actor: Side, sentence: int) -> Side:
        """Whoever did last, in this sentence or the two before, what ``actor`` may resent."""
        loose: Draft | None = None
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > SPEAKER_REACH:
                break
            top = self.types[draft.type].top
            if top not in MATERIAL | HOSTILE or self.same_side(draft.actor, actor):
                continue
            if draft.recipient and self.allied(set(draft.recipient.ids), set(actor.ids)):
                return Side(self.polity(draft.actor.ids), 0.6, "anaphora", ())
            loose = loose or draft
        return Side(self.polity(loose.actor.ids), 0.5, "anaphora", ()) if loose else Side()

    def counterpart(self, actor: Side) -> Side:
        """Whom ``actor`` has to do with most in the document so far, the latest first."""
        counts: Counter[tuple[str, ...]] = Counter()
        for draft in reversed(self.drafts[-CROWD:]):
            if draft.joint or not draft.recipient:
                continue
            if self.same_side(draft.actor, actor):
                counts[draft.recipient.ids] += 1
            elif self.same_side(draft.recipient, actor):
                counts[draft.actor.ids] += 1
        return (
            Side(self.polity(counts.most_common(1)[0][0]), 0.45, "anaphora", ())
            if counts
            else Side()
        )

    def parallel(self, kind: str, actor: Side, sentence: int) -> Side:
        """Whom others just hit in the same way: "Latvia expels two Russians. Malta expels one"."""
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > PARALLEL_REACH:
                break
            if draft.type != kind or draft.joint or not draft.recipient:
                continue
            parties = {*draft.actor.ids, *draft.recipient.ids}
            if not any(self.allied({x}, set(actor.ids)) for x in parties):
                return Side(draft.recipient.ids, 0.6, "anaphora", ())
        return Side()

    def relieved(self, actor: Side, sentence: int) -> Side:
        """Whom the measures hit that ``actor`` now lifts: those of his own side, told before."""
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > 4 * REACH:
                break
            own = self.types[draft.type].top in ("sanction", "threaten") and not draft.joint
            if own and draft.recipient and self.same_side(actor, draft.actor):
                return Side(draft.recipient.ids, 0.65, "anaphora", ())
        return Side()

    def author(self, top: str, recipient: Side, sentence: int) -> Side:
        """Who did such a thing to others before: the agent a passive leaves out."""
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > 2 * REACH:
                break
            same = self.types[draft.type].top == top and not draft.joint and draft.actor
            if same and not self.allied(set(draft.actor.ids), set(recipient.ids)):
                return Side(self.polity(draft.actor.ids), 0.5, "anaphora", ())
        return Side()
