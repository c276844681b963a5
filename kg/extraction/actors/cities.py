"""Whom a capital's name means as an actor: "Moscow" in 1985, "Belgrade" in 1999, "Brussels"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.namespaces import ID
from kg.records import ActorKind
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from kg.extraction.actors.draft import Line
    from kg.extraction.actors.referents import Referent, Referents
    from kg.extraction.actors.spots import Spot

__all__ = ["at_the_time", "link_city"]

_RUSSIA, _SOVIETS = ID + "state/russia", ID + "state/soviet-union"
_SOVIET_END = date(1991, 12, 26)
_STOPS = frozenset(".!?")
_REACH = 60  # units of a sentence that are looked at, so that long texts stay linear


def at_the_time(referents: Referents, iri: str) -> str:
    """The polity on the day of the document: Moscow spoke for the Soviet Union until 1991."""
    on = referents.on
    soviet = on is not None and date(1922, 12, 30) <= on < _SOVIET_END
    return _SOVIETS if iri == _RUSSIA and soviet and _SOVIETS in referents.world.actors else iri


def link_city(referents: Referents, spot: Spot, line: Line | None) -> Referent:
    """The polity that a capital stands for; the town itself is left in ``spot.place_key``."""
    places = [e for e in spot.entries if e.kind is ActorKind.PLACE]
    polities = [e for e in spot.entries if e.alias is AliasKind.METONYM]
    polities.sort(key=lambda e: (at_the_time(referents, e.iri) not in referents.by_key, e.iri))
    if places:
        spot.place_key = places[0].iri
    else:
        named = referents.world.find(spot.text.replace(" Dept", " Department"))
        towns = [actor for actor in named if actor.kind is ActorKind.PLACE]
        spot.place_key = towns[0].iri if towns else ""
    iri = at_the_time(referents, polities[0].iri)
    return referents.known(iri if iri in referents.by_key else _seat(referents, spot, line, iri))


def _seat(referents: Referents, spot: Spot, line: Line | None, iri: str) -> str:
    """The state of this document whose capital the town is: Yugoslavia for Belgrade in 1999.

    In "Belgium urges Brussels" it is not, as the state is named there itself.
    """
    bloc = referents.world.actors[iri].kind is ActorKind.BLOC
    for key, referent in referents.by_key.items():
        actor = referents.world.actors.get(key)
        if actor is not None and actor.kind is ActorKind.STATE and actor.capital == spot.text:
            named = bloc and line is not None and _in_one_sentence(referent, spot, line)
            return iri if named else key
    return iri


def _in_one_sentence(referent: Referent, spot: Spot, line: Line) -> bool:
    """True when somebody was named since the last full stop before a spot, and not far away."""
    before = line.units[max(spot.first - _REACH, 0) : spot.first]
    stop = next((unit for unit in reversed(before) if unit.low in _STOPS), None)
    return bool(before) and referent.last >= (stop or before[0]).start
