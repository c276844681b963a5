"""What an act is about: issue keywords, from its clause first and from the document last."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import ahocorasick

from kg.extraction.events.words import words
from kg.records import Issue
from kg.reference.schemes import issues

if TYPE_CHECKING:
    from kg.extraction.annotation import Annotated
    from kg.extraction.events.drafts import Draft
    from kg.reference.schemes import IssueConcept

__all__ = ["Topics"]

_ALSO = {
    "china-tech": "tech-ai",
    "iran-deal": "nuclear",
    "criminal-court": "human-rights-values",
}
"""Narrow issues that lie in a second broad one, too."""
_HALF = 0.6
_VAGUE = frozenset(("other", "bilateral-relations"))
_OTHER = "other"
_NAME = 0.5
_NAMES = words(
    "nato china chinese beijing ukraine ukrainian ukrainians kyiv kiev russia iran tehran "
    "iranian greenland iraq israel syria gas oil trade energy united nations zelensky "
    "zelenskyy exports imports war visa cooperation partnership friendship belarus lukashenko "
    "georgia georgian japan india pakistan serbia serbian cuba venezuela afghanistan vietnam "
    "egypt cairo jordan lebanon kuwait libya arab israeli syrian palestinian havana colombia "
    "chile korea argentina iceland yugoslavia croatia armenia azerbaijan moldova cyprus "
    "unesco imf osce google apple microsoft facebook nuclear missiles alliance kgb cia gru fsb "
    "nsa terrorist technology climate intelligence values deterrence tbilisi belgrade"
)
_BODIES = frozenset(
    (
        "united nations",
        "security council",
        "un security council",
        "general assembly",
        "un general assembly",
        "international monetary fund",
        "world bank",
        "the alliance",
        "council of europe",
        "saudi arabia",
        "north korea",
        "south korea",
        "south africa",
        "islamic republic",
        "de gaulle",
        "secretary general of nato",
    )
)
_NEAR, _SENTENCE, _PARAGRAPH, _TITLE, _DOCUMENT = 3.0, 2.0, 0.5, 1.2, 1.6
_FEW = 4.0
_CLOSE = 60
_SECOND = 0.55
_CARRIED, _REACH = 0.5, 2
_UNKNOWN, _DAMPED = 0.3, 0.8
_LOCAL = 0.3
_PARTY, _MEASURE = 0.7, 1.5
_SANCTIONS = frozenset(("impose-sanctions", "freeze-assets", "embargo", "blacklist", "restrict"))
_SANCTIONED = ("Russia", "Soviet Union")
_TARIFFS = frozenset(("impose-tariffs",))


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    code: str
    weight: float


@cache
def _automaton() -> ahocorasick.Automaton:
    """All keywords → (length, (top-level issue, weight) …)."""
    shares: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for concept in issues().values():
        for keyword in concept.keywords:
            shares[keyword][concept.top] = _weight(keyword, concept)
            also = _ALSO.get(concept.code)
            if also:
                shares[keyword][also] = _HALF * _weight(keyword, concept)
    automaton = ahocorasick.Automaton()
    for keyword in sorted(shares):
        automaton.add_word(keyword, (len(keyword), tuple(sorted(shares[keyword].items()))))
    automaton.make_automaton()
    return automaton


def _weight(keyword: str, concept: IssueConcept) -> float:
    """Names of parties and bodies tell little; phrases tell more than words."""
    named = keyword in _NAMES or keyword in _BODIES
    weight = _NAME if named else 1.0 + 0.25 * keyword.count(" ")
    return (_DAMPED if concept.code in _VAGUE else 1.0) * weight


def _hits(text: str) -> list[_Hit]:
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):  # rare letters change length in lower case
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
    found: list[_Hit] = []
    for last, (size, shares) in _automaton().iter(lowered):
        start, end = last - size + 1, last + 1
        if (start and lowered[start - 1].isalnum()) or (end < len(text) and lowered[end].isalnum()):
            continue
        found.extend(_Hit(start, end, code, weight) for code, weight in shares)
    return _longest(found)


def _longest(found: list[_Hit]) -> list[_Hit]:
    """Keywords inside a longer one of the same issue count once."""
    found.sort(key=lambda h: (h.start, -h.end, h.code))
    kept: list[_Hit] = []
    ends: dict[str, int] = {}
    for hit in found:
        if hit.end > ends.get(hit.code, -1):
            kept.append(hit)
            ends[hit.code] = hit.end
    return kept


class Topics:
    """Issue keywords of one document."""

    def __init__(self, annotated: Annotated) -> None:
        document = annotated.document
        self.text = document.text
        self.hits = _hits(self.text)
        self.starts = [hit.start for hit in self.hits]
        self.sentences = annotated.sentences
        self.names = {e.id: e.name for e in annotated.entities.values()}
        self.base: defaultdict[str, float] = defaultdict(float)
        self.last: tuple[int, tuple[str, ...]] = (-9, ())
        for hit in _hits(document.title):
            self.base[hit.code] += _TITLE * hit.weight
        totals: defaultdict[str, float] = defaultdict(float)
        for hit in self.hits:
            totals[hit.code] += hit.weight
        whole = sum(totals.values()) + _FEW  # a text of few keywords tells little as a whole
        for code in sorted(totals):
            self.base[code] += _DOCUMENT * totals[code] / whole

    def forget_context(self) -> None:
        """Leave out title and document: the items of a digest are about different things."""
        self.base.clear()

    def of(self, draft: Draft, span: tuple[int, int]) -> tuple[Issue, ...]:
        """One or two issues of an act whose trigger stands at ``span``.

        Args:
            draft: the act.
            span: characters of its trigger.
        """
        scores: defaultdict[str, float] = defaultdict(float)
        best: dict[str, tuple[float, str]] = {}
        for hit, factor in self._around(draft, span):
            value = factor * hit.weight
            scores[hit.code] += value
            if value > best.get(hit.code, (0.0, ""))[0]:
                best[hit.code] = (value, self.text[hit.start : hit.end])
        for code, value in self.base.items():
            scores[code] += value
        for code, value in self._of_parties(draft).items():
            scores[code] += value
        for code in self._carried(draft):
            scores[code] += _CARRIED
        scores[_OTHER] += _UNKNOWN
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        first, top = ranked[0]
        chosen = [first]
        if len(ranked) > 1:
            second, value = ranked[1]
            local = best.get(second, (0.0, ""))[0]
            if value >= _SECOND * top and _OTHER not in (first, second) and local >= _LOCAL:
                chosen.append(second)
        self.last = draft.sentence, tuple(chosen)
        return tuple(Issue(code, best.get(code, (0.0, ""))[1]) for code in chosen)

    def _carried(self, draft: Draft) -> tuple[str, ...]:
        """The issues of the act told right before, in the same paragraph."""
        sentence, codes = self.last
        if not 0 <= draft.sentence - sentence <= _REACH:
            return ()
        start, end = self.sentences[sentence].span.end, self.sentences[draft.sentence].span.start
        return () if "\n" in self.text[start:end] else codes

    def _of_parties(self, draft: Draft) -> dict[str, float]:
        """What the parties and the kind of act speak for: Iran, tariffs, sanctions on Russia."""
        found: defaultdict[str, float] = defaultdict(float)
        for entity_id in {*draft.actor.ids, *draft.recipient.ids}:
            name = self.names.get(entity_id, "")
            for hit in _hits(name) if name else ():
                found[hit.code] = max(found[hit.code], _PARTY * hit.weight)
            if name in _SANCTIONED and draft.type in _SANCTIONS:
                found["russia-sanctions"] = _MEASURE
        if draft.type in _TARIFFS:
            found["trade-tariffs"] = _MEASURE
        return found

    def _around(self, draft: Draft, span: tuple[int, int]) -> list[tuple[_Hit, float]]:
        own = self.sentences[draft.sentence].span
        low = max(draft.sentence - 1, 0)
        high = min(draft.sentence + 1, len(self.sentences) - 1)
        start, end = self.sentences[low].span.start, self.sentences[high].span.end
        found = []
        for n in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            hit = self.hits[n]
            if own.start <= hit.start < own.end:
                distance = max(hit.start - span[1], span[0] - hit.end, 0)
                found.append((hit, _NEAR if distance <= _CLOSE else _SENTENCE))
            elif "\n" not in self.text[min(hit.start, own.start) : max(hit.start, own.start)]:
                found.append((hit, _PARAGRAPH))
        return found
