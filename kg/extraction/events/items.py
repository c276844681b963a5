"""Dated items: digests and chronologies, where a head gives the date of what follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.events.calendar import find_dates, resolve

if TYPE_CHECKING:
    from kg.extraction.annotation import Annotated
    from kg.records import PartialDate

__all__ = ["is_running", "item_dates"]

_HEAD = re.compile(
    r"^[^\w\n]*(?:(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(?P<date>(?:19|20)\d\d-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+\.?(?:,? (?:19|20)\d\d)?"
    r"|[A-Z][a-z]+\.? \d{1,2}(?:, (?:19|20)\d\d)?|[A-Z][a-z]+ (?:19|20)\d\d)"
    r"(?:\s*$|\s*[:.]\s|\s+[-–—]\s|[:.]\s*$)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\((?:19|20)\d\d-\d\d-\d\d\)\s*$")
_TICK = re.compile(
    r"^\W*(?:\d{1,2}[:.h]\d\d(?:\b|[ap]\.?m\b)|\d{1,2} ?[ap]\.?m\b|\d{1,2}/(?:\d{1,2})?\s)",
    re.MULTILINE,
)
_TICKS = 3


def is_running(text: str) -> bool:
    """True for live blogs and numbered threads, written on the day in the present tense."""
    return sum(1 for _ in zip(range(_TICKS), _TICK.finditer(text), strict=False)) >= _TICKS


def item_dates(annotated: Annotated, published: PartialDate | None) -> dict[int, PartialDate]:
    """The date that the head or the end of its item gives to each sentence, by sentence number.

    A head is a line that begins with nothing but a date ("22 May 2026", "Friday 22 May. The …"); it
    holds until the next one. A date in brackets at the end of a line holds for that line.
    """
    text = annotated.document.text
    found: dict[int, PartialDate] = {}
    current: PartialDate | None = None
    line_start = -1
    for number, sentence in enumerate(annotated.sentences):
        start = text.rfind("\n", 0, sentence.span.start) + 1
        if start != line_start:
            line_start = start
            current = _head(text, start, published) or current
        if _TAIL.search(sentence.span.quote):
            tail = resolve(find_dates(sentence.span.quote)[-1], published)
            if tail is not None:
                found[number] = tail
                continue
        if current is not None:
            found[number] = current
    return _spread(annotated, found)


def _head(text: str, start: int, published: PartialDate | None) -> PartialDate | None:
    end = text.find("\n", start)
    match = _HEAD.match(text[start : end if end >= 0 else len(text)])
    words = find_dates(match["date"]) if match else []
    return resolve(words[0], published) if words else None


def _spread(annotated: Annotated, found: dict[int, PartialDate]) -> dict[int, PartialDate]:
    """A date at the end of an item holds for the sentences before it in the same line."""
    text, sentences = annotated.document.text, annotated.sentences
    for number in sorted(found, reverse=True):
        before = number - 1
        tail = _TAIL.search(sentences[number].span.quote)
        while tail and before >= 0:
            if "\n" in text[sentences[before].span.end : sentences[number].span.start]:
                break
            found[before] = found[number]
            before -= 1
    return found
