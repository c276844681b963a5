"""Dates as people write them in headers and datelines, in English or in figures.

Nothing here guesses: ``03/04/2025`` may be March or April, so it is no date.
"""

from __future__ import annotations

import re

from kg.records import PartialDate

__all__ = ["leading_date", "whole_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?!\d)"
_WEEKDAY = re.compile(
    r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b[.,]*\s*", re.I
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_DAY}\.?[ -](?:of )?{_MONTH},?[ -]{_YEAR}",  # 14 February 2026, 14th of Feb. 2026
        rf"{_MONTH} {_DAY},? {_YEAR}",  # February 14, 2026
        rf"{_MONTH},? {_YEAR}",  # February 2026
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"{_YEAR}/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})(?!\d)",
        rf"{_YEAR}-(?P<month>\d\d)(?![\d-])",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",  # 14.02.2026: day first
        rf"(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{{1,2}})/{_YEAR}",  # 14/02/2026
        rf"(?P<month>\d{{1,2}})/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}",  # 02/14/2026
    )
)
_CLOCK = r"\d{1,2}(?:[:.h]\d\d){1,2}(?:\.\d+)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?"
_TIME = re.compile(
    rf"(?:[T ,|·•@–—-]+|\s+at\s+)?(?:{_CLOCK})"
    r"\s*(?:[A-Z]{1,4}\b|[+-]\d\d:?\d\d)?\s*(?:\((?:[A-Z]{2,4}|local time)\))?\s*",
    re.IGNORECASE,
)


def leading_date(text: str) -> tuple[PartialDate, int] | None:
    """The date that ``text`` begins with (a weekday may stand before it), and where it ends.

    >>> leading_date("Saturday, Feb. 14, 2026 (Reuters) -")
    (PartialDate(year=2026, month=2, day=14), 23)
    """
    start = 0
    if weekday := _WEEKDAY.match(text):
        start = weekday.end()
    for form in _FORMS:
        if found := form.match(text, start):
            date = _date(found)
            if date:
                return date, found.end()
    return None


def whole_date(text: str, *, year_alone: bool = False) -> PartialDate | None:
    """The date that ``text`` consists of, apart from a weekday before and a time of day after it.

    Args:
        text: one line.
        year_alone: whether four figures are a date, which only makes sense where one is expected.

    >>> str(whole_date("14 February 2026, 10:30 CET"))
    '2026-02-14'
    >>> whole_date("14 February 2026 was a Saturday")
    """
    text = text.strip().rstrip(".,;")
    if year_alone and re.fullmatch(_YEAR, text):
        return PartialDate(int(text))
    found = leading_date(text)
    if not found:
        return None
    date, end = found
    rest = text[end:].strip()
    return date if not rest or _TIME.fullmatch(text, end) else None


def _date(found: re.Match[str]) -> PartialDate | None:
    parts = found.groupdict()
    month = parts["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    day = parts.get("day")
    try:
        return PartialDate(int(parts["year"]), number, int(day) if day else None)
    except ValueError:
        return None
