"""Read documents into a store: collect, parse, extract, link, write – one atomic share each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO

from kg.documents import parse_all
from kg.errors import KgError
from kg.graph import background_graphs, background_version, document_share
from kg.namespaces import derived_graph, document_iri, graph_iri
from kg.resolution import link
from kg.sources import SourceProblem, collect
from kg.workspace.catalogue import SourceRow, source_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from kg.extraction import Extractor
    from kg.records import Document, PartialDate, Reading
    from kg.reference.world import World
    from kg.store.base import Store

__all__ = ["Ingested", "Ingestor", "Outcome"]

_VERSION = f"SELECT DISTINCT ?version WHERE {{ <{graph_iri('ontology')}> tkg:version ?version }}"

BATCH = 32  # documents whose readings are computed together


class Outcome(StrEnum):
    """What became of one input."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ingested:
    """The report on one input.

    Attributes:
        name: the input as the user would recognise it.
        outcome: added, replaced, unchanged or failed.
        document: the document's id, "" when it failed.
        events, actors: how many were found; 0 for unchanged and failed inputs.
        problem: what went wrong.
        remark: something worth knowing, such as "same text as …".
    """

    name: str
    outcome: Outcome
    document: str = ""
    events: int = 0
    actors: int = 0
    problem: KgError | None = None
    remark: str = ""


class Ingestor:
    """Writes documents into one store.

    Args:
        store: open for writing.
        world: reference data to link against.
        extractor: what reads the documents.
        base: folder that stored source paths are relative to.
        read_on: the day recorded for documents that are new to the store.
    """

    def __init__(
        self, store: Store, world: World, extractor: Extractor, base: Path, read_on: date
    ) -> None:
        self._store, self._world, self._extractor = store, world, extractor
        self._base, self._read_on = base, read_on
        self._known: dict[str, SourceRow] = {}

    def ingest(
        self,
        inputs: Sequence[str],
        *,
        stdin: BinaryIO | None = None,
        published: PartialDate | None = None,
        jobs: int = 1,
    ) -> Iterator[Ingested]:
        """Read everything named; one report per input, in order, as soon as it is stored.

        A document that is there already, read by the same extractor with the same reference
        data, is left alone. One whose source was read before with other content replaces that
        share. Each document is one transaction.
        """
        self._update_background()
        self._known = {row.id: row for row in source_rows(self._store)}
        waiting: list[tuple[str, Document]] = []
        for name, found in self._documents(inputs, stdin, published):
            if isinstance(found, KgError):
                yield Ingested(name, Outcome.FAILED, problem=found)
                continue
            waiting.append((name, found))
            if len(waiting) >= BATCH:
                yield from self._flush(waiting, jobs)
        yield from self._flush(waiting, jobs)

    def _update_background(self) -> None:
        """Give the store our ontology and reference data unless it has just these."""
        found = self._store.select(_VERSION).texts()
        if found != ((background_version(),),):
            self._store.replace(background_graphs())

    def _documents(
        self, inputs: Sequence[str], stdin: BinaryIO | None, published: PartialDate | None
    ) -> Iterator[tuple[str, Document | KgError]]:
        """Each document, or the reason why there is none, under the name of its input."""
        for item in collect(inputs, base=self._base, stdin=stdin):
            if isinstance(item, SourceProblem):
                yield item.name, item.error
                continue
            try:
                for found in parse_all(item, published=published):
                    if isinstance(found, SourceProblem):
                        yield found.name, found.error
                    else:
                        part = found.source.removeprefix(item.source)
                        yield item.name + part, found
            except KgError as error:
                yield item.name, error

    def _flush(self, waiting: list[tuple[str, Document]], jobs: int) -> Iterator[Ingested]:
        fresh: dict[str, Document] = {}
        for _, document in waiting:
            if not self._current(document):
                fresh.setdefault(document.id, document)
        readings = self._extractor.read_many(list(fresh.values()), jobs)
        ready = dict(zip(fresh, readings, strict=True))
        for name, document in waiting:
            reading = ready.pop(document.id, None)
            yield self._write(name, reading) if reading else self._unchanged(name, document)
        waiting.clear()

    def _current(self, document: Document) -> bool:
        """Stored already, by this extractor, with these reference data."""
        row = self._known.get(document.id)
        return row is not None and row.read_by == self._fingerprint()

    def _fingerprint(self) -> tuple[str, str, str]:
        return self._extractor.name, self._extractor.version, self._world.version

    def _unchanged(self, name: str, document: Document) -> Ingested:
        row = self._known[document.id]
        twin = f"same content as {row.source}" if row.source != document.source else ""
        return Ingested(name, Outcome.UNCHANGED, document.id, remark=twin)

    def _write(self, name: str, reading: Reading) -> Ingested:
        document = reading.document
        before = self._known.get(document.id)
        if before:  # read again: what is known about its origin stays as it was
            reading = replace(reading, document=replace(document, source=before.source))
        linked = link(reading, self._world)
        share = document_share(linked, before.read_on if before else self._read_on)
        outdated = [] if before else self._outdated(document)
        removed = [g for row in outdated for g in (document_iri(row.id), derived_graph(row.id))]
        self._store.replace(share.graphs, removed)
        for row in outdated:
            del self._known[row.id]
        self._known[document.id] = SourceRow.of(reading, self._fingerprint(), self._read_on)
        outcome = Outcome.REPLACED if outdated or before else Outcome.ADDED
        return Ingested(name, outcome, document.id, len(linked.events), len(linked.actors))

    def _outdated(self, document: Document) -> list[SourceRow]:
        """Earlier content of the same source."""
        if not document.source or document.source == "stdin":
            return []
        return [row for row in self._known.values() if row.source == document.source]
