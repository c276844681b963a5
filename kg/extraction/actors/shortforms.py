"""Short names after an article: "the bloc", "the court", "the agency"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import ID
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.lexicon import Lexicon
    from kg.extraction.actors.referents import Referent, Referents
    from kg.extraction.actors.spots import Spot

__all__ = ["short_form"]


Linked = tuple[tuple[str, ...], float]
_NOBODY: Linked = ((), 0.0)


def _administration(referents: Referents) -> Referent | None:
    """As in "the Administration": that of the American president of the day."""
    office = ID + "office/president-of-the-united-states"
    if referents.on is None or ID + "state/us" not in referents.by_key:
        return None
    for tenure in referents.world.holders(office, referents.on):
        name = referents.world.actors[tenure.person].family_name + " administration"
        found = referents.add("new:" + name.lower(), ActorKind.ORGANIZATION, name)
        found.of = referents.world.label(ID + "state/us")
        return found
    return None


def short_form(referents: Referents, spot: Spot, lexicon: Lexicon) -> Linked:
    """As in "the bloc", "the alliance": the first meaning this document has named already."""
    word = spot.text.lower()
    if word == "administration":
        named = [r for r in referents.by_key.values() if r.name.endswith(" administration")]
        latest = max(named, key=lambda r: (r.last, r.key), default=None)
        if latest is None and spot.text[0].isupper():
            latest = _administration(referents)
        return ((latest.key,), 0.8) if latest is not None and spot.text[0].isupper() else _NOBODY
    capital = spot.text[0].isupper()
    certain = ""
    for tail in lexicon.short_forms[word]:
        iri = ID + tail.rstrip("!")
        if iri not in referents.world.actors:
            continue
        known = referents.by_key.get(iri)
        if known is not None and known.last >= 0:
            return (iri,), 0.9
        if known is not None and capital:
            return (iri,), 0.8
        if (tail.endswith("!") or capital) and not certain:
            certain = iri
    if certain and capital:
        return (referents.known(certain).key,), 0.7
    return _NOBODY
