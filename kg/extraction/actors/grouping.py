"""Whom group words mean: "both sides", "the two leaders", "the seven"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import ID
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.referents import Referent, Referents
    from kg.extraction.actors.spots import Spot

__all__ = ["group"]

_EUROPE = ID + "bloc/europe"
Linked = tuple[tuple[str, ...], float]
_NOBODY: Linked = ((), 0.0)


def _has_role(referents: Referents, person: Referent, word: str) -> bool:
    """True when a person is one of "the two presidents", "the two men", "both leaders"."""
    if person.kind is not ActorKind.PERSON or word in ("pair", "diplomats"):
        return True
    if word in ("men", "women"):
        return person.gender == {"men": "male", "women": "female"}[word]
    singular = {"leaders": "", "ministers": "minister"}.get(word, word[:-1])
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
    return any(singular in p and "vice" not in p for p in printed)


def _latest(
    referents: Referents, kinds: tuple[ActorKind, ...], number: int, word: str
) -> tuple[str, ...]:
    """The ``number`` referents of some kinds named together or mentioned last, if there are."""
    for keys in reversed(referents.coordinated[-4:]):
        members = [referents.by_key[key] for key in keys]
        fits = all(r.kind in kinds and _has_role(referents, r, word) for r in members)
        if len(keys) == number and fits:
            return keys
    found = [
        r
        for r in referents.by_key.values()
        if r.kind in kinds and r.last >= 0 and r.key != _EUROPE and _has_role(referents, r, word)
    ]
    found.sort(key=lambda r: (-r.last, r.key))
    chosen = found[:number]
    return tuple(r.key for r in reversed(chosen)) if len(chosen) == number else ()


_PERSONS = frozenset(
    ("leaders", "presidents", "ministers", "men", "women", "pair", "chancellors", "premiers")
)
_POLITIES = (ActorKind.STATE, ActorKind.BLOC)


def group(referents: Referents, spot: Spot) -> Linked:
    """The members a group word stands for: Europe, a named collective, or those named last."""
    if spot.text == "Europe":
        collective = _collective(referents, spot.number) if spot.number else None
        chosen = collective or referents.known(_EUROPE)
        chosen.named = True
        return (chosen.key,), 0.9
    collective = _collective(referents, spot.number)
    if collective is not None and spot.text not in _PERSONS and spot.number > 2:
        return (collective.key,), 0.8
    if spot.text in _PERSONS:
        keys = _latest(referents, (ActorKind.PERSON,), spot.number, spot.text)
    else:
        keys = _latest(referents, _POLITIES, spot.number, spot.text)
    spot.nominal = False
    return (keys, 0.6) if keys else _NOBODY


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
