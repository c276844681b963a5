"""From bytes to text, without guessing: byte order marks, UTF-8, or what the file declares."""

from __future__ import annotations

import codecs
import re

from kg.documents.text import is_noise
from kg.errors import UnreadableError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python knows codecs that are no character sets (rot13, unicode_escape, idna …): name the families.
_CHARSET = re.compile(
    r"(?:iso-?8859|latin|windows|cp|koi8|mac|gb|big5|euc|shift|iso-?2022|utf|us-ascii|ascii|tis|hz)"
    r"[\w.:-]*\Z",
    re.IGNORECASE,
)
# https://encoding.spec.whatwg.org/#names-and-labels: what these labels mean on the web.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The text in ``data``.

    A byte order mark decides; without one it is UTF-16 when every other byte is NUL, then UTF-8,
    then the charset that the file declares.

    Args:
        data: the file's content.
        name: what to call the file in messages.
        declared: charset named by the file itself (HTML, mail), "" when none.

    Raises:
        UnreadableError: with the offset of the first byte that does not fit, or when the result
            is not text.
    """
    text = _decode(data, name, declared)
    if is_noise(text):
        raise UnreadableError(f"{name} holds no text that can be read", "is it a binary file?")
    return text


def _decode(data: bytes, name: str, declared: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name, encoding, len(mark))
    if wide := _wide(data):
        return _strict(data, name, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        charset = _known(declared)
        if charset and charset != "utf-8":
            return _strict(data, name, charset)
        return _strict(data, name, "utf-8")


def _strict(data: bytes, name: str, encoding: str, skipped: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start
        byte = f"0x{data[at]:02x}" if at < len(data) else "the end"
        message = f"{name} is not valid {encoding.upper()}: {byte} at byte offset {at + skipped}"
        hint = "convert it, for example: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
        raise UnreadableError(message, hint) from error


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: Latin text has a NUL in nearly every other byte."""
    sample = data[:8192]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample) or min(even, odd) * 20 > even + odd:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _known(declared: str) -> str:
    label = declared.strip().strip("\"'")
    if not _CHARSET.match(label):
        return ""
    try:
        found = codecs.lookup(label).name
    except LookupError:
        return ""
    return _MEANT.get(found, found)
