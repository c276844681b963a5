"""Dyads: what passed between two parties, counted, weighed and compared with the period before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analysis.periods import Grouping, Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.analysis.acts.table import Acts
    from kg.analysis.levels import Keys
    from kg.analysis.periods import Details
    from kg.analysis.records import Dyad, SignedEvent

__all__ = ["dyads", "rank_alliances", "rank_rifts"]


def dyads(
    events: Sequence[SignedEvent] | Acts,
    keys: Keys,
    labels: dict[str, str],
    period: Period,
    grouping: Grouping = Grouping.PAIR,
    details: Details | None = None,
    least: float = 0.0,
) -> list[Dyad]:
    """One dyad for each pair (and group) that has an event in the period.

    The trend is the balance of the last stretch less that of the stretch before it: with a
    bounded period these are the period and its predecessor; otherwise the last 365 days up to
    the latest dated event (or ``until``) and the 365 days before.

    Args:
        events: as objects, or in columns.
        keys: under which IRIs a party counts.
        labels: IRI → label; a pair stands in their alphabetical order.
        period: which events count.
        grouping: what the pairs are split by.
        details: reads the events of columns by their numbers, when somebody looks at them.
        least: events of less confidence are left out.
    """
    from kg.analysis.acts.table import Acts, acts_of  # noqa: PLC0415 - a circle otherwise
    from kg.analysis.dyad_columns import columns  # noqa: PLC0415 - loads Polars

    if isinstance(events, Acts):
        assert details is not None
        return columns(events, keys, labels, period, grouping, details, least)
    ordered = sorted(events, key=lambda event: event.iri)
    return columns(
        acts_of(ordered), keys, labels, period, grouping,
        lambda numbers: [ordered[number] for number in numbers], least,
    )  # fmt: skip


def rank_rifts(found: Iterable[Dyad]) -> list[Dyad]:
    """Pairs with a confrontation, the greatest mass of conflict first."""
    conflicts = (dyad for dyad in found if dyad.confrontations)
    return sorted(conflicts, key=lambda d: (-d.conflict, d.balance, d.group, d.a, d.b))


def rank_alliances(found: Iterable[Dyad]) -> list[Dyad]:
    """Pairs with a cooperative event, the greatest mass of cooperation first."""
    cooperative = (dyad for dyad in found if dyad.cooperations)
    return sorted(cooperative, key=lambda d: (-d.cooperation, -d.balance, d.group, d.a, d.b))
