"""What was told before: acts that "the decision", "the charge" or "it" may refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.sides import Side
from kg.extraction.events.words import (
    CHARGE_NOUNS,
    DEED_NOUNS,
    MEASURE_NOUNS,
    REQUEST_NOUNS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree
    from kg.reference.schemes import EventType

__all__ = ["Memory"]

_DEFINITE = frozenset(
    ("the", "this", "that", "these", "those", "such", "his", "her", "their", "its")
)
_PRONOUNS = frozenset(("it", "this", "that", "them", "which"))
_REACH = 6
_PRONOUN_REACH = 1
_HOSTILE = frozenset(
    ("accuse", "reject", "threaten", "sanction", "protest", "coerce", "assault", "mobilize")
)


class Memory:
    """The acts found so far, latest last."""

    def __init__(self, tree: Tree, types: Mapping[str, EventType]) -> None:
        self.tree = tree
        self.types = types
        self.drafts: list[Draft] = []

    def refers(self, i: int, actor: Side, sentence: int) -> Side:
        """The author of the act that the phrase headed by ``i`` takes up, or nobody."""
        wanted, reach = self._wanted(i)
        if not wanted:
            return Side()
        best: Draft | None = None
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > reach:
                break
            if draft.trigger[0] > i or not draft.actor or set(draft.actor.ids) & set(actor.ids):
                continue
            if "*" not in wanted and self.types[draft.type].top not in wanted:
                continue
            if set(draft.recipient.ids) & set(actor.ids):
                best = draft
                break
            best = best or draft
        if best is None:
            return Side()
        return Side(best.actor.ids, 0.65, "anaphora", ())

    def _wanted(self, i: int) -> tuple[frozenset[str], int]:
        tree, word = self.tree, self.tree.lower[i]
        if word in _PRONOUNS and i not in tree.annotated.actors:
            return frozenset("*"), _PRONOUN_REACH
        definite = any(tree.lower[k] in _DEFINITE for k in tree.children(i, "det", "nmod:poss"))
        plural = tree.tag[i] == "NNS"
        if not definite and not plural:
            return frozenset(), 0
        if word in CHARGE_NOUNS:
            return frozenset(("accuse", "reject", "threaten", "protest")), _REACH
        if word in MEASURE_NOUNS:
            return frozenset(("sanction", "threaten", "coerce")), _REACH
        if word in REQUEST_NOUNS:
            return frozenset(("request", "threaten", "agree")), _REACH
        if word in DEED_NOUNS and definite:
            return frozenset("*"), _REACH
        return frozenset(), 0

    def opponent(self, actor: Side, sentence: int, reach: int = 2) -> Side:
        """Whoever last did something hostile to ``actor``."""
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > reach:
                break
            hostile = self.types[draft.type].top in _HOSTILE
            if hostile and set(draft.recipient.ids) & set(actor.ids):
                return Side(draft.actor.ids, 0.5, "anaphora", ())
        return Side()
