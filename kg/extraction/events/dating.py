"""When an act happened: the date words of its clause, or what the context leaves no doubt about."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.extraction.events.calendar import DateWords, find_dates, resolve
from kg.extraction.events.words import FUTURE
from kg.records import Modality, PartialDate, Precision

if TYPE_CHECKING:
    from datetime import date

    from kg.extraction.annotation import Annotated
    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree

__all__ = ["Timeline"]

_DATELINE = re.compile(r"^[^\n]{2,70}?(?:\([A-Z][\w ]+\)\s*)?\s[-–—]{1,2}\s")
_DAY = r"(?:[A-Z][a-z]+day,? )?\d{1,2} [A-Z][a-z]+(?: (?:19|20)\d\d)?"
_HEAD_DATE = re.compile(
    rf"^\W*(?:(?:19|20)\d\d-\d\d-\d\d|{_DAY})\W*$"
    rf"|^\W*(?:{_DAY}|[A-Z][a-z]+ (?:19|20)\d\d)(?::|\.(?= [A-Z]))"
)
_TAIL_DATE = re.compile(r"\((?:19|20)\d\d-\d\d-\d\d\)\s*$")
_BACKGROUND_DAYS = 7
_CARRY = 8


class Timeline:
    """Date words of a document, assigned to its acts in text order.

    Attributes:
        digest: the document consists of dated items.
        announcing: the document's author speaks in it (statement, speech, transcript), so what it
            does by speaking is done on the day of publication.
    """

    def __init__(self, annotated: Annotated, tree: Tree, announcing: bool) -> None:
        self.annotated, self.tree, self.announcing = annotated, tree, announcing
        self.published = annotated.document.published
        self.words = find_dates(annotated.document.text)
        self._drop_dateline()
        self.starts = [word.start for word in self.words]
        self.tokens = [self._token(word) for word in self.words]
        self.items = self._item_dates()
        self.digest = len(set(self.items.values())) >= 2
        self.last: date | None = None
        self.last_sentence = -99
        self.position = 0
        self.recap = -1

    def _drop_dateline(self) -> None:
        found = _DATELINE.match(self.annotated.document.text)
        if found and found.group()[:1].isupper():
            self.words = [w for w in self.words if w.start >= found.end()]

    def _token(self, words: DateWords) -> int:
        """Token where a date expression begins."""
        low = bisect_right(self.annotated.offsets, (words.start, 1 << 60)) - 1
        return max(low, 0)

    def _item_dates(self) -> dict[int, PartialDate]:
        """For digests: the date that holds for each sentence."""
        found: dict[int, PartialDate] = {}
        current: PartialDate | None = None
        for number, sentence in enumerate(self.annotated.sentences):
            text = sentence.span.quote
            if _HEAD_DATE.match(text):
                word = find_dates(text)
                current = resolve(word[0], self.published) if word else None
            elif _TAIL_DATE.search(text):
                word = find_dates(text)
                tail = resolve(word[-1], self.published) if word else None
                if tail is not None:
                    found[number] = tail
                    continue
            if current is not None:
                found[number] = current
        return self._spread(found)

    def _spread(self, found: dict[int, PartialDate]) -> dict[int, PartialDate]:
        """A date at the end of an item holds for the sentences before it in the same line."""
        text = self.annotated.document.text
        sentences = self.annotated.sentences
        for number in sorted(found, reverse=True):
            before = number - 1
            tail = _TAIL_DATE.search(sentences[number].span.quote)
            while tail and before >= 0:
                gap = text[sentences[before].span.end : sentences[number].span.start]
                if "\n" in gap:
                    break
                found[before] = found[number]
                before -= 1
        return found

    def date(self, draft: Draft) -> None:
        """Set date, its origin, and the background modality that an old date brings."""
        self._advance(draft.sentence)
        words, own = self._words_for(draft)
        if draft.sentence in self.items and self.digest and (words is None or words.kind == "full"):
            draft.date, draft.date_origin = self.items[draft.sentence], "heading"
            return
        future = own and (draft.modality is Modality.HYPOTHETICAL or self._future(draft))
        found = resolve(words, self.published, future, self.last) if words else None
        if found is not None and words is not None:
            draft.date, draft.date_origin = found, words.text
        elif draft.modality is not Modality.HYPOTHETICAL:
            draft.date, draft.date_origin = self._inherited(draft)
        self._to_background(draft, words is not None)

    def _advance(self, sentence: int) -> None:
        """Move the running day of the story on to the start of a sentence."""
        start = self.annotated.sentences[sentence].span.start
        while self.position < len(self.words) and self.words[self.position].start < start:
            n = self.position
            self.position += 1
            if self._aside(self.tokens[n]):
                continue
            found = resolve(self.words[n], self.published, False, self.last)
            if found is not None and found.precision is Precision.DAY:
                self.last = found.first
                self.last_sentence = self.tree.sentence[self.tokens[n]]

    def _aside(self, token: int) -> bool:
        """True for date words in relative clauses, and for those that lie ahead."""
        tree = self.tree
        for node in (token, *tree.ancestors(token)):
            if tree.label[node] in ("acl:relcl", "acl"):
                return True
            if tree.is_verb(node) and FUTURE & set(tree.auxiliaries(node)):
                return True
        return False

    def _relative(self, draft: Draft) -> bool:
        """True for acts told in a relative clause, beside the story."""
        nodes = (draft.host, *self.tree.ancestors(draft.host))
        return any(self.tree.label[i] in ("acl:relcl", "acl") for i in nodes)

    def _future(self, draft: Draft) -> bool:
        return bool(FUTURE & set(self.tree.auxiliaries(draft.host)))

    def _words_for(self, draft: Draft) -> tuple[DateWords | None, bool]:
        """The date words of the clause; those of other clauses only when it has none.

        The flag tells whether they belong to the act's own clause.
        """
        span = self.annotated.sentences[draft.sentence].span
        low = bisect_right(self.starts, span.start - 1)
        high = bisect_right(self.starts, span.end - 1)
        ranked = []
        for n in range(low, high):
            rank = None if self.words[n].kind == "unknown" else self._rank(self.tokens[n], draft)
            if rank is not None:
                ranked.append((rank, abs(self.tokens[n] - draft.trigger[0]), n))
        if not ranked:
            return None, False
        rank, _, chosen = min(ranked)
        return self.words[chosen], rank < 2

    def _rank(self, token: int, draft: Draft) -> int | None:
        """0 for date words of the act's own clause, higher for those of other clauses."""
        tree = self.tree
        chain = [draft.host, *tree.ancestors(draft.host)]
        crossed = 0
        for node in (token, *tree.ancestors(token)):
            if node in (draft.host, *draft.trigger):
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
        if self.announcing and self.published and draft.modality is not Modality.BACKGROUND:
            speaker = self.annotated.sentences[draft.sentence].speaker
            if not speaker and self.last is not None:
                return PartialDate.of(self.last), "context"
            if self._performative(draft, speaker):
                return self.published, "published"
            return None, ""
        near = 0 <= draft.sentence - self.last_sentence <= _CARRY
        story = self.tree.tag[draft.host] in ("VBD", "VBN", "VBG", "NN", "NNS", "VB")
        perfect = {"has", "have"} & set(self.tree.auxiliaries(draft.host))
        if near and story and self.last is not None and not perfect:
            return PartialDate.of(self.last), "context"
        return None, ""

    def _performative(self, draft: Draft, speaker: tuple[str, ...]) -> bool:
        """True for what the speaker does ("we condemn"), and for the present tense."""
        if {"has", "have", "'ve", "’ve"} & set(self.tree.auxiliaries(draft.host)):
            return False
        if not speaker or set(speaker) & set(draft.actor.ids):
            return True
        return self.tree.tag[draft.host] in ("VBP", "VBZ", "VB", "JJ", "NN")

    def _to_background(self, draft: Draft, dated: bool) -> None:
        if draft.modality is not Modality.ASSERTED or self.digest:
            if draft.modality is Modality.BACKGROUND and not self._relative(draft):
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
        continues = 0 <= draft.sentence - self.recap <= 1 and self.recap >= 0 and not dated
        if past and continues and draft.sentence != self.recap and self._joined(draft):
            draft.modality = Modality.BACKGROUND
            self.recap = draft.sentence

    def _joined(self, draft: Draft) -> bool:
        sentences = self.annotated.sentences
        start, end = sentences[self.recap].span.end, sentences[draft.sentence].span.start
        return start <= end and "\n" not in self.annotated.document.text[start:end]
