"""BibTeX and BibLaTeX entries, as far as a list of sources needs them.

Follows http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf: values in braces or quotation
marks, joined by ``#``, with ``@string`` abbreviations. What cannot be parsed is passed over.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Entry", "entries"]

Entry = dict[str, str]

_START = re.compile(r"@(\w+)\s*[{(]\s*(?:([^\s,={}()]+)\s*,)?")
_FIELD = re.compile(r"\s*,?\s*([\w-]+)\s*=\s*")
_WORD = re.compile(r"[\w.:+/-]+")
_MARKS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "c": "\u0327"}
_MARKS |= {"v": "\u030c", "=": "\u0304", ".": "\u0307", "u": "\u0306", "H": "\u030b", "k": "\u0328"}
_MARKS |= {"r": "\u030a"}
_LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ"}
_LETTERS |= {"aa": "å", "AA": "Å", "i": "ı"}
_ACCENT = re.compile(r"""\\(['`^"~=.]|[cvuHkr](?=[\s{]))\s*(?:\{\\?(\w)\}|\\?(\w))""")
_SYMBOL = re.compile(r"\\(?:(ss|ae|AE|oe|aa|AA|[oOlLi])(?![A-Za-z])(?:\{\}|\s)?|([&%_$#]))")


def entries(source: str) -> Iterator[Entry]:
    """Each entry as field (lower case) → value; "key" is its citation key, "type" its type."""
    strings: Entry = {}
    at = 0
    while found := _START.search(source, at):
        kind = found[1].lower()
        fields, at = _fields(source, found.end(), strings)
        if kind == "string":
            strings |= fields
        elif kind not in ("comment", "preamble") and found[2]:
            yield fields | {"key": found[2], "type": kind}


def _fields(source: str, at: int, strings: Entry) -> tuple[Entry, int]:
    fields: Entry = {}
    while found := _FIELD.match(source, at):
        value, at = _value(source, found.end(), strings)
        fields.setdefault(found[1].lower(), value)
    return fields, at


def _value(source: str, at: int, strings: Entry) -> tuple[str, int]:
    """The value at a place, and where it ends."""
    parts: list[str] = []
    while True:
        if source[at : at + 1] in ("{", '"'):
            raw, at = _delimited(source, at)
            parts.append(_plain(raw))
        elif word := _WORD.match(source, at):
            parts.append(strings.get(word[0].lower(), word[0]))
            at = word.end()
        joint = re.compile(r"\s*#\s*").match(source, at)
        if not joint:
            return " ".join("".join(parts).split()), at
        at = joint.end()


def _delimited(source: str, at: int) -> tuple[str, int]:
    """What stands between matching braces or quotation marks that begin at a place."""
    closing = "}" if source[at] == "{" else '"'
    depth = 0
    for found in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(source, at + 1):
        if found[0] == closing and depth == 0:
            return source[at + 1 : found.start()], found.end()
        depth += (found[0] == "{") - (found[0] == "}")
    return source[at + 1 :], len(source)


def _plain(raw: str) -> str:
    r"""A value without TeX: ``Schr{\"o}der \& Co.`` becomes "Schröder & Co."."""
    text = _ACCENT.sub(lambda f: (f[2] or f[3]) + _MARKS[f[1]], raw)
    text = _SYMBOL.sub(lambda f: f[2] or _LETTERS[f[1]], text)
    text = re.sub(r"[{}]", "", text).replace("---", "—").replace("--", "–").replace("~", " ")
    return unicodedata.normalize("NFC", text)
