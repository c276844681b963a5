"""Short names after an article: "the bloc", "the court", "the agency"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import word_list
from kg.namespaces import ID
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.lexicon import Lexicon
    from kg.extraction.actors.referents import Referent, Referents
    from kg.extraction.actors.spots import Spot

__all__ = ["COMPANIES", "KINDS", "short_form"]

KINDS = word_list("shortforms.kinds")
COMPANIES = word_list("shortforms.companies")
_UNION = ID + "bloc/eu"
_CAPITAL = frozenset(("community",))
_SPELLINGS = {"organisation": "organization", "organization": "organisation"}
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


def _last_administration(referents: Referents, *, capital: bool) -> Linked:
    """As in "the administration": the one named last, else, in capitals, that of the day."""
    named = [r for r in referents.by_key.values() if r.name.endswith(" administration")]
    latest = max(named, key=lambda r: (r.last, r.key), default=None)
    if not capital:
        fresh = latest is not None and latest.last >= 0 and len(named) == 1
        return ((latest.key,), 0.7) if latest is not None and fresh else _NOBODY
    latest = latest or _administration(referents)
    return ((latest.key,), 0.8) if latest is not None else _NOBODY


def _last_of_kind(referents: Referents, word: str) -> Linked:
    """As in "the court": the organisation mentioned last whose name has the word."""
    wanted = {word, _SPELLINGS.get(word, word)}
    found = [
        r
        for r in referents.by_key.values()
        if r.kind in (ActorKind.ORGANIZATION, ActorKind.BLOC)
        and r.last >= 0
        and r.name.lower() != word
        and wanted & set(r.name.lower().split())
    ]
    latest = max(found, key=lambda r: (r.last, r.key), default=None)
    return ((latest.key,), 0.8 if len(found) == 1 else 0.65) if latest is not None else _NOBODY


def _only_company(referents: Referents, lexicon: Lexicon) -> Linked:
    """As in "the company": the only organisation of the text that is no public body."""
    public = (lexicon.organisation_heads | {"government", "house"}) - COMPANIES
    found = [
        r
        for r in referents.by_key.values()
        if r.kind is ActorKind.ORGANIZATION
        and r.last >= 0
        and not r.of
        and (r.iri is None or referents.world.polity_of(r.iri) is None)
        and not public & set(r.name.lower().split())
    ]
    return ((found[0].key,), 0.7) if len(found) == 1 else _NOBODY


def _has_organ(referents: Referents, iri: str) -> bool:
    """True when the text has named somebody who belongs to a bloc or heads an office of it."""
    for referent in referents.by_key.values():
        if referent.last < 0:
            continue
        if referent.iri and referents.world.polity_of(referent.iri) == iri:
            return True
        if iri in referents.spoken_for(referent):
            return True
    return False


def short_form(referents: Referents, spot: Spot, lexicon: Lexicon) -> Linked:
    """As in "the bloc", "the alliance": the first meaning this document has named already."""
    word = spot.text.lower()
    capital = spot.text[0].isupper()
    if word == "administration":
        return _last_administration(referents, capital=capital)
    if word in COMPANIES:
        return _only_company(referents, lexicon)
    found = _listed(referents, spot, lexicon) if word in lexicon.short_forms else _NOBODY
    return found if found[0] or word not in KINDS else _last_of_kind(referents, word)


def _listed(referents: Referents, spot: Spot, lexicon: Lexicon) -> Linked:
    """The meaning of a short name in the list that this document suggests."""
    word = spot.text.lower()
    capital = spot.text[0].isupper()
    certain = ""
    if word in _CAPITAL and not capital:
        return _NOBODY
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
    if word == "bloc" and _has_organ(referents, _UNION):
        certain = _UNION
    return (
        ((referents.known(certain).key,), 0.7)
        if certain and (capital or word == "bloc")
        else _NOBODY
    )
