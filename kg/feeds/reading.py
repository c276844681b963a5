"""Read feeds: which files are some, and their rows in the schema ``CODED``, batch by batch."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kg.errors import KgError, SourceError
from kg.feeds.coded import Feed
from kg.feeds.coding import Coder
from kg.feeds.filters import Wanted
from kg.feeds.layouts import layout_of, mapped_layout
from kg.feeds.links import Links
from kg.feeds.opening import parts
from kg.feeds.tables import frames
from kg.feeds.tally import Reject, Tally
from kg.feeds.vocabulary import coders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.feeds.kinds.mapped import Mapped
    from kg.feeds.layout import Layout
    from kg.feeds.opening import Part
    from kg.reference.world import World

__all__ = ["BATCH", "FeedFile", "feed_files", "feed_parts", "in_order"]

BATCH = 20_000
"""Rows of ``CODED`` in a batch, about."""
_CHUNK = 1024 * 1024
_FIRST, _LAST = "gkg", "mentions"


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A table that is a feed.

    Attributes:
        part: the file, or the member of an archive.
        layout: what its columns are.
    """

    part: Part
    layout: Layout

    @property
    def kind(self) -> str:
        """Which feed: "gdelt2", "icews" … or the name of a mapping."""
        return self.layout.kind

    def feed(self, source: str, wanted: Wanted | None = None, beside: str = "") -> Feed:
        """The feed's identity: the same bytes read the same way are the same feed.

        Args:
            source: where it was read from, as for documents.
            wanted: which rows are wanted.
            beside: names the other files of the run that its rows depend on.

        Raises:
            SourceError: the file cannot be read.
        """
        digest = hashlib.sha256()
        try:
            with self.part.path.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
        except OSError as error:
            raise SourceError(f"cannot read {self.part.name}: {error.strerror}") from error
        mapping = self.layout.mapping
        how = (self.part.member, self.kind, mapping.text if mapping else "", beside)
        digest.update("\0".join((*how, (wanted or Wanted()).key)).encode())
        coder = mapping.coder if mapping else coders()[self.kind]
        kind = "gdelt" if not mapping and self.kind.startswith("gdelt") else self.kind
        return Feed(digest.hexdigest()[:20], kind, (coder.name, coder.version), source)

    def batches(
        self,
        world: World,
        tally: Tally,
        *,
        wanted: Wanted | None = None,
        links: Links | None = None,
        progress: Callable[[int, float], None] | None = None,
    ) -> Iterator[pl.DataFrame]:
        """The rows that count, as frames of the schema ``CODED``.

        Args:
            world: the reference data.
            tally: where every row is counted; complete when the iterator ends.
            wanted: which rows are wanted.
            links: shared by the files of one run; see ``in_order``.
            progress: told the number of rows read so far, and their share of all, 0 to 1.

        Raises:
            UnreadableError: in the middle, when the file is truncated or damaged: what came
                before must then not be kept.
        """
        name = self.part.name
        coder = Coder(world, self.layout, wanted or Wanted(), links or Links(), tally, name)
        waiting: list[pl.DataFrame] = []
        for frame in frames(self.part, self.layout.dialect):
            tally.rows += frame.rows.height + len(frame.broken)
            for broken in frame.broken:
                tally.reject(Reject(name, broken.number, broken.reason, broken.start))
            if frame.rows.height:
                waiting.append(coder.code(frame.rows))
            if progress:
                progress(tally.rows, frame.share)
            if sum(coded.height for coded in waiting) >= BATCH:
                yield pl.concat(waiting)
                waiting.clear()
        waiting.append(coder.rest())
        full = [coded for coded in waiting if coded.height]
        if full:
            yield pl.concat(full)


def feed_files(path: Path, *, kind: str = "", mapping: Mapped | None = None) -> list[FeedFile]:
    """The feeds in a file: none when it is something else, several in an archive.

    Args:
        path: the file.
        kind: take it for this kind, whatever its columns.
        mapping: take it for what this describes.

    Raises:
        SourceError: it cannot be opened; it is damaged; it is not of the kind asked for.
        UsageError: the mapping names columns that are not there.
        FormatError: no such kind.
    """
    return feed_parts(path, kind=kind, mapping=mapping)[0]


def feed_parts(
    path: Path, *, kind: str = "", mapping: Mapped | None = None, origin: str = ""
) -> tuple[list[FeedFile], list[str]]:
    """The feeds in a file, and the names of the members of an archive that are none.

    Args:
        path: the file.
        kind: take it for this kind, whatever its columns.
        mapping: take it for what this describes.
        origin: what the file is a copy of, "stdin" or an address.

    Raises:
        KgError: as ``feed_files``; for a member that does not fit only when none does.
    """
    found: list[FeedFile] = []
    others: list[str] = []
    first: KgError | None = None
    for part in parts(path, origin):
        try:
            layout = mapped_layout(part, mapping) if mapping else layout_of(part, kind)
        except KgError as error:
            if not (part.member and (kind or mapping)):
                raise
            first, layout = first or error, None
        if layout:
            found.append(FeedFile(part, layout))
        else:
            others.append(part.member)
    if first and not found:
        raise first
    return found, [name for name in others if name]


def in_order(files: list[FeedFile]) -> tuple[list[FeedFile], Links]:
    """The files of one run in the order they help each other, and what they share.

    Pages (GKG) come first, for their themes are issues of events; mentions last, for they need
    their events. The others keep their order.
    """
    rank = {_FIRST: 0, _LAST: 2}
    ordered = sorted(files, key=lambda file: rank.get(file.kind, 1))
    return ordered, Links(keep_events=any(file.kind == _LAST for file in files))
