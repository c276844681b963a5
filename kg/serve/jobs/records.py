"""The plain records that jobs give and pages show."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Card", "IssueRow", "Tie", "Who"]


@dataclass(frozen=True, slots=True)
class Who:
    """A party of an event, to be shown and followed."""

    id: str
    name: str
    office: str = ""
    polity: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An event in brief.

    Attributes:
        id: short id of the event.
        label: sentence about it.
        kind: label of its type.
        tone: plus, minus or zero.
        date: as far as it is known, "" when not.
        actors: one side.
        recipients: the other.
        issues: (code, label).
        status: realised, hypothetical or negated.
        confidence: from 0 to 1.
        quote: the best sentence.
        title: of its document.
        outlet: of its document.
        document: short id of its document, "" for the row of a feed.
        sources: independent ones.
        judged: right, wrong or "".
        value: its contribution to a balance.
    """

    id: str
    label: str
    kind: str
    tone: str
    date: str
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    issues: tuple[tuple[str, str], ...]
    status: str
    confidence: float
    quote: str
    title: str
    outlet: str
    document: str
    sources: int
    judged: str
    value: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parties and what passed between them; ``sources`` are independent ones."""

    a: str
    b: str
    name_a: str
    name_b: str
    confrontations: int
    cooperations: int
    consultations: int
    balance: float
    sources: int

    def other(self, one: str) -> tuple[str, str]:
        """Short id and name of the party that is not ``one``."""
        return (self.b, self.name_b) if self.a == one else (self.a, self.name_a)


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue with its events by sign; a narrower one names the code it is ``part_of``."""

    code: str
    label: str
    part_of: str
    confrontations: int
    cooperations: int
    consultations: int
