"""The public PLOVER gold records: one sentence, one event, its type and its two sides.

Records: https://github.com/openeventdata/PLOVER (GSR, CC BY-SA 4.0). They use the 18 types of the
first PLOVER; ours are the 16 of the 2021 manual, so older names are mapped. A record counts as
found when some predicted event has an actor on each side, in the right direction, and the right
polarity. Sides are compared by the words they stand on, or else by the state they belong to.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import SourceError
from kg.evaluation.scoring import Counts
from kg.records import ActorKind, Document, Polarity
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from pathlib import Path

    from kg.extraction import Extractor
    from kg.records import Entity, EventMention, Reading
    from kg.reference.world import World

__all__ = ["PloverRecord", "PloverScore", "evaluate_plover", "load_plover"]

OLDER_TYPES = {
    "DEMAND": "demand",
    "DISAPPROVE": "accuse",
    "INVESTIGATE": "accuse",
    "FIGHT": "assault",
    "CRIME": "coerce",
}

SYMMETRIC = frozenset({"agree", "consult", "cooperate"})


@dataclass(frozen=True, slots=True)
class PloverActor:
    """A side as the coder wrote it: words of the text and a country or role code."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class PloverRecord:
    """One coded sentence; ``type`` is a notation of our scheme."""

    id: str
    text: str
    type: str
    sources: tuple[PloverActor, ...]
    targets: tuple[PloverActor, ...]

    @property
    def sign(self) -> int:
        """The sign of its type: -1, 0 or 1."""
        return event_types()[self.type].sign


@dataclass(slots=True)
class PloverScore:
    """``counts``: records found (tp), missed (fn), predictions that match none (fp).

    ``found`` and ``records`` count by type; ``missed`` are the records not found.
    """

    counts: Counts
    found: Counter[str]
    records: Counter[str]
    missed: list[PloverRecord]


def load_plover(path: Path) -> tuple[PloverRecord, ...]:
    """The records of a file that code an event; SourceError when it is no such file."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return tuple(_record(item) for item in data if item.get("text") and item.get("source"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{path} holds no PLOVER records: {error!r}") from error


def _record(item: dict[str, Any]) -> PloverRecord:
    name = item["event"]
    notation = OLDER_TYPES.get(name, name.lower())
    if notation not in event_types():
        raise KeyError(name)
    return PloverRecord(
        item["id"], item["text"], notation, _actors(item["source"]), _actors(item.get("target"))
    )


def _actors(value: object) -> tuple[PloverActor, ...]:
    items = value if isinstance(value, list) else []
    return tuple(PloverActor(i.get("actorText") or "", i.get("code") or "") for i in items)


def evaluate_plover(
    records: tuple[PloverRecord, ...], extractor: Extractor, world: World
) -> PloverScore:
    """Read each record's sentence as a document of its own and compare."""
    score = PloverScore(Counts(), Counter(), Counter(), [])
    readings = extractor.read_many([Document(record.text) for record in records])
    for record, reading in zip(records, readings, strict=True):
        hits = [_matches(record, event, reading, world) for event in reading.events]
        score.records[record.type] += 1
        score.found[record.type] += any(hits)
        score.counts.tp += any(hits)
        score.counts.fn += not any(hits)
        score.counts.fp += hits.count(False)
        if not any(hits):
            score.missed.append(record)
    return score


def _matches(record: PloverRecord, event: EventMention, reading: Reading, world: World) -> bool:
    kind = event_types()[event.type]
    if kind.sign != record.sign and not _near(kind.polarity, record):
        return False
    actors = [reading.by_id[key] for key in event.actors]
    recipients = [reading.by_id[key] for key in event.recipients]
    if not record.targets or record.type in SYMMETRIC:
        wanted, given = (*record.sources, *record.targets), [*actors, *recipients]
        return all(_side((actor,), given, record, world) for actor in wanted)
    return _side(record.sources, actors, record, world) and _side(
        record.targets, recipients, record, world
    )


def _near(polarity: Polarity, record: PloverRecord) -> bool:
    """A plain request is neutral in our scheme and verbal cooperation in theirs."""
    return polarity is Polarity.NEUTRAL and record.type == "request"


def _side(
    wanted: tuple[PloverActor, ...], given: list[Entity], record: PloverRecord, world: World
) -> bool:
    return any(_same(actor, entity, record, world) for actor in wanted for entity in given)


def _same(actor: PloverActor, entity: Entity, record: PloverRecord, world: World) -> bool:
    start = record.text.find(actor.text) if actor.text else -1
    if start >= 0:
        end = start + len(actor.text)
        if any(span.start < end and start < span.end for span in entity.mentions):
            return True
    if entity.kind is ActorKind.PERSON or not entity.reference:
        return False
    polity = world.actors.get(world.polity_of(entity.reference) or "")
    return polity is not None and polity.iso3 == actor.code[:3] != ""
