"""Who is named together: "France and Germany (the E2)", "Putin, Xi and Modi"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.spots import Sort, Spot
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.lines import Line
    from kg.extraction.actors.personlinks import PersonLinker
    from kg.extraction.actors.referents import Referents

__all__ = ["named_near", "note_coordinations", "note_members"]

_JOINS = frozenset((",", "and", "&", "the"))


_NEAR = 10
"""Within so many words a sentence would not both name and describe somebody."""


def named_near(line: Line, spot: Spot, people: PersonLinker) -> frozenset[str]:
    """Keys of the persons whom a line names close to a description."""
    near = [
        people.link(s)
        for s in line.spots
        if s.sort is Sort.PERSON
        and s.first >= line.label
        and s.last > spot.first - _NEAR
        and s.first < spot.last + _NEAR
    ]
    return frozenset(person.key for person in near if person is not None)


def note_coordinations(line: Line, referents: Referents) -> None:
    """Note who is named together: "the pair" and "both countries" go back to them."""
    run: list[str] = []
    end = -1
    for spot in [*line.spots, None]:
        key = spot.keys[0] if spot is not None and len(spot.keys) == 1 else ""
        joined = spot is not None and {u.low for u in line.units[end : spot.first]} <= _JOINS
        kinds = {referents.by_key[k].kind for k in (*run[-1:], *((key,) if key else ()))}
        if run and not (key and joined and len(kinds) == 1):
            if len(run) > 1:
                referents.coordinated.append(tuple(dict.fromkeys(run)))
            run = []
        if key and spot is not None:
            run.append(key)
            end = spot.last


def note_members(line: Line, referents: Referents) -> None:
    """Note the members of a collective that brackets name: "France and Germany (the E2)"."""
    states: list[str] = []
    end = -1
    for spot in line.spots:
        between = {u.low for u in line.units[end : spot.first]} if end >= 0 else {","}
        kinds = {referents.by_key[key].kind for key in spot.keys}
        if kinds == {ActorKind.BLOC} and "(" in between and between <= {"(", "the"}:
            referent = referents.by_key[spot.keys[0]]
            referent.members = referent.members or tuple(states if len(states) > 1 else ())
        if kinds != {ActorKind.STATE} or not between <= {",", "and", "the", "&"}:
            states = []
        states += [key for key in spot.keys if kinds == {ActorKind.STATE}]
        end = spot.last
