"""Read event feeds into a store: find them among the inputs, code their rows, keep the books."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypedDict

from kg.errors import KgError, SourceError
from kg.feeds import Tally, Wanted, feed_files, in_order, read_mapping, reject_writer
from kg.sources import is_web_address, known_suffixes
from kg.sources.walking import expand, is_folder, is_pattern, walk
from kg.workspace.books import books, drain, drop_older
from kg.workspace.bulk import load_feed
from kg.workspace.ingest import Ingested, Outcome, update_background
from kg.workspace.votes import ingest_votes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from kg.feeds import FeedFile, Links, Reject
    from kg.reference.world import World
    from kg.store.base import Store

__all__ = ["FeedIngestor", "FeedOptions", "Found", "find_feeds"]

_TABLES = (".csv", ".tsv", ".tab", ".txt", ".gz", ".zip", ".parquet", ".export")
_DOCUMENTS = (".warc.gz",)
_MANY = 20_000  # rows after which a store is put in order


class FeedOptions(TypedDict, total=False):
    """How feeds are read.

    Attributes:
        kind: take every file for this kind of feed (``kg.feeds.KINDS``).
        mapping: take every file for what this file describes.
        only: actors, "us,eu,nato": rows between others are left out.
        since, until: first and last day.
        root_only: GDELT: only events told in the lead of a report.
        private: citizens, business, media and the like count for their country.
        rejects: file for the rows that cannot be read; by default beside the store.
        progress: told the file, the number of its rows read so far, and their share, 0 to 1.
    """

    kind: str
    mapping: Path | None
    only: str
    since: date | None
    until: date | None
    root_only: bool
    private: bool
    rejects: Path | None
    progress: Callable[[str, int, float], None] | None


@dataclass(slots=True)
class Found:
    """The inputs, told apart.

    Attributes:
        documents: what is no feed, as it was given.
        feeds: the feeds.
        problems: reports on files that should be feeds and cannot be read.
    """

    documents: list[str] = field(default_factory=list)
    feeds: list[FeedFile] = field(default_factory=list)
    problems: list[Ingested] = field(default_factory=list)


def find_feeds(inputs: Sequence[str], world: Callable[[], World], options: FeedOptions) -> Found:
    """Which inputs are feeds, told by their columns; everything else is taken for documents.

    Args:
        inputs: as for ``kg.sources.collect``.
        world: the reference data, loaded only for a mapping.
        options: with "kind" or "mapping" every file named is taken for a feed.

    Raises:
        UsageError: the mapping is wrong.
    """
    kind, path = options.get("kind", ""), options.get("mapping")
    mapping = read_mapping(path, world()) if path else None
    forced = bool(kind or mapping)
    found = Found()
    for given in inputs:
        before = len(found.feeds) + len(found.problems)
        for candidate in _candidates(given, forced):
            try:
                found.feeds += feed_files(candidate, kind=kind, mapping=mapping)
            except KgError as error:
                if forced or candidate.suffix.lower() in (".gz", ".zip", ".parquet"):
                    found.problems.append(Ingested(str(candidate), Outcome.FAILED, problem=error))
        if len(found.feeds) + len(found.problems) == before or _has_documents(given):
            found.documents.append(given)
    return found


class FeedIngestor:
    """Writes feeds into one store.

    Args:
        store: open for writing.
        world: reference data to link against.
        base: folder that stored source paths are relative to.
        read_on: the day recorded.
    """

    def __init__(self, store: Store, world: World, base: Path, read_on: date) -> None:
        self._store, self._world = store, world
        self._base, self._read_on = base, read_on

    def ingest(self, files: Sequence[FeedFile], options: FeedOptions) -> Iterator[Ingested]:
        """Read all files; one report for each, as soon as it is stored.

        A feed is stored whole or not at all. The same file read the same way is left alone; one
        whose source was read before with other content, or otherwise, replaces that share.

        Raises:
            UsageError: "only" names somebody unknown.
            SourceError: the file for rejected rows cannot be written.
        """
        update_background(self._store, self._world)
        wanted = Wanted(
            only=Wanted.actors(self._world, options.get("only", "")),
            since=options.get("since"),
            until=options.get("until"),
            root_only=options.get("root_only", False),
            private=options.get("private", False),
        )
        votes = [file for file in files if file.kind.startswith("un-")]
        ordered, links = in_order([file for file in files if file not in votes])
        run = _Run(wanted, links, options.get("progress"))
        with _Rejects(options.get("rejects") or rejects_path(self._store.location)) as rejects:
            for file in ordered:
                yield self._one(file, run, Tally(on_reject=rejects.write))
            if votes:
                yield from ingest_votes(
                    self._store,
                    self._world,
                    votes,
                    read_on=self._read_on,
                    source=self._source,
                    on_reject=rejects.write,
                )
        if votes or run.loaded >= _MANY:
            self._store.tidy()

    def _one(self, file: FeedFile, run: _Run, tally: Tally) -> Ingested:
        name = file.part.name
        try:
            feed = file.feed(self._source(file), run.wanted, run.helpers(file))
            run.read.append((file.kind, feed.id))
            batches = file.batches(
                self._world,
                tally,
                wanted=run.wanted,
                links=run.links,
                progress=partial(run.progress, name) if run.progress else None,
            )
            if file.kind == "gkg":
                drain(batches)
                return Ingested(name, Outcome.ADDED, books=books(feed.kind, 0, tally))
            loaded = load_feed(
                self._store, self._world, feed, batches, read_on=self._read_on, tidy=False
            )
            if loaded.unchanged:
                if run.links.keep_events:
                    drain(file.batches(self._world, Tally(), wanted=run.wanted, links=run.links))
                return Ingested(name, Outcome.UNCHANGED, feed.id)
            run.loaded += loaded.rows
            older = drop_older(self._store, feed)
            new = 0 if file.kind == "mentions" else loaded.events  # they tell those of other feeds
            return Ingested(
                name,
                Outcome.REPLACED if older else Outcome.ADDED,
                feed.id,
                events=new,
                books=books(feed.kind, new, tally),
            )
        except KgError as error:
            return Ingested(name, Outcome.FAILED, problem=error)

    def _source(self, file: FeedFile) -> str:
        """Where a feed is from, as the store knows it: below the base relative to it."""
        path = Path(os.path.abspath(file.part.path))  # noqa: PTH100 - links stay as they are
        base = self._base.absolute()
        shown = path.relative_to(base) if path.is_relative_to(base) else path
        whole = f"{shown.as_posix()}/{file.part.member}" if file.part.member else shown.as_posix()
        return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in whole)


@dataclass(slots=True)
class _Run:
    """What the files of one run have in common."""

    wanted: Wanted
    links: Links
    progress: Callable[[str, int, float], None] | None
    read: list[tuple[str, str]] = field(default_factory=list)
    loaded: int = 0

    def helpers(self, file: FeedFile) -> str:
        """The feeds whose rows go into those of this one: pages into events, both into mentions."""
        kinds = {"mentions": ("gkg", "gdelt1", "gdelt2", "gdelt-renamed")}.get(
            file.kind, ("gkg",) if file.kind.startswith("gdelt") else ()
        )
        return " ".join(feed for kind, feed in self.read if kind in kinds)


class _Rejects:
    """The file for rows that cannot be read, made when the first one comes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._out: TextIO | None = None
        self._write: Callable[[Reject], None] | None = None

    def write(self, found: Reject) -> None:
        """Write one rejected row."""
        if self._write is None:
            try:
                self._out = self._path.open("w", encoding="utf-8")
            except OSError as error:
                raise SourceError(f"cannot write {self._path}: {error.strerror}") from error
            self._write = reject_writer(self._out)
        self._write(found)

    def __enter__(self) -> _Rejects:
        return self

    def __exit__(self, *_: object) -> None:
        if self._out:
            self._out.close()


def rejects_path(location: str) -> Path:
    """Where rejected rows go by default: beside the store, or here when it has no place."""
    if location == ":memory:" or is_web_address(location):
        return Path("kg.rejects.jsonl")
    return Path(f"{location.rstrip('/')}.rejects.jsonl")


def _candidates(given: str, forced: bool) -> Iterator[Path]:
    """The files an input names that may be feeds."""
    if given == "-" or not given.strip() or "\0" in given or is_web_address(given):
        return
    pattern = is_pattern(given) and not os.path.lexists(given)
    paths = expand(given, _ignore) if pattern else [Path(given)]
    for path in paths:
        if is_folder(path):
            inside = (file for file in walk(path, _ignore) if file.suffix.lower() != ".txt")
            yield from (file for file in inside if _may_be_table(file))
        elif path.is_file() and (forced or _may_be_table(path)):
            yield path


def _ignore(folder: Path, error: OSError) -> None:
    """What cannot be listed is reported by whoever reads the documents."""


def _may_be_table(path: Path) -> bool:
    name = path.name.lower()
    return name.endswith(_TABLES) and not name.endswith(_DOCUMENTS)


def _has_documents(given: str) -> bool:
    """A folder that holds more than feeds."""
    path = Path(given)
    if given == "-" or is_web_address(given) or not is_folder(path):
        return False
    return any(file.suffix.lower() in known_suffixes() for file in walk(path, _ignore))
