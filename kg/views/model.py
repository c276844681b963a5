"""What a view is given: plain frozen records, already computed, free of any store.

The workspace fills an :class:`AtlasView` from the results of ``kg.analysis``; the views only
arrange it. Every text may come from a document and is treated as hostile by each view.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kg.records import PartialDate

__all__ = [
    "KINDS",
    "LEVELS",
    "AtlasView",
    "CampsView",
    "EventView",
    "IssueView",
    "Level",
    "MentionView",
    "NodeView",
    "Sides",
]

Level = Literal["person", "polity", "bloc"]
LEVELS: tuple[Level, ...] = ("bloc", "polity", "person")
KINDS: tuple[str, ...] = ("person", "state", "bloc", "organisation")


@dataclass(frozen=True, slots=True)
class NodeView:
    """Somebody or something that takes part in an event, at any level.

    Attributes:
        id: unique in the view; an IRI or any other stable text.
        label: name to print.
        kind: one of ``KINDS``.
        polity: label of the state or bloc it belongs to or speaks for, "" when unknown.
        blocs: labels of the blocs its polity belongs to.
        offices: lines such as "Federal Chancellor of Germany, 2021-12-08 to 2025-05-06".
    """

    id: str
    label: str
    kind: str
    polity: str = ""
    blocs: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CampsView:
    """The division of one level into camps, as the analysis found it.

    Attributes:
        level: "bloc", "polity" or "person".
        camps: node ids by camp, the largest camp first; nodes of no camp are in none.
        note: a sentence that says how good the division is and what it rests on.
    """

    level: Level
    camps: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue's code ("chips") and its label, and those of its top-level issue.

    ``top`` and ``top_label`` are "" for an issue that has none above it.
    """

    code: str
    label: str
    top: str = ""
    top_label: str = ""


@dataclass(frozen=True, slots=True)
class MentionView:
    """One sentence that tells an event, in its context.

    Attributes:
        quote: the sentence, exactly as in the document.
        before, after: the text around it, "" at the document's ends.
        title, outlet: of the document; "" when unknown.
        published: ISO date of the document ("2026", "2026-02" or "2026-02-14"), None if unknown.
        source: path or URL the document was read from; linked only when http or https.
        document: identifier of the document; mentions in the same one share it.
        start, end: code point offsets of the quote in the document's text, end-exclusive.
        modality: "asserted", "background", "hypothetical" or "negated".
        speaker: label of whoever reports the act, "" when the document itself does.
        confidence: probability 0 to 1 that the event was read rightly from this sentence.
        extractor: name and version of the reader.
        story: equal for documents that are copies of one report; "" counts as the document.
        row: of the row of a feed, where it stands and who coded it ("row 5 of events.tab, coded by
            icews 1"); its quote says what the act is. "" for a sentence.
        fields: (name, value) of the row's columns.
    """

    quote: str
    before: str = ""
    after: str = ""
    title: str = ""
    outlet: str = ""
    published: str | None = None
    source: str = ""
    document: str = ""
    start: int = 0
    end: int = 0
    modality: str = "asserted"
    speaker: str = ""
    confidence: float = 1.0
    extractor: str = ""
    story: str = ""
    row: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """Node ids on both sides of an event; equal tuples for a joint act such as "A met B"."""

    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    @property
    def joint(self) -> bool:
        """True when the same participants stand on both sides."""
        return len(self.actors) > 1 and set(self.actors) == set(self.recipients)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Sorted (actor, recipient) pairs; each pair of a joint act once, never a self-pair.

        >>> Sides(("a", "b"), ("b", "a")).pairs()
        (('a', 'b'),)
        >>> Sides(("a",), ("c", "b")).pairs()
        (('a', 'b'), ('a', 'c'))
        """
        found = {(a, b) for a in self.actors for b in self.recipients if a != b}
        if self.joint:
            found = {(a, b) for a, b in found if a < b}
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened (or was said not to), however many sentences tell it.

    Attributes:
        id: unique in the view.
        type, event_class: label of the fine type ("criticise") and of its class ("accuse").
        sign: -1 confrontation, 0 consultation, 1 cooperation.
        intensity: -10 to 10 on Goldstein's scale.
        status: "realised", "hypothetical" or "negated".
        date: "2026", "2026-02" or "2026-02-14" as far as it is known; None when unknown.
        person, polity, bloc: both sides at the three levels (node ids). At ``person`` level they
            are the sides as the text names them, so organisations and states may occur.
        issues: what it was about.
        place, venue: labels, "" when unknown.
        confidence: 0 to 1, of the event as a whole.
        mentions: the sentences, strongest first.
    """

    id: str
    type: str
    event_class: str
    sign: int
    intensity: float
    person: Sides
    polity: Sides = field(default_factory=Sides)
    bloc: Sides = field(default_factory=Sides)
    status: str = "realised"
    date: str | None = None
    issues: tuple[IssueView, ...] = ()
    place: str = ""
    venue: str = ""
    confidence: float = 1.0
    mentions: tuple[MentionView, ...] = ()

    def __post_init__(self) -> None:
        if self.sign not in (-1, 0, 1):
            raise ValueError(f"sign must be -1, 0 or 1: {self.sign}")
        if self.date is not None:
            PartialDate.parse(self.date)  # raises ValueError on anything else

    @property
    def when(self) -> PartialDate | None:
        """The date with its precision, None when unknown."""
        return PartialDate.parse(self.date) if self.date else None

    @property
    def precision(self) -> str:
        """How much of the date is known: "day", "month", "year", or "" when nothing is."""
        return self.when.precision.value if self.when else ""

    @property
    def sources(self) -> int:
        """Independent sources: copies of one report, and sentences of one document, count once."""
        return len({mention.story or mention.document for mention in self.mentions})

    def sides(self, level: Level) -> Sides:
        """Both sides at the given level."""
        return {"person": self.person, "polity": self.polity, "bloc": self.bloc}[level]


@dataclass(frozen=True, slots=True)
class AtlasView:
    """Everything an export shows.

    Attributes:
        title: heading of the page.
        generated_from: what the store held, as (name, value) lines: (("Documents", "4"), …).
        nodes: everybody who occurs on a side at any level; ids are unique.
        events: in any order; views sort them.
        subtitle: one line below the title, "" for none.
        camps: divisions into camps, at most one for each level.
    """

    title: str
    nodes: tuple[NodeView, ...]
    events: tuple[EventView, ...]
    generated_from: tuple[tuple[str, str], ...] = ()
    subtitle: str = ""
    camps: tuple[CampsView, ...] = ()

    def __post_init__(self) -> None:
        known = {node.id for node in self.nodes}
        if len(known) != len(self.nodes):
            raise ValueError("two nodes with the same id")
        for event in self.events:
            for sides in (event.person, event.polity, event.bloc):
                missing = set(sides.actors + sides.recipients) - known
                if missing:
                    raise ValueError(f"event {event.id} names an unknown node: {min(missing)}")

    def camp_of(self, level: Level) -> dict[str, int]:
        """Number of the camp (from 1) by node id, for those who are in one at the level."""
        return {
            node: number
            for division in self.camps
            if division.level == level
            for number, camp in enumerate(division.camps, start=1)
            for node in camp
        }
