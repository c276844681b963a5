"""Read documents into a store: collect, parse, extract, link, write – one atomic share each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, TypedDict, Unpack

from kg.documents import read_all
from kg.documents.draft import Stated
from kg.documents.library import Library
from kg.graph import background_graphs, background_version, document_share
from kg.namespaces import derived_graph, document_iri, graph_iri
from kg.records import Reading
from kg.resolution import link
from kg.sources import MAX_BYTES, SourceProblem, collect
from kg.workspace.catalogue import SourceRow, source_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from kg.errors import KgError
    from kg.extraction import Extractor
    from kg.records import Document
    from kg.reference.world import World
    from kg.store.base import Store

__all__ = ["Books", "Ingested", "Ingestor", "Outcome", "ReadOptions", "update_background"]

_VERSION = f"SELECT DISTINCT ?version WHERE {{ <{graph_iri('ontology')}> tkg:version ?version }}"

BATCH = 32  # documents whose readings are computed together


class ReadOptions(TypedDict, total=False):
    """How inputs are read.

    Attributes:
        stdin: what "-" stands for.
        stated: what the caller states about all documents (date, outlet, columns of a table …).
        library: a BibTeX or CSL-JSON file with what is known about the files.
        max_bytes: larger files are refused.
        jobs: number of processes.
    """

    stdin: BinaryIO | None
    stated: Stated
    library: Path | None
    max_bytes: int
    jobs: int


class Outcome(StrEnum):
    """What became of one input."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Books:
    """What became of each row of a feed: rows = events + merged + filtered + rejected.

    Attributes:
        kind: of the feed: "gdelt", "icews" …
        rows: read.
        events: distinct acts (of votes: votes) that are new in this feed.
        merged: rows that tell an act which another row of the feed tells, too.
        filtered: reason → rows left out on purpose.
        rejected: reason → rows that cannot be read.
        first: the first of these as (row, reason).
        further: distinct acts beyond the first that a row tells which names several on a side;
            the feed tells ``events + further`` acts.
        pairs: reason → pairs left out of such rows, while others of the row count.
    """

    kind: str
    rows: int
    events: int
    merged: int
    filtered: Mapping[str, int]
    rejected: Mapping[str, int]
    first: tuple[tuple[int, str], ...] = ()
    further: int = 0
    pairs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ingested:
    """The report on one input.

    Attributes:
        name: where the document was read from, or the input that failed.
        outcome: added, replaced, unchanged, skipped (members of an archive) or failed.
        document: the document's id, "" when it failed.
        events, actors: how many were found; 0 for unchanged and failed inputs.
        problem: what went wrong.
        remark: something worth knowing, such as "same text as …".
        books: of a feed that was read, None for everything else.
    """

    name: str
    outcome: Outcome
    document: str = ""
    events: int = 0
    actors: int = 0
    problem: KgError | None = None
    remark: str = ""
    books: Books | None = None


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

    def ingest(self, inputs: Sequence[str], **options: Unpack[ReadOptions]) -> Iterator[Ingested]:
        """Read everything named; one report per document or failed input, as soon as it is stored.

        A document that is there already, read by the same extractor with the same reference
        data, is left alone. One whose source was read before with other content replaces that
        share. Each document is one transaction.
        """
        update_background(self._store, self._world)
        self._known = {row.id: row for row in source_rows(self._store)}
        waiting: list[Document] = []
        for found in self._documents(inputs, options):
            if isinstance(found, SourceProblem):
                yield Ingested(found.name, Outcome.FAILED, problem=found.error)
                continue
            waiting.append(found)
            if len(waiting) >= BATCH:
                yield from self._flush(waiting, options.get("jobs", 1))
        yield from self._flush(waiting, options.get("jobs", 1))

    def _documents(
        self, inputs: Sequence[str], options: ReadOptions
    ) -> Iterator[Document | SourceProblem]:
        stated = options.get("stated", Stated())
        private = stated.get("allow_private", False)
        path = options.get("library")
        items = collect(
            inputs,
            base=self._base,
            stdin=options.get("stdin"),
            max_bytes=options.get("max_bytes", MAX_BYTES),
            allow_private=private,
        )
        return read_all(items, _library(path, self._base) if path else None, **stated)

    def _flush(self, waiting: list[Document], jobs: int) -> Iterator[Ingested]:
        fresh: dict[str, Document] = {}
        for document in waiting:
            if not self._current(document):
                fresh.setdefault(document.id, document)
        readings = self._read(list(fresh.values()), jobs)
        ready = dict(zip(fresh, readings, strict=True))
        for document in waiting:
            reading = ready.pop(document.id, None)
            yield self._write(reading) if reading else self._unchanged(document)
        waiting.clear()

    def _read(self, documents: list[Document], jobs: int) -> Iterator[Reading]:
        """Readings in order; what is not English is kept, marked, and not coded."""
        coded = self._extractor.read_many([d for d in documents if _english(d)], jobs)
        for document in documents:
            name, version, _ = self._fingerprint()
            yield next(iter(coded)) if _english(document) else Reading(document, name, version)

    def _current(self, document: Document) -> bool:
        """Stored already, by this extractor, with these reference data."""
        row = self._known.get(document.id)
        return row is not None and row.read_by == self._fingerprint()

    def _fingerprint(self) -> tuple[str, str, str]:
        return self._extractor.name, self._extractor.version, self._world.version

    def _unchanged(self, document: Document) -> Ingested:
        row = self._known[document.id]
        twin = f"same content as {row.source}" if row.source != document.source else ""
        return Ingested(document.source, Outcome.UNCHANGED, document.id, remark=twin)

    def _write(self, reading: Reading) -> Ingested:
        document = reading.document
        name = document.source
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
        remark = (
            "" if _english(document) else f"kept, not coded: {document.language} is not English"
        )
        return Ingested(
            name, outcome, document.id, len(linked.events), len(linked.actors), remark=remark
        )

    def _outdated(self, document: Document) -> list[SourceRow]:
        """Earlier content of the same source."""
        if not document.source or document.source == "stdin":
            return []
        return [row for row in self._known.values() if row.source == document.source]


def update_background(store: Store, world: World) -> None:
    """Give a store our ontology and reference data unless it has just these."""
    found = store.select(_VERSION).texts()
    if found != ((background_version(world.overlays),),):
        store.replace(background_graphs(world.overlays))


def _english(document: Document) -> bool:
    """The reader knows English only; a document of unknown language is tried."""
    return not document.language or document.language.lower().split("-")[0] == "en"


def _library(path: Path, base: Path) -> Library:
    (found,) = collect([str(path)], base=base, assume=".bib")
    if isinstance(found, SourceProblem):
        raise found.error
    return Library.load(found)
