"""Whom group words mean: "both sides", "the two leaders", "the seven"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.namespaces import ID
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.referents import Referent, Referents
    from kg.extraction.actors.spots import Spot

__all__ = ["group"]

_MINISTERS = ("foreign-minister", "defence-minister", "finance-minister", "trade-minister")
_EUROPE, _UNION = ID + "bloc/europe", ID + "bloc/eu"
_Rule = Callable[["Referents", int, Callable[[str], bool]], tuple[str, ...]]
_GREENLAND = ID + "state/greenland"
"""In the Community until 1985, but no member state."""
Linked = tuple[tuple[str, ...], float]
_NOBODY: Linked = ((), 0.0)


def _has_role(referents: Referents, person: Referent, word: str) -> bool:
    """True when a person is one of "the two presidents", "the two men", "both leaders"."""
    if person.kind is not ActorKind.PERSON or word in ("", "pair", "diplomats"):
        return True
    if word in ("men", "women"):
        return person.gender == {"men": "male", "women": "female"}[word]
    singular = {"leaders": "", "secretaries": "secretary"}.get(word, word[:-1])
    printed = {" ".join(held.phrase.title.words) for held in person.held}
    held = [
        referents.world.offices[t.office]
        for t in referents.tenures(person)
        if referents.on is None or t.covers(referents.on)
    ]
    printed |= {office.label.lower() for office in held}
    if not singular:
        if person.iri:
            return any(office.kind in ("head-of-state", "head-of-government") for office in held)
        heads = (
            "president",
            "prime minister",
            "premier",
            "chancellor",
            "leader",
            "king",
            "taoiseach",
        )
        return any(p.startswith(h) or f" {h}" in f" {p}" for p in printed for h in heads)
    if singular == "minister" and any(office.kind in _MINISTERS for office in held):
        return True
    return any(singular in p and "vice" not in p for p in printed)


def _fitting(
    referents: Referents, spot: Spot, kinds: tuple[ActorKind, ...]
) -> Callable[[str], bool]:
    """Whether somebody can belong to a group, by its noun and the bloc it names."""
    named: tuple[str, ...] = ()
    if spot.of is not None and referents.on is not None:
        named = referents.world.members(spot.of.iri, referents.on)

    def fits(key: str) -> bool:
        referent = referents.by_key[key]
        member = spot.of is None or key in named
        role = referent.kind in kinds and _has_role(referents, referent, spot.text)
        return role and member and key != _EUROPE

    return fits


def _together(referents: Referents, number: int, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Those of a number who were named together last."""
    for keys in reversed(referents.coordinated[-4:]):
        if (len(keys) == number if number else len(keys) > 1) and all(map(fits, keys)):
            return keys
    return ()


def _recent(referents: Referents, number: int, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """The only ones of that number whom the last few sentences name."""
    found: dict[str, None] = {}
    for line in reversed(referents.lines[-4:]):
        for key in line:
            if fits(key):
                found[key] = None
        if len(found) >= number:
            return tuple(found) if len(found) == number else ()
    return ()


def _foremost(referents: Referents, number: int, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Those of whom the document speaks most, if they are clearly so many."""
    counts: dict[str, int] = {}
    for referent in referents.by_key.values():
        keys: tuple[str, ...] = (referent.key,)
        if referent.kind is ActorKind.PERSON and not fits(referent.key):
            keys = referents.spoken_for(referent)
        for key in keys:
            if referent.count and key in referents.by_key and fits(key):
                counts[key] = counts.get(key, 0) + referent.count
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    below = counts[ranked[number]] if len(ranked) > number else 0
    clear = len(ranked) >= number and counts[ranked[number - 1]] > max(below, 1)
    return tuple(ranked[:number]) if clear else ()


_PERSONS = frozenset(
    (
        "leaders",
        "presidents",
        "ministers",
        "men",
        "women",
        "pair",
        "chancellors",
        "premiers",
        "secretaries",
    )
)
_POLITIES = (ActorKind.STATE, ActorKind.BLOC)


_SIDES = frozenset(
    ("sides", "parties", "belligerents", "rivals", "delegations", "powers", "superpowers")
)


def group(referents: Referents, spot: Spot) -> Linked:
    """The members a group word stands for: Europe, a named collective, or those named last."""
    if spot.text == "Europe":
        collective = _collective(referents, spot.number) if spot.number else None
        chosen = collective or referents.known(_EUROPE)
        chosen.named = True
        return (chosen.key,), 0.9
    if spot.text not in _PERSONS and spot.number > 2 and spot.of is None:
        collective = _collective(referents, spot.number) or _union(referents, spot)
        if collective is not None:
            return (collective.key,), 0.8
    spot.nominal = False
    for kinds in _kinds(spot):
        fits = _fitting(referents, spot, kinds)
        for rule in _rules(spot):
            keys = rule(referents, spot.number, fits)
            if keys:
                return keys, 0.6
    return _NOBODY


def _kinds(spot: Spot) -> tuple[tuple[ActorKind, ...], ...]:
    """What the members can be: "the two" are persons, or else states."""
    persons = (ActorKind.PERSON,)
    if not spot.text:
        return persons, _POLITIES
    return (persons,) if spot.text in _PERSONS else (_POLITIES,)


def _rules(spot: Spot) -> tuple[_Rule, ...]:
    """How to find the members, the surest way first."""
    if not spot.number:
        return (_together,)
    if not spot.text:
        return _together, _recent
    return (
        (_foremost, _together, _recent) if spot.text in _SIDES else (_together, _recent, _foremost)
    )


def _union(referents: Referents, spot: Spot) -> Referent | None:
    """The European Union or Community of so many members: "the Nine", "the twenty-seven"."""
    if spot.text or spot.number < 6 or referents.on is None:
        return None
    members = set(referents.world.members(_UNION, referents.on)) - {_GREENLAND}
    if len(members) != spot.number:
        return None
    return referents.known(_UNION)


def _collective(referents: Referents, number: int) -> Referent | None:
    """A collective of this document with that many members ("the three European powers")."""
    found = [
        r for r in referents.by_key.values()
        if r.last >= 0 and r.kind is ActorKind.BLOC and number and _size(referents, r) == number
    ]  # fmt: skip
    return max(found, key=lambda r: r.last) if found else None


def _size(referents: Referents, bloc: Referent) -> int:
    if bloc.members:
        return len(bloc.members)
    if bloc.iri and referents.on:
        return len(referents.world.members(bloc.iri, referents.on))
    return 0
