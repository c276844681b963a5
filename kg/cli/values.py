"""Option values with a type of their own: dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from kg.records import PartialDate

__all__ = ["DATE", "PARTIAL_DATE", "UNTIL"]


class PartialDateType(click.ParamType[PartialDate]):
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> PartialDate:
        """Read the date, or fail as a usage error."""
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class DayType(click.ParamType[date]):
    """A day; a month or year means its first (``last=False``) or last day."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or fail as a usage error."""
        if isinstance(value, date):
            return value
        parsed = PARTIAL_DATE.convert(value, param, ctx)
        return parsed.last if self.last else parsed.first


PARTIAL_DATE = PartialDateType()
DATE = DayType(last=False)
UNTIL = DayType(last=True)
