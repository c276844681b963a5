"""A tone over time: its stretches, its trend, and when its level changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from kg.analysis.rift.bootstrap import drawn, drawn_tones, estimate, flows, sides
from kg.analysis.rift.changes import LEAST, cuts
from kg.analysis.rift.ledger import Block, supports
from kg.analysis.rift.records import Change, Estimate, Stretch, Support
from kg.analysis.rift.tone import shrunk
from kg.analysis.time.windows import Unit, calendar, in_windows, sliding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.analysis.periods import Period
    from kg.analysis.rift.ledger import Ledger
    from kg.analysis.rift.records import Floor
    from kg.analysis.time.windows import Window

__all__ = ["course", "fitting", "span", "stretches", "windowed"]

_NOTHING = Support(0, 0, 0, 0.0, 0.0)
_DRAWS, _BINS = 400, 250  # for each stretch
_YEAR = 365.25


def span(book: Ledger, period: Period) -> tuple[date, date] | None:
    """First and last day of what can be placed in time; None when nothing can."""
    first, last = book.rows["day"].min(), book.rows["last"].max()
    since, until = period.since or first, period.until or last
    if not isinstance(since, date) or not isinstance(until, date):
        return None
    return since, until


def fitting(days: tuple[date, date]) -> tuple[Window, ...]:
    """Months, or weeks when the period has too few months to look for changes in."""
    months = calendar(*days, Unit.MONTH)
    return months if len(months) >= LEAST else sliding(*days, 7, 7)


def stretches(
    book: Ledger, windows: Sequence[Window], alpha: float, floor: Floor, seed: int
) -> tuple[Stretch, ...]:
    """Tone and rift of each window, with the weights of the pairs that the ledger fixes.

    Args:
        book: the ledger of the whole span.
        windows: which must not overlap.
        alpha: points of intensity.
        floor: less evidence is abstained on.
        seed: of the bootstrap.
    """
    placed = _placed(book, windows)
    known = {block: supports(placed.filter(pl.col("block") == block), book.told) for block in Block}
    parts = placed.partition_by("window", as_dict=True, include_key=False)
    found = []
    for number, window in enumerate(windows):
        between, left, right = (known[block].get(number, _NOTHING) for block in Block)
        reason = floor.abstention(between)
        tone = rift = None
        if not reason:
            inside = (not floor.abstention(left), not floor.abstention(right))
            table = flows(book.having(parts[number,]).calibrated(alpha))
            value = sides(table, alpha, inside)
            draws = drawn(table, np.random.default_rng([seed, number]), inside, _DRAWS, _BINS)
            tone = estimate(float(value.tone), draws.tone)
            if value.rift is not None and draws.rift is not None:
                rift = estimate(float(value.rift), draws.rift)
        stretch = (window.label, window.since, window.until, between, tone, rift, reason)
        found.append(Stretch(*stretch))
    return tuple(found)


def course(
    book: Ledger, windows: Sequence[Window], alpha: float, seed: int
) -> tuple[tuple[Change, ...], Estimate | None]:
    """When the tone between the sides changed its level, and its trend.

    The tone of each window is pulled by alpha towards that of all windows together, so that a
    window without evidence is no change.

    Args:
        book: the ledger.
        windows: equally long stretches without gaps.
        alpha: points of intensity.
        seed: of the draws.

    Returns:
        The changes, and the change of the tone per year; nothing with too few windows.

    Raises:
        UsageError: there is a change to place, and ruptures is not installed.
    """
    if len(windows) < LEAST:
        return (), None
    good, bad, draws = _masses(book, windows, alpha, seed)
    if not (good + bad).any():
        return (), None
    changes = tuple(
        Change(
            day=windows[cut.at].since,
            low=windows[cut.low].since,
            high=windows[cut.high].since,
            before=cut.before,
            after=cut.after,
            p_value=cut.p_value,
        )
        for cut in cuts(_pulled(good, bad, alpha), seed=seed)
    )
    return changes, _trend(windows, good + bad, shrunk(good, bad, 0.0), draws, alpha)


def _placed(book: Ledger, windows: Sequence[Window]) -> pl.DataFrame:
    return in_windows(book.rows.lazy(), windows).collect()


def windowed(book: Ledger, windows: Sequence[Window], alpha: float) -> NDArray[np.float64]:
    """The tone between the sides in each window, pulled by alpha towards that of all windows.

    This is the series in which changes are sought.
    """
    good, bad, _ = _masses(book, windows, alpha, None)
    return _pulled(good, bad, alpha)


def _pulled(
    good: NDArray[np.float64], bad: NDArray[np.float64], alpha: float
) -> NDArray[np.float64]:
    mean = float(shrunk(good.sum(), bad.sum(), 0.0))
    return shrunk(good + alpha * (1 + mean), bad + alpha * (1 - mean), 0.0)


def _masses(
    book: Ledger, windows: Sequence[Window], alpha: float, seed: int | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Calibrated masses of each window, and draws of its tone (draws × windows; 0 if empty)."""
    count = len(windows)
    placed = _placed(book, windows).filter(pl.col("block") == Block.BETWEEN)
    good, bad, draws = np.zeros(count), np.zeros(count), np.zeros((_DRAWS, count))
    parts = placed.partition_by("window", as_dict=True, include_key=False)
    for (number,), part in sorted(parts.items()):
        table = flows(book.having(part).calibrated(alpha))
        good[number], bad[number] = table.sum(axis=0)[:, 0]
        if seed is not None:
            random = np.random.default_rng([seed, number, 1])
            draws[:, number] = drawn_tones(table[..., :1], random, _DRAWS, _BINS)[:, 0]
    return good, bad, draws


def _trend(
    windows: Sequence[Window],
    mass: NDArray[np.float64],
    tones: NDArray[np.float64],
    draws: NDArray[np.float64],
    alpha: float,
) -> Estimate | None:
    """Weighted slope per year; a window counts the more the more is known of it, up to 1."""
    weight = mass / (mass + 2 * alpha)
    if np.count_nonzero(weight) < 3:
        return None
    years = np.array([window.since.toordinal() for window in windows]) / _YEAR
    years = years - np.average(years, weights=weight)
    slope = weight * years / (weight @ years**2)
    return estimate(float(tones @ slope), draws @ slope)
