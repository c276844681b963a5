"""Where an act happened: forum or channel, and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extraction.annotation import Annotated
    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree

__all__ = ["Setting"]

_TELEPHONE = frozenset(("telephone", "telephoned", "phone", "phoned", "phones", "telephones"))
_CALLS = frozenset(("phone call", "telephone call", "by phone", "telephone conversation"))
_CARRY = 2


class Setting:
    """Places and venues of a document's sentences."""

    def __init__(self, annotated: Annotated, tree: Tree) -> None:
        self.annotated, self.tree = annotated, tree
        self.places = sorted(annotated.places)
        self.venues = sorted(annotated.venues)
        self.document_venue = self._document_venue()

    def _document_venue(self) -> str:
        """The conference that title and text keep naming."""
        names = [self.annotated.venues[i] for i in self.venues]
        title = self.annotated.document.title.lower()
        for name in dict.fromkeys(names):
            if name.lower() in title:
                return name
        return ""

    def set(self, draft: Draft) -> None:
        """Fill venue and place of an act, if the text gives them."""
        draft.venue = self._channel(draft) or self._nearest(
            draft, self.venues, self.annotated.venues
        )
        draft.place = self._nearest(draft, self.places, self.annotated.places)
        if not draft.venue and self.document_venue and draft.modality.value == "asserted":
            draft.venue = self.document_venue

    def _channel(self, draft: Draft) -> str:
        first, last = self.tree.bounds(draft.trigger[0])
        words = self.tree.lower[max(first, draft.trigger[0] - 8) : min(last, draft.trigger[-1] + 9)]
        text = " ".join(words)
        if draft.type in ("phone", "talk", "congratulate", "meet") and (
            _TELEPHONE & set(words) or any(call in text for call in _CALLS)
        ):
            return "telephone"
        return ""

    def _nearest(self, draft: Draft, tokens: list[int], names: dict[int, str]) -> str:
        """The name in the act's own sentence that is nearest to it."""
        sentence = self.annotated.sentences[draft.sentence]
        inside = [i for i in tokens if sentence.first <= i < sentence.last]
        if not inside:
            return ""
        own = [i for i in inside if self._same_clause(i, draft)] or inside
        nearest = min(own, key=lambda i: (abs(i - draft.trigger[0]), i))
        return names[nearest]

    def _same_clause(self, i: int, draft: Draft) -> bool:
        return draft.host in tuple(self.tree.ancestors(i))
