"""A spot: a stretch of one sentence that refers to an actor, before it is known to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extraction.actors.gazetteer import Entry
    from kg.extraction.actors.titles import TitlePhrase
    from kg.extraction.actors.units import Unit

__all__ = ["Sort", "Spot"]


class Sort(StrEnum):
    """What a spot looks like from outside."""

    PERSON = "person"
    NAME = "name"  # state, bloc, organisation, place or venue of the reference data
    CITY = "city"  # a capital: the polity or the place, decided after parsing
    ORGANISATION = "organisation"  # by pattern or name finder, perhaps unknown
    PLACE = "place"  # unknown place
    VENUE = "venue"
    DESCRIPTION = "description"  # "the French president"
    GROUP = "group"  # "European leaders", "both sides"
    OFFICIALS = "officials"  # "US officials", "Russian forces"
    PEOPLE = "people"  # "the Germans", "the Estonian"
    SHORT = "short"  # "the bloc", "the alliance"
    RELATION = "relation"  # "his French counterpart", "her predecessor"
    PREDICATE = "predicate"  # an office after "as" or "become"; never masked
    GENERIC = "generic"  # "Afghan rebels", "police": only when unnamed actors are asked for
    ADJECTIVE = "adjective"  # "French" before something else; never masked


@dataclass(slots=True)
class Spot:
    """Units ``first`` to ``last`` (exclusive) of a sentence; the mention is ``name`` inside.

    Attributes:
        sort: what it looks like.
        first, last: units that become one token (title, name, apposition).
        name: units of the mention itself.
        entries: meanings of the name in the reference data.
        titles: title phrases that belong to it, in text order.
        inner: spots swallowed by this one (bodies inside titles, acronyms in brackets).
        text: canonical or printed name.
        of: entry of the polity it belongs to, when the words say so.
        number: how many a group counts ("the three powers"), 0 when open.
        sure: the shape alone proves it (title, given name, apposition).
        evidence: offsets of the words that state an office, when they are not the spot itself.
        keys: referent keys it was linked to, filled by the linker.
        confidence: how sure the link is.
        nominal: whether it is a mention (a name or description), not only an actor.
        gender: of whoever "his" or "her" in it stands for.
        sector: agent sector of an unnamed actor ("REB"). organ: it is part of some state.
    """

    sort: Sort
    first: int
    last: int
    name: tuple[int, int]
    text: str
    entries: tuple[Entry, ...] = ()
    titles: list[TitlePhrase] = field(default_factory=list)
    inner: list[Spot] = field(default_factory=list)
    of: Entry | None = None
    number: int = 0
    sure: bool = False
    keys: tuple[str, ...] = ()
    place_key: str = ""
    evidence: tuple[int, int] | None = None
    confidence: float = 1.0
    nominal: bool = True
    sector: str = ""
    organ: bool = False
    gender: str = ""

    def span(self, units: list[Unit]) -> tuple[int, int]:
        """Offsets of the mention."""
        return units[self.name[0]].start, units[self.name[1] - 1].end
