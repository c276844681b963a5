"""What a stretch of a document tells as a whole: who is named how often, who hits or backs whom."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.extraction.learned.models import POLARITY_OF
from kg.records import ActorKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.extraction.events.drafts import Draft
    from kg.extraction.learned.kinds import Kinds
    from kg.reference.schemes import EventType

__all__ = ["Ledger"]

_LONE, _SPARSE = 0.5, 0.1  # so many acts, and so many for each sentence, make a half
_FORMS = 3  # first mentions by which an entity is recognised in the title


class _Entry(NamedTuple):
    """One act: its polarity, the polities of its sides, how sure it is."""

    polarity: int
    does: frozenset[str]
    bears: frozenset[str]
    weight: float


class _Others(NamedTuple):
    """Who is of other polities than some: entities by mentions, and how many polities."""

    ranks: dict[str, int]
    polities: int


class Ledger:
    """Mentions and acts between two sentences of a document.

    Args:
        kinds: what stands where, and who is who.
        types: event types by notation.
        drafts: the acts of the stretch; joint ones are no evidence of who is against whom.
        first, last: its sentences, the last exclusive.

    Attributes:
        mentions: entity id → numbers of the sentences that name it, in order.
        in_title: ids of the entities that the document's title names.
        headlined: the polities of those.
        fullness: how much the stretch tells for its length, 0..1; an act in five sentences is half.
    """

    def __init__(
        self,
        kinds: Kinds,
        types: Mapping[str, EventType],
        drafts: Sequence[Draft],
        first: int,
        last: int,
    ) -> None:
        self.cast, self.types = kinds.cast, types
        self.mentions = _mentions(kinds, first, last)
        for draft in drafts:  # sides that nothing but a resolution names
            for x in (*draft.actor.ids, *draft.recipient.ids):
                self.mentions.setdefault(x, [draft.sentence])
        self.in_title = {x for x in self.mentions if self._in_title(x)}
        self.headlined = self.polities(self.in_title)
        self._count: Counter[str] = Counter()
        for x, where in self.mentions.items():
            self._count[self.polity(x)] += len(where)
        self._named = self._count.total()
        self._others: dict[frozenset[str], _Others] = {}
        told = sum(draft.confidence for draft in drafts)
        self.fullness = told / (told + _LONE + _SPARSE * (last - first))
        self._told: defaultdict[int, float] = defaultdict(float)
        self._borne: defaultdict[tuple[int, str], float] = defaultdict(float)
        self._pairs: defaultdict[tuple[int, str, str], float] = defaultdict(float)
        self._entries = {id(draft): self._entry(draft) for draft in drafts}
        for entry in self._entries.values():
            self._enter(entry)

    def _in_title(self, x: str) -> bool:
        document, entity = self.cast.annotated.document, self.cast.entities[x]
        forms = (document.text[s.start : s.end] for s in entity.mentions[:_FORMS])
        return any(form in document.title for form in (entity.name, *forms))

    def _entry(self, draft: Draft) -> _Entry:
        does, bears = self.polities(draft.actor.ids), self.polities(draft.recipient.ids)
        weight = 0.0 if draft.joint else draft.confidence
        return _Entry(self.polarity(draft), does, bears, weight)

    def _enter(self, entry: _Entry) -> None:
        polarity, does, bears, weight = entry
        self._told[polarity] += weight
        for bearer in bears:
            self._borne[polarity, bearer] += weight
            for doer in does:
                self._pairs[polarity, doer, bearer] += weight

    def named(self, name: str) -> set[str]:
        """The entities of this name: where an act is done is not whom it is done to."""
        return {x for x in self.mentions if self.cast.entities[x].name == name}

    def polity(self, x: str) -> str:
        """The polity an entity speaks for, or its own id."""
        return self.cast.polity(x) or x

    def polities(self, ids: Iterable[str]) -> frozenset[str]:
        """The polities of some entities."""
        return frozenset(map(self.polity, ids))

    def polarity(self, draft: Draft) -> int:
        """0 cooperative, 1 neutral, 2 hostile."""
        return POLARITY_OF[self.types[draft.type].top]

    def borne(self, draft: Draft, polities: frozenset[str]) -> float:
        """Of the other acts of the polarity of ``draft``, the share that was aimed at these."""
        polarity, _, bears, weight = self._entries[id(draft)]
        told = self._told[polarity] - weight
        hits = (self._borne[polarity, p] - weight * (p in bears) for p in polities)
        return max(hits, default=0.0) / told if told > 0 else 0.0

    def against(self, draft: Draft, polities: frozenset[str]) -> float:
        """Other acts of this polarity by the polities of its actors towards these, weighted."""
        polarity, does, bears, weight = self._entries[id(draft)]
        pairs = ((doer, p) for p in polities for doer in does)
        return max(
            (self._pairs[polarity, doer, p] - weight * (p in bears) for doer, p in pairs),
            default=0.0,
        )

    def share(self, polities: frozenset[str]) -> float:
        """Share of some polities among all mentions, 0..1."""
        return sum(self._count[p] for p in polities) / self._named if self._named else 0.0

    def rank(self, x: str, own: frozenset[str]) -> int:
        """The place of an entity among those of other polities than ``own``, by mentions."""
        return self._foreign(own).ranks.get(x, len(self.mentions))

    def abroad(self, own: frozenset[str]) -> int:
        """How many other polities than ``own`` are named."""
        return self._foreign(own).polities

    def _foreign(self, own: frozenset[str]) -> _Others:
        if own not in self._others:
            others = [y for y in self.mentions if self.polity(y) not in own]
            others.sort(key=lambda y: -len(self.mentions[y]))
            polities = len(self._count.keys() - own)
            self._others[own] = _Others({y: n for n, y in enumerate(others)}, polities)
        return self._others[own]

    def back(self, x: str, sentence: int) -> int | None:
        """Sentences since an entity was last named; None when it is only named later."""
        where = self.mentions.get(x, [])
        at = bisect_right(where, sentence)
        return sentence - where[at - 1] if at else None


def _mentions(kinds: Kinds, first: int, last: int) -> dict[str, list[int]]:
    """Sentences in which each acting entity is named, or meant by an adjective or a pronoun."""
    annotated, cast = kinds.tree.annotated, kinds.cast
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number in range(first, last):
        sentence = annotated.sentences[number]
        for i in range(sentence.first, sentence.last):
            ids = annotated.actors.get(i) or (cast.at(i) if kinds.known[i] == "demonym" else ())
            for x in ids:
                if x in cast.entities and cast.entities[x].kind is not ActorKind.PLACE:
                    found[x].append(number)
    return dict(found)
