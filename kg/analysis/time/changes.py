"""What changed between two windows: ties that appeared, ended or flipped, and the acts behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from kg.analysis.dyads import Period
from kg.analysis.network import Formula, Where, placed, signed_network

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.network import FoldedNetwork
    from kg.analysis.time.windows import Window

__all__ = ["Change", "Difference", "Kind", "difference"]

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
        events: IRIs of the acts that made the change, heaviest first: those of the later window
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
    formula = formula or Formula()
    before, after = (
        signed_network(acts, keys, labels, _period(window), formula, where=where)
        for window in windows
    )
    found = [
        _change(pair, _ties(before).get(pair), _ties(after).get(pair))
        for pair in sorted(_ties(before).keys() | _ties(after).keys())
    ]
    because = _because(acts, keys, windows, formula, where)
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


def _because(
    acts: Acts, keys: Keys, windows: tuple[Window, Window], formula: Formula, where: Where
) -> dict[tuple[str, str, int, int], list[str]]:
    """(a, b, window, sign) → acts, heaviest first."""
    found: dict[tuple[str, str, int, int], list[str]] = {}
    for number, window in enumerate(windows):
        rows = (
            placed(acts, keys, _period(window), formula, where=where)
            .filter(pl.col("sign") != 0)
            .select(pl.col("a", "b").cast(pl.String), "sign", "event", "mass")
            .sort("a", "b", "sign", pl.col("mass") * -1, "event")
            .collect()
        )
        for a, b, sign, event, _ in rows.iter_rows():
            found.setdefault((a, b, number, sign), []).append(event)
    return found


def _with_events(change: Change, because: Mapping[tuple[str, str, int, int], list[str]]) -> Change:
    number = 0 if change.kind is Kind.ENDED else 1
    toward = change.moved if number else -change.moved
    events = because.get((change.a, change.b, number, 1 if toward > 0 else -1), ())
    return Change(
        change.kind, change.a, change.b, change.before, change.after,
        change.tone_before, change.tone_after, tuple(events),
    )  # fmt: skip
