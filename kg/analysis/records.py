"""What analyses read and give: signed events with their evidence, and dyads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.records import PartialDate, Status

__all__ = ["Dyad", "Evidence", "Merge", "Party", "SignedEvent"]


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an event as the graph holds it.

    Attributes:
        role: "actor" or "recipient".
        agent, polity: IRIs; polity is None when nobody knows for whom the agent speaks.
        blocs, offices: IRIs, sorted.
    """

    role: str
    agent: str
    polity: str | None
    blocs: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that tells an event, and everything needed to find and judge it.

    ``story`` is equal for documents that are copies of one report (``kg.resolution.stories``).
    ``coded`` marks a row of a feed: its ``quote`` is the record of the row, not a sentence.
    """

    document: str
    title: str
    outlet: str
    source: str
    published: PartialDate | None
    story: str
    start: int
    end: int
    quote: str
    modality: str
    confidence: float
    extractor: str
    speaker: str | None = None
    trigger: str = ""
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """Another event of the graph that was taken for the same act, and by which rule.

    The rules are named in ``kg.analysis.identity.RULES``.
    """

    event: str
    label: str
    date: PartialDate | None
    rule: str


@dataclass(frozen=True, slots=True)
class SignedEvent:
    """An event with its sign, weight, sides and evidence.

    ``weight`` is |intensity| times confidence, where confidence is that of the best mention.
    ``merges`` are the other events of the graph it stands for. ``judged`` is "right" or "wrong"
    when a person said so, else "".
    """

    iri: str
    label: str
    type: str
    event_class: str
    sign: int
    intensity: float
    status: Status
    date: PartialDate | None
    parties: tuple[Party, ...]
    issues: tuple[str, ...]
    places: tuple[str, ...]
    venues: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    merges: tuple[Merge, ...] = ()
    judged: str = ""

    @property
    def iris(self) -> tuple[str, ...]:
        """Its own IRI and those of the events it stands for."""
        return (self.iri, *(merge.event for merge in self.merges))

    @property
    def confidence(self) -> float:
        """1 when judged to be right, else the highest among the mentions; 0 without any."""
        if self.judged == "right":
            return 1.0
        return max((piece.confidence for piece in self.evidence), default=0.0)

    @property
    def weight(self) -> float:
        """Unsigned contribution to a balance."""
        return abs(self.intensity) * self.confidence

    @property
    def signed_weight(self) -> float:
        """Contribution to a balance: negative for conflict."""
        return self.sign * self.weight

    @property
    def independent_sources(self) -> int:
        """Stories behind the event: copies of one wire report count once."""
        return len({piece.story for piece in self.evidence})

    @property
    def said(self) -> str | None:
        """What to quote: the best sentence; of an act that only feeds tell, what it is."""
        sentences = [piece for piece in self.ranked if not piece.coded]
        if sentences or not self.evidence:
            return sentences[0].quote if sentences else None
        return self.label

    @property
    def ranked(self) -> list[Evidence]:
        """The mentions, highest confidence first, then in document order."""
        return sorted(self.evidence, key=lambda e: (-e.confidence, e.document, e.start))

    @property
    def best(self) -> Evidence | None:
        """The mention to quote: highest confidence, then earliest in document order."""
        return next(iter(self.ranked), None)


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two parties and what passed between them.

    Attributes:
        a, b: IRIs in alphabetical order of their labels.
        group: month ("2026-02"), issue code or "" – whatever the table was split by.
        confrontations, cooperations, consultations: numbers of events by sign.
        balance: sum of signed weights (intensity on Goldstein's scale × confidence).
        conflict, cooperation: the two unsigned masses the balance is made of.
        trend: change of balance against the previous period; None when there is nothing to compare.
        issues: issue codes, most frequent first.
        undated: how many of the events have no date.
        sources: number of independent sources behind the pair.
        events: the events, heaviest first; those of a large store are read when asked for.
    """

    a: str
    b: str
    group: str
    confrontations: int
    cooperations: int
    consultations: int
    balance: float
    conflict: float
    cooperation: float
    trend: float | None
    issues: tuple[str, ...]
    undated: int
    sources: int = 0
    events: Sequence[SignedEvent] = field(repr=False, default=())

    @property
    def iris(self) -> list[str]:
        """IRIs of the events, heaviest first; cheap however many they are."""
        told = getattr(self.events, "iris", None)
        return list(told) if told is not None else [event.iri for event in self.events]

    def strongest(self, sign: int) -> SignedEvent | None:
        """The heaviest event of a sign; None when there is none."""
        found = getattr(self.events, "strongest", None)
        if found is not None:
            event: SignedEvent | None = found(sign)
            return event
        return next((event for event in self.events if event.sign == sign), None)
