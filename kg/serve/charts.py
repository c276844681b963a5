"""The geometry of the two small charts; templates draw them as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.serve.jobs.pairs import Step
    from kg.workspace.who import Held

__all__ = ["Bar", "Chart", "Span", "Strip", "steps_chart", "tenure_strip"]

WIDTH, HALF = 900, 90


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle with its tone and what it says."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    tip: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars above and below a line; ``ticks`` are (x, text), ``most`` is the largest count."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    most: int
    width: int = WIDTH
    half: int = HALF


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of years on a strip; ``open`` when it has no end."""

    x: float
    width: float
    row: int
    tip: str
    open: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Offices over time: spans by row, ticks, and the size of the drawing."""

    spans: tuple[Span, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    width: int = WIDTH


def steps_chart(steps: Sequence[Step]) -> Chart:
    """Cooperation and consultation upwards, confrontation downwards."""
    most = max((max(s.confrontations, s.cooperations + s.consultations) for s in steps), default=0)
    if not most:
        return Chart((), (), 0)
    wide, unit = WIDTH / len(steps), HALF / most
    bars = []
    for place, step in enumerate(steps):
        x, width = place * wide + wide * 0.1, min(wide * 0.8, 40)
        up = step.cooperations * unit
        for height, y, tone, count, word in (
            (up, HALF - up, "plus", step.cooperations, "cooperative"),
            (step.consultations * unit, HALF - up - step.consultations * unit, "zero",
             step.consultations, "neutral"),
            (step.confrontations * unit, HALF, "minus", step.confrontations, "confrontations"),
        ):  # fmt: skip
            if count:
                tip = f"{step.when}: {count} {word}"
                bars.append(
                    Bar(round(x, 2), round(y, 2), round(width, 2), round(height, 2), tone, tip)
                )
    every = max(1, -(-len(steps) // 12))
    ticks = tuple(
        (round(place * wide, 2), step.when)
        for place, step in enumerate(steps)
        if place % every == 0
    )
    return Chart(tuple(bars), ticks, most)


def tenure_strip(offices: Sequence[Held], today: str) -> Strip | None:
    """The offices whose beginning is known, each on a row of its own; None when there is none."""
    known = [held for held in offices if held.since][:24]
    if not known:
        return None
    first = min(_year(held.since or today) for held in known)
    last = max(_year(held.until or today) for held in known) + 0.5
    scale = WIDTH / max(last - first, 1.0)
    spans = tuple(
        Span(
            round((_year(held.since or today) - first) * scale, 2),
            round(max(3.0, (_year(held.until or today) - _year(held.since or today)) * scale), 2),
            row,
            f"{held.office}: {held.since} to {held.until or 'now'}",
            held.until is None,
        )
        for row, held in enumerate(known)
    )
    years = range(int(first), int(last) + 1)
    every = max(1, -(-len(years) // 10))
    ticks = tuple(
        (round(max(0.0, (year - first) * scale), 2), str(year)) for year in years[::every]
    )
    return Strip(spans, ticks, 16 * len(known) + 22)


def _year(day: str) -> float:
    year, month, date = (*(int(part) for part in day.split("-")), 1, 1)[:3]
    return year + (month - 1) / 12 + (date - 1) / 365
