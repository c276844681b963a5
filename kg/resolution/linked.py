"""What resolution hands to the graph: identities instead of names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import ActorKind, EventMention, Issue, PartialDate, Reading, Status

__all__ = ["Capacity", "LinkedActor", "LinkedEvent", "LinkedReading", "Side"]


@dataclass(frozen=True, slots=True)
class LinkedActor:
    """An entity of a reading with the IRI it goes by in the graph.

    ``known`` tells whether the IRI comes from the reference data; otherwise it was minted from
    the name and two documents that use the same name mean the same node. ``confidence`` (0-1) and
    ``reason`` say how sure the link is and what it rests on.
    """

    iri: str
    label: str
    kind: ActorKind
    known: bool
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which capacity somebody acts on a day.

    Attributes:
        tenures: IRIs of the tenures held on that day, most senior first.
        offices: IRIs of their offices, in the same order.
        polity: the state or bloc spoken for, None when unknown.
        blocs: the blocs that polity belonged to on that day (itself, when it is a bloc), sorted.
    """

    tenures: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    polity: str | None = None
    blocs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One party to an event: role "actor" or "recipient", who it is, and as what it acts."""

    role: str
    actor: LinkedActor
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class LinkedEvent:
    """One thing that happened (or did not), with all the sentences of the document that tell it."""

    iri: str
    type: str
    status: Status
    date: PartialDate | None
    sides: tuple[Side, ...]
    issues: tuple[Issue, ...]
    places: tuple[str, ...]
    venues: tuple[str, ...]
    mentions: tuple[EventMention, ...]

    def party(self, role: str) -> tuple[LinkedActor, ...]:
        """The actors of one role."""
        return tuple(side.actor for side in self.sides if side.role == role)


@dataclass(frozen=True, slots=True)
class LinkedReading:
    """A reading whose entities are linked and whose events have identities."""

    reading: Reading
    actors: dict[str, LinkedActor]
    events: tuple[LinkedEvent, ...]
    reference_version: str
