"""The built-in extractor: actors, then acts, offline and deterministic."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extraction.actors import annotate_many
from kg.extraction.events.claims import read_claims
from kg.extraction.frames import load_lexicon
from kg.extraction.reading import read_events
from kg.language.pipeline import load_pipeline, model_info
from kg.records import Reading
from kg.reference.world import load_world

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extraction.annotation import Annotated
    from kg.records import Document, Entity
    from kg.reference.world import World

__all__ = ["AnalystExtractor"]

_BATCH = 32
_AHEAD = 4  # batches that wait for each process, so that none is ever idle
_CODE = Path(__file__).resolve().parent
_DISTRIBUTION = "1"
_READ = frozenset((".py", ".txt", ".tsv", ".npz"))


class AnalystExtractor:
    """Reads documents by rules over a dependency parse.

    Args:
        model: name or path of another spaCy pipeline; None for the built-in one.
        world: reference data; None for the built-in data.
        generic_actors: read unnamed people and groups ("Afghan rebels", "police"), too, and what
            happens within one country. Such entities have a ``sector``. Meant for coding single
            sentences as PLOVER does, not for a graph: nobody can say who they are.

    Raises:
        ModelError: when the first document is read and the pipeline is missing.
    """

    def __init__(
        self,
        model: str | None = None,
        world: World | None = None,
        *,
        generic_actors: bool = False,
    ) -> None:
        self._model = model
        self._given = world
        self._generic = generic_actors

    @property
    def name(self) -> str:
        """Recorded with every mention."""
        return "analyst"

    @cached_property
    def version(self) -> str:
        """Digest of code, word lists, lexicon, reference data and language model."""
        digest = hashlib.sha256(_DISTRIBUTION.encode())
        files = (p for p in _CODE.rglob("*") if p.suffix in _READ)
        for path in sorted(files, key=lambda p: p.relative_to(_CODE).as_posix()):
            digest.update(path.relative_to(_CODE).as_posix().encode() + b"\0" + path.read_bytes())
        parts = (load_lexicon().version, self._world.version, model_info(self._model).sha256)
        for part in parts:
            digest.update(part.encode() + b"\0")
        if self._generic:
            digest.update(b"generic actors")
        return digest.hexdigest()[:16]

    @cached_property
    def _world(self) -> World:
        return self._given if self._given is not None else load_world()

    def read(self, document: Document) -> Reading:
        """Everything found in one document."""
        return next(iter(self._read_batch([document])))

    def read_many(self, documents: Iterable[Document], jobs: int = 1) -> Iterator[Reading]:
        """Readings in the order of the documents.

        Args:
            documents: what to read; taken in batches, so a long stream is fine.
            jobs: processes to use; the readings do not depend on it.
        """
        batches = _batches(documents)
        if jobs <= 1:
            for batch in batches:
                yield from self._read_batch(batch)
            return
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            jobs,
            mp_context=context,
            initializer=_start,
            initargs=(self._model, self._given, self._generic),
        ) as pool:
            ahead = deque(pool.submit(_read_in_worker, b) for b in islice(batches, _AHEAD * jobs))
            while ahead:
                yield from ahead.popleft().result()
                ahead += [pool.submit(_read_in_worker, b) for b in islice(batches, 1)]

    def _read_batch(self, documents: Sequence[Document]) -> list[Reading]:
        nlp = load_pipeline(self._model)
        readings = []
        for annotated in annotate_many(documents, nlp, self._world, _BATCH, generic=self._generic):
            entities, events, drafts = read_events(annotated, self._world)
            found = Reading(
                document=annotated.document,
                extractor=self.name,
                version=self.version,
                entities=_sure(entities, annotated),
                offices=annotated.offices,
                events=events,
                claims=read_claims(annotated, drafts),
            )
            readings.append(_without_idle(found, annotated.implied))
        return readings


def _without_idle(reading: Reading, implied: set[str]) -> Reading:
    """Without those whom no word names ("I", an adjective) and who take part in nothing."""
    needed = {office.holder for office in reading.offices}
    needed |= {claim.claimant for claim in reading.claims}
    for event in reading.events:
        needed |= {*event.actors, *event.recipients, event.speaker or ""}
    for entity in reading.entities:
        if entity.id in needed or entity.id not in implied:
            needed |= {*entity.members}
    idle = implied - needed
    return replace(reading, entities=tuple(e for e in reading.entities if e.id not in idle))


def _sure(entities: tuple[Entity, ...], annotated: Annotated) -> tuple[Entity, ...]:
    """Entities with the confidence of their surest mention; pronouns count for nobody."""
    best: dict[str, float] = {}
    for index in annotated.nominal:
        for entity_id in annotated.actors.get(index, ()):
            sure = annotated.link_confidence.get(index, 1.0)
            best[entity_id] = max(best.get(entity_id, 0.0), sure)
    return tuple(
        entity
        if best.get(entity.id, 1.0) == 1.0
        else replace(entity, link_confidence=best[entity.id])
        for entity in entities
    )


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    stream = iter(documents)
    while batch := list(islice(stream, _BATCH)):
        yield batch


_worker: list[AnalystExtractor] = []


def _start(model: str | None, world: World | None, generic: bool) -> None:
    """Give a worker process its own extractor."""
    _worker[:] = [AnalystExtractor(model, world, generic_actors=generic)]


def _read_in_worker(documents: list[Document]) -> list[Reading]:
    return _worker[0]._read_batch(documents)
