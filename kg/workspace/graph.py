"""``KnowledgeGraph``: the one object users of the library hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self, Unpack

from kg.errors import StoreError
from kg.namespaces import derived_graph, document_iri
from kg.records import Status
from kg.workspace.catalogue import SourceRow, find_document, source_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from kg.analysis import Level
    from kg.analysis.acts import Acts, Without
    from kg.analysis.balance import Frustration
    from kg.analysis.network import FoldedNetwork
    from kg.analysis.time import Difference, Unit
    from kg.extraction import Extractor
    from kg.judgements import Judgement, Signature, Verdict
    from kg.reference.world import World
    from kg.store.base import Reader, Result, Store
    from kg.views.model import AtlasView
    from kg.views.report import ReportView
    from kg.workspace.cohesion import Camps, Cohesions
    from kg.workspace.explain import Explanation
    from kg.workspace.feeds import FeedOptions
    from kg.workspace.health import CheckReport, Info
    from kg.workspace.ingest import Ingested, ReadOptions
    from kg.workspace.judging import JudgementRow
    from kg.workspace.loading import Shards
    from kg.workspace.network import NetworkOptions
    from kg.workspace.review import Question, Topic
    from kg.workspace.rift import PairTable, RiftOptions, TwoSides
    from kg.workspace.tables import DyadTable, TableOptions
    from kg.workspace.timeline import Timeline
    from kg.workspace.votes import VoteOptions, VoteTable
    from kg.workspace.who import Match

__all__ = ["KnowledgeGraph"]


class KnowledgeGraph:
    """A store together with the reference data and the reader: ingest, ask, export.

    Use it as a context manager, or call ``close``. Made by ``kg.workspace.open_graph``.

    Args:
        store: the open store.
        base: folder that stored source paths are relative to.
        writable: whether ``ingest`` and ``forget`` are allowed.
        writer: opens the same store for writing when that is first needed, once ``store`` is
            closed.
        extractor: what reads documents; None for the built-in reader, loaded when first needed.
        overlays: files of the user's own on top of the reference data.
    """

    def __init__(
        self,
        store: Reader,
        base: Path,
        *,
        writable: bool,
        writer: Callable[[], Store] | None = None,
        extractor: Extractor | None = None,
        overlays: tuple[Path, ...] = (),
    ) -> None:
        self._overlays = overlays
        self._store, self._base, self._writable = store, base, writable
        self._open_writer = writer
        self._extractor = extractor
        self._world: World | None = None

    @property
    def store(self) -> Reader:
        """The store beneath, for SPARQL and rdflib (``graph.store.dataset()``)."""
        return self._store

    @property
    def world(self) -> World:
        """The reference data, loaded when first needed."""
        if self._world is None:
            from kg.reference.world import load_world  # noqa: PLC0415 - a second saved elsewhere

            self._world = load_world(self._overlays)
        return self._world

    @property
    def extractor(self) -> Extractor:
        """What reads documents, loaded when first needed."""
        if self._extractor is None:
            from kg.extraction.coder import AnalystExtractor  # noqa: PLC0415 - loads spaCy

            self._extractor = AnalystExtractor(world=self.world)
        return self._extractor

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
        from kg.workspace.feeds import FeedIngestor, find_feeds  # noqa: PLC0415 - readers need none
        from kg.workspace.ingest import Ingestor  # noqa: PLC0415

        store, day = self._writer(), read_on or date.today()
        found = find_feeds(inputs, lambda: self.world, feeds or {})
        yield from found.problems
        if found.feeds:
            reader = FeedIngestor(store, self.world, self._base, day)
            yield from reader.ingest(found.feeds, feeds or {})
        if found.documents:
            ingestor = Ingestor(store, self.world, self.extractor, self._base, day)
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

    def acts(
        self,
        statuses: Iterable[Status] = (Status.REALISED,),
        *,
        without: Without | None = None,
    ) -> Acts:
        """All acts in columns, whoever tells them; see ``kg.analysis.acts.acts``."""
        from kg.analysis.acts import acts  # noqa: PLC0415 - only for analyses

        return acts(self._store, statuses, without=without)

    def rifts(self, **options: Unpack[TableOptions]) -> DyadTable:
        """Pairs that confront each other; options as in ``kg.workspace.tables.TableOptions``."""
        from kg.workspace.tables import rifts  # noqa: PLC0415 - only for analyses

        return rifts(self._store, lambda: self.world, **options)

    def alliances(self, **options: Unpack[TableOptions]) -> DyadTable:
        """Pairs that stand together; options as for ``rifts``."""
        from kg.workspace.tables import alliances  # noqa: PLC0415

        return alliances(self._store, lambda: self.world, **options)

    def network(self, **options: Unpack[NetworkOptions]) -> FoldedNetwork:
        """Who stands with and against whom; see ``kg.workspace.network.NetworkOptions``."""
        from kg.workspace.network import network  # noqa: PLC0415

        return network(self._store, **options)

    def timeline(
        self,
        pair: str,
        by: Unit | None = None,
        window: int | None = None,
        step: int | None = None,
        **options: Unpack[NetworkOptions],
    ) -> Timeline:
        """A pair ("us,eu") month by month; see ``kg.workspace.timeline.timeline``."""
        from kg.analysis.time import Unit  # noqa: PLC0415
        from kg.workspace.timeline import timeline  # noqa: PLC0415

        by = by or Unit.MONTH
        return timeline(self._store, lambda: self.world, pair, by, window, step, **options)

    def diff(
        self, before: date, after: date, window: int = 365, **options: Unpack[NetworkOptions]
    ) -> Difference:
        """Ties that appeared, ended or flipped between windows that end on two days."""
        from kg.workspace.timeline import diff  # noqa: PLC0415

        return diff(self._store, before, after, window, **options)

    def votes(self, one: str, other: str, **options: Unpack[VoteOptions]) -> VoteTable:
        """How two states or blocs vote in the UN; see ``kg.workspace.votes.vote_table``."""
        from kg.workspace.votes import stored_votes, vote_table  # noqa: PLC0415

        store = self._store
        return vote_table(
            self.world, one, other, lambda states: stored_votes(store, states), options
        )

    def rift(self, left: str, right: str, **options: Unpack[RiftOptions]) -> TwoSides:
        """Tone and rift between two sides, with intervals; see ``kg.workspace.rift.rift``."""
        from kg.workspace.rift import rift  # noqa: PLC0415

        return rift(self._store, lambda: self.world, left, right, **options)

    def tones(self, **options: Unpack[RiftOptions]) -> PairTable:
        """Tone, interval and surprise of all pairs; see ``kg.workspace.rift.RiftOptions``."""
        from kg.workspace.rift import tones  # noqa: PLC0415

        return tones(self._store, **options)

    def cohesion(
        self,
        bloc: str,
        toward: str | None = None,
        by: str | None = None,
        **options: Unpack[NetworkOptions],
    ) -> Cohesions:
        """How well a bloc keeps together; see ``kg.workspace.cohesion.cohesion``."""
        from kg.workspace.cohesion import cohesion  # noqa: PLC0415

        return cohesion(self._store, lambda: self.world, bloc, toward, by, **options)

    def camps(
        self, k: int | None = 2, time_limit: float = 20.0, **options: Unpack[NetworkOptions]
    ) -> Camps:
        """The camps of a period and what holds them together; ``k`` None: any number."""
        from kg.workspace.cohesion import camps  # noqa: PLC0415

        return camps(self._store, k, time_limit=time_limit, **options)

    def balance(
        self, k: int | None = 2, time_limit: float = 60.0, **options: Unpack[NetworkOptions]
    ) -> Frustration:
        """The best division of the store's network into camps, with its proof."""
        from kg.analysis.balance import camps  # noqa: PLC0415

        return camps(self.network(**options).signed(), k, time_limit=time_limit)

    def leaving_out(self, wanted: Iterable[str]) -> Without:
        """What ``without`` takes, from "actor:us", "issue:iran" …; see ``kg.workspace.without``."""
        from kg.workspace.without import leaving_out  # noqa: PLC0415

        return leaving_out(self._store, lambda: self.world, wanted)

    def explain(self, wanted: str) -> Explanation:
        """The sentences behind an event (IRI or id) or a pair ("us,eu")."""
        from kg.workspace.explain import explain  # noqa: PLC0415

        return explain(self._store, self.world, wanted)

    def judge(self, verdict: Verdict, *wanted: str, by: Signature, document: str = "") -> Judgement:
        """Decide about events or actors; see ``kg.workspace.judging.judge``."""
        from kg.workspace.judging import judge  # noqa: PLC0415

        return judge(self._writer(), self.world, verdict, wanted, by, document)

    def answer(self, question: Question, verdict: Verdict, *, by: Signature) -> Judgement:
        """Write down the answer to a question of ``questions``."""
        from kg.judgements import append  # noqa: PLC0415

        return append(
            self._writer(),
            verdict,
            question.subjects,
            question.others,
            by=by,
            document=question.document,
        )

    def undo(self, wanted: str, *, by: Signature) -> Judgement:
        """Take back a judgement, by number or id; see ``kg.workspace.judging.undo``."""
        from kg.workspace.judging import undo  # noqa: PLC0415

        return undo(self._writer(), wanted, by)

    def judgements(self) -> tuple[JudgementRow, ...]:
        """The log of judgements, first entry first."""
        from kg.workspace.judging import judgement_rows  # noqa: PLC0415

        return judgement_rows(self._store)

    def questions(
        self, topics: tuple[Topic, ...] | None = None, below: float | None = None
    ) -> tuple[Question, ...]:
        """What deserves a person's eye; see ``kg.workspace.review.questions``."""
        from kg.workspace import review  # noqa: PLC0415

        return review.questions(
            self._store,
            self.world,
            tuple(review.Topic) if topics is None else topics,
            review.BELOW if below is None else below,
        )

    def query(self, sparql: str, *, timeout: float | None = None) -> Result:
        """Ask in SPARQL 1.1; the default graph is the union of all graphs."""
        return self._store.query(sparql, timeout=timeout)

    def view(self, title: str = "Transatlantic relations") -> AtlasView:
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
    ) -> ReportView:
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

        return info(self._store, self.sources())

    def check(self, *, shacl: bool = False, reference: bool = False) -> CheckReport:
        """Check the store and the reference data; see ``kg.workspace.health.check``."""
        from kg.workspace.health import check  # noqa: PLC0415

        return check(self._store, self.world, shacl=shacl, reference=reference)

    def close(self) -> None:
        """Close the store; harmless when repeated."""
        self._store.close()

    def _repr_html_(self) -> str:
        """What it holds, inside a notebook."""
        from kg.workspace.showing import info_html  # noqa: PLC0415 - only in a notebook

        return info_html(self.info())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _writer(self) -> Store:
        from kg.store.base import Store  # noqa: PLC0415

        if self._open_writer and not self._writable:
            self._store.close()
            self._store, self._writable = self._open_writer(), True
        if not self._writable or not isinstance(self._store, Store):
            raise StoreError(f"{self._store.location} is open for reading only")
        return self._store
