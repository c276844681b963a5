"""Which unnamed people a noun means, and which country they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.rolenouns import role_noun
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.referents import Referent, Referents
    from kg.extraction.actors.spots import Spot
    from kg.reference.world import World

__all__ = ["link_group", "polity_around"]

_AT_HOME = frozenset(("OPP", "LAB", "EDU", "AGR", "CVL", "CRM", "HLH"))
"""Sectors of people who are mostly of the country the text is about."""


def link_group(referents: Referents, spot: Spot, context: tuple[str, ...]) -> Referent:
    """Unnamed people of a state; "the rebels" are the rebels spoken of before.

    Args:
        referents: everybody known.
        spot: the words, with the nationality inside or the place after them linked.
        context: IRIs of the polity named last: that of "police" and "students" without a country.
    """
    noun = role_noun(spot.text)
    owner = next((key for inner in spot.inner for key in inner.keys), "")
    if spot.of is not None and not owner:
        owner = spot.of.iri
    if not owner and context and (spot.organ or spot.sector in _AT_HOME):
        owner = context[0]
        spot.confidence = 0.7
    polity = polity_around(referents.world, owner)
    if not polity:
        same = [r for r in referents.by_key.values() if r.sector and r.noun == noun]
        if same:
            return max(same, key=lambda r: (r.last, r.key))
    key = f"generic:{polity or owner}:{spot.sector}:{noun}"
    referent = referents.add(key, ActorKind.OTHER, spot.text)
    referent.sector, referent.noun = spot.sector, noun
    if polity:
        referent.of = referents.world.label(polity)
    return referent


def polity_around(world: World, iri: str) -> str:
    """The state or bloc that an actor belongs to or a place lies in, "" when unknown."""
    for _ in range(4):
        polity = world.polity_of(iri)
        if polity is not None:
            return polity
        place = world.actors.get(iri)
        iri = (place.located_in if place is not None else None) or ""
    return ""
