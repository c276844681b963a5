"""Rift and alliance tables: the analysis, asked in the words of a user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from kg.analysis import (
    Dyad,
    Grouping,
    Level,
    Period,
    between,
    dyads,
    labels,
    rank_alliances,
    rank_rifts,
    side_keys,
    told_events,
)
from kg.errors import UsageError
from kg.namespaces import ID
from kg.records import Status
from kg.workspace.frames import FramedPairs
from kg.workspace.told import feeds_of

if TYPE_CHECKING:
    from datetime import date

    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.periods import Details
    from kg.analysis.without import Without
    from kg.reference.world import World
    from kg.store.base import Reader

Reference = Callable[[], "World"]
"""The reference data, loaded only when a side is named: most tables need none of it."""

__all__ = ["DyadTable", "Reference", "TableOptions", "actor_iri", "alliances", "rifts"]


class TableOptions(TypedDict, total=False):
    """What a table can be asked with.

    Attributes:
        left, right: names of the two sides ("us", "European Union", an IRI), or one of them.
        since, until: days that bound the period, both included.
        by: pair, month or issue.
        level: person, polity or bloc.
        statuses: which events count, by default only those that happened.
        min_confidence: events below are left out.
        without: what to leave out as if it had never been read.
    """

    left: str | None
    right: str | None
    since: date | None
    until: date | None
    by: Grouping
    level: Level
    statuses: tuple[Status, ...]
    min_confidence: float
    without: Without | None


@dataclass(frozen=True, slots=True)
class DyadTable(FramedPairs):
    """Dyads in order, and what goes with them.

    Attributes:
        dyads: the rows.
        labels: what to call a party by its IRI.
        notes: what the reader must know beside the numbers.
        sign: of the acts the table ranks: -1 for rifts, 1 for alliances.
    """

    dyads: tuple[Dyad, ...]
    labels: dict[str, str]
    notes: tuple[str, ...]
    sign: int

    def records(self, limit: int | None = None) -> list[dict[str, Any]]:
        """See ``Framed.records``; only the first ``limit`` rows.

        The sentence quoted is that of the strongest act. Over feeds it is read from the store,
        which must still be open.
        """
        return [self._record(dyad) for dyad in self.dyads[:limit]]

    def _record(self, dyad: Dyad) -> dict[str, Any]:
        strongest = dyad.strongest(self.sign)
        best = strongest.best if strongest else None
        return {
            "group": dyad.group,
            "a": self.labels.get(dyad.a, dyad.a),
            "b": self.labels.get(dyad.b, dyad.b),
            "a_iri": dyad.a,
            "b_iri": dyad.b,
            "confrontations": dyad.confrontations,
            "cooperations": dyad.cooperations,
            "consultations": dyad.consultations,
            "balance": round(dyad.balance, 3),
            "conflict": round(dyad.conflict, 3),
            "cooperation": round(dyad.cooperation, 3),
            "trend": None if dyad.trend is None else round(dyad.trend, 3),
            "issues": list(dyad.issues[:3]),
            "undated": dyad.undated,
            "sources": dyad.sources,
            "quote": strongest.said if strongest else None,
            "document": best.source or best.document if best else None,
            "event": strongest.iri.removeprefix(f"{ID}event/") if strongest else None,
            "events": [iri.removeprefix(f"{ID}event/") for iri in dyad.iris],
        }

    def _repr_html_(self) -> str:
        """The table inside a notebook."""
        from kg.workspace.showing import dyads_html  # noqa: PLC0415 - only in a notebook

        return dyads_html(self.dyads, self.labels, self.notes)


def rifts(store: Reader, world: Reference, **options: Unpack[TableOptions]) -> DyadTable:
    """Pairs with a confrontation, the greatest mass of conflict first."""
    found, names, notes = _dyads(store, world, options)
    return DyadTable(tuple(_ordered(rank_rifts(found), options)), names, notes, -1)


def alliances(store: Reader, world: Reference, **options: Unpack[TableOptions]) -> DyadTable:
    """Pairs with a cooperative event, the greatest mass of cooperation first."""
    found, names, notes = _dyads(store, world, options)
    return DyadTable(tuple(_ordered(rank_alliances(found), options)), names, notes, 1)


def _ordered(found: list[Dyad], options: TableOptions) -> list[Dyad]:
    """Months run in time; everything else keeps its rank."""
    by_month = options.get("by") is Grouping.MONTH
    return sorted(found, key=lambda dyad: dyad.group) if by_month else found


def actor_iri(world: World, names: dict[str, str], wanted: str) -> str:
    """The IRI of somebody the user names.

    Args:
        world: searched first, by name, alias, code or slug.
        names: labels in the store, for people only documents know.
        wanted: what the user typed.

    Raises:
        UsageError: nobody is called that.
    """
    known = world.find(wanted)
    if known:
        return known[0].iri
    folded = wanted.casefold()
    found = sorted(i for i, label in names.items() if folded in (i.casefold(), label.casefold()))
    if found:
        return found[0]
    raise UsageError(
        f"nobody called {wanted!r} is known",
        "use a name, an abbreviation or a code: us, eu, FRA, Kaja Kallas",
    )


def _dyads(
    store: Reader, world: Reference, options: TableOptions
) -> tuple[list[Dyad], dict[str, str], tuple[str, ...]]:
    names = labels(store)
    period = Period(options.get("since"), options.get("until"))
    if period.since and period.until and period.since > period.until:
        raise UsageError(f"the period ends ({period.until}) before it begins ({period.since})")
    keys = _keys(world, names, options)
    least = options.get("min_confidence", 0.0)
    table, details = _table(store, names, options)
    by = options.get("by", Grouping.PAIR)
    found = dyads(table, keys, names, period, by, details, least)
    return found, names, _notes(table, keys, period, least)


def _table(store: Reader, names: dict[str, str], options: TableOptions) -> tuple[Acts, Details]:
    """The acts in columns, and how to read some of them in full."""
    from kg.analysis.acts import acts, acts_of  # noqa: PLC0415 - loads Polars
    from kg.analysis.acts.details import acts_in_full  # noqa: PLC0415

    statuses, without = options.get("statuses", (Status.REALISED,)), options.get("without")
    if feeds_of(store):
        table = acts(store, statuses, without=without)
        return table, lambda numbers: acts_in_full(store, table, numbers, names, without)
    events = told_events(store, statuses, without=without)
    return acts_of(events), lambda numbers: [events[number] for number in numbers]


def _keys(world: Reference, names: dict[str, str], options: TableOptions) -> Keys:
    level = options.get("level", Level.POLITY)
    left, right = options.get("left"), options.get("right")
    sides = [actor_iri(world(), names, name) for name in (left, right) if name]
    if len(sides) == 2 and sides[0] == sides[1]:
        raise UsageError(f"both sides are the same: {left} and {right}")
    if not sides:
        return side_keys(level)
    return between(sides[0], sides[1] if len(sides) > 1 else None, level)


def _notes(table: Acts, keys: Keys, period: Period, least: float) -> tuple[str, ...]:
    """What the numbers do not show: events without a date are reported, never guessed."""
    import polars as pl  # noqa: PLC0415 - only for analyses

    from kg.analysis.acts import ties  # noqa: PLC0415

    if not table.acts.select(pl.col("day").has_nulls()).collect().item():
        return ()
    sure = table.weighed().filter(pl.col("confidence") >= least).select("act", "day")
    concerned = sure.join(ties(table, keys).select("act").unique(), on="act").collect()
    undated = concerned["day"].null_count()
    if not undated:
        return ()
    verb = "count here" if period.open else "are left out, for they cannot be placed in the period"
    return (f"{undated} of {concerned.height} events have no known date; they {verb}.",)
