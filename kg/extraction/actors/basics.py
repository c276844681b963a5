"""What the finders of one sentence share: printed text, owners, plain known names."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extraction.actors.spots import Sort, Spot
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.gazetteer import Entry
    from kg.extraction.actors.people import Scene
    from kg.extraction.actors.units import Unit

_AMERICAN = frozenset(
    ("senator", "sen.", "rep.", "republican", "republicans", "democrat", "democrats", "governor",
     "congressman", "congresswoman", "runoff", "legislature", "voters")
)  # fmt: skip
"""Words after "Georgia" that mean the American state."""

__all__ = ["named", "only_person", "owner_of", "printed"]


def only_person(unit: Unit) -> bool:
    """True when a known name is the name of persons and nothing else (or no known name)."""
    return all(entry.kind is ActorKind.PERSON for entry in unit.entries)


def named(scene: Scene, at: int) -> Spot:
    """A state, bloc, organisation, place or venue of the reference data, or an adjective."""
    unit = scene.units[at]
    if unit.place and unit.polity and scene.low(at + 1) in _AMERICAN:
        return Spot(Sort.PLACE, at, at + 1, (at, at + 1), unit.text, unit.entries, sure=True)
    if unit.polity or unit.organisation or unit.venue:
        sort = Sort.NAME
    elif unit.metonym:
        sort = Sort.CITY
    elif unit.place:
        sort = Sort.PLACE
    elif unit.adjective:
        sort = Sort.ADJECTIVE
    elif unit.demonym:
        sort = Sort.PEOPLE
    else:
        sort = Sort.NAME
    spot = Spot(sort, at, at + 1, (at, at + 1), unit.text, unit.entries, sure=True)
    spot.nominal = sort not in (Sort.ADJECTIVE, Sort.PEOPLE)
    return spot


def printed(scene: Scene, first: int, last: int) -> str:
    """The text of units ``first`` to ``last`` (exclusive), white space levelled."""
    units = scene.units[first:last]
    parts = [units[0].text]
    for before, unit in pairwise(units):
        parts.append(("" if before.end == unit.start else " ") + unit.text)
    return " ".join("".join(parts).split())


def owner_of(unit: Unit) -> Entry | None:
    """The polity a unit stands for when an organ of a state follows."""
    return unit.adjective or unit.polity or unit.metonym
