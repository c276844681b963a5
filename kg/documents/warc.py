"""Web archives (.warc, .warc.gz), through warcio: one document for each page that was saved.

Only answers with status 200 that are pages or plain text are read; pictures, scripts and
redirects are no documents. The date of the crawl is not a date of publication.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.documents.encoding import decode
from kg.documents.extras import need
from kg.documents.page import read as read_page
from kg.documents.plain import draft_of as plain_draft
from kg.errors import SourceError, UnreadableError
from kg.sources import MAX_BYTES, RawItem, SourceProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.documents.draft import Draft, Known

__all__ = ["read"]

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)


def read(item: RawItem, known: Known) -> Iterator[Draft | SourceProblem]:
    """One draft for each page; a page that cannot be read is reported by its address.

    Raises:
        SourceError: warcio is not installed.
        UnreadableError: the archive is damaged, or holds no page.
    """
    iterator = need("warcio.archiveiterator", "warc", "web archives").ArchiveIterator
    pages = 0
    try:
        for record in iterator(BytesIO(item.data)):
            if not _is_page(record):
                continue
            pages += 1
            yield _draft(record, item, known)
    except Exception as error:  # damaged archives break warcio in several ways
        raise UnreadableError(f"{item.name} is damaged after {pages} pages") from error
    if not pages:
        raise UnreadableError(f"{item.name} holds no page", "only web archives with pages are read")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    status = str(record.http_headers.get_statuscode())
    return status == "200" and _kind(record)[0] in (*_PAGES, *_TEXTS)


def _kind(record: Any) -> tuple[str, str]:
    """Media type and charset of the answer, as the server declared them."""
    kind, _, rest = str(record.http_headers.get_header("Content-Type") or "").partition(";")
    charset = rest.partition("charset=")[2].partition(";")[0]
    return kind.strip().lower(), charset.strip(" \"'")


def _draft(record: Any, item: RawItem, known: Known) -> Draft | SourceProblem:
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "")
    name = f"{item.name}#{address}"
    data = record.content_stream().read(MAX_BYTES + 1)
    kind, charset = _kind(record)
    try:
        if len(data) > MAX_BYTES:
            raise UnreadableError(f"{name} is larger than {MAX_BYTES // 1024 // 1024} MB")
        if kind in _TEXTS:
            return replace(plain_draft(decode(data, name, charset)), part=address)
        page = RawItem(data, name, address, "", "text/html", charset)
        return replace(next(read_page(page, known)), part=address)
    except SourceError as error:
        return SourceProblem(name, error)
