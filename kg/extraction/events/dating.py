"""When an act happened: the date words of its clause, or what the context leaves no doubt about."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.extraction.events.calendar import DateWords, find_dates, resolve
from kg.extraction.events.items import is_running, item_dates
from kg.extraction.events.story import Story, in_paragraph, is_aside
from kg.extraction.events.words import FUTURE
from kg.records import Modality, PartialDate, Precision
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.extraction.annotation import Annotated
    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree

__all__ = ["Timeline"]

_DATELINE = re.compile(r"^[^\n]{2,70}?(?:\([A-Z][\w ]+\)\s*)?\s[-–—]{1,2}\s")
_DEADLINE = re.compile(r"^(?:by|until|since|from)\b(?! (?:19|20)\d\d)|^since\b", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:from|by|until|till|starting|beginning|effective|as of)\s+"
    r"(?:on\s+)?$",
    re.IGNORECASE,
)
_LEAD = 20
_BACKGROUND_DAYS = 7
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
        digest: the document consists of dated items.
        wire: it begins with a dateline.
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
        self.words = find_dates(annotated.document.text)
        self._drop_dateline()
        self.starts = [word.start for word in self.words]
        self.tokens = [self._token(word) for word in self.words]
        self.items = item_dates(annotated, self.published)
        self.digest = len(set(self.items.values())) >= 2
        self.running = is_running(annotated.document.text)
        self.story = Story(tree, allied)
        self.retold = self._is_retold()
        self.position = 0
        self.recap = -1

    def _drop_dateline(self) -> None:
        found = _DATELINE.match(self.annotated.document.text)
        self.wire = found is not None and found.group()[:1].isupper()
        if found and self.wire:
            self.words = [w for w in self.words if w.start >= found.end()]

    def _is_retold(self) -> bool:
        """True for a text most of whose dates lie more than a year back: a story told again."""
        if self.wire or self.announcing or self.digest or self.published is None:
            return False
        days = [resolve(words, self.published, False, None) for words in self.words]
        known = [day for day in days if day is not None]
        old = sum(day.last.year < self.published.year - 1 for day in known)
        return old >= _OLD_DATES and old > _OLD_SHARE * len(known)

    def _token(self, words: DateWords) -> int:
        """Token where a date expression begins."""
        low = bisect_right(self.annotated.offsets, (words.start, 1 << 60)) - 1
        return max(low, 0)

    def date(self, draft: Draft) -> None:
        """Set date, its origin, and the background modality that an old date brings."""
        self._advance(draft.sentence)
        words, own = self._words_for(draft)
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
        if not near or self.published.year - anchor.day.year < _OLD_YEARS:
            return found
        try:
            return PartialDate(anchor.day.year, found.month, found.day)
        except ValueError:  # 29 February
            return PartialDate(anchor.day.year, found.month)

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
        start = self.annotated.sentences[sentence].span.start
        while self.position < len(self.words) and self.words[self.position].start < start:
            n = self.position
            self.position += 1
            if self._aside(self.tokens[n]) or self._is_limit(self.words[n]):
                continue
            found = resolve(self.words[n], self.published, False, self.story.day)
            if found is None or found.precision is not Precision.DAY:
                continue
            number = self.tree.sentence[self.tokens[n]]
            if number >= 0 and not (self.published and found.first > self.published.last):
                self.story.tell(found.first, number)

    def _aside(self, token: int) -> bool:
        """True for date words in relative clauses, and for those that lie ahead."""
        tree = self.tree
        for node in (token, *tree.ancestors(token)):
            if tree.label[node] in ("acl:relcl", "acl"):
                return True
        verb = next((n for n in (token, *tree.ancestors(token)) if tree.is_verb(n)), None)
        return verb is not None and self._has(verb, FUTURE)

    def _future(self, draft: Draft) -> bool:
        return self._has(draft.host, FUTURE)

    def _planned(self, draft: Draft, words: DateWords) -> bool:
        """True for appointments: "On Monday he meets Putin"; not where the past is told so."""
        if words.kind != "weekday" or re.match("last|the previous", words.text, re.IGNORECASE):
            return False
        present = self.tree.tag[draft.host] in _PRESENT
        told_so = self.digest or self.running
        return present and not told_so and event_types()[draft.type].top == "consult"

    def _words_for(self, draft: Draft) -> tuple[DateWords | None, bool]:
        """The date words of the clause; those of other clauses only when it has none.

        The flag tells whether they belong to the act's own clause.
        """
        span = self.annotated.sentences[draft.sentence].span
        low = bisect_right(self.starts, span.start - 1)
        high = bisect_right(self.starts, span.end - 1)
        ranked = []
        for n in range(low, high):
            rank = None if self._deadline(n, draft) else self._rank(self.tokens[n], draft)
            if rank is not None:
                ranked.append((rank, abs(self.tokens[n] - draft.trigger[0]), n))
        if not ranked:
            return None, False
        rank, _, chosen = min(ranked)
        return self.words[chosen], rank < 2

    def _deadline(self, n: int, draft: Draft) -> bool:
        """True for "by 2028", which says when an act is to have its effect."""
        planned = draft.modality is Modality.HYPOTHETICAL
        return not planned and self._is_limit(self.words[n])

    def _is_limit(self, words: DateWords) -> bool:
        """True for "from 1 August", "by Friday": when something takes effect or is due."""
        before = self.annotated.document.text[max(words.start - _LEAD, 0) : words.start]
        return bool(_DEADLINE.match(words.text) or _FROM.search(before))

    def _rank(self, token: int, draft: Draft) -> int | None:
        """0 for date words of the act's own clause, higher for those of other clauses."""
        tree = self.tree
        chain = [draft.host, *tree.ancestors(draft.host)]
        crossed = 0
        for node in (token, *tree.ancestors(token)):
            if node in (draft.host, *draft.trigger):
                return crossed
            if tree.label[node] in ("acl:relcl", "acl") and tree.head[node] in draft.trigger:
                return crossed
            if tree.is_verb(node) and node in chain:
                return 2 + crossed + chain.index(node)
            if tree.label[node] in ("acl:relcl", "acl"):
                return None
            if tree.is_verb(node) and tree.label[node] in ("advcl", "ccomp", "parataxis", "conj"):
                crossed += 3
        return 12

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
            return PartialDate.of(self.story.day), "context"
        return None, ""

    def _is_news(self, draft: Draft) -> bool:
        real = self.wire and draft.modality is not Modality.BACKGROUND
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
