"""Find event feeds among the inputs: files, folders, patterns, addresses and standard input.

What comes from an address or from standard input is copied to a temporary file first, for a feed
may be far larger than memory, and packed ones are told by their end.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypedDict
from urllib.parse import urldefrag, urlsplit

from kg.errors import KgError, SourceError, UnreadableError
from kg.feeds import feed_parts, read_mapping
from kg.feeds.opening import is_packed
from kg.sources import MAX_BYTES, is_web_address, known_suffixes
from kg.sources.walking import expand, is_folder, is_pattern, walk
from kg.waiting import let_interrupt
from kg.workspace.ingest import Ingested, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from kg.feeds import FeedFile, Mapped
    from kg.reference.world import World

__all__ = ["MAX_FEED", "Copies", "FeedOptions", "Found", "find_feeds"]

MAX_FEED = 2 * 1024**3
"""Largest feed that is copied from an address or standard input, in bytes, packed as it is."""
_SECONDS = 600.0  # for a feed from an address, everything together
_CHUNK = 1024 * 1024
_TABLES = (".csv", ".tsv", ".tab", ".txt", ".gz", ".zip", ".parquet", ".export")
_DOCUMENTS = (".warc.gz",)
_SHOWN = 3  # members of an archive that are named


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
        skipped: reports on archives of which members are no feed.
        stdin: what "-" among the documents stands for from now on; None when it was not touched.
    """

    documents: list[str] = field(default_factory=list)
    feeds: list[FeedFile] = field(default_factory=list)
    problems: list[Ingested] = field(default_factory=list)
    skipped: list[Ingested] = field(default_factory=list)
    stdin: BinaryIO | None = None


@dataclass(slots=True)
class Copies:
    """Where feeds that are no files are copied to, and what may be read.

    Attributes:
        folder: an empty folder that stays until the feeds are read.
        stdin: what "-" stands for.
        max_bytes: largest document; what is no feed is copied so far and no further.
        allow_private: whether addresses inside one's own network are read.
    """

    folder: Path
    stdin: BinaryIO | None = None
    max_bytes: int = MAX_BYTES
    allow_private: bool = False

    def page(self, address: str) -> Path:
        """The content of an address; SourceError when it cannot be read."""
        from kg.sources.web import download  # noqa: PLC0415 - TLS and HTTP, only when asked for

        path = self._path()
        with path.open("wb") as into:
            download(address, into, max_bytes=max(MAX_FEED, self.max_bytes), seconds=_SECONDS,
                     allow_private=self.allow_private)  # fmt: skip
        return path

    def beginning(self) -> Path:
        """Standard input, as much of it as a document may have and a byte more."""
        path = self._path()
        with path.open("wb") as into:
            self._copy(into, self.max_bytes + 1)
        return path

    def rest(self, path: Path) -> None:
        """Copy the rest of standard input; UnreadableError when it is too large."""
        if path.stat().st_size <= self.max_bytes:
            return
        limit = max(MAX_FEED, self.max_bytes)
        with path.open("ab") as into:
            self._copy(into, limit + 1 - path.stat().st_size)
        if path.stat().st_size > limit:
            what = f"stdin is larger than {limit / 1024**3:g} GB"
            raise UnreadableError(what, "save it as a file and name that")

    def _copy(self, into: BinaryIO, length: int) -> None:
        assert self.stdin is not None
        let_interrupt()
        try:
            while length and (piece := self.stdin.read(min(_CHUNK, length))):
                into.write(piece)
                length -= len(piece)
        except ValueError as error:  # it is closed
            raise SourceError(f"cannot read standard input: {error}") from error

    def _path(self) -> Path:
        handle, name = tempfile.mkstemp(dir=self.folder)
        os.close(handle)
        return Path(name)


def find_feeds(
    inputs: Sequence[str],
    world: Callable[[], World],
    options: FeedOptions,
    copies: Copies | None = None,
) -> Found:
    """Which inputs are feeds, told by their columns; everything else is taken for documents.

    Args:
        inputs: as for ``kg.sources.collect``.
        world: the reference data, loaded only for a mapping.
        options: with "kind" or "mapping" every file named is taken for a feed.
        copies: for feeds from addresses and standard input; without it these are documents.

    Raises:
        UsageError: the mapping is wrong.
    """
    kind, path = options.get("kind", ""), options.get("mapping")
    search = _Search(kind, read_mapping(path, world()) if path else None, copies)
    for given in inputs:
        before = len(search.found.feeds) + len(search.found.problems)
        if copies and given == "-" and copies.stdin is not None:
            search.stdin()
        elif copies and is_web_address(given) and (search.forced or _may_be_page(given)):
            search.page(given)
        else:
            search.files(given)
        if len(search.found.feeds) + len(search.found.problems) == before or _has_documents(given):
            search.found.documents.append(given)
    return search.found


@dataclass(slots=True)
class _Search:
    kind: str
    mapping: Mapped | None
    copies: Copies | None
    found: Found = field(default_factory=Found)

    @property
    def forced(self) -> bool:
        """Whether everything named is taken for a feed."""
        return bool(self.kind or self.mapping)

    def files(self, given: str) -> None:
        """The feeds among the files that an input names."""
        for candidate in _candidates(given, self.forced):
            sure = self.forced or candidate.suffix.lower() in (".gz", ".zip", ".parquet")
            self._take(candidate, "", sure=sure, named=str(candidate) == given)

    def page(self, given: str) -> None:
        """The feeds at an address."""
        assert self.copies
        address = urldefrag(given).url
        try:
            path = self.copies.page(address)
        except (SourceError, OSError) as error:
            self._problem(given, error)
            return
        self._take(path, address, sure=self.forced)

    def stdin(self) -> None:
        """The feeds in standard input; what is none goes on to whoever reads documents."""
        assert self.copies
        try:
            path = self.copies.beginning()
            with path.open("rb") as stream:
                packed = is_packed(stream.read(4))
            if self.forced or packed or self._is_feed(path):
                self.copies.rest(path)
        except (KgError, OSError) as error:
            self._problem("stdin", error)
            return
        before = len(self.found.feeds) + len(self.found.problems)
        self._take(path, "stdin", sure=self.forced)
        if len(self.found.feeds) + len(self.found.problems) == before:
            self.found.stdin = path.open("rb")

    def _is_feed(self, path: Path) -> bool:
        try:
            return bool(feed_parts(path, origin="stdin")[0])
        except KgError:
            return False

    def _take(self, path: Path, origin: str, *, sure: bool, named: bool = True) -> None:
        """Take the feeds of a file; one that is ``sure`` to be a feed must be readable."""
        name = origin or str(path)
        try:
            feeds, others = feed_parts(path, kind=self.kind, mapping=self.mapping, origin=origin)
        except KgError as error:
            if sure:
                self._problem(name, error)
            return
        self.found.feeds += feeds
        if others and (feeds or not named):  # else it is reported as a document
            self.found.skipped.append(Ingested(name, Outcome.SKIPPED, remark=_left(others)))

    def _problem(self, name: str, error: KgError | OSError) -> None:
        if isinstance(error, OSError):
            error = SourceError(f"cannot copy {name}: {error.strerror or error}")
        self.found.problems.append(Ingested(name, Outcome.FAILED, problem=error))


def _left(others: Sequence[str]) -> str:
    """Which members of an archive were not read."""
    shown = ", ".join(others[:_SHOWN]) + (", …" if len(others) > _SHOWN else "")
    shown = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in shown)
    one = len(others) == 1
    return (
        f"{len(others):,} member{'' if one else 's'} {'is' if one else 'are'} no feed and "
        f"{'was' if one else 'were'} not read (unpack the archive to read documents): {shown}"
    )


def _candidates(given: str, forced: bool) -> Iterator[Path]:
    """The files an input names that may be feeds."""
    if given == "-" or not given.strip() or "\0" in given or is_web_address(given):
        return
    pattern = is_pattern(given) and not os.path.lexists(given)
    paths = expand(given, _ignore) if pattern else [Path(given)]
    for path in paths:
        if is_folder(path):
            inside = (file for file in walk(path, _ignore) if file.suffix.lower() != ".txt")
            yield from (file for file in inside if _may_be_table(file.name))
        elif path.is_file() and (forced or _may_be_table(path.name)):
            yield path


def _ignore(folder: Path, error: OSError) -> None:
    """What cannot be listed is reported by whoever reads the documents."""


def _may_be_table(name: str) -> bool:
    name = name.lower()
    return name.endswith(_TABLES) and not name.endswith(_DOCUMENTS)


def _may_be_page(address: str) -> bool:
    """An address that ends like a table; text at an address is a document, as it is in a folder."""
    path = urlsplit(address).path
    return _may_be_table(path) and not path.lower().endswith(".txt")


def _has_documents(given: str) -> bool:
    """A folder that holds more than feeds."""
    path = Path(given)
    if given == "-" or is_web_address(given) or not is_folder(path):
        return False
    return any(file.suffix.lower() in known_suffixes() for file in walk(path, _ignore))
