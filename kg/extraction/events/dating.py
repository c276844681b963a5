"""When an act happened: the date words of its clause, or what the context leaves no doubt about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.events.calendar import DateWords, resolve
from kg.extraction.events.items import is_running, item_dates
from kg.extraction.events.story import Story, in_paragraph, is_aside
from kg.extraction.events.told_dates import DatesTold
from kg.extraction.events.words import FUTURE
from kg.records import Modality, PartialDate, Precision
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.extraction.annotation import Annotated
    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree

__all__ = ["Timeline"]

_BACKGROUND_DAYS, _EPOCH_DAYS = 7, 30
_NEAR, _OLD_YEARS = 4, 2
_OLD_DATES, _OLD_SHARE = 3, 0.6
_PRESENT = frozenset(("VBP", "VBZ"))
_PERFECT = frozenset(("has", "have", "'ve", "’ve"))
_BEING = frozenset(("is", "are"))
PERFORMED = "performed in this document"
"""Origin of the dates of acts that the document itself performs: its day of publication."""


class Timeline:
    """Date words of a document, assigned to its acts in text order.

    Attributes:
        story, epoch: the day, and the month or year gone by, that the text told last.
        digest: the document consists of dated items.
        told: its date words.
        announcing: the document's author speaks in it (statement, speech, transcript), so what it
            does by speaking is done on the day of publication.
    """

    def __init__(
        self,
        annotated: Annotated,
        tree: Tree,
        announcing: bool,
        allied: Callable[[set[str], set[str]], bool] = lambda one, two: bool(one & two),
    ) -> None:
        self.annotated, self.tree, self.announcing = annotated, tree, announcing
        self.published = annotated.document.published
        self.told = DatesTold(annotated, tree)
        self.items = item_dates(annotated, self.published)
        self.digest = len(set(self.items.values())) >= 2
        self.running = is_running(annotated.document.text)
        self.story, self.epoch = Story(tree, allied), Story(tree, allied)
        self.retold = self._is_retold()
        self.position = 0
        self.recap = -1

    def _is_retold(self) -> bool:
        """True for a text most of whose dates lie more than a year back: a story told again."""
        if self.told.wire or self.announcing or self.digest or self.published is None:
            return False
        days = [resolve(words, self.published, False, None) for words in self.told.words]
        known = [day for day in days if day is not None]
        old = sum(day.last.year < self.published.year - 1 for day in known)
        return old >= _OLD_DATES and old > _OLD_SHARE * len(known)

    def date(self, draft: Draft) -> None:
        """Set date, its origin, and the background modality that an old date brings."""
        self._advance(draft.sentence)
        words, own = self.told.of(draft)
        if draft.sentence in self.items and self.digest and (words is None or words.kind == "full"):
            draft.date, draft.date_origin = self.items[draft.sentence], "heading"
            return
        planned = own and words is not None and self._planned(draft, words)
        future = own and (draft.modality is Modality.HYPOTHETICAL or self._future(draft) or planned)
        found = resolve(words, self.published, future, self.story.day) if words else None
        if planned and found and self.published and found.first > self.published.last:
            draft.modality = Modality.HYPOTHETICAL
        if words is not None and words.kind in ("month", "day") and not future:
            found = self._in_story(found, draft.sentence)
        if found is not None and (self._too_late(found, draft) or self._too_early(found, draft)):
            found = None
        if found is not None and words is not None:
            draft.date, draft.date_origin = found, words.text
        elif draft.sentence in self.items and self.digest:
            draft.date, draft.date_origin = self.items[draft.sentence], "heading"
            return
        elif draft.modality is not Modality.HYPOTHETICAL:
            draft.date, draft.date_origin = self._inherited(draft)
        self._to_background(draft, words is not None)

    def _in_story(self, found: PartialDate | None, sentence: int) -> PartialDate | None:
        """Months and days without a year belong to the year of an old story that is being told."""
        anchor = self.story.anchor
        if found is None or anchor is None or self.published is None:
            return found
        near = sentence - anchor.sentence <= _NEAR
        if not near or self.published.year - anchor.when.year < _OLD_YEARS:
            return found
        try:
            return PartialDate(anchor.when.year, found.month, found.day)
        except ValueError:  # 29 February
            return PartialDate(anchor.when.year, found.month)

    def _too_late(self, found: PartialDate, draft: Draft) -> bool:
        """True for a day to come beside an act that is told as done."""
        real = draft.modality in (Modality.ASSERTED, Modality.BACKGROUND)
        return real and self.published is not None and found.first > self.published.last

    def _too_early(self, found: PartialDate, draft: Draft) -> bool:
        """True for "appreciates the decision of 16 July": what a statement does, it does today."""
        here = self.announcing and not self.digest and self._is_present(draft.host)
        return here and self.published is not None and found.last < self.published.first

    def _advance(self, sentence: int) -> None:
        """Move the running day of the story on to the start of a sentence."""
        start, told = self.annotated.sentences[sentence].span.start, self.told
        while self.position < len(told.words) and told.words[self.position].start < start:
            n = self.position
            self.position += 1
            if told.aside(n) or told.is_limit(told.words[n]):
                continue
            found = resolve(told.words[n], self.published, False, self.story.day)
            number = self.tree.sentence[told.tokens[n]]
            if (
                found is None
                or number < 0
                or (self.published and found.first > self.published.last)
            ):
                continue
            if found.precision is Precision.DAY:
                self.story.tell(found, number)
            elif self.published and (self.published.first - found.last).days > _EPOCH_DAYS:
                self.epoch.tell(found, number)

    def _future(self, draft: Draft) -> bool:
        return self._has(draft.host, FUTURE)

    def _planned(self, draft: Draft, words: DateWords) -> bool:
        """True for appointments: "On Monday he meets Putin"; not where the past is told so."""
        if words.kind != "weekday" or re.match("last|the previous", words.text, re.IGNORECASE):
            return False
        present = self.tree.tag[draft.host] in _PRESENT
        told_so = self.digest or self.running
        return present and not told_so and event_types()[draft.type].top == "consult"

    def _inherited(self, draft: Draft) -> tuple[PartialDate | None, str]:
        """Publication day for what is done by speaking; the running day of a story."""
        speaker = self.annotated.sentences[draft.sentence].speaker
        done_here = draft.modality is not Modality.BACKGROUND and self.published is not None
        told = self.story.day is not None or self.running
        if self.announcing and done_here and (speaker or not told or self._is_present(draft.host)):
            return (self.published, PERFORMED) if self._performative(draft, speaker) else (None, "")
        if self.running and done_here and self._reported_live(draft):
            return self.published, PERFORMED
        if self.story.day is not None and (self.story.continues(draft) or self._is_news(draft)):
            return self.story.when, "context"
        if self.epoch.continues(draft):
            return self.epoch.when, "context"
        return None, ""

    def _is_news(self, draft: Draft) -> bool:
        real = self.told.wire and draft.modality is not Modality.BACKGROUND
        return (
            real and self.published is not None and self.story.is_news(draft, self.published.last)
        )

    def _is_present(self, i: int) -> bool:
        """True for "we thank", "the Council urges"."""
        return self.tree.tag[i] in _PRESENT and not self._has(i, _PERFECT | _BEING)

    def _has(self, i: int, auxiliaries: frozenset[str]) -> bool:
        return not auxiliaries.isdisjoint(self.tree.auxiliaries(i))

    def _performative(self, draft: Draft, speaker: tuple[str, ...]) -> bool:
        """True for what the speaker does ("we condemn"), and for the present tense."""
        if self._has(draft.host, _PERFECT):
            return False
        if not speaker or set(speaker) & set(draft.actor.ids):
            return True
        return self.tree.tag[draft.host] in _PRESENT | {"VB", "JJ", "NN"}

    def _reported_live(self, draft: Draft) -> bool:
        """The present tense of a running report; nothing of an older story."""
        tree = self.tree
        nodes = [draft.host]
        if draft.rule.startswith("speech."):
            nodes += tree.ancestors(draft.host)
        return any(tree.tag[i] in _PRESENT or self._has(i, _PERFECT | _BEING) for i in nodes)

    def _to_background(self, draft: Draft, dated: bool) -> None:
        if draft.modality is not Modality.ASSERTED or self.digest:
            if draft.modality is Modality.BACKGROUND and not is_aside(self.tree, draft):
                self.recap = draft.sentence
            return
        old = (
            self.published is not None
            and draft.date is not None
            and (self.published.first - draft.date.last).days > _BACKGROUND_DAYS
        )
        if old:
            draft.modality = Modality.BACKGROUND
            self.recap = draft.sentence
            return
        past = self.tree.tag[draft.host] in ("VBD", "VBN")
        if self.retold and past and not dated:
            draft.modality = Modality.BACKGROUND
            return
        continues = 0 <= draft.sentence - self.recap <= 1 and self.recap >= 0 and not dated
        joined = continues and in_paragraph(self.tree, self.recap, draft.sentence)
        if past and joined and draft.sentence != self.recap:
            draft.modality = Modality.BACKGROUND
            self.recap = draft.sentence
