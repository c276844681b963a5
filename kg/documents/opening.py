"""What the first lines of a text say about it: headline, byline, date, agency.

A date counts as the publication date only where it stands as one: in a header line ("Date: …",
"Published …"), a dateline ("MUNICH, Feb. 14, 2026 (Reuters) —"), a release line or a line of its
own near the top. A date in a sentence says when something happened, not when it was published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.documents.dates import leading_date, whole_date
from kg.documents.unwrap import is_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.records import PartialDate

__all__ = ["Opening", "read_opening", "split_header"]

HEADER = "file header line"
DATELINE = "text dateline"
DATE_LINE = "text date line"

_LINES_READ = 14
_PROSE_LENGTH = 160  # a longer line is a paragraph
_HEADLINE_LENGTH = 160
_HEADLINES_TRIED = 5
_KEYS = {
    **dict.fromkeys(("title", "headline", "subject"), "title"),
    **dict.fromkeys(("date", "published", "publication date", "date published"), "published"),
    **dict.fromkeys(("posted", "issued", "released"), "published"),
    **dict.fromkeys(("author", "authors", "by", "byline"), "author"),
    **dict.fromkeys(("source", "outlet", "publisher", "publication"), "outlet"),
    "language": "language",
}
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z ]{1,20}):\s*(\S.*)")
_PUBLISHED = re.compile(
    r"(?:first )?(?:published|posted|issued|released)(?: on| at)?:?\s+", re.IGNORECASE
)
_RELEASE = re.compile(r"[\s|–—-]*\bfor immediate release\b[\s:|,.–—-]*", re.IGNORECASE)
_NAME = r"[A-Z][\w.’'-]*"
_BYLINE = re.compile(rf"By ({_NAME}(?:,? (?:{_NAME}|and|de|von|van|der|la|in|for|at)){{1,11}})")
_AGENCY = r"[A-Z][\w ./-]{1,24}?"
_PLACE = r"(?P<place>[A-Z][\w.’'/-]*(?:,? (?:[A-Z][\w.’'/-]*|of|the|de|la|am|and|den)){0,5})"
_BEFORE_DATE = re.compile(
    rf"(?:\((?P<first>{_AGENCY})\)\s*)?{_PLACE}(?:,?\s+\((?P<agency>{_AGENCY})\))?[,\s–—-]*"
)
_AFTER_DATE = re.compile(rf"[,.]?\s*(?:[(/]\s*(?P<agency>{_AGENCY})\s*[)/]\s*)?(?P<end>[–—:-]|$)")
_AGENCIES = r"Reuters|AP|AFP|dpa|ANSA|EFE|PAP|UPI|TASS|Xinhua|Bloomberg"
_AGENCY_ONLY = re.compile(rf"{_PLACE},?\s+\((?P<agency>{_AGENCIES})\)\s*[–—-]")
_NO_PLACE = frozenset(
    (
        *("on", "in", "by", "since", "after", "before", "until", "from", "at", "as", "for"),
        *("a", "an", "this", "that", "when", "while", "during", "updated", "last"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
)


@dataclass(slots=True)
class Opening:
    """What was found; "" and None where the lines say nothing."""

    title: str = ""
    published: PartialDate | None = None
    published_origin: str = ""
    outlet: str = ""
    author: str = ""
    language: str = ""

    def fill(self, field: str, value: str, origin: str = "") -> bool:
        """Set a field that is still empty; True when ``value`` is of its kind."""
        if field == "published":
            date = whole_date(value, year_alone=True)
            if date and self.published is None:
                self.published, self.published_origin = date, origin
            return date is not None
        if value and not getattr(self, field):
            setattr(self, field, value.strip())
        return True


def split_header(text: str) -> tuple[Opening, str]:
    """A formal header ("Title: …", "Date: …" and nothing else in the first block) and the rest.

    A first block that holds anything else is not a header and stays in the text.
    """
    block, _, rest = text.partition("\n\n")
    opening = Opening()
    if rest.strip() and all(_header_line(line, opening) for line in block.split("\n")):
        return opening, rest
    return Opening(), text


def read_opening(text: str) -> Opening:
    """Read the first lines of clean text; nothing is taken out of it."""
    opening = Opening()
    lines = list(_first_lines(text))
    for number, line in enumerate(lines):
        if _about(line, opening):
            continue
        if not opening.title and number < _HEADLINES_TRIED and _is_headline(line, text):
            opening.title = line
    return opening


def _first_lines(text: str) -> Iterator[str]:
    """Non-empty lines up to and including the second paragraph of prose."""
    prose = 0
    for line in [line for line in text[:20_000].split("\n") if line][:_LINES_READ]:
        yield line
        prose += len(line) > _PROSE_LENGTH
        if prose == 2:
            return


def _about(line: str, opening: Opening) -> bool:
    """Take from a line what it says about the document; True when it says nothing else."""
    if _header_line(line, opening) or _date_line(line, opening):
        return True
    if len(line) <= _PROSE_LENGTH and (byline := _BYLINE.fullmatch(line)):
        return opening.fill("author", byline[1])
    _dateline(line, opening)
    return False


def _header_line(line: str, opening: Opening) -> bool:
    found = _HEADER_LINE.fullmatch(line) if len(line) <= _PROSE_LENGTH else None
    field = _KEYS.get(found[1].lower(), "") if found else ""
    return bool(found and field) and opening.fill(field, found[2] if found else "", HEADER)


def _date_line(line: str, opening: Opening) -> bool:
    if len(line) > 100:
        return False
    if published := _PUBLISHED.match(line):
        return opening.fill("published", line[published.end() :], HEADER)
    rest = _RELEASE.sub(" ", line).strip(" |–—-")
    if not rest:
        return True
    date = whole_date(rest)
    if date is None and (placed := _placed_date(rest)):
        short = len(placed[0]["place"].split()) <= 3  # "The White House, March 3, 2025"
        date = whole_date(rest[placed[0].end() :]) if short else None
    return date is not None and opening.fill("published", str(date), DATE_LINE)


def _dateline(line: str, opening: Opening) -> None:
    head = line[:140]
    if agency := _AGENCY_ONLY.match(head):
        opening.fill("outlet", agency["agency"])
    elif placed := _placed_date(head):
        before, date, end = placed
        after = _AFTER_DATE.match(head, end)
        if after and after["end"]:
            opening.fill("published", str(date), DATELINE)
            opening.fill("outlet", before["first"] or before["agency"] or after["agency"] or "")


def _placed_date(line: str) -> tuple[re.Match[str], PartialDate, int] | None:
    """The place a line begins with, the date that follows it, and where the date ends."""
    for gap in re.finditer(r"[\s,)–—-]+(?=\w)", line):
        found = leading_date(line[gap.end() :])
        if not found:
            continue
        before = _BEFORE_DATE.fullmatch(line, 0, gap.end())
        if before and before["place"].replace(",", " ").split()[0].lower() not in _NO_PLACE:
            return before, found[0], gap.end() + found[1]
        return None
    return None


def _is_headline(line: str, text: str) -> bool:
    follows = text.partition(line)[2].strip()
    return (
        len(line) <= _HEADLINE_LENGTH
        and line[-1] not in ".,;:"
        and any(char.isalpha() for char in line)
        and not is_turn(line)
        and len(follows) > len(line)
        and (follows[0].isupper() or not follows[0].isalpha())
    )
