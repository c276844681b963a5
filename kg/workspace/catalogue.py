"""The documents and feeds a store holds, and finding one by what a user would call it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.analysis.events import partial_date
from kg.errors import NotFoundError, UsageError
from kg.namespaces import document_iri

if TYPE_CHECKING:
    from kg.records import PartialDate, Reading
    from kg.store.base import Reader

__all__ = ["SourceRow", "find_document", "source_rows"]

DOCUMENT = "document"

_DOCUMENTS = """
SELECT DISTINCT ?document ?title ?outlet ?source ?issued ?precision ?origin ?sha ?length ?read
    ?extractor ?version ?reference WHERE {
  ?document a tkg:Document ; tkg:sha256 ?sha ; tkg:length ?length ; tkg:readOn ?read .
  ?run prov:used ?document ; tkg:extractor ?extractor ; tkg:version ?version ;
    tkg:referenceVersion ?reference .
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:publisher ?outlet }
  OPTIONAL { ?document dcterms:source ?source }
  OPTIONAL { ?document tkg:dateOrigin ?origin }
  OPTIONAL { ?document dcterms:issued ?issued ; tkg:datePrecision ?precision }
}"""

_COUNTS = """
SELECT DISTINCT ?document ?event WHERE {
  ?mention a tkg:EventMention ; tkg:inDocument ?document ; tkg:ofEvent ?event .
}"""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One document or feed as ``kg sources`` lists it.

    ``read_by`` is extractor, its version and the version of the reference data. ``kind`` is
    "document" or the kind of a feed, whose ``length`` is its number of rows.
    """

    id: str
    title: str
    outlet: str
    source: str
    published: PartialDate | None
    published_origin: str
    sha256: str
    length: int
    read_on: date
    read_by: tuple[str, str, str]
    events: int = 0
    kind: str = DOCUMENT

    @property
    def is_feed(self) -> bool:
        """True for a feed."""
        return self.kind != DOCUMENT

    @classmethod
    def of(cls, reading: Reading, read_by: tuple[str, str, str], read_on: date) -> SourceRow:
        """The row of a document that has just been read."""
        document = reading.document
        return cls(
            id=document.id,
            title=document.title,
            outlet=document.outlet,
            source=document.source,
            published=document.published,
            published_origin=document.published_origin,
            sha256=document.sha256,
            length=len(document.text),
            read_on=read_on,
            read_by=read_by,
        )


def source_rows(store: Reader, *, counted: bool = True) -> tuple[SourceRow, ...]:
    """All documents by publication date (unknown last), then all feeds; by source and id.

    Args:
        store: what holds them.
        counted: whether the events of each document are counted, which takes a while with many.
    """
    from kg.analysis.acts.feeds import feed_rows  # noqa: PLC0415 - loads Polars

    found = store.select(_COUNTS).texts() if counted else ()
    counts = Counter(document for document, _ in found)
    rows = []
    for row in store.select(_DOCUMENTS).texts():
        (document, title, outlet, source, issued, precision, origin, sha, length, read,
         extractor, version, reference) = row  # fmt: skip
        rows.append(
            SourceRow(
                id=document.removeprefix(document_iri("")),
                title=title,
                outlet=outlet,
                source=source,
                published=partial_date(issued, precision),
                published_origin=origin,
                sha256=sha,
                length=int(length),
                read_on=date.fromisoformat(read),
                read_by=(extractor, version, reference),
                events=counts[document],
            )
        )
    rows += [
        SourceRow(
            id=feed.id,
            title="",
            outlet="",
            source=feed.source,
            published=None,
            published_origin="",
            sha256="",
            length=feed.rows,
            read_on=date.fromisoformat(feed.read_on),
            read_by=feed.read_by,
            events=feed.events,
            kind=feed.kind,
        )
        for feed in feed_rows(store)
    ]
    order = sorted(rows, key=lambda r: (str(r.published or "9999"), r.is_feed, r.source, r.id))
    return tuple(order)


def find_document(rows: tuple[SourceRow, ...], wanted: str) -> SourceRow:
    """The document whose id (or a prefix of it), IRI, source or title is ``wanted``.

    Raises:
        NotFoundError: there is none.
        UsageError: there are several.
    """
    key = wanted.removeprefix(document_iri("")).removeprefix("./")
    tests = (
        lambda row: row.id == key,
        lambda row: key in (row.source, row.title),
        lambda row: row.source.endswith("/" + key),
        lambda row: len(key) >= 4 and row.id.startswith(key),
    )
    for test in tests:
        found = [row for row in rows if test(row)]
        if len(found) > 1:
            ids = ", ".join(row.id for row in found)
            raise UsageError(f"{wanted!r} names {len(found)} documents", f"use one id of: {ids}")
        if found:
            return found[0]
    raise NotFoundError(f"no document {wanted!r} in this store", "kg sources lists what there is")
