"""Date expressions of English news: found by one pattern, resolved against publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extraction.events.reckoning import (
    DAYS,
    NUMBERS,
    ago,
    anaphor,
    day_of,
    full_day,
    period,
    simple,
    weekday,
)
from kg.records import PartialDate

__all__ = ["DateWords", "find_dates", "resolve"]


_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_M = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_D = "|".join(DAYS)
_N = "|".join(sorted(NUMBERS, key=len, reverse=True))
_PATTERN = re.compile(
    rf"""
  \b(?=[0-9a-z])(?:  # every expression begins with a word: no need to try elsewhere
    (?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)
  | \b(?P<dotted>\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d)\b
  | \b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<m1>{_M})(?:,?\ (?P<y1>(?:19|20)\d\d)\b)?
  | \b(?P<m2>{_M})\ (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:\s?[-–]\s?\d{{1,2}})?
      (?:,?\ (?P<y2>(?:19|20)\d\d)\b)?
  | \b(?P<m3>{_M}),?\ (?:of\ )?(?P<y3>(?:19|20)\d\d)\b
  | \b(?:in|since|by|during|until|early|late|mid|last|next|this|of)[\ -](?P<m4>{_M})(?!\ \d)
  | \b(?:the|its|their|his|her|a)\ (?P<m5>{_M})(?=\ [a-z])
  | \bon\ (?P<wabbr>mon|tues?|wed|thurs?|thu|fri|sat)\b\.?
  | (?P<wmod>\b(?:last|next|this|on|by|until|the\ previous)\ )?\b(?P<wday>{_D})(?:\b|s\b)
  | \b(?P<simple>today|tonight|yesterday|tomorrow|last\ night|right\ now
      |(?:earlier\ )?this\ (?:morning|afternoon|evening)
      |(?:the\ )?day\ after\ tomorrow|(?:the\ )?day\ before\ yesterday)\b
  | \b(?P<period>(?:(?:earlier|later|late|early)\ )?(?:this|last|next|past)\ (?:past\ )?
      (?:fortnight|week|month|year|weekend|summer|spring|autumn|fall|winter)
      |(?:over|at|on)\ the\ weekend
      |in\ the\ (?:summer|spring|autumn|fall|winter)(?!\ of))\b
  | \b(?P<anaphor>(?:the\ )?(?:following|next|same)\ day|(?:the\ )?day\ before
      |(?:\d{{1,2}}|{_N})\ (?:day|week|month|year)s?\ later|a\ day\ earlier
      |the\ (?:previous|next)\ (?:evening|morning|night)
      |(?:within\ )?hours(?:\ later|\ earlier|(?<=within\ hours)))\b
  | \b(?P<ago_n>\d+|{_N})\ (?P<ago_u>day|week|fortnight|month|year|decade)s?\ (?:ago|earlier)
      (?P<ago_t>\ today)?\b
  | \b(?:in|by|since|from|of|during|until|early|late|mid-|summer|spring|and)\ ?
      (?P<year>(?:19[3-9]|20[0-4])\d)\b
  | (?<=\()(?P<year2>(?:19[3-9]|20[0-4])\d)(?=\))
  )
    """,
    re.VERBOSE | re.IGNORECASE,
)


_KINDS = {
    "m1": "day",
    "m2": "day",
    "m3": "monthyear",
    "m4": "month",
    "m5": "month",
    "wday": "weekday",
    "wabbr": "weekday",
    "simple": "simple",
    "period": "period",
    "anaphor": "anaphor",
    "ago_n": "ago",
    "year": "year",
    "year2": "year",
}


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date expression: ``text[start:end]``.

    Attributes:
        kind: "full", "day" (no year), "monthyear", "month", "weekday", "simple", "period",
            "anaphor", "ago" or "year".
        values: the named groups of the pattern that matched.
    """

    start: int
    end: int
    text: str
    kind: str
    values: dict[str, str]


def find_dates(text: str) -> list[DateWords]:
    """All date expressions of a text, in order."""
    found = []
    for match in _PATTERN.finditer(text):
        values = {name: value for name, value in match.groupdict().items() if value}
        kind = _kind(values)
        if kind == "month" and _is_verb_may(values):
            continue
        found.append(DateWords(match.start(), match.end(), match.group(), kind, values))
    return found


def _is_verb_may(values: dict[str, str]) -> bool:
    name = values.get("m4") or values.get("m5", "")
    return bool(name) and not name[0].isupper()


def _kind(values: dict[str, str]) -> str:
    if "iso" in values or "dotted" in values or "y1" in values or "y2" in values:
        return "full"
    for group, kind in _KINDS.items():
        if group in values:
            return kind
    return "unknown"


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def resolve(  # noqa: PLR0911 - one return per case
    words: DateWords, published: PartialDate | None, future: bool = False, last: date | None = None
) -> PartialDate | None:
    """The date an expression means, or None when it cannot be known.

    Args:
        words: the expression.
        published: publication date; needed for everything relative.
        future: the clause speaks of the future, so weekdays and months lie ahead.
        last: the day told last, for "the following day".
    """
    v = words.values
    if words.kind == "full":
        return _full(v)
    if words.kind == "monthyear":
        return PartialDate(int(v["y3"]), _month(v["m3"]))
    if words.kind == "year":
        return PartialDate(int(v.get("year") or v["year2"]))
    if words.kind == "anaphor":
        return anaphor(v["anaphor"].lower(), last)
    if words.kind == "ago" and last is not None and words.text.lower().endswith("earlier"):
        return ago(last, v)
    if published is None:
        return None
    if published.day is None:
        return _within(words, published)
    return _relative(words, published.first, future)


def _full(v: dict[str, str]) -> PartialDate | None:
    if "iso" in v:
        try:
            return PartialDate.parse(v["iso"])
        except ValueError:
            return None
    if "dotted" in v:
        day, month, year = v["dotted"].split(".")
        return day_of(int(year), int(month), int(day))
    if "y1" in v:
        return day_of(int(v["y1"]), _month(v["m1"]), int(v["d1"]))
    return day_of(int(v["y2"]), _month(v["m2"]), int(v["d2"]))


def _within(words: DateWords, published: PartialDate) -> PartialDate | None:
    """Without a publication day only dates of the year itself can be told."""
    v = words.values
    if words.kind == "day":
        month = _month(v.get("m1") or v["m2"])
        return day_of(published.year, month, int(v.get("d1") or v["d2"]))
    return None


def _relative(words: DateWords, on: date, future: bool) -> PartialDate | None:  # noqa: PLR0911 - one return per case
    v = words.values
    if words.kind == "day":
        return _yearless(on, _month(v.get("m1") or v["m2"]), int(v.get("d1") or v["d2"]), future)
    if words.kind == "month":
        ahead = future or words.text.lower().startswith("next")
        return _yearless_month(on, _month(v.get("m4") or v["m5"]), ahead)
    if words.kind == "weekday":
        name = v["wday"].lower() if "wday" in v else full_day(v["wabbr"].lower())
        return weekday(on, name, v.get("wmod", "").strip().lower(), future)
    if words.kind == "simple":
        return simple(on, v["simple"].lower())
    if words.kind == "period":
        return period(on, v["period"].lower(), future)
    if words.kind == "ago":
        return ago(on, v)
    return None


def _yearless(on: date, month: int, day: int, future: bool) -> PartialDate | None:
    candidates = [
        d for year in (on.year - 1, on.year, on.year + 1) if (d := day_of(year, month, day))
    ]
    if future:
        ahead = [d for d in candidates if d.first >= on]
        return ahead[0] if ahead else None
    past = [d for d in candidates if d.first <= on + timedelta(days=45)]
    return past[-1] if past else None


def _yearless_month(on: date, month: int, future: bool) -> PartialDate:
    if future:
        return PartialDate(on.year + (month < on.month), month)
    return PartialDate(on.year - (month > on.month), month)
