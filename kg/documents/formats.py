"""Which module reads which media type: one format per module, each loaded when first needed.

A format is a function ``read(item: RawItem, known: Known)`` that yields a ``Draft`` for each
document, or a ``SourceProblem`` where one of several cannot be read, and raises SourceError when
the whole file cannot. A further one is registered by name, so that nothing is imported before a
file of its kind turns up:

    register("application/x-cable", "mypackage.cables")            # its function "read"
    register("application/x-cables", "mypackage.cables:read_all")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, cast

from kg.errors import FormatError

if TYPE_CHECKING:
    from kg.documents.draft import Draft, Known
    from kg.sources import RawItem, SourceProblem

__all__ = ["Reader", "media_types", "reader_for", "register"]

Reader = Callable[["RawItem", "Known"], Iterator["Draft | SourceProblem"]]

_READERS = {
    "application/atom+xml": "kg.documents.feed",
    "application/epub+zip": "kg.documents.epub",
    "application/json": "kg.documents.table:read_json",
    "application/mbox": "kg.documents.mail:read_mailbox",
    "application/pdf": "kg.documents.pdf",
    "application/rss+xml": "kg.documents.feed",
    "application/rtf": "kg.documents.rtf",
    "application/vnd.oasis.opendocument.text": "kg.documents.office",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        "kg.documents.office"
    ),
    "application/x-ndjson": "kg.documents.table:read_json",
    "application/warc": "kg.documents.warc",
    "application/xml": "kg.documents.feed",
    "message/rfc822": "kg.documents.mail",
    "multipart/related": "kg.documents.mail:read_saved_page",
    "text/csv": "kg.documents.table",
    "text/html": "kg.documents.page",
    "text/markdown": "kg.documents.markdown",
    "text/plain": "kg.documents.plain",
    "text/tab-separated-values": "kg.documents.table",
}


def register(media_type: str, reader: str) -> None:
    """Let a reader read files of this media type from now on.

    Args:
        media_type: as in ``RawItem.media_type``.
        reader: "module" (its function ``read``) or "module:function".
    """
    _READERS[media_type] = reader


def media_types() -> tuple[str, ...]:
    """All media types that are read, sorted."""
    return tuple(sorted(_READERS))


def reader_for(media_type: str) -> Reader:
    """The reader of a media type.

    Raises:
        FormatError: when nothing reads it.
    """
    if media_type not in _READERS:
        raise FormatError(
            f"nothing reads {media_type}", "known media types are " + " ".join(media_types())
        )
    module, _, function = _READERS[media_type].partition(":")
    return cast(Reader, getattr(import_module(module), function or "read"))
