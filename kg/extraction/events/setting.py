"""Where an act happened: forum or channel, and place, of its own words or of the scene it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.events.seats import Seats
from kg.extraction.events.story import actors_in, in_paragraph
from kg.extraction.events.words import SAY
from kg.records import ActorKind, Modality, PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.extraction.annotation import Annotated
    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.people import Cast
    from kg.extraction.events.tree import Tree

__all__ = ["Setting"]

_TELEPHONE = re.compile(
    r"\b(?:tele)?phon(?:e|ed|es|ing)\b|\b(?:by|on the|over the) phone\b"
    r"|\b(?:phone|telephone|video) (?:call|conversation|conference)\b",
    re.IGNORECASE,
)
_SCENE_WORDS = re.compile(
    r"\bon the (?:sidelines|margins)\b"
    r"|\b(?:during|at|in|of|after|from|before) (?:the|this|that|their|these|those) (?:\w+ ){0,2}?"
    r"(?:session|meeting|summit|talks|conference|gathering|forum|panel|encounter|visit|event"
    r"|call|conversation|discussions?|dinner|lunch|exchange)\b"
    r"|^\W*(?:the|this|that|their) (?:\w+ ){0,2}?"
    r"(?:exchange|clash|confrontation|incident|disagreement|debate|row|session|meeting|talks"
    r"|two (?:leaders|sides|men|women|presidents|ministers))\b",
    re.IGNORECASE,
)
_TALKS = frozenset(("consult", "support", "request", "agree", "cooperate"))
_MEETINGS = frozenset(("consult", "agree", "cooperate", "protest"))
_TALKING = re.compile(r"\b(?:talks|summit|meeting|conference|session|negotiations)\b")
_MOTION = frozenset(("fly", "travel", "go", "come", "head", "return", "hurry", "journey"))
_WHERE = frozenset(("in", "at", "near", "outside", "inside", "around"))
_FORCE = frozenset(("on", "over", "against", "across", "into"))
_FORCEFUL = frozenset(("assault", "mobilize", "coerce"))
_CHAMBER = re.compile(
    r"\b(?:House of|Commons|Senate|Congress|Parliament|Assembly|Council|Bundestag|Committee)\b"
)
_CARRY = 6
_CROWD, _HEAD = 40, 1000  # actors and characters looked at, so that long texts stay linear


@dataclass(slots=True)
class _Scene:
    """A meeting or conversation: where it is, when, who is there and how far it has been told."""

    venue: str
    place: str
    date: PartialDate | None
    actors: set[str]
    sentence: int


class Setting:
    """Places and venues of a document's acts, told in text order.

    A place or a venue counts when it stands in the clause of the act or of the saying it is part
    of. An act without any belongs to the scene before it when the text says so ("during the
    session") or both its sides are there on the same day. A conference that the title or a heading
    names holds for everything that is asserted without another place.
    """

    def __init__(self, annotated: Annotated, tree: Tree, cast: Cast) -> None:
        self.annotated, self.tree, self.cast = annotated, tree, cast
        self.places, self.venues = sorted(annotated.places), sorted(annotated.venues)
        self.seats = Seats(annotated, cast.world)
        self.scene: _Scene | None = None
        headed = self.seats.headed()
        self.frame = _Scene(*headed, None, set(), 0) if headed else None
        self.dateline = self.seats.dateline()

    # ------------------------------------------------------------------ one act

    def set(self, draft: Draft, top: str = "") -> None:
        """Fill venue and place of an act, if the text gives them.

        Args:
            draft: the act, already dated.
            top: its class.
        """
        self._find(draft, top)
        draft.venue = self.seats.label(draft.venue) if draft.venue else ""

    def _find(self, draft: Draft, top: str) -> None:
        draft.venue = self._channel(draft, top) or self._own(draft, self.venues, self._is_venue)
        if not draft.venue:
            draft.venue = self._audience(draft)
        draft.place = self._own(draft, self.places, lambda i, d: self._is_place(i, d, top))
        if draft.venue and not draft.place and draft.venue != "telephone":
            draft.place = self.seats.seat(draft.venue)
        if draft.modality is Modality.HYPOTHETICAL:
            return
        if not draft.venue and not draft.place and self._at_dateline(draft, top):
            draft.place = self.dateline
        if draft.venue or draft.place:
            self._open(draft)
        elif self.scene and self._continues(draft, self.scene, top):
            self._enter(draft, self.scene)
        elif self.frame and self._framed(draft, self.frame):
            self._enter(draft, self.frame)

    def _open(self, draft: Draft) -> None:
        """An act with a setting of its own begins a scene, or goes on with the one before."""
        actors = actors_in(self.tree, draft.sentence)
        if self.frame and not draft.venue and draft.place == self.frame.place:
            draft.venue = self.frame.venue
        if self.frame and draft.venue == self.frame.venue:
            draft.place = draft.place or self.frame.place
            self.frame.place = self.frame.place or draft.place
            self.frame.date = self.frame.date or draft.date
        old = self.scene
        if old and draft.venue in ("", old.venue) and draft.place in ("", old.place):
            actors |= old.actors if len(old.actors) < _CROWD else set()
            draft.venue = draft.venue or (old.venue if old.sentence == draft.sentence else "")
            draft.place = draft.place or old.place
        self.scene = _Scene(draft.venue, draft.place, draft.date, actors, draft.sentence)

    def _enter(self, draft: Draft, scene: _Scene) -> None:
        draft.venue, draft.place = scene.venue, scene.place
        if scene is self.scene:
            scene.sentence = draft.sentence
            scene.actors |= {*draft.actor.ids, *draft.recipient.ids}
        elif draft.date is None and scene.date is not None:
            draft.date = PartialDate(scene.date.year, scene.date.month)
            draft.date_origin = f"month of {scene.venue}"

    def _at_dateline(self, draft: Draft, top: str) -> bool:
        """True for meetings and the like that open a report from that city."""
        if not self.dateline or self.scene or self.frame:
            return False
        sentence = self.annotated.sentences[draft.sentence]
        if "\n" in self.annotated.document.text[: sentence.span.start].strip():
            return False
        return top in _MEETINGS or bool(_TALKING.search(sentence.span.quote))

    def _continues(self, draft: Draft, scene: _Scene, top: str) -> bool:
        if scene.venue == "telephone" and top not in _TALKS:
            return False
        if draft.modality is Modality.BACKGROUND or draft.sentence - scene.sentence > _CARRY:
            return False
        if draft.date and scene.date and draft.date != scene.date:
            return False
        words = self.annotated.sentences[draft.sentence].span.quote[:_HEAD]
        if draft.sentence != scene.sentence and _SCENE_WORDS.search(words):
            return True
        near = in_paragraph(self.tree, scene.sentence, draft.sentence)
        known = all(
            any(self.cast.allied({x}, {y}) for x in ids for y in sorted(scene.actors))
            for ids in (draft.actor.ids, draft.recipient.ids)
            if ids
        )
        same_day = draft.date is not None and draft.date == scene.date
        if scene.date and not same_day:
            return False
        return known and (near or (bool(scene.venue) and same_day))

    def _framed(self, draft: Draft, frame: _Scene) -> bool:
        """True for what is asserted without a date that the conference excludes."""
        if draft.modality is Modality.BACKGROUND:
            return False
        return not (draft.date and frame.date) or str(draft.date)[:7] == str(frame.date)[:7]

    # ------------------------------------------------------------------ words

    def _channel(self, draft: Draft, top: str) -> str:
        if top not in _TALKS:
            return ""
        first, last = self.tree.bounds(draft.trigger[0])
        low, high = max(first, draft.trigger[0] - 8), min(last, draft.trigger[-1] + 9)
        if draft.type == "phone" or _TELEPHONE.search(" ".join(self.tree.lower[low:high])):
            return "telephone"
        return ""

    def _audience(self, draft: Draft) -> str:
        """The chamber that is told ("told the House of Commons that …")."""
        for verb in (draft.host, *self.tree.ancestors(draft.host)):
            if self.tree.lemma[verb] in SAY or self.tree.lemma[verb] == "address":
                for i in self.tree.children(verb, "obj", "iobj", "obl"):
                    for entity_id in self.annotated.actors.get(i, ()):
                        name = self.annotated.entities[entity_id].name
                        if entity_id not in draft.recipient.ids and _CHAMBER.search(name):
                            return name
        return ""

    def _own(self, draft: Draft, tokens: list[int], fits: Callable[[int, Draft], bool]) -> str:
        names = self.annotated.venues if tokens is self.venues else self.annotated.places
        sentence = self.annotated.sentences[draft.sentence]
        inside = [i for i in tokens if sentence.first <= i < sentence.last]
        found = [i for i in inside if i not in draft.trigger and fits(i, draft)]
        if not found and tokens is self.venues and len(inside) == 1:
            found = [i for i in inside if self._beside(i)]
        if not found:
            return ""
        return names[min(found, key=lambda i: (abs(i - draft.trigger[0]), i))]

    def _beside(self, i: int) -> bool:
        """True for the one conference or chamber of a sentence, outside its relative clauses."""
        nodes = (i, *self.tree.ancestors(i))
        if any(self.tree.label[n] in ("acl:relcl", "acl") for n in nodes):
            return False
        kind = self.seats.kind(self.annotated.venues[i])
        return kind is not ActorKind.BLOC and bool({"at", "in", "during"} & self.tree.cases(i))

    def _is_venue(self, i: int, draft: Draft) -> bool:
        kind = self.seats.kind(self.annotated.venues[i])
        cases = self.tree.cases(i)
        if kind in (ActorKind.BLOC, ActorKind.STATE) and "at" not in cases:
            return False
        return self._reaches(i, draft)

    def _is_place(self, i: int, draft: Draft, top: str) -> bool:
        cases = self.tree.cases(i)
        if "to" in cases and self.tree.lemma[self.tree.head[i]] in _MOTION:
            return self._reaches(i, draft)
        if cases and not cases & (_WHERE | (_FORCE if top in _FORCEFUL else frozenset())):
            return False
        if self.seats.kind(self.annotated.places[i]) is ActorKind.STATE:
            party = i in draft.actor.tokens or i in draft.recipient.tokens
            return not party and self.tree.head[i] in (draft.host, *draft.trigger)
        return self._reaches(i, draft)

    def _reaches(self, i: int, draft: Draft) -> bool:
        """True when the words stand in the clause of the act, or of a clause above it."""
        tree = self.tree
        chain = {draft.host, *draft.trigger, *tree.ancestors(draft.host)}
        chain.update(n for t in draft.trigger for n in tree.ancestors(t))
        for node in (i, *tree.ancestors(i)):
            if node in chain:
                return True
            if tree.label[node] in ("acl:relcl", "acl", "advcl", "ccomp", "parataxis"):
                return False
            if tree.label[node] == "conj" and tree.is_verb(node):
                return False
        return tree.head[i] == i
