"""Date expressions of English news: found by one pattern, resolved against publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.records import PartialDate

__all__ = ["DateWords", "find_dates", "resolve"]


def _blank(text: str) -> list[str]:
    """Items between blanks."""
    return text.split()


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
_SEASONS = ("summer", "spring", "autumn", "fall", "winter")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    word: value
    for value, text in enumerate(
        _blank(
            "zero one,a,an two,couple three four five six seven eight nine ten eleven twelve "
            "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
        )
    )
    for word in text.split(",")
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_M = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_D = "|".join(_DAYS)
_N = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_PATTERN = re.compile(
    rf"""
    (?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)
  | \b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<m1>{_M})(?:,?\ (?P<y1>(?:19|20)\d\d)\b)?
  | \b(?P<m2>{_M})\ (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:\s?[-–]\s?\d{{1,2}})?
      (?:,?\ (?P<y2>(?:19|20)\d\d)\b)?
  | \b(?P<m3>{_M}),?\ (?:of\ )?(?P<y3>(?:19|20)\d\d)\b
  | \b(?:in|since|by|during|until|early|late|mid|last|next|this|of)[\ -](?P<m4>{_M})(?!\ \d)
  | \b(?:the|its|their|his|her|a)\ (?P<m5>{_M})(?=\ [a-z])
  | (?P<wmod>\b(?:last|next|this|on|by|until|the\ previous)\ )?\b(?P<wday>{_D})(?:\b|s\b)
  | \b(?P<simple>today|tonight|yesterday|tomorrow|last\ night|right\ now
      |(?:earlier\ )?this\ (?:morning|afternoon|evening)
      |(?:the\ )?day\ after\ tomorrow|(?:the\ )?day\ before\ yesterday)\b
  | \b(?P<period>(?:(?:earlier|later|late|early)\ )?(?:this|last|next|past)\ (?:past\ )?
      (?:week|month|year|weekend|summer|spring|autumn|fall|winter)
      |in\ the\ (?:summer|spring|autumn|fall|winter)(?!\ of))\b
  | \b(?P<anaphor>(?:the\ )?(?:following|next|same)\ day|(?:the\ )?day\ before
      |a\ day\ (?:earlier|later)|the\ (?:previous|next)\ (?:evening|morning|night)
      |(?:within\ )?hours(?:\ later|\ earlier|(?<=within\ hours)))\b
  | \b(?P<ago_n>\d+|{_N})\ (?P<ago_u>day|week|month|year|decade)s?\ (?:ago|earlier)
      (?P<ago_t>\ today)?\b
  | \b(?:in|by|since|from|of|during|until|early|late|mid-|summer|spring|and)\ ?
      (?P<year>(?:19[3-9]|20[0-4])\d)\b
  | (?<=\()(?P<year2>(?:19[3-9]|20[0-4])\d)(?=\))
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
    if "iso" in values or "y1" in values or "y2" in values:
        return "full"
    for group, kind in _KINDS.items():
        if group in values:
            return kind
    return "unknown"


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _day(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


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
        return _anaphor(v["anaphor"].lower(), last)
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
    if "y1" in v:
        return _day(int(v["y1"]), _month(v["m1"]), int(v["d1"]))
    return _day(int(v["y2"]), _month(v["m2"]), int(v["d2"]))


def _within(words: DateWords, published: PartialDate) -> PartialDate | None:
    """Without a publication day only dates of the year itself can be told."""
    v = words.values
    if words.kind == "day":
        month = _month(v.get("m1") or v["m2"])
        return _day(published.year, month, int(v.get("d1") or v["d2"]))
    return None


def _relative(words: DateWords, on: date, future: bool) -> PartialDate | None:  # noqa: PLR0911 - one return per case
    v = words.values
    if words.kind == "day":
        return _yearless(on, _month(v.get("m1") or v["m2"]), int(v.get("d1") or v["d2"]), future)
    if words.kind == "month":
        ahead = future or words.text.lower().startswith("next")
        return _yearless_month(on, _month(v.get("m4") or v["m5"]), ahead)
    if words.kind == "weekday":
        return _weekday(on, v["wday"].lower(), v.get("wmod", "").strip().lower(), future)
    if words.kind == "simple":
        return _simple(on, v["simple"].lower())
    if words.kind == "period":
        return _period(on, v["period"].lower(), future)
    if words.kind == "ago":
        return _ago(on, v)
    return None


def _yearless(on: date, month: int, day: int, future: bool) -> PartialDate | None:
    candidates = [
        d for year in (on.year - 1, on.year, on.year + 1) if (d := _day(year, month, day))
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


def _weekday(on: date, name: str, modifier: str, future: bool) -> PartialDate:
    back = (on.weekday() - _DAYS.index(name)) % 7
    if modifier == "next" or (future and modifier not in ("last", "the previous")):
        return PartialDate.of(on + timedelta(days=(7 - back) if back or modifier == "next" else 0))
    if modifier in ("last", "the previous") and back == 0:
        back = 7
    return PartialDate.of(on - timedelta(days=back))


def _simple(on: date, name: str) -> PartialDate:
    if "before yesterday" in name:
        return PartialDate.of(on - timedelta(days=2))
    if name in ("yesterday", "last night"):
        return PartialDate.of(on - timedelta(days=1))
    if "after tomorrow" in name:
        return PartialDate.of(on + timedelta(days=2))
    if name == "tomorrow":
        return PartialDate.of(on + timedelta(days=1))
    return PartialDate.of(on)


def _period(on: date, name: str, future: bool) -> PartialDate | None:
    step = -1 if "last" in name else 1 if "next" in name else 0
    if "year" in name or name.rsplit(" ", 1)[-1] in _SEASONS:
        return PartialDate(on.year + step)
    if "month" in name:
        month = on.month - 1 + step
        return PartialDate(on.year + month // 12, month % 12 + 1)
    if name.endswith("weekend") and step <= 0:
        day = on - timedelta(days=on.weekday() + 1)
        return PartialDate(day.year, day.month)
    day = on + timedelta(days=7 * step)
    if step == 0:
        day -= timedelta(days=day.weekday() // 2)  # the middle of the week so far
    return PartialDate(day.year, day.month)


def _anaphor(name: str, last: date | None) -> PartialDate | None:
    if last is None:
        return None
    if "same" in name or "hours" in name:
        return PartialDate.of(last)
    back = "before" in name or "earlier" in name or "previous" in name
    return PartialDate.of(last + timedelta(days=-1 if back else 1))


def _ago(on: date, v: dict[str, str]) -> PartialDate | None:
    raw = v["ago_n"].lower()
    number = int(raw) if raw.isdigit() else _NUMBERS.get(raw, 0)
    unit = v["ago_u"].lower()
    if not 0 < number < 1000:
        return None
    if unit == "day":
        return PartialDate.of(on - timedelta(days=number))
    if unit == "week":
        day = on - timedelta(weeks=number)
        return PartialDate(day.year, day.month)
    if unit == "month":
        month = on.year * 12 + on.month - 1 - number
        return PartialDate(month // 12, month % 12 + 1)
    year = on.year - number * (10 if unit == "decade" else 1)
    if year < 1000:
        return None
    return _day(year, on.month, on.day) if "ago_t" in v else PartialDate(year)
