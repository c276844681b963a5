"""The date words of a document, and which of them belong to which act."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.extraction.events.calendar import DateWords, find_dates
from kg.extraction.events.words import FUTURE
from kg.records import Modality

if TYPE_CHECKING:
    from kg.extraction.annotation import Annotated
    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree

__all__ = ["DatesTold"]

_DATELINE = re.compile(r"^[^\n]{2,70}?(?:\([A-Z][\w ]+\)\s*)?\s[-–—]{1,2}\s")
_DEADLINE = re.compile(r"^(?:by|until|since|from)\b(?! (?:19|20)\d\d)|^since\b", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:from|by|until|till|starting|beginning|effective|as of)\s+"
    r"(?:on\s+)?$",
    re.IGNORECASE,
)
_LEAD = 20
_BESIDE = 20  # rank of days in a relative clause about one who takes part


class DatesTold:
    """All date words of a document, in text order; those of its dateline are left out.

    Attributes:
        wire: the document begins with a dateline.
        words: the expressions.
        tokens: the token where each begins.
    """

    def __init__(self, annotated: Annotated, tree: Tree) -> None:
        self._text, self._tree = annotated.document.text, tree
        self._annotated = annotated
        line = _DATELINE.match(self._text)
        self.wire = line is not None and line.group()[:1].isupper()
        begin = line.end() if line and self.wire else 0
        self.words = [word for word in find_dates(self._text) if word.start >= begin]
        self._starts = [word.start for word in self.words]
        self.tokens = [self._token(word) for word in self.words]

    def of(self, draft: Draft) -> tuple[DateWords | None, bool]:
        """The date words of the clause; those of other clauses only when it has none.

        The flag tells whether they belong to the act's own clause.
        """
        span = self._annotated.sentences[draft.sentence].span
        low = bisect_right(self._starts, span.start - 1)
        high = bisect_right(self._starts, span.end - 1)
        ranked = []
        for n in range(low, high):
            rank = None if self._deadline(n, draft) else self._rank(n, draft)
            if rank is not None:
                ranked.append((rank, abs(self.tokens[n] - draft.trigger[0]), n))
        if not ranked:
            return None, False
        rank, _, chosen = min(ranked)
        return self.words[chosen], rank < 2

    def aside(self, n: int) -> bool:
        """True for date words in relative clauses, and for those that lie ahead."""
        tree, token = self._tree, self.tokens[n]
        for node in (token, *tree.ancestors(token)):
            if tree.label[node] in ("acl:relcl", "acl"):
                return True
        verb = next((n for n in (token, *tree.ancestors(token)) if tree.is_verb(n)), None)
        return verb is not None and not FUTURE.isdisjoint(tree.auxiliaries(verb))

    def is_limit(self, words: DateWords) -> bool:
        """True for "from 1 August", "by Friday": when something takes effect or is due."""
        before = self._text[max(words.start - _LEAD, 0) : words.start]
        return bool(_DEADLINE.match(words.text) or _FROM.search(before))

    def _token(self, words: DateWords) -> int:
        """Token where a date expression begins."""
        low = bisect_right(self._annotated.offsets, (words.start, 1 << 60)) - 1
        return max(low, 0)

    def _deadline(self, n: int, draft: Draft) -> bool:
        """True for "by 2028", which says when an act is to have its effect."""
        planned = draft.modality is Modality.HYPOTHETICAL
        return not planned and self.is_limit(self.words[n])

    def _rank(self, n: int, draft: Draft) -> int | None:
        """0 for date words of the act's own clause, higher for those of other clauses."""
        tree, token = self._tree, self.tokens[n]
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
                return _BESIDE if self._is_beside(n, node, draft) else None
            if tree.is_verb(node) and tree.label[node] in ("advcl", "ccomp", "parataxis", "conj"):
                crossed += 3
        return 12

    def _is_beside(self, n: int, clause: int, draft: Draft) -> bool:
        """True for "Kinkel, who received the American on Friday, praised": days of the news."""
        tree = self._tree
        own = tree.head[tree.head[clause]] == draft.host and not tree.pluperfect(clause)
        return own and self.words[n].kind in ("weekday", "simple")
