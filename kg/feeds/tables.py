"""Tables of text in columns: records become Polars frames, and what does not fit is rejected.

Whether a record has as many fields as there are columns is checked for every one of them, for a
parser that fills up or cuts off would put values into columns they do not belong to.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kg.errors import UnreadableError
from kg.feeds.opening import opened, peek
from kg.feeds.records import Block, Broken, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.feeds.opening import Part

__all__ = ["SAMPLE", "Dialect", "Frame", "frames", "head", "parquet_columns", "sample"]

SAMPLE = 256 * 1024
"""Bytes from which a file's kind is told."""
BATCH = 100_000  # rows of a Parquet file that are read at a time
_END = "\x1f"  # a last field of our own, by which a misread record is noticed
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written.

    Attributes:
        separator: of fields.
        quoted: whether ``"`` may quote a field.
        columns: names in order.
        header: whether the first record names the columns.
        optional: this many columns may be missing at the end.
    """

    separator: str
    quoted: bool
    columns: tuple[str, ...]
    header: bool
    optional: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """Some rows: "row" (number of the row, 1 for the first) and the columns as strings or null.

    ``broken`` holds what stood among them and is no row; ``share`` is how much of the table has
    been read, 0 to 1.
    """

    rows: pl.DataFrame
    broken: tuple[Broken, ...]
    share: float


def frames(part: Part, dialect: Dialect) -> Iterator[Frame]:
    """The rows of a table in order, some thousands at a time.

    Raises:
        UnreadableError: the file ends too early, is damaged or a bomb; see ``opened``.
    """
    if part.packing == "parquet":
        yield from _parquet_frames(part, dialect.columns)
        return
    skip = 1 if dialect.header else 0
    with opened(part) as stream:
        for block in blocks(stream, quoted=dialect.quoted):
            yield _frame(block, dialect, skip, stream.share())


def sample(part: Part) -> bytes:
    """The beginning of a table, to tell its kind from; raises like ``opened``."""
    found = peek(part, SAMPLE)
    if found.startswith(_WIDE):
        raise UnreadableError(f"{part.name} is UTF-16", "save it as UTF-8")
    return found


def head(beginning: bytes, separator: str, quoted: bool, records: int = 8) -> list[list[str]]:
    """The fields of the first records of a table that begins so."""
    block = next(blocks(io.BytesIO(beginning), quoted=quoted), None)
    found = block.records[:records] if block else []
    return [_fields(record, separator, quoted) for record in found]


def parquet_columns(part: Part) -> tuple[str, ...]:
    """The names of a Parquet file's columns; UnreadableError when it is damaged."""
    try:
        return tuple(pl.read_parquet_schema(part.path))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableError(f"{part.name} is damaged: {_line(error)}") from error


def _parquet_frames(part: Part, columns: tuple[str, ...]) -> Iterator[Frame]:
    scan = pl.scan_parquet(part.path)
    start = 0
    try:
        total = scan.select(pl.len()).collect().item()
        while True:
            rows = scan.slice(start, BATCH).select(_texts(columns, scan)).collect()
            if not rows.height:
                return
            rows = rows.with_row_index("row", offset=start + 1)
            start += rows.height
            yield Frame(rows.with_columns(pl.col("row").cast(pl.UInt64)), (), start / total)
    except pl.exceptions.PolarsError as error:
        raise UnreadableError(f"{part.name} is damaged: {_line(error)}") from error


def _texts(columns: tuple[str, ...], scan: pl.LazyFrame) -> list[pl.Expr]:
    """Every column as text, the way a CSV of it would say it."""
    found = scan.collect_schema()
    made = []
    for name, (old, kind) in zip(columns, found.items(), strict=True):
        column = pl.col(old)
        if isinstance(kind, pl.List):
            column = column.cast(pl.List(pl.String)).list.join(";")
        elif isinstance(kind, pl.Struct):
            column = column.struct.json_encode()
        elif isinstance(kind, pl.Datetime):
            column = column.dt.strftime("%Y-%m-%d %H:%M:%S")
        made.append(_blank_is_null(column.cast(pl.String)).alias(name))
    return made


def _blank_is_null(column: pl.Expr) -> pl.Expr:
    return pl.when(column != "").then(column)


def _frame(block: Block, dialect: Dialect, skip: int, share: float) -> Frame:
    broken = [Broken(b.number - skip, b.reason, b.start) for b in block.broken]
    numbers = [n - skip for n in block.numbers]
    records = block.records
    if numbers and numbers[0] < 1:
        numbers, records = numbers[1:], records[1:]
    width = len(dialect.columns)
    text = pl.DataFrame({
        "row": pl.Series(numbers, dtype=pl.UInt64),
        "text": pl.Series(records, dtype=pl.String),
    }).with_columns(fields=_count(dialect))  # fmt: skip
    for missing in range(1, dialect.optional + 1):
        padded = pl.col("text") + dialect.separator * missing
        short = pl.col("fields") == width - missing
        text = text.with_columns(
            text=pl.when(short).then(padded).otherwise("text"),
            fields=pl.when(short).then(width).otherwise("fields").cast(pl.UInt32),
        )
    good = text.filter(pl.col("fields") == width)
    wrong = text.filter(pl.col("fields") != width)
    broken += _wrong(wrong.rows(), width)
    rows, misread = _parse(good, dialect)
    broken += misread
    return Frame(rows, tuple(sorted(broken, key=lambda one: one.number)), share)


def _count(dialect: Dialect) -> pl.Expr:
    text = pl.col("text")
    if dialect.quoted:
        bare = text.str.replace_all('"[^"]*"', "")
        text = pl.when(text.str.contains('"', literal=True)).then(bare).otherwise(text)
    return text.str.count_matches(dialect.separator, literal=True) + 1


def _wrong(rows: Sequence[tuple[int, str, int]], width: int) -> list[Broken]:
    return [Broken(n, f"{count} columns, not {width}", text) for n, text, count in rows]


def _parse(good: pl.DataFrame, dialect: Dialect) -> tuple[pl.DataFrame, list[Broken]]:
    names = [*dialect.columns, _END]
    if not good.height:
        return pl.DataFrame(schema={"row": pl.UInt64, **dict.fromkeys(names[:-1], pl.String)}), []
    lines = good["text"] + f"{dialect.separator}{_END}"
    data = "\n".join(lines).encode()
    try:
        found = pl.read_csv(
            io.BytesIO(data),
            separator=dialect.separator,
            quote_char='"' if dialect.quoted else None,
            has_header=False,
            infer_schema=False,
            new_columns=names,
        )
        whole = found.height == good.height and found.width == len(names)
        if whole and bool((found[_END] == _END).fill_null(value=False).all()):
            return _tidy(found.drop(_END).insert_column(0, good["row"])), []
    except pl.exceptions.PolarsError:
        pass  # one of the records is odd: each is read by itself
    return _one_by_one(good, dialect)


def _one_by_one(good: pl.DataFrame, dialect: Dialect) -> tuple[pl.DataFrame, list[Broken]]:
    kept: list[tuple[object, ...]] = []
    broken: list[Broken] = []
    width = len(dialect.columns)
    for number, text in good.select("row", "text").iter_rows():
        fields = _fields(text, dialect.separator, dialect.quoted)
        if len(fields) == width:
            kept.append((number, *fields))
        else:
            broken += _wrong([(number, text, len(fields))], width)
    schema = {"row": pl.UInt64, **dict.fromkeys(dialect.columns, pl.String)}
    return _tidy(pl.DataFrame(kept, schema, orient="row")), broken


def _tidy(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(_blank_is_null(pl.col(pl.String)))


def _fields(record: str, separator: str, quoted: bool) -> list[str]:
    if not quoted:
        return record.split(separator)
    old = csv.field_size_limit(2**31 - 1)
    try:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=separator), [])
    except csv.Error:
        return [record]
    finally:
        csv.field_size_limit(old)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
