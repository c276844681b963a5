"""Which kind of thing a file is: by its suffix, or by its first bytes when that says nothing."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

__all__ = [
    "is_known",
    "is_known_suffix",
    "is_text",
    "is_web_address",
    "known_suffixes",
    "looks_binary",
    "media_type_of",
    "suffix_of",
]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"
_EPUB = "application/epub+zip"
_IN_FOLDERS = {
    ".atom": "application/atom+xml",
    ".docx": _WORD,
    ".eml": "message/rfc822",
    ".epub": _EPUB,
    ".htm": "text/html",
    ".html": "text/html",
    ".markdown": "text/markdown",
    ".mbox": "application/mbox",
    ".md": "text/markdown",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".odt": _OPEN_DOCUMENT,
    ".pdf": "application/pdf",
    ".rss": "application/rss+xml",
    ".rtf": "application/rtf",
    ".text": "text/plain",
    ".txt": "text/plain",
    ".warc": "application/warc",
    ".warc.gz": "application/warc",
    ".xhtml": "text/html",
}
# What may hold articles but mostly holds other things is read only when it is named.
_WHEN_NAMED = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
    ".tsv": "text/tab-separated-values",
    ".xml": "application/xml",
}
_BY_SUFFIX = _IN_FOLDERS | _WHEN_NAMED

# Signatures: https://www.iana.org/assignments/media-types and the formats' own specifications.
_BY_SIGNATURE = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_SAMPLE = 8192


def known_suffixes(*, named: bool = False) -> tuple[str, ...]:
    """The suffixes that are picked up when a folder is read, sorted.

    Args:
        named: also those of files that are read only when they are named outright.
    """
    return tuple(sorted(_BY_SUFFIX if named else _IN_FOLDERS))


def is_known_suffix(suffix: str) -> bool:
    """True when a suffix says what a file is, whether or not folders are searched for it."""
    return suffix in _BY_SUFFIX


def suffix_of(name: str) -> str:
    """The suffix of a file name, lower case with the dot; of "a.warc.gz" it is ".warc.gz".

    >>> suffix_of("Page.HTML"), suffix_of("crawl.warc.gz"), suffix_of("README"), suffix_of(".x")
    ('.html', '.warc.gz', '', '')
    """
    double = "".join(PurePath(name).suffixes[-2:]).lower()
    return double if double in _BY_SUFFIX else PurePath(name).suffix.lower()


def is_text(media_type: str) -> bool:
    """True for media types whose files must be text, in some encoding."""
    return media_type.startswith("text/") or media_type.endswith(("json", "xml"))


def is_known(media_type: str) -> bool:
    """True when files of this media type are read at all."""
    return media_type in _BY_SUFFIX.values()


def is_web_address(text: str) -> bool:
    """True for anything of the form ``scheme://…``, whatever the scheme."""
    return re.match(r"[a-z][a-z0-9+.-]+://", text, re.IGNORECASE) is not None


def media_type_of(suffix: str, data: bytes) -> str:
    """The media type of a file.

    Args:
        suffix: lower case with the dot, or "".
        data: the content, looked at only when the suffix is unknown.

    Returns:
        A media type; "text/plain" for whatever could be text and "application/octet-stream" for
        what cannot.
    """
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if data.startswith(b"PK\x03\x04"):
        return _archive_type(data)
    for signature, media_type in _BY_SIGNATURE:
        if data.startswith(signature):
            return media_type
    if _HTML_START.match(data[:_SAMPLE]):
        return "text/html"
    return "application/octet-stream" if looks_binary(data) else "text/plain"


def _archive_type(data: bytes) -> str:
    """ZIP archives: these formats say what they are in the names of their first members."""
    head = data[:_SAMPLE]
    if b"mimetype" + _EPUB.encode() in head:
        return _EPUB
    if b"mimetype" + _OPEN_DOCUMENT.encode() in head:
        return _OPEN_DOCUMENT
    return _WORD if b"word/" in data else "application/zip"


def looks_binary(data: bytes) -> bool:
    """True when bytes cannot be text in any encoding that this program reads.

    Text holds no NUL, except in UTF-16 and UTF-32: those start with a byte order mark, or have
    their NULs nearly all in even or nearly all in odd places.
    """
    sample = data[:_SAMPLE]
    if sample.startswith(_WIDE_MARKS):
        return False
    nuls = sample.count(0)
    if not nuls:
        return False
    even = sample[::2].count(0)
    lopsided = min(even, nuls - even) * 20 <= nuls
    return not (lopsided and nuls * 4 >= len(sample))
