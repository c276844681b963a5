"""Link a reading: every entity gets an IRI, every event an identity, every side a capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import entity_iri
from kg.records import ActorKind
from kg.resolution.capacity import Capacities
from kg.resolution.evidence import link_reason
from kg.resolution.identity import event_iri
from kg.resolution.linked import LinkedActor, LinkedEvent, LinkedReading, Side
from kg.resolution.spelling import respelt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Entity, EventMention, Issue, Reading
    from kg.reference.world import World

__all__ = ["link"]


def link(reading: Reading, world: World) -> LinkedReading:
    """Link one reading against the reference data; mentions themselves are never changed."""
    actors = {entity.id: _linked(entity, world) for entity in reading.entities}
    capacities = Capacities(world, reading)
    grouped: dict[str, list[EventMention]] = {}
    for mention in reading.events:
        grouped.setdefault(_identity(mention, actors, reading), []).append(mention)
    events = (
        _event(iri, mentions, actors, capacities) for iri, mentions in sorted(grouped.items())
    )
    return LinkedReading(reading, actors, tuple(events), world.version)


def _linked(entity: Entity, world: World) -> LinkedActor:
    known = world.actors.get(entity.reference) if entity.reference else None
    if known is not None:
        return LinkedActor(
            iri=known.iri,
            label=known.label,
            kind=known.kind,
            known=True,
            confidence=entity.link_confidence,
            reason=link_reason(known, entity),
        )
    found = respelt(entity.name, world) if entity.kind is ActorKind.PERSON else None
    if found:
        person, sure = found
        return LinkedActor(
            iri=person.iri,
            label=person.label,
            kind=person.kind,
            known=True,
            confidence=min(sure, entity.link_confidence),
            reason=f"another spelling: {entity.name}",
        )
    return LinkedActor(
        iri=entity_iri(entity.kind, entity.name),
        label=entity.name,
        kind=entity.kind,
        known=False,
        confidence=entity.link_confidence,
        reason="not in the reference data; goes by this name",
    )


def _identity(mention: EventMention, actors: dict[str, LinkedActor], reading: Reading) -> str:
    return event_iri(
        mention.type,
        (actors[key].iri for key in mention.actors),
        (actors[key].iri for key in mention.recipients),
        mention.date,
        mention.modality.status,
        reading.document.id,
    )


def _event(
    iri: str,
    mentions: list[EventMention],
    actors: dict[str, LinkedActor],
    capacities: Capacities,
) -> LinkedEvent:
    first = mentions[0]
    sides: dict[tuple[str, str], Side] = {}
    for role, keys in (("actor", first.actors), ("recipient", first.recipients)):
        for key in keys:
            capacity = capacities.of(key, actors[key], first.date)
            sides.setdefault((role, actors[key].iri), Side(role, actors[key], capacity))
    return LinkedEvent(
        iri=iri,
        type=first.type,
        status=first.modality.status,
        date=first.date,
        sides=tuple(sides[key] for key in sorted(sides)),
        issues=_issues(mentions),
        places=_distinct(mention.place for mention in mentions),
        venues=_distinct(mention.venue for mention in mentions),
        mentions=tuple(mentions),
    )


def _issues(mentions: list[EventMention]) -> tuple[Issue, ...]:
    by_code: dict[str, Issue] = {}
    for mention in mentions:
        for issue in mention.issues:
            by_code.setdefault(issue.code, issue)
    return tuple(by_code[code] for code in sorted(by_code))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))
