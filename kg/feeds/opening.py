"""Files of feeds as streams of bytes: plain, gzip, zip and Parquet, without ever unpacking to disk.

A packed file may be far larger than the memory; what is guarded against is a file that is made to
grow without end (a "zip bomb") or that stops in the middle.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from kg.errors import SourceError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MAX_RATIO", "Part", "opened", "parts", "peek"]

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
    """

    path: Path
    member: str = ""
    packing: str = ""

    @property
    def name(self) -> str:
        """What to call it in messages; members as ``archive.zip/table.csv``."""
        shown = f"{self.path}/{self.member}" if self.member else str(self.path)
        return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in shown)

    @property
    def size(self) -> int:
        """Bytes on disk, packed as they are; of the whole archive for its members."""
        return self.path.stat().st_size


def parts(path: Path) -> tuple[Part, ...]:
    """The tables in a file: one, or as many as a zip archive has members.

    Raises:
        SourceError: it cannot be opened.
        UnreadableError: it is empty or a damaged archive.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror or error}") from error
    if not start:
        raise UnreadableError(f"{path} is empty", "a feed needs some rows")
    if start == _ZIP:
        return _members(path)
    if start.startswith(_GZIP):
        return (Part(path, packing="gzip"),)
    return (Part(path, packing="parquet" if start == _PARQUET else ""),)


@contextmanager
def opened(part: Part) -> Iterator[BinaryIO]:
    """The unpacked bytes of a part; not for Parquet, which needs random access.

    Raises:
        UnreadableError: while reading, when it is truncated, damaged, encrypted or a bomb.
        SourceError: it cannot be opened.
    """
    try:
        if part.packing == "zip":
            with zipfile.ZipFile(part.path) as archive, archive.open(part.member) as packed:
                size = archive.getinfo(part.member).compress_size
                yield cast(BinaryIO, _Guarded(cast(BinaryIO, packed), size))
        elif part.packing == "gzip":
            with gzip.open(part.path, "rb") as packed:
                yield cast(BinaryIO, _Guarded(cast(BinaryIO, packed), part.size))
        else:
            with part.path.open("rb") as plain:
                yield plain
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


def _members(path: Path) -> tuple[Part, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except Exception as error:  # zipfile raises a dozen kinds on damaged archives
        raise UnreadableError(f"{path} is damaged: {error}", _SAVE_ANEW) from error
    tables = [name for name in names if not PurePosixPath(name).name.startswith((".", "__"))]
    if not tables:
        raise UnreadableError(f"{path} is an archive without files")
    return tuple(Part(path, name, "zip") for name in tables)


class _TooLarge(Exception):  # noqa: N818 - never leaves this module
    pass


class _Guarded(io.RawIOBase):
    """A stream that refuses to give more than ``MAX_RATIO`` times the bytes it was packed in."""

    def __init__(self, stream: BinaryIO, packed: int) -> None:
        self._stream, self._left = stream, max(_FREE, packed * MAX_RATIO)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise _TooLarge
        return data
