"""What changed between two windows: ties that appeared, ended or flipped, and the acts behind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from kg.analysis.acts import within
from kg.analysis.network import Formula, Where, placed
from kg.analysis.network.fold import fold
from kg.analysis.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.network import FoldedNetwork
    from kg.analysis.time.windows import Window

__all__ = ["Change", "Difference", "Kind", "difference"]

LISTED = 50  # acts behind a change
SAME = 0.05  # of tone; less of a change is none


class Kind(StrEnum):
    """What became of a tie; in this order they are listed."""

    FLIPPED = "flipped"
    APPEARED = "appeared"
    ENDED = "ended"
    WARMER = "warmer"
    COLDER = "colder"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """One tie in both windows.

    Attributes:
        kind: what became of it.
        a, b: IRIs.
        before, after: weight in either window; None without a tie.
        tone_before, tone_after: shrunk tone; 0 without a tie.
        events: IRIs of the acts that made the change, the 50 heaviest: those of the later window
            on the side it moved to, or for a tie that ended those of the earlier one.
    """

    kind: Kind
    a: str
    b: str
    before: float | None
    after: float | None
    tone_before: float
    tone_after: float
    events: tuple[str, ...] = ()

    @property
    def moved(self) -> float:
        """Change of tone."""
        return self.tone_after - self.tone_before


@dataclass(frozen=True, slots=True)
class Difference:
    """Two windows and what lies between them.

    Attributes:
        before, after: the windows.
        changes: every tie of either, what changed most first within each kind.
        labels: IRI → label.
        notes: what was left out, in sentences.
    """

    before: Window
    after: Window
    changes: tuple[Change, ...]
    labels: Mapping[str, str] = field(repr=False, default_factory=dict)
    notes: tuple[str, ...] = ()


def difference(
    acts: Acts,
    keys: Keys,
    labels: Mapping[str, str],
    windows: tuple[Window, Window],
    formula: Formula | None = None,
    where: Where = Where.ALL,
) -> Difference:
    """Compare the signed networks of two windows, tie by tie.

    A tie that both windows have and whose sign is the same is warmer or colder when its tone
    moved by at least ``SAME``.

    Args:
        acts: the acts.
        keys: under which IRIs a party counts.
        labels: IRI → label.
        windows: the earlier and the later one.
        formula: weights and floor of both networks.
        where: whether acts inside a bloc, between blocs or all count.
    """
    formula = replace(formula or Formula(), half_life=None)
    hull = Period(min(w.since for w in windows), max(w.until for w in windows))
    rows = placed(acts, keys, hull, formula, where=where).collect()
    parts = tuple(rows.filter(within(_period(window))) for window in windows)
    before, after = (
        fold(part, acts, labels, _period(window), formula)
        for part, window in zip(parts, windows, strict=True)
    )
    old, new = _ties(before), _ties(after)
    found = [
        _change(pair, old.get(pair), new.get(pair)) for pair in sorted(old.keys() | new.keys())
    ]
    because = _because(parts)
    order = list(Kind)
    changes = sorted(
        (_with_events(change, because) for change in found),
        key=lambda change: (order.index(change.kind), -abs(change.moved), change.a, change.b),
    )
    notes = []
    for window, network in zip(windows, (before, after), strict=True):
        notes += [f"{window.label}: {note}" for note in network.notes]
    if windows[1].since <= windows[0].until:
        notes.append("The two windows share days, so what lies in both counts for both.")
    return Difference(*windows, tuple(changes), {**before.labels, **after.labels}, tuple(notes))


def _period(window: Window) -> Period:
    return Period(window.since, window.until)


def _ties(network: FoldedNetwork) -> dict[tuple[str, str], tuple[float, float]]:
    columns = network.table.select("a", "b", "weight", "tone")
    return {(a, b): (weight, tone) for a, b, weight, tone in columns.iter_rows()}


def _change(
    pair: tuple[str, str], before: tuple[float, float] | None, after: tuple[float, float] | None
) -> Change:
    old, new = before or (0.0, 0.0), after or (0.0, 0.0)
    if before is None:
        kind = Kind.APPEARED
    elif after is None:
        kind = Kind.ENDED
    elif (old[0] > 0) != (new[0] > 0):
        kind = Kind.FLIPPED
    elif abs(new[1] - old[1]) < SAME:
        kind = Kind.SAME
    else:
        kind = Kind.WARMER if new[1] > old[1] else Kind.COLDER
    return Change(kind, *pair, before and before[0], after and after[0], old[1], new[1])


def _because(parts: tuple[pl.DataFrame, ...]) -> dict[tuple[str, str, int, int], list[str]]:
    """(a, b, window, sign) → the acts that weigh most, heaviest first."""
    found: dict[tuple[str, str, int, int], list[str]] = {}
    for number, part in enumerate(parts):
        rows = (
            part.filter(pl.col("sign") != 0)
            .select(pl.col("a", "b").cast(pl.String), "sign", "event", "mass")
            .sort(pl.col("mass") * -1, "event")
            .group_by("a", "b", "sign", maintain_order=True)
            .agg(pl.col("event").head(LISTED))
        )
        for a, b, sign, events in rows.iter_rows():
            found[a, b, number, sign] = events
    return found


def _with_events(change: Change, because: Mapping[tuple[str, str, int, int], list[str]]) -> Change:
    number = 0 if change.kind is Kind.ENDED else 1
    toward = change.moved if number else -change.moved
    events = because.get((change.a, change.b, number, 1 if toward > 0 else -1), ())
    return Change(
        change.kind, change.a, change.b, change.before, change.after,
        change.tone_before, change.tone_after, tuple(events),
    )  # fmt: skip
