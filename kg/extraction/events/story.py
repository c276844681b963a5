"""The running date of a story: which acts go on from one whose date the text has told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.records import PartialDate, Precision

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree

__all__ = ["Story", "actors_in", "in_paragraph", "is_aside"]

_CARRY = 8
_NEWS_CARRY, _NEWS_DAYS = 4, 1
_CROWD = 40  # actors of one day that are remembered, so that long texts stay linear
_HEAD = 1000  # characters of a sentence that are searched, for the same reason
_PAST = frozenset(("VBD", "VBN", "VBG", "NN", "NNS", "VB"))
_GOING_ON = re.compile(
    r"\bon the sidelines\b"
    r"|\b(?:during|at) the (?:same )?(?:session|meeting|talks|summit|dinner|lunch)\b"
    r"|\b(?:immediately|at once|instantly|shortly after(?:wards)?|moments later|in the same \w+)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Anchor:
    """A told date, the sentence that tells it and everybody who has taken part so far."""

    when: PartialDate
    sentence: int
    actors: set[str]
    doubtful: bool = False


def actors_in(tree: Tree, number: int) -> set[str]:
    """All actors a sentence mentions."""
    sentence = tree.annotated.sentences[number]
    actors = tree.annotated.actors
    return {x for i in range(sentence.first, sentence.last) for x in actors.get(i, ())}


def in_paragraph(tree: Tree, one: int, two: int) -> bool:
    """True when two sentences, in text order, have no line break between them."""
    sentences = tree.annotated.sentences
    start, end = sentences[one].span.end, sentences[two].span.start
    return "\n" not in tree.annotated.document.text[start:end]


def is_aside(tree: Tree, draft: Draft) -> bool:
    """True for acts told in a relative clause, beside the story."""
    nodes = (draft.host, *tree.ancestors(draft.host))
    return any(tree.label[i] in ("acl:relcl", "acl") for i in nodes)


class Story:
    """The latest date told, and who acted then.

    An act without date words belongs to that date when it is told in the simple past, in the same
    paragraph by one of its actors or to one of them, or further on between two of them.
    """

    def __init__(self, tree: Tree, allied: Callable[[set[str], set[str]], bool]) -> None:
        self.tree, self.allied = tree, allied
        self.anchor: _Anchor | None = None

    def tell(self, when: PartialDate, sentence: int) -> None:
        """A sentence tells a date; one that tells two leaves open which of them goes on."""
        last, actors = self.anchor, actors_in(self.tree, sentence)
        if last and last.when == when and len(last.actors) < _CROWD:
            actors |= last.actors
        doubtful = last is not None and last.sentence == sentence and last.when != when
        self.anchor = _Anchor(when, sentence, actors, doubtful)

    @property
    def when(self) -> PartialDate | None:
        """The latest date told."""
        return self.anchor.when if self.anchor else None

    @property
    def day(self) -> date | None:
        """The latest date told, if it is a day."""
        known = self.when is not None and self.when.precision is Precision.DAY
        return self.when.first if known and self.when else None

    def continues(self, draft: Draft) -> bool:
        """True when an act goes on from the date told last; its actors then belong to it."""
        anchor = self._within(_CARRY, draft)
        if anchor is None or not self._told_on(draft):
            return False
        if self._elsewhere(draft, anchor) or not self._joined(draft, anchor):
            return False
        anchor.actors |= {*draft.actor.ids, *draft.recipient.ids}
        anchor.sentence = draft.sentence
        return True

    def is_news(self, draft: Draft, published: date) -> bool:
        """True for what a dispatch tells in the simple past, right after today's or yesterday's.

        Whoever acts: what is older it dates.
        """
        anchor = self._within(_NEWS_CARRY, draft)
        if anchor is None or not 0 <= (published - anchor.when.first).days <= _NEWS_DAYS:
            return False
        simple = self.tree.tag[draft.host] == "VBD" and self._told_on(draft)
        return simple and not is_aside(self.tree, draft)

    def _within(self, reach: int, draft: Draft) -> _Anchor | None:
        """The date told last, if that is clear and not too many sentences before the act."""
        anchor = self.anchor
        if anchor is None or anchor.doubtful:
            return None
        return anchor if 0 <= draft.sentence - anchor.sentence <= reach else None

    def _told_on(self, draft: Draft) -> bool:
        """In the simple past; what is said is as old as the saying."""
        tree = self.tree
        if draft.rule.startswith("speech."):
            return True
        if tree.tag[draft.host] not in _PAST or tree.pluperfect(draft.host):
            return False
        return not {"has", "have", "'ve", "’ve"} & set(tree.auxiliaries(draft.host))

    def _elsewhere(self, draft: Draft, anchor: _Anchor) -> bool:
        """True when the sentence opens at a place that the date was not told of."""
        annotated, tree = self.tree.annotated, self.tree
        sentence = annotated.sentences[draft.sentence]
        fronted = {
            annotated.places[i]
            for i in range(sentence.first, draft.trigger[0])
            if i in annotated.places and {"in", "at"} & tree.cases(i) and tree.label[i] == "obl"
        }
        told = annotated.sentences[anchor.sentence]
        known = {annotated.places.get(i) for i in range(told.first, told.last)}
        return bool(fronted) and not fronted & known

    def _joined(self, draft: Draft, anchor: _Anchor) -> bool:
        if draft.sentence == anchor.sentence:
            return True
        if _GOING_ON.search(self.tree.annotated.sentences[draft.sentence].span.quote[:_HEAD]):
            return True
        known = [self._known(side, anchor) for side in (draft.actor.ids, draft.recipient.ids)]
        near = self._near(anchor.sentence, draft.sentence)
        return any(known) if near else all(known)

    def _near(self, one: int, two: int) -> bool:
        """In one paragraph; lines that were wrapped or lost their blank lines count as one."""
        sentences = self.tree.annotated.sentences
        start, end = sentences[one].span.end, sentences[two].span.start
        gap = self.tree.annotated.document.text[start:end]
        return "\n\n" not in gap and (sentences[two].kind != "list" or "\n" not in gap)

    def _known(self, ids: tuple[str, ...], anchor: _Anchor) -> bool:
        return any(self.allied({x}, {y}) for x in ids for y in sorted(anchor.actors))
