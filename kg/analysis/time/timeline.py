"""The timeline of a pair: what passed between two sides, window by window, and where it turned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from kg.analysis.network.formula import Formula, tied, tone
from kg.analysis.periods import Period
from kg.analysis.time.windows import in_windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.time.windows import Window

__all__ = ["Step", "timeline"]


@dataclass(frozen=True, slots=True)
class Step:
    """What passed between two parties in one window.

    Attributes:
        window: the days.
        a, b: IRIs, in the alphabet.
        confrontations, cooperations, consultations: numbers of acts by sign.
        conflict, cooperation: masses (``kg.analysis.network.formula``).
        tone: (K - C) / (K + C + 2 alpha).
        sign: of the tie: -1 or 1, or 0 when it leans neither way or has too little evidence.
        sources: independent stories.
        events: IRIs of the acts, heaviest first.
        flipped: whether the sign is not that of the last window that had one.
        because: IRIs of the acts of the new sign when it flipped, heaviest first.
    """

    window: Window
    a: str
    b: str
    confrontations: int = 0
    cooperations: int = 0
    consultations: int = 0
    conflict: float = 0.0
    cooperation: float = 0.0
    tone: float = 0.0
    sign: int = 0
    sources: int = 0
    events: tuple[str, ...] = ()
    flipped: bool = False
    because: tuple[str, ...] = ()


def timeline(
    acts: Acts, keys: Keys, windows: Sequence[Window], formula: Formula | None = None
) -> tuple[Step, ...]:
    """One step for each window and pair, by pair and window; windows without acts included.

    Args:
        acts: the acts; those that surely lie in no window are left out.
        keys: under which IRIs a party counts; usually ``between`` two sides.
        windows: by their days.
        formula: weights and floor; a half-life has no place here and is ignored.
    """
    formula = replace(formula or Formula(), half_life=None)
    if not windows:
        return ()
    whole = Period(windows[0].since, windows[-1].until)
    rows = in_windows(tied(acts, keys, whole, formula), windows).collect().lazy()
    pairs: dict[tuple[str, str], dict[int, Step]] = {}
    for row in _table(rows, acts, formula).iter_rows(named=True):
        step = _step(row, windows, formula)
        pairs.setdefault((step.a, step.b), {})[row["window"]] = step
    return tuple(
        step
        for (a, b), found in sorted(pairs.items())
        for step in _marked([found.get(n, Step(window, a, b)) for n, window in enumerate(windows)])
    )


def _table(rows: pl.LazyFrame, acts: Acts, formula: Formula) -> pl.DataFrame:
    sign, mass = pl.col("sign"), pl.col("mass")
    by = ["a", "b", "window"]
    heavy = pl.struct(-mass, "event").alias("rank")
    sums = (
        rows.sort(heavy)
        .group_by(by, maintain_order=True)
        .agg(
            confrontations=(sign < 0).sum(),
            cooperations=(sign > 0).sum(),
            consultations=(sign == 0).sum(),
            conflict=mass.filter(sign < 0).sum(),
            cooperation=mass.filter(sign > 0).sum(),
            events=pl.col("event"),
            signs=sign,
        )
    )
    told = (
        rows.select("act", *by)
        .join(acts.tellings.select("act", "story"), on="act")
        .group_by(by)
        .agg(sources=pl.col("story").n_unique())
    )
    return (
        sums.join(told, on=by, how="left")
        .with_columns(tone=tone(formula.alpha))
        .with_columns(pl.col("a", "b").cast(pl.String))
        .sort(by)
        .collect()
    )


def _step(row: dict[str, Any], windows: Sequence[Window], formula: Formula) -> Step:
    lean = row["cooperation"] - row["conflict"]
    signed = row["confrontations"] + row["cooperations"]
    enough = signed >= formula.min_acts and (row["sources"] or 0) >= formula.min_sources
    sign = (lean > 1e-9) - (lean < -1e-9) if enough else 0
    return Step(
        windows[row["window"]],
        row["a"],
        row["b"],
        row["confrontations"],
        row["cooperations"],
        row["consultations"],
        row["conflict"],
        row["cooperation"],
        row["tone"],
        sign,
        row["sources"] or 0,
        tuple(row["events"]),
        because=tuple(e for e, s in zip(row["events"], row["signs"], strict=True) if s == sign)
        if sign
        else (),
    )


def _marked(steps: list[Step]) -> Iterator[Step]:
    """With flips: against the last window that had a sign."""
    last = 0
    for step in steps:
        flipped = bool(step.sign and last and step.sign != last)
        yield replace(step, flipped=flipped, because=step.because if flipped else ())
        last = step.sign or last
