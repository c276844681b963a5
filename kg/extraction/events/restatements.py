"""When two joint acts between different names are one: groups, and those who stand for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.sides import Side, merge
from kg.namespaces import entity_iri
from kg.records import ActorKind
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from datetime import date

    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.people import Cast
    from kg.extraction.events.tree import Tree

__all__ = ["Restatements"]

_EUROPE = str(entity_iri("bloc", "europe"))
_EUROPEAN = frozenset((_EUROPE, str(entity_iri("bloc", "eu"))))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "their", "its"))


def _alike(one: str, two: str) -> bool:
    """True for "G7" and "G7 summit"."""
    return one.lower() in two.lower() or two.lower() in one.lower()


class Restatements:
    """Compares joint acts ("American and European officials clashed", "the Smith-Jones row").

    They are one act when each participant of the one is, belongs to or speaks for a different
    participant of the other, no two named persons differ, neither day nor venue excludes it, and
    the text ties them together: by a common venue, by the same day, in a heading, or by a phrase
    that takes the act up as known.
    """

    def __init__(self, tree: Tree, cast: Cast) -> None:
        self.tree, self.cast = tree, cast

    @staticmethod
    def mutual(draft: Draft) -> None:
        """A clash has no side that acts alone, however the sentence is built."""
        if draft.type == "clash" and draft.recipient and not draft.joint:
            draft.joint = True
            draft.actor = draft.recipient = merge([draft.actor, draft.recipient])

    def same(self, one: Draft, two: Draft) -> bool:
        """True when two joint drafts of one class and status tell the same act."""
        if not (one.joint and two.joint) or self.pairs(one, two) is None:
            return False
        if one.venue and two.venue and not _alike(one.venue, two.venue):
            return False
        if one.place and two.place and one.place != two.place:
            return False
        kinds = {self.tree.annotated.sentences[d.sentence].kind for d in (one, two)}
        if "heading" in kinds:
            return True
        same_day = one.date is not None and one.date.day is not None and one.date == two.date
        same_venue = bool(one.venue and two.venue)
        if event_types()[two.type].sign < 0:
            return same_venue or same_day or self._taken_up(two)
        return same_venue and same_day

    def _taken_up(self, draft: Draft) -> bool:
        """True for "the clash", "this disagreement", "the Smith-Jones confrontation"."""
        tree = self.tree
        return any(
            tree.pos[t] in ("NOUN", "PROPN")
            and _DEFINITE & {tree.lower[k] for k in tree.children(t, "det", "nmod:poss")}
            for t in draft.trigger
        )

    def pairs(self, one: Draft, two: Draft) -> list[tuple[str, str]] | None:
        """Each participant of the one with its counterpart in the other; None without a match."""
        left, right = list(one.actor.ids), list(two.actor.ids)
        if len(left) != len(right):
            return None
        day = one.date or two.date
        on = day.first if day else None
        found = []
        for x in left:
            alike = [y for y in right if self._stands_for(x, y, on)]
            match = [y for y in right if y == x] or alike
            if not match:
                return None
            found.append((x, match[0]))
            right.remove(match[0])
        return found

    def _stands_for(self, x: str, y: str, on: date | None) -> bool:
        people = [self.cast.entities[i].kind is ActorKind.PERSON for i in (x, y)]
        if all(people):
            return False
        a, b = self.cast.polity(x), self.cast.polity(y)
        if not a or not b:
            return False
        return a == b or {a, b} == _EUROPEAN or self._member(a, b, on) or self._member(b, a, on)

    def _member(self, state: str, bloc: str, on: date | None) -> bool:
        """True for a European state beside Europe as a group, and for the states of the EU."""
        return bloc in _EUROPEAN and bloc in self.cast.blocs(state, on)

    def unite(self, kept: Draft, other: Draft) -> None:
        """Give the kept draft the named persons and the details of the other."""
        pairs = self.pairs(kept, other) or []
        ids = tuple(self._closer(x, y) for x, y in pairs)
        tokens = tuple(dict.fromkeys((*kept.actor.tokens, *other.actor.tokens)))
        best = max(kept.actor, other.actor, key=lambda side: side.confidence)
        kept.actor = kept.recipient = Side(ids, best.confidence, best.how, tokens)
        codes = {issue.code for issue in kept.issues}
        extra = tuple(i for i in other.issues if i.code not in codes)
        both = (*kept.issues, *extra)
        kept.issues = (tuple(i for i in both if i.code != "other") or both)[:2]

    def _closer(self, x: str, y: str) -> str:
        """A named person rather than the group behind, and a state or institution before Europe."""
        if self.cast.entities[y].kind is ActorKind.PERSON:
            return y
        if self.cast.entities[x].kind is ActorKind.PERSON:
            return x
        return y if self.cast.polity(x) == _EUROPE else x
