"""PDF: the running text, without running heads, page numbers and the typesetter's line ends.

A PDF holds glyphs and positions; pypdf gives them back as lines. What a page prints above and
below its text is recognised by being there on most pages. The dates in a PDF's properties say
when the file was made, not when the text was published, and are not used.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.documents.draft import Draft
from kg.documents.extras import need
from kg.documents.text import strip_invisible
from kg.documents.unwrap import is_turn, starts_item
from kg.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.documents.draft import Known
    from kg.sources import RawItem

__all__ = ["joined", "read", "without_running_heads"]

_TOO_LITTLE = 20  # letters a page: a scan with a stamp on it has fewer
_EDGE = 2  # lines at the top and the bottom of a page that may be running heads
_WIDE = 0.8  # of the usual line; a shorter one is a heading or ends a paragraph
_FULL = 0.95  # of the usual line; a sentence that ends before that ends its paragraph
_SENTENCE_END = '.!?:”"’)'
_NO_TITLE = re.compile(
    r"untitled|microsoft word|\.(?:docx?|indd|qxd|pdf|tex)$|^\s*$", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:/|of)\s*\d{1,4})?\s*[-–—]?", re.I
)


def read(item: RawItem, known: Known) -> Iterator[Draft]:
    """One draft.

    Raises:
        SourceError: pypdf is not installed.
        UnreadableError: the file is damaged, encrypted, or a scan without text.
    """
    del known
    pypdf = need("pypdf", "pdf", "PDF files")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # damage is reported once, by us
    try:
        reader = pypdf.PdfReader(BytesIO(item.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError(f"{item.name} is encrypted", "save it without a password")
        pages = [strip_invisible(page.extract_text()).split("\n") for page in reader.pages]
        title, author = _properties(reader.metadata)
    except UnreadableError:
        raise
    except Exception as error:  # damaged files break pypdf in many ways
        raise UnreadableError(f"{item.name} is damaged or no PDF", "save it anew") from error
    letters = sum(char.isalpha() for lines in pages for line in lines for char in line)
    if letters < _TOO_LITTLE * max(len(pages), 1):
        hint = "recognise its text first, for example: ocrmypdf IN.pdf OUT.pdf"
        raise UnreadableError(f"{item.name} holds no text: it seems to be a scan", hint)
    yield Draft(joined(without_running_heads(pages)), title=title, author=author)


def _properties(metadata: Any) -> tuple[str, str]:
    values = [str(getattr(metadata, name, None) or "") for name in ("title", "author")]
    author = "" if values[1].strip("() ").lower() in ("anonymous", "unknown") else values[1]
    return "" if _NO_TITLE.search(values[0]) else values[0], author


def without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without page numbers and without what stands at the edge of at least half of them.

    Args:
        pages: the lines of each page. Lines that differ only in figures count as the same. When
            a quarter of all letters would go, nothing is taken out: that was no running head.
    """
    pages = [[line.strip() for line in lines if line.strip()] for lines in pages]
    seen = Counter(place for lines in pages for place in set(_edges(lines).values()))
    recurring = {place for place, count in seen.items() if count >= 3 and count * 2 >= len(pages)}
    inner = [_inner(lines, recurring) for lines in pages]
    all_letters, kept_letters = (
        sum(len(line) for lines in some for line in lines) for some in (pages, inner)
    )
    return inner if kept_letters * 4 >= all_letters * 3 else pages


def _edges(lines: list[str]) -> dict[int, tuple[int, str]]:
    """Index of a line near an edge → its place (1 first, -1 last) and its words."""
    places = {number: number + 1 for number in range(min(_EDGE, len(lines)))}
    for number in range(max(_EDGE, len(lines) - _EDGE), len(lines)):
        places[number] = number - len(lines)
    return {n: (place, re.sub(r"\d+", "#", lines[n])) for n, place in places.items()}


def _inner(lines: list[str], recurring: set[tuple[int, str]]) -> list[str]:
    edge = {
        number
        for number, place in _edges(lines).items()
        if place in recurring or _PAGE_NUMBER.fullmatch(lines[number])
    }
    first, last = 0, len(lines)
    while first in edge:
        first += 1
    while last - 1 in edge and last > first:
        last -= 1
    return lines[first:last]


def joined(pages: list[list[str]]) -> str:
    """Paragraphs put together from lines, also across pages, with divided words made whole.

    A line ends its paragraph when it is clearly shorter than the usual line, when it ends a
    sentence and has room for the next word, or when the next one is a list item or a speaker's
    turn. A word divided at the line end loses its hyphen, unless
    the text has the same word with a hyphen elsewhere.
    """
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    usual = sorted(len(line) for line in lines)[len(lines) * 3 // 4]
    hyphenated = {word.lower() for line in lines for word in re.findall(r"\w+-\w+", line)}
    parts = [lines[0]]
    for before, line in pairwise(lines):
        if not _continues(before, line, usual):
            parts += ["\n\n", line]
            continue
        start, end = re.search(r"(\w+)-$", before), re.match(r"\w+", line)
        if start and end and line[0].islower():
            if f"{start[1]}-{end[0]}".lower() not in hyphenated:
                parts[-1] = parts[-1][:-1]
            parts.append(line)
        else:
            parts += [" ", line]
    return "".join(parts)


def _continues(before: str, line: str, usual: int) -> bool:
    if starts_item(line) or is_turn(line):
        return False
    if before[-1] in _SENTENCE_END and not line[0].islower():
        # Only when the next word did not fit; letters differ in width, so allow for some.
        return len(before) + 1 + len(line.split(maxsplit=1)[0]) > _FULL * usual
    return len(before) >= _WIDE * usual or line[0].islower()
