"""Days, months and years counted from a day: "last week", "three days later", "on Friday"."""

from __future__ import annotations

from datetime import date, timedelta

from kg.records import PartialDate

__all__ = ["DAYS", "NUMBERS", "ago", "anaphor", "day_of", "full_day", "period", "simple", "weekday"]

_SEASONS = ("summer", "spring", "autumn", "fall", "winter")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTED = (
    "zero one,a,an two,couple three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {
    word: value for value, text in enumerate(_COUNTED.split()) for word in text.split(",")
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}


def full_day(short: str) -> str:
    """The weekday that an abbreviation stands for: "thurs"."""
    return next(day for day in DAYS if day.startswith(short))


def weekday(on: date, name: str, modifier: str, future: bool) -> PartialDate:
    """The weekday before ``on`` (or that day itself), or the one ahead of it."""
    back = (on.weekday() - DAYS.index(name)) % 7
    if modifier == "next" or (future and modifier not in ("last", "the previous")):
        return PartialDate.of(on + timedelta(days=(7 - back) if back or modifier == "next" else 0))
    if modifier in ("last", "the previous") and back == 0:
        back = 7
    return PartialDate.of(on - timedelta(days=back))


def simple(on: date, name: str) -> PartialDate:
    """Today, yesterday, tomorrow and their neighbours."""
    if "before yesterday" in name:
        return PartialDate.of(on - timedelta(days=2))
    if name in ("yesterday", "last night"):
        return PartialDate.of(on - timedelta(days=1))
    if "after tomorrow" in name:
        return PartialDate.of(on + timedelta(days=2))
    if name == "tomorrow":
        return PartialDate.of(on + timedelta(days=1))
    return PartialDate.of(on)


def period(on: date, name: str, future: bool) -> PartialDate | None:
    """This, last or next week, month, season or year, to the month or the year."""
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


def anaphor(name: str, last: date | None) -> PartialDate | None:
    """The day before, the same day, three days later: counted from the day told ``last``."""
    if last is None:
        return None
    if "same" in name or "hours" in name:
        return PartialDate.of(last)
    if name.endswith("later") and "hour" not in name:
        return _later(last, name)
    back = "before" in name or "earlier" in name or "previous" in name
    return PartialDate.of(last + timedelta(days=-1 if back else 1))


def _later(last: date, name: str) -> PartialDate | None:
    """Three days later, to the day; weeks, months and years later to the month or the year."""
    raw, unit, _ = name.split()
    number = int(raw) if raw.isdigit() else NUMBERS.get(raw, 0)
    unit = unit.rstrip("s")
    if unit == "day":
        return PartialDate.of(last + timedelta(days=number))
    if unit == "week":
        day = last + timedelta(weeks=number)
        return PartialDate(day.year, day.month)
    if unit == "month":
        month = last.year * 12 + last.month - 1 + number
        return PartialDate(month // 12, month % 12 + 1)
    return PartialDate(last.year + number)


def ago(on: date, v: dict[str, str]) -> PartialDate | None:
    """So many days, weeks, months or years before ``on``, from the named groups of the pattern."""
    raw = v["ago_n"].lower()
    number = int(raw) if raw.isdigit() else NUMBERS.get(raw, 0)
    unit = v["ago_u"].lower()
    if not 0 < number < 1000:
        return None
    if unit == "day":
        return PartialDate.of(on - timedelta(days=number))
    if unit in ("week", "fortnight"):
        day = on - timedelta(weeks=number * (2 if unit == "fortnight" else 1))
        return PartialDate(day.year, day.month)
    if unit == "month":
        month = on.year * 12 + on.month - 1 - number
        return PartialDate(month // 12, month % 12 + 1)
    year = on.year - number * (10 if unit == "decade" else 1)
    if year < 1000:
        return None
    return day_of(year, on.month, on.day) if "ago_t" in v else PartialDate(year)


def day_of(year: int, month: int, day: int) -> PartialDate | None:
    """A day, or None when the calendar has no such day."""
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None
