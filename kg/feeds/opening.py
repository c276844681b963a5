"""Files of feeds as streams of bytes: plain, gzip, zip and Parquet, without ever unpacking to disk.

A packed file may be far larger than the memory; what is guarded against is a file that is made to
grow without end (a "zip bomb") or that stops in the middle.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from kg.errors import SourceError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.feeds.records import Bytes

__all__ = ["MAX_RATIO", "Part", "Source", "is_packed", "opened", "parts", "peek"]

MAX_RATIO = 250
"""Largest growth on unpacking; tables pack 5-15 to 1, deflate's limit is 1032 to 1."""
_FREE = 64 * 1024 * 1024  # bytes that may come out before the ratio is looked at
_PARQUET = b"PAR1"
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_SAVE_ANEW = "download it again"


@dataclass(frozen=True, slots=True)
class Part:
    """One table: a file, or one member of a zip archive.

    Attributes:
        path: the file on disk.
        member: name inside the archive, "" when it is none.
        packing: "", "gzip", "zip" or "parquet".
        origin: what it was copied from, "stdin" or an address; "" for a file of the user's.
    """

    path: Path
    member: str = ""
    packing: str = ""
    origin: str = ""

    @property
    def name(self) -> str:
        """What to call it in messages; members as ``archive.zip/table.csv``."""
        whole = self.origin or str(self.path)
        shown = f"{whole}/{self.member}" if self.member else whole
        return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in shown)

    @property
    def size(self) -> int:
        """Bytes on disk, packed as they are; of the whole archive for its members."""
        return self.path.stat().st_size


def parts(path: Path, origin: str = "") -> tuple[Part, ...]:
    """The tables in a file: one, or as many as a zip archive has members.

    Args:
        path: the file.
        origin: what it was copied from, as for ``Part``.

    Raises:
        SourceError: it cannot be opened.
        UnreadableError: it is empty or a damaged archive.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror or error}") from error
    whole = Part(path, packing=_packing(start), origin=origin)
    if not start:
        raise UnreadableError(f"{whole.name} is empty", "a feed needs some rows")
    return _members(whole) if start == _ZIP else (whole,)


def is_packed(start: bytes) -> bool:
    """Whether a file that begins so can be told only when it is there to its end."""
    return bool(_packing(start)) or start.startswith(_ZIP)


def _packing(start: bytes) -> str:
    if start.startswith(_GZIP):
        return "gzip"
    return "parquet" if start.startswith(_PARQUET) else ""


@contextmanager
def opened(part: Part) -> Iterator[Source]:
    """The unpacked bytes of a part; not for Parquet, which needs random access.

    Raises:
        UnreadableError: while reading, when it is truncated, damaged, encrypted or a bomb.
        SourceError: it cannot be opened.
    """
    try:
        with part.path.open("rb") as raw:
            if part.packing == "zip":
                with zipfile.ZipFile(raw) as archive, archive.open(part.member) as packed:
                    info = archive.getinfo(part.member)
                    yield Source(packed, info.compress_size, info.file_size)
            elif part.packing == "gzip":
                with gzip.GzipFile(fileobj=raw) as packed:
                    yield Source(packed, part.size, part.size, raw)
            else:
                yield Source(raw, 0, part.size, raw)
    except (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile) as error:
        what = "ends too early" if isinstance(error, EOFError) else "is damaged"
        raise UnreadableError(f"{part.name} {what}", _SAVE_ANEW) from error
    except _TooLarge as error:
        what = f"{part.name} grows more than {MAX_RATIO} times on unpacking"
        raise UnreadableError(what, "if it is to be trusted, unpack it yourself") from error
    except (RuntimeError, NotImplementedError) as error:  # zipfile: encrypted, unknown method
        raise UnreadableError(f"{part.name} cannot be unpacked: {error}") from error
    except OSError as error:
        raise SourceError(f"cannot read {part.name}: {error.strerror or error}") from error


def peek(part: Part, length: int) -> bytes:
    """The first bytes of a part that is no Parquet; raises like ``opened``."""
    with opened(part) as stream:
        return stream.read(length)


def _members(whole: Part) -> tuple[Part, ...]:
    try:
        with zipfile.ZipFile(whole.path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except Exception as error:  # zipfile raises a dozen kinds on damaged archives
        raise UnreadableError(f"{whole.name} is damaged: {error}", _SAVE_ANEW) from error
    tables = [name for name in names if not PurePosixPath(name).name.startswith((".", "__"))]
    if not tables:
        raise UnreadableError(f"{whole.name} is an archive without files")
    return tuple(replace(whole, member=name, packing="zip") for name in tables)


class _TooLarge(Exception):  # noqa: N818 - never leaves this module
    pass


class Source:
    """A stream of unpacked bytes that refuses to give far more than it was packed in.

    Args:
        stream: to read from.
        packed: bytes it is packed in, 0 when it is not.
        total: what ``share`` measures against.
        raw: whose position ``share`` goes by; by default the bytes given count.
    """

    def __init__(
        self, stream: Bytes, packed: int, total: int, raw: IO[bytes] | None = None
    ) -> None:
        self._stream, self._raw, self._total = stream, raw, total
        self._limit = max(_FREE, packed * MAX_RATIO) if packed else None
        self._given = 0

    def read(self, size: int) -> bytes:
        """At most so many bytes; b"" at the end."""
        data = self._stream.read(size)
        self._given += len(data)
        if self._limit is not None and self._given > self._limit:
            raise _TooLarge
        return data

    def share(self) -> float:
        """How much has been read, 0 to 1."""
        done = self._raw.tell() if self._raw else self._given
        return min(1.0, done / self._total) if self._total else 1.0
