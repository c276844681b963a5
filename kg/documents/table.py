"""Tables of articles: CSV, TSV, JSON and JSON lines, one document a row.

Columns are found by their usual names or stated by the caller (``Known.columns``). A row that
cannot be used is reported by its number and does not cost the others.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from kg.documents.dates import whole_date
from kg.documents.draft import Draft
from kg.documents.encoding import decode
from kg.documents.markup import fragment_text
from kg.errors import UnreadableError
from kg.sources import RawItem, SourceProblem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from kg.documents.draft import Known

__all__ = ["FIELDS", "read", "read_json"]

FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "maintext", "story"),
    "title": ("title", "headline", "subject"),
    "date": (
        *("date", "published", "publication_date", "date_published", "date_publish", "pubdate"),
        *("published_at", "publish_date", "datetime"),
    ),
    "outlet": ("outlet", "source", "publisher", "publication", "newspaper", "source_domain"),
    "author": ("author", "authors", "byline", "creator"),
    "language": ("language", "lang"),
    "url": ("url", "link", "uri", "id"),
}
"""Field → names its column usually has, in the order they are tried."""

Row = dict[str, str]
_LONGEST_FIELD = 2**31 - 1


def read(item: RawItem, known: Known) -> Iterator[Draft | SourceProblem]:
    """One draft for each row of a table with a header line.

    Raises:
        UnreadableError: no column holds the text, or one that the caller stated is missing.
    """
    text = decode(item.data, item.name, item.charset)
    old_limit = csv.field_size_limit(_LONGEST_FIELD)  # articles are longer than its default
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, item.suffix))
        header = [name.strip() for name in next(reader, [])]
        columns = _columns(header, known.columns, item.name)
        for number, cells in enumerate(reader, 1):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                what = f"row {number} has {len(cells)} columns, not {len(header)}"
                yield _problem(item, number, what)
                continue
            yield _draft(item, number, dict(zip(header, cells, strict=True)), columns)
    except csv.Error as error:
        raise UnreadableError(f"{item.name} is no table: {error}") from error
    finally:
        csv.field_size_limit(old_limit)


def read_json(item: RawItem, known: Known) -> Iterator[Draft | SourceProblem]:
    """One draft for each object: one a line, or in a list, or a single one."""
    for number, value in _objects(decode(item.data, item.name, item.charset)):
        if not isinstance(value, dict):
            yield _problem(item, number, f"record {number} is no JSON object")
            continue
        row = _flat(value)
        try:
            columns = _columns(row, known.columns, f"{item.name}#{number}")
        except UnreadableError as error:
            yield SourceProblem(f"{item.name}#{number}", error)
            continue
        yield _draft(item, number, row, columns)


def _delimiter(text: str, suffix: str) -> str:
    if suffix == ".tsv":
        return "\t"
    first = text.partition("\n")[0]
    return max(",;\t|", key=first.count)


def _columns(header: Collection[str], stated: Mapping[str, str], name: str) -> dict[str, str]:
    """Field → column, from what the caller states and the usual names."""
    by_lower = {column.lower(): column for column in header}
    found: dict[str, str] = {}
    for field, usual in FIELDS.items():
        if field in stated:
            if stated[field].lower() not in by_lower:
                hint = "its columns are " + ", ".join(sorted(header))
                raise UnreadableError(f"{name} has no column {stated[field]!r}", hint)
            found[field] = by_lower[stated[field].lower()]
        elif column := next((by_lower[one] for one in usual if one in by_lower), ""):
            found[field] = column
    if "text" not in found:
        hint = "say which column holds the text; there are " + ", ".join(sorted(header))
        raise UnreadableError(f"no column of {name} is known to hold the text", hint)
    return found


def _draft(
    item: RawItem, number: int, row: Row, columns: Mapping[str, str]
) -> Draft | SourceProblem:
    values = {field: row.get(column, "").strip() for field, column in columns.items()}
    text = values["text"]
    if not text:
        return _problem(item, number, f"row {number} has no text")
    if "</p>" in text or "<br" in text:
        text = fragment_text(text)
    published = whole_date(values.get("date", ""), year_alone=True)
    return Draft(
        text,
        title=values.get("title", ""),
        published=published,
        published_origin=f"column {columns['date']}" if published else "",
        outlet=values.get("outlet", ""),
        author=values.get("author", ""),
        language=values.get("language", ""),
        part=values.get("url") or str(number),
        prose="title" not in columns,
    )


def _problem(item: RawItem, number: int, what: str) -> SourceProblem:
    error = UnreadableError(f"{item.name}: {what}", "the other rows are read")
    return SourceProblem(f"{item.name}#{number}", error)


def _objects(text: str) -> Iterator[tuple[int, object]]:
    """Number and value of each record; None for a line that is no JSON."""
    try:
        whole = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
        for number, line in lines:
            yield number, _loaded(line)
        return
    yield from enumerate(whole if isinstance(whole, list) else [whole], 1)


def _loaded(line: str) -> object:
    try:
        return json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return None


def _flat(value: Mapping[str, object]) -> Row:
    """An object as a row: objects one level down as ``a.b``, lists of strings joined."""
    row: Row = {}
    for key, inner in value.items():
        if isinstance(inner, dict):
            row |= {f"{key}.{name}": _string(one) for name, one in inner.items()}
        else:
            row[key] = _string(inner)
    return row


def _string(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(one for one in value if isinstance(one, str))
    return value if isinstance(value, str) else "" if value is None else str(value)
