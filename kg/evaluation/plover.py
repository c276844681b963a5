"""The public PLOVER gold records: one sentence, one event, its type and its two sides.

Records: https://github.com/openeventdata/PLOVER (GSR, CC BY-SA 4.0). They use the 18 types of the
first PLOVER; ours are the 16 of the 2021 manual, so older names are mapped. A record counts as
found when some predicted event has an actor on each side, in the right direction, and the right
polarity or class (a request is neutral or a demand). Sides are compared by the words they stand on
(names, and the words that state an office), or else by the state they belong to.

The records code unnamed actors ("Afghan rebels") and what happens within one country, so the
extractor has to be one that reads them: ``AnalystExtractor(generic_actors=True)``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import SourceError
from kg.evaluation.scoring import Counts
from kg.extraction.actors.grouplinks import polity_around
from kg.records import ActorKind, Document
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from pathlib import Path

    from kg.extraction import Extractor
    from kg.records import Entity, EventMention, Reading
    from kg.reference.world import World

__all__ = ["PloverRecord", "PloverScore", "evaluate_plover", "load_plover"]

OLDER_TYPES = {
    "DEMAND": "request",
    "DISAPPROVE": "accuse",
    "INVESTIGATE": "accuse",
    "FIGHT": "assault",
    "CRIME": "coerce",
}

SYMMETRIC = frozenset({"agree", "consult", "cooperate"})

_OTHER_CODES = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM", "ROM": "ROU", "GER": "DEU", "BUR": "MMR"}
"""Country codes in the records that ISO 3166 writes otherwise."""


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
        item["id"],
        " ".join(item["text"].strip(" {}").split()),
        notation,
        _actors(item["source"]),
        _actors(item.get("target")),
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
    kind, wanted = event_types()[event.type], event_types()[record.type]
    if kind.sign != record.sign and kind.top != wanted.top:
        return False
    sides = _Sides(record, reading, world)
    if not record.targets or record.type in SYMMETRIC:
        everybody = (*event.actors, *event.recipients)
        return all(sides.same((actor,), everybody) for actor in (*record.sources, *record.targets))
    return sides.same(record.sources, event.actors) and sides.same(record.targets, event.recipients)


class _Sides:
    """The coded actors of a record against the entities of its reading."""

    def __init__(self, record: PloverRecord, reading: Reading, world: World) -> None:
        self.record, self.reading, self.world = record, reading, world

    def same(self, wanted: tuple[PloverActor, ...], given: tuple[str, ...]) -> bool:
        """True when one of the coded actors is one of the entities."""
        return any(self._same(actor, self.reading.by_id[key]) for actor in wanted for key in given)

    def _same(self, actor: PloverActor, entity: Entity) -> bool:
        if any(one < end and start < two for start, end in self._words(actor)
               for one, two in self._stands(entity)):  # fmt: skip
            return True
        if any(_within(span.quote, actor.text) for span in entity.mentions):
            return True
        code = _OTHER_CODES.get(actor.code[:3], actor.code[:3])
        return entity.kind is not ActorKind.PERSON and code != "" and self._code(entity) == code

    def _words(self, actor: PloverActor) -> list[tuple[int, int]]:
        """Where the coded words stand; coders leave out words by "..."."""
        found = []
        for part in actor.text.split("..."):
            words = r"\s+".join(re.escape(word) for word in part.split())
            match = re.search(words, self.record.text) if words else None
            if match:
                found.append(match.span())
        return found

    def _stands(self, entity: Entity) -> list[tuple[int, int]]:
        offices = [o.evidence for o in self.reading.offices if o.holder == entity.id]
        return [(span.start, span.end) for span in (*entity.mentions, *offices)]

    def _code(self, entity: Entity) -> str:
        """ISO code of the state an entity is, belongs to, or lies in; "" when unknown."""
        iri = entity.reference or ""
        if entity.of and not self.world.polity_of(iri):
            iri = next((actor.iri for actor in self.world.find(entity.of) if actor.is_polity), "")
        polity = self.world.actors.get(polity_around(self.world, iri))
        return polity.iso3 if polity is not None else ""


def _within(name: str, words: str) -> bool:
    """True when a name stands among the coded words, as words of its own."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None
