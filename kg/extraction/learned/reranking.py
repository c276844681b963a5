"""The second look at whom an act is directed at: the sentence's candidates, and the whole text.

The first look (``parties.py``) knows the sentence and a few before it. This one knows who is named
how often, who stands in the title, and whom acts of the same polarity hit elsewhere in the text, in
what comes later, too: discriminative reranking (Collins and Koo 2005), fitted on what the first
look found in passages it had not learned from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from kg.extraction.events.sides import Side
from kg.extraction.learned.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extraction.events.drafts import Draft
    from kg.extraction.learned.kinds import Kinds
    from kg.extraction.learned.models import Models
    from kg.reference.schemes import EventType

__all__ = ["OPEN", "UNNAMED", "Options", "rerank", "stretches"]

OPEN = frozenset(("agree", "aid", "mobilize", "retreat", "cooperate", "consult"))
"""Classes of acts that may be directed at nobody."""

UNNAMED = 0.5
"""An act whose target is left open counts half."""

_STRETCH = 120  # sentences of a very long document that are looked at together
_NAMED_MOST = 8  # entities of the stretch that may be meant, beside those near the act
_SHARES = (0.01, 0.03, 0.08, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
_PARTS = (0.001, 0.03, 0.06, 0.1, 0.15, 0.22, 0.3, 0.45)
_TIMES = (0.01, 0.3, 0.8, 1.5, 3)
_BACK = (0, 1, 2, 3, 5, 8, 15)
_SURE = 0.85  # chance of nobody known at which the first look is believed
_DOUBT = 0.3  # chance of nobody where the first look was not asked
_CLEARLY = 2  # so much likelier is somebody who takes the place of whom a rule found
_NOBODY: tuple[str, ...] = ()


def stretches(
    kinds: Kinds, types: Mapping[str, EventType], drafts: Sequence[Draft]
) -> Iterator[tuple[Ledger, list[Draft]]]:
    """The acts of each stretch of a document, with what the stretch tells as a whole."""
    parts: defaultdict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        parts[draft.sentence // _STRETCH].append(draft)
    end = len(kinds.tree.annotated.sentences)
    for number, part in parts.items():
        first = number * _STRETCH
        yield Ledger(kinds, types, part, first, min(first + _STRETCH, end)), part


def rerank(drafts: Sequence[Draft], ledger: Ledger, models: Models) -> None:
    """Set recipient and its chance anew in acts that have two sides.

    Whom a rule found in the words of the act itself stays; only the chance is new.
    """
    chosen = []
    for draft in drafts:
        if draft.joint:
            continue
        options = Options(draft, ledger)
        if len(options.ids) == 1:  # nobody else is named
            continue
        chances = models.reranked(options.rows())
        chosen.append((draft, _choice(draft, ledger, options.ids, chances)))
    for draft, (side, chance) in chosen:  # only now: all were judged by the first look
        draft.recipient = side
        if draft.chances is not None:
            draft.chances = draft.chances._replace(recipient=chance)


def _choice(
    draft: Draft, ledger: Ledger, ids: list[tuple[str, ...]], chances: list[float]
) -> tuple[Side, float]:
    """The likeliest recipient and how likely he is."""
    nobody, current = chances[-1], draft.recipient
    own = set(current.ids)
    pairs = zip(ids, chances, strict=True)
    of_current = max((chance for x, chance in pairs if own & {*x}), default=0.0)
    best = int(np.argmax(chances[:-1]))
    optional = ledger.types[draft.type].top in OPEN
    may_lack = optional or not (current or draft.learned)
    sure = optional and draft.learned and draft.likely.get(_NOBODY, 0.0) > _SURE
    enough = of_current * (1 if draft.learned else _CLEARLY)
    if draft.settled or sure or chances[best] <= enough or (may_lack and nobody > chances[best]):
        return current, of_current if current else nobody * (UNNAMED if draft.learned else 1)
    return Side(ids[best], how="name" if draft.learned else "anaphora"), chances[best]


class Options:
    """Who may be the recipient of an act, and what speaks for each.

    Attributes:
        ids: the entities of each option; nobody is the last one.
    """

    def __init__(self, draft: Draft, ledger: Ledger) -> None:
        self.draft, self.ledger = draft, ledger
        self.top, self.polarity = ledger.types[draft.type].top, ledger.polarity(draft)
        self._own = ledger.polities(draft.actor.ids)
        out = set(draft.actor.ids) | (ledger.named(draft.venue) if draft.learned else set())
        self._shares = {x: share for x, share in draft.likely.items() if x and not out & {*x}}
        if draft.recipient and not out & {*draft.recipient.ids}:
            self._shares.setdefault(draft.recipient.ids, 0.0)
        seen = out.union(*self._shares)
        for x in ledger.mentions:
            if x not in seen and ledger.rank(x, self._own) < _NAMED_MOST:
                self._shares[(x,)] = 0.0
        ranked = sorted(self._shares.values(), reverse=True)
        self._place = {share: n for n, share in reversed([*enumerate(ranked)])}
        self._best = _bin(ranked[0] if ranked else 0.0, _SHARES)
        self._found = f"{'L' if draft.learned else 'R'}/{self._how(draft.recipient)}"
        self.ids: list[tuple[str, ...]] = [*self._shares, _NOBODY]

    @staticmethod
    def _how(side: Side) -> str:
        return side.how if side else "none"

    def rows(self) -> list[list[str]]:
        """Features of each option."""
        return [*(self._row(ids) for ids in self._shares), self._nobody()]

    def _nobody(self) -> list[str]:
        chance = _bin(self.draft.likely.get(_NOBODY, _DOUBT), _SHARES)
        abroad = min(self.ledger.abroad(self._own), 4)
        return [
            f"nil={chance}",
            f"nil={chance}/{self.top}",
            f"nilc={self._found}",
            f"nilc={self._found}/{self.top}",
            f"nild={self._best}/{self.top}",
            f"niln={abroad}/{self.polarity}",
        ]

    def _row(self, ids: tuple[str, ...]) -> list[str]:
        kind = self._kind(ids)
        back = self.ledger.back(ids[0], self.draft.sentence)
        near = "after" if back is None else _bin(back, _BACK)
        polities = self.ledger.polities(ids)
        actor = self.draft.actor.ids
        same = "=" if set(ids) & set(actor) else "a" if polities & self._own else "-"
        found = [
            *self._by_sentence(ids, kind, polities),
            *self._with("z", near, self.polarity, self.top, self._best),
            *self._with("al", same, self.polarity, self.top),
            f"k={kind}/{self.polarity}",
            f"k={kind}/{self.top}",
            f"kk={self._kind(actor)}/{kind}/{self.polarity}",
        ]
        return found if same != "-" else found + self._by_document(ids, polities, kind, near)

    def _by_sentence(self, ids: tuple[str, ...], kind: str, polities: frozenset[str]) -> list[str]:
        """What the first look made of it."""
        draft, share = self.draft, _bin(self._shares[ids], _SHARES)
        place = min(self._place[self._shares[ids]], 4)
        current = bool(set(ids) & set(draft.recipient.ids))
        found = [
            f"s={share}",
            f"s={share}/{self._found[0]}",
            f"sr={place}/{self._best}",
            f"cur={current}/{self._found}",
            f"cur={current}/{self._found}/{self.top}",
        ]
        if current:
            found.append(f"curs={self._found}/{share}/{self._best}")
            found.append(f"curk={self._found}/{kind}")
        elif draft.recipient:
            same = bool(polities & self.ledger.polities(draft.recipient.ids))
            other = f"{same}/{self._kind(draft.recipient.ids)}>{kind}"
            found += self._with("rel", other, self._found, share)
        return found

    def _by_document(
        self, ids: tuple[str, ...], polities: frozenset[str], kind: str, near: str
    ) -> list[str]:
        """What the whole stretch makes of it."""
        ledger, draft = self.ledger, self.draft
        rank = min(ledger.rank(ids[0], self._own), 4)
        facts = {
            "er": rank,
            "fr": _bin(ledger.share(polities), _PARTS),
            "tt": _bin(ledger.borne(draft, polities), _PARTS),
            "pp": _bin(ledger.against(draft, polities), _TIMES),
            "ti": not ledger.in_title.isdisjoint(ids),
            "tip": not polities.isdisjoint(ledger.headlined),
        }
        found = [f"er={rank}/{kind}/{self.polarity}"]
        for name, fact in facts.items():
            found += [
                f"{name}={fact}/{self.polarity}",
                f"{name}={fact}/b{self._best}",
                f"{name}={fact}/z{near}",
            ]
        return found

    def _with(self, name: str, value: object, *contexts: object) -> list[str]:
        return [f"{name}={value}", *(f"{name}={value}/{context}" for context in contexts)]

    def _kind(self, ids: tuple[str, ...]) -> str:
        if not ids:
            return "-"
        return self.ledger.cast.entities[ids[0]].kind.value + ("s" if len(ids) > 1 else "")


def _bin(value: float, edges: tuple[float, ...]) -> str:
    return str(bisect_right(edges, value))
