"""Streams of bytes as records, in blocks of bounded size, each record with its number.

A record is a line, or several where a quotation runs over the end of a line. What cannot be a
record is rejected by itself: a line longer than ``MAX_RECORD``, a quotation that never closes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BLOCK", "MAX_RECORD", "Block", "Broken", "Bytes", "blocks"]

BLOCK = 8 * 1024 * 1024
"""Bytes that are read at a time."""
MAX_RECORD = 1024 * 1024
"""Longest record, in bytes; what is longer is rejected."""
_KEPT = 4096  # bytes of a rejected long line that are kept for the report
_MAX_LINES = 1000  # lines that one quoted field may run over
_BOM = b"\xef\xbb\xbf"


class Bytes(Protocol):
    """Anything bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; b"" at the end."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Bytes that are no record: its number, why, and how it begins."""

    number: int
    reason: str
    start: str


@dataclass(frozen=True, slots=True)
class Block:
    """Some records in order.

    Attributes:
        numbers: of each record, counted from 1 over the whole stream; blank lines have none.
        records: their text without the end of the line.
        broken: what stood among them and is no record; its number is not in ``numbers``.
    """

    numbers: list[int]
    records: list[str]
    broken: list[Broken]


def blocks(stream: Bytes, *, quoted: bool) -> Iterator[Block]:
    """The records of a stream.

    Args:
        stream: of bytes; UTF-8 is tried first, then Windows-1252, line by line.
        quoted: whether ``"`` quotes fields, which may then contain ends of lines.
    """
    number = 1
    waiting: list[str] = []  # lines of a record whose quotation is still open
    for lines, long_line in _lines(stream):
        pieces: list[str] = [*waiting, *lines]
        waiting = []
        block = Block([], [], [])
        if quoted:
            pieces, waiting = _joined(pieces, block)
        number = _number(pieces, number, block)
        if long_line is not None:
            number = _give_up(waiting, number, block)
            waiting = []
            reason = f"longer than {MAX_RECORD // 1024} KB"
            block.broken.append(Broken(number, reason, _decode(long_line)))
            number += 1
        yield block
    if waiting:
        block = Block([], [], [])
        _give_up(waiting, number, block)
        yield block


def _lines(stream: Bytes) -> Iterator[tuple[list[str], bytes | None]]:
    """Whole lines, and the start of a line that is too long, if one follows them."""
    rest, skipping, first = b"", False, True
    while True:
        data = stream.read(BLOCK)
        more = bool(data)
        if first:
            data, first = data.removeprefix(_BOM), False
        if skipping:  # the tail of a line that is too long
            _, end, data = data.partition(b"\n")
            if not end and more:
                continue
            skipping = False
        if not more:
            if rest:
                yield _split(rest), None
            return
        whole, newline, rest = (rest + data).rpartition(b"\n")
        too_long = rest[:_KEPT] if len(rest) > MAX_RECORD else None
        if too_long is not None:
            rest, skipping = b"", True
        yield _split(whole) if newline else [], too_long


def _split(data: bytes) -> list[str]:
    try:
        text = data.decode("utf-8")
        lines = text.split("\n")
    except UnicodeDecodeError:
        lines = [_decode(line) for line in data.split(b"\n")]
    if b"\r" in data:
        lines = [line.removesuffix("\r") for line in lines]
    return lines


def _decode(line: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def _joined(lines: list[str], block: Block) -> tuple[list[str], list[str]]:
    """Lines put together where a quotation spans them, and those of one that is still open."""
    if not any(line.count('"') % 2 for line in lines):
        return lines, []
    records: list[str] = []
    start = 0
    while start < len(lines):
        end = _closing(lines, start)
        if end is None:
            return records, lines[start:]
        if end < 0:  # never closes: the line is handed on alone, and will not fit
            end = start
        records.append("\n".join(lines[start : end + 1]))
        start = end + 1
    return records, []


def _closing(lines: list[str], start: int) -> int | None:
    """Index of the line that ends the record at ``start``; -1: too far away; None: not here."""
    if lines[start].count('"') % 2 == 0:
        return start
    size = len(lines[start])
    for index in range(start + 1, len(lines)):
        size += len(lines[index]) + 1
        if index - start > _MAX_LINES or size > MAX_RECORD:
            return -1
        if lines[index].count('"') % 2:
            return index
    return None


def _number(pieces: list[str], number: int, block: Block) -> int:
    for piece in pieces:
        if not piece.strip(" "):
            continue
        if len(piece) > MAX_RECORD:
            reason = f"longer than {MAX_RECORD // 1024} KB"
            block.broken.append(Broken(number, reason, piece[:_KEPT]))
        else:
            block.numbers.append(number)
            block.records.append(piece)
        number += 1
    return number


def _give_up(lines: list[str], number: int, block: Block) -> int:
    """Lines of a quotation that never closed: each is a record of its own, and will not fit."""
    return _number(lines, number, block)
