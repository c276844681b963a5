"""Relations over time: the timeline of a pair, and what changed between two dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Unpack

import polars as pl

from kg.analysis import Level, between, labels, side_keys
from kg.analysis.acts import tying
from kg.analysis.network import Where, tied
from kg.analysis.time import Unit, Window, difference, windows_of
from kg.analysis.time import timeline as steps_of
from kg.analysis.time.windows import in_windows
from kg.errors import UsageError
from kg.namespaces import ID
from kg.workspace.explain import pair_of
from kg.workspace.frames import FramedPairs
from kg.workspace.network import NetworkOptions, chosen, formula_of, period_of, undated

if TYPE_CHECKING:
    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.time import Difference, Step
    from kg.store.base import Reader
    from kg.workspace.tables import Reference

__all__ = ["LENGTH", "Timeline", "diff", "timeline"]

LENGTH = 365  # days of each of the two windows that ``diff`` compares


@dataclass(frozen=True, slots=True)
class Timeline(FramedPairs):
    """What passed between two sides over time.

    Attributes:
        a, b: IRIs of the two sides, as they were asked for.
        steps: one for each window, in time.
        labels: IRI → label.
        notes: what the numbers do not show, in sentences.
    """

    a: str
    b: str
    steps: tuple[Step, ...]
    labels: dict[str, str]
    notes: tuple[str, ...]

    def records(self) -> list[dict[str, Any]]:
        """One row for each window and pair, in time."""
        return [
            {
                "window": step.window.label,
                "since": step.window.since,
                "until": step.window.until,
                "a": self.labels.get(step.a, step.a),
                "b": self.labels.get(step.b, step.b),
                "a_iri": step.a,
                "b_iri": step.b,
                "confrontations": step.confrontations,
                "cooperations": step.cooperations,
                "consultations": step.consultations,
                "conflict": round(step.conflict, 3),
                "cooperation": round(step.cooperation, 3),
                "tone": round(step.tone, 4),
                "sources": step.sources,
                "events": [iri.removeprefix(f"{ID}event/") for iri in step.events],
                "because": [iri.removeprefix(f"{ID}event/") for iri in step.because],
            }
            for step in self.steps
        ]

    def _repr_html_(self) -> str:
        """The table inside a notebook."""
        from kg.workspace.showing import steps_html  # noqa: PLC0415 - only in a notebook

        sides = " – ".join(self.labels.get(iri, iri) for iri in (self.a, self.b))
        return steps_html(self.steps, sides, self.notes)


def timeline(
    store: Reader,
    world: Reference,
    pair: str,
    by: Unit = Unit.MONTH,
    window: int | None = None,
    step: int | None = None,
    **options: Unpack[NetworkOptions],
) -> Timeline:
    """The timeline of a pair such as "us,eu".

    Args:
        store: where the acts lie.
        world: to recognise the names.
        pair: two names.
        by: months, quarters or years.
        window: days of a sliding window, instead.
        step: days from one sliding window to the next.
        options: see ``NetworkOptions``; level, half_life and where have no effect.

    Raises:
        UsageError: no such pair, or windows that make no sense.
    """
    names, period, whole = labels(store), period_of(options), chosen(store, options)
    left, right = pair_of(world(), names, pair)
    if left == right:
        raise UsageError(f"both sides are the same: {pair}")
    keys = between(left, right, Level.POLITY)
    acts = tying(whole, keys)
    rows = tied(acts, keys, period, formula_of(options)).select("day", "last").collect()
    if not rows["day"].drop_nulls().len():
        return Timeline(left, right, (), names, (*_undated(rows), *undated(whole, period)))
    first = period.since or _day(rows["day"].min())
    windows = windows_of(first, period.until or _day(rows["last"].max()), by, window, step)
    steps = steps_of(acts, keys, windows, formula_of(options))
    notes = [*_undated(rows), *_coarse(acts, keys, options, windows)]
    if window and (step or window // 4) < window:
        notes.append("The windows share days, so neighbours are not independent.")
    return Timeline(left, right, steps, names, tuple(notes))


def diff(
    store: Reader,
    before: date,
    after: date,
    window: int = LENGTH,
    **options: Unpack[NetworkOptions],
) -> Difference:
    """What ties appeared, ended and flipped between two windows that end on two days.

    Args:
        store: where the acts lie.
        before: last day of the earlier window.
        after: last day of the later one.
        window: days of either.
        options: see ``NetworkOptions``; the period has no effect.

    Raises:
        UsageError: the days are not in order, or the windows are empty.
    """
    if before >= after:
        raise UsageError(f"{before} is not before {after}", "name the earlier day first")
    if window < 1:
        raise UsageError("a window needs at least one day")
    windows = _ending(before, window), _ending(after, window)
    keys = side_keys(options.get("level", Level.POLITY))
    where = options.get("where", Where.ALL)
    acts = chosen(store, options)
    return difference(acts, keys, labels(store), windows, formula_of(options), where)


def _ending(day: date, length: int) -> Window:
    since = day - timedelta(days=length - 1)
    return Window(since, day, f"{since}/{day}")


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value


def _undated(rows: pl.DataFrame) -> list[str]:
    without = rows["day"].null_count()
    return [f"{without} acts between them have no known date; they are left out."] * (without > 0)


def _coarse(
    acts: Acts, keys: Keys, options: NetworkOptions, windows: tuple[Window, ...]
) -> list[str]:
    """How many dated acts are known too coarsely to lie in any window."""
    rows = tied(acts, keys, period_of(options), formula_of(options))
    dated = rows.filter(pl.col("day").is_not_null())
    placed = in_windows(dated, windows).select(pl.col("act").n_unique()).collect().item()
    left = dated.select(pl.col("act").n_unique()).collect().item() - placed
    return [f"{left} acts are dated too coarsely for these windows; they are left out."] * (
        left > 0
    )
