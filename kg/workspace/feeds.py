"""Read event feeds into a store: code their rows, keep the books."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kg.errors import KgError, SourceError
from kg.feeds import Tally, Wanted, in_order, reject_writer
from kg.sources import is_web_address
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
    from kg.workspace.finding import FeedOptions

__all__ = ["FeedIngestor", "rejects_path"]

_MANY = 20_000  # rows after which a store is put in order


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
            # mentions tell the events of other feeds
            new = 0 if file.kind == "mentions" else loaded.events - loaded.further
            return Ingested(
                name,
                Outcome.REPLACED if older else Outcome.ADDED,
                feed.id,
                events=new,
                books=books(feed.kind, new, tally, loaded.further),
            )
        except KgError as error:
            return Ingested(name, Outcome.FAILED, problem=error)

    def _source(self, file: FeedFile) -> str:
        """Where a feed is from, as the store knows it: below the base relative to it."""
        if file.part.origin:
            return file.part.name
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
