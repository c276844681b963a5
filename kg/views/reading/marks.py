"""Cut a text where marks begin and end, so that any output can show overlapping ones."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from kg.records import Modality, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.records import EventMention, Reading, Span

__all__ = ["MODALITY_WORDS", "Layer", "Mark", "Piece", "marks", "pieces"]

MODALITY_WORDS = {
    Modality.ASSERTED: "",
    Modality.BACKGROUND: "past",
    Modality.HYPOTHETICAL: "if",
    Modality.NEGATED: "not",
}
"""How marks show in one word what became of an act; nothing for what is simply asserted."""


class Layer(IntEnum):
    """What a mark says about its words; outer layers first."""

    EVIDENCE = 0
    OFFICE = 1
    ACTOR = 2
    ACT = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text with what was found there.

    Attributes:
        start, end: code points of the document's text, end-exclusive.
        layer: what is marked.
        entity: id of the actor or of the office's holder, "" in other layers.
        events: numbers (from 1, in the order of the reading) of the events whose evidence or
            trigger it is, or which the actor reports.
    """

    start: int
    end: int
    layer: Layer
    entity: str = ""
    events: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in which no mark begins or ends, with those around it, outermost first.

    Attributes:
        text: the words, never empty.
        inside: all marks that cover it.
        opens: those that begin with it.
        closes: those that end with it, innermost first.
    """

    text: str
    inside: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]


def marks(reading: Reading) -> tuple[Mark, ...]:
    """Everything to be marked in a reading, in the order of the text, outermost first."""
    acts: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    evidence: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, event in enumerate(reading.events, 1):
        acts[event.trigger.start, event.trigger.end].append(number)
        for span in (event.evidence, *event.also):
            evidence[span.start, span.end].append(number)
    speaking = _speaking(reading)
    found = [Mark(*at, Layer.ACT, events=tuple(n)) for at, n in acts.items()]
    found += [Mark(*at, Layer.EVIDENCE, events=tuple(n)) for at, n in evidence.items()]
    for entity in reading.entities:
        for span in entity.mentions:
            at = (span.start, span.end)
            found.append(
                Mark(*at, Layer.ACTOR, entity.id, tuple(speaking.get((at, entity.id), ())))
            )
    for office in reading.offices:
        found.append(Mark(office.evidence.start, office.evidence.end, Layer.OFFICE, office.holder))
    return tuple(sorted(set(found), key=_order))


def _order(mark: Mark) -> tuple[int, int, int, str]:
    return mark.start, -mark.end, mark.layer, mark.entity


def _speaking(reading: Reading) -> dict[tuple[tuple[int, int], str], list[int]]:
    """(Mention, entity) → events it reports: in the evidence, or else the last one before it."""
    said: defaultdict[tuple[tuple[int, int], str], list[int]] = defaultdict(list)
    for number, event in enumerate(reading.events, 1):
        if event.speaker is None or event.speaker not in reading.by_id:
            continue
        mention = _nearest(reading.by_id[event.speaker].mentions, event)
        if mention is not None:
            said[(mention.start, mention.end), event.speaker].append(number)
    return said


def _nearest(mentions: tuple[Span, ...], event: EventMention) -> Span | None:
    at = bisect_left(mentions, event.evidence.start, key=lambda span: span.start)
    if at < len(mentions) and mentions[at].start < event.evidence.end:
        return mentions[at]
    return mentions[at - 1] if at else None


def pieces(text: str, found: Iterable[Mark]) -> Iterator[Piece]:
    """Cut ``text`` at every mark; the pieces joined are the text."""
    ordered = sorted(found, key=_order)
    cuts = sorted({0, len(text), *(m.start for m in ordered), *(m.end for m in ordered)})
    active: list[Mark] = []
    nxt = 0
    for start, end in itertools.pairwise(cuts):
        active = [mark for mark in active if mark.end > start]
        first = nxt
        while nxt < len(ordered) and ordered[nxt].start == start:
            nxt += 1
        opens = tuple(ordered[first:nxt])
        active += opens
        closes = tuple(mark for mark in reversed(active) if mark.end == end)
        yield Piece(text[start:end], tuple(active), opens, closes)


def tone(polarity: Polarity) -> str:
    """One word for the sign of an act, used as style name in every output."""
    return {Polarity.CONFLICT: "minus", Polarity.COOPERATION: "plus"}.get(polarity, "zero")
