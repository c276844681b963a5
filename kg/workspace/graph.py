"""``KnowledgeGraph``: the one object users of the library hold."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Unpack

from kg.namespaces import derived_graph, document_iri
from kg.workspace.catalogue import SourceRow, find_document, source_rows
from kg.workspace.deciding import Deciding
from kg.workspace.measuring import Measuring

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.analysis import Level
    from kg.store.base import Result
    from kg.views.notebook import ShownAtlas, ShownReport
    from kg.workspace.explain import Explanation
    from kg.workspace.finding import FeedOptions
    from kg.workspace.health import CheckReport, Figures, Info
    from kg.workspace.ingest import Ingested, ReadOptions
    from kg.workspace.loading import Shards
    from kg.workspace.who import Match

__all__ = ["KnowledgeGraph"]


class KnowledgeGraph(Measuring, Deciding):
    """A store together with the reference data and the reader: ingest, ask, measure, export.

    Use it as a context manager, or call ``close``. Made by ``kg.workspace.open_graph``; its
    arguments are those of ``kg.workspace.held.Held``.
    """

    def ingest(
        self,
        inputs: Sequence[str],
        *,
        read_on: date | None = None,
        feeds: FeedOptions | None = None,
        **options: Unpack[ReadOptions],
    ) -> Iterator[Ingested]:
        """Read files, folders, patterns, addresses and "-": event feeds, then documents.

        Args:
            inputs: what to read; what is a feed is told by its columns.
            read_on: day to record as the day of reading, today by default.
            feeds: how feeds are read, see ``FeedOptions``.
            **options: how documents are read, see ``ReadOptions``.
        """
        from kg.sources import MAX_BYTES  # noqa: PLC0415 - readers need none
        from kg.workspace.feeds import FeedIngestor  # noqa: PLC0415
        from kg.workspace.finding import Copies, find_feeds  # noqa: PLC0415
        from kg.workspace.ingest import Ingestor  # noqa: PLC0415

        store, day = self._writer(), read_on or date.today()
        with TemporaryDirectory(prefix="kg-ingest-") as folder:
            copies = Copies(
                Path(folder),
                options.get("stdin"),
                options.get("max_bytes", MAX_BYTES),
                options.get("stated", {}).get("allow_private", False),
            )
            found = find_feeds(inputs, lambda: self.world, feeds or {}, copies)
            yield from (*found.problems, *found.skipped)
            if found.feeds:
                reader = FeedIngestor(store, self.world, self._base, day)
                yield from reader.ingest(found.feeds, feeds or {})
            if found.documents:
                ingestor = Ingestor(store, self.world, self.extractor, self._base, day)
                with found.stdin or nullcontext():
                    options["stdin"] = found.stdin or options.get("stdin")
                    yield from ingestor.ingest(found.documents, **options)

    def load(self, paths: Sequence[Path]) -> Shards:
        """Load N-Quads written on a cluster; see ``kg.workspace.loading.load_shards``."""
        from kg.workspace.loading import load_shards  # noqa: PLC0415

        return load_shards(self._writer(), self.world, paths)

    def forget(self, wanted: str) -> SourceRow:
        """Remove a document or feed and exactly its share; NotFoundError when it is not there."""
        row = find_document(self.sources(), wanted)
        graphs = [document_iri(row.id), derived_graph(row.id)]
        if row.is_feed:
            self._writer().discard(graphs)
        else:
            self._writer().replace({}, graphs)
        return row

    def sources(self) -> tuple[SourceRow, ...]:
        """The documents, by publication date."""
        return source_rows(self._store)

    def explain(self, wanted: str) -> Explanation:
        """The sentences behind an event (IRI or id) or a pair ("us,eu")."""
        from kg.workspace.explain import explain  # noqa: PLC0415

        return explain(self._store, self.world, wanted)

    def query(self, sparql: str, *, timeout: float | None = None) -> Result:
        """Ask in SPARQL 1.1; the default graph is the union of all graphs."""
        return self._store.query(sparql, timeout=timeout)

    def view(self, title: str = "Transatlantic relations") -> ShownAtlas:
        """Everything an HTML or network export shows."""
        from kg.workspace.atlas import atlas_view  # noqa: PLC0415

        return atlas_view(self._store, self.world, title)

    def report(
        self,
        subject: str,
        *,
        since: date | None = None,
        until: date | None = None,
        level: Level | None = None,
    ) -> ShownReport:
        """A dossier about a pair, an actor or an issue; see ``kg.workspace.report.report``."""
        from kg.analysis import Level  # noqa: PLC0415
        from kg.workspace.report import report  # noqa: PLC0415

        level = level or Level.POLITY
        return report(self._store, self.world, subject, since=since, until=until, level=level)

    def who(self, name: str, on: date | None = None) -> tuple[Match, ...]:
        """Everybody of a name in the reference data and in the documents, with their offices.

        Raises:
            NotFoundError: neither knows the name.
        """
        from kg.errors import NotFoundError  # noqa: PLC0415
        from kg.workspace import newcomers, who  # noqa: PLC0415

        told = newcomers.show_told(self._store, self.world, name)
        try:
            return (*who.show(self.world, name, on), *told)
        except NotFoundError:
            if not told:
                raise
            return told

    def info(self) -> Info:
        """What the store holds."""
        from kg.workspace.health import info  # noqa: PLC0415

        return info(self._store, source_rows(self._store, counted=False))

    def figures(self) -> Figures:
        """What was read and found: ``info`` without what takes long to count."""
        from kg.workspace.health import figures  # noqa: PLC0415

        return figures(self._store, source_rows(self._store, counted=False))

    def check(self, *, shacl: bool = False, reference: bool = False) -> CheckReport:
        """Check the store and the reference data; see ``kg.workspace.health.check``."""
        from kg.workspace.health import check  # noqa: PLC0415

        return check(self._store, self.world, shacl=shacl, reference=reference)

    def _repr_html_(self) -> str:
        """What it holds, inside a notebook."""
        from kg.workspace.showing import facts_html  # noqa: PLC0415 - only in a notebook

        info = self.info()
        facts = {
            "Store": info.location,
            "Documents": info.documents,
            "Published": f"{info.first_published} to {info.last_published}",
            "Events that happened": info.realised,
            "without a date": info.undated,
            "Sentences": info.mentions,
            "Actors": info.actors,
            "Read by": ", ".join(info.read_by),
        }
        return facts_html("Knowledge graph", facts)
