"""Offices told by relation: "became chancellor", "his counterpart", "her predecessor"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extraction.actors.gazetteer import Entry
from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.people import PREDICATIVE, person_at
from kg.extraction.actors.spots import Sort, Spot
from kg.namespaces import ID
from kg.records import ActorKind, OfficeStatus
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from kg.extraction.actors.lines import Line
    from kg.extraction.actors.people import Scene
    from kg.extraction.actors.referents import Referent, Referents
    from kg.extraction.actors.titles import TitlePhrase

__all__ = ["POSSESSIVES", "counterpart_at", "relate", "serves_another", "state_predicate"]

POSSESSIVES = frozenset(("his", "her", "their", "its", "my", "our"))
_EQUALS = ("counterpart", "colleague")
_RELATIONS = frozenset(("counterpart", "counterparts", "colleague", "predecessor", "successor"))
_HOSTS = frozenset(("host", "guest", "visitor", "interlocutor", "caller"))
_GENDERS = {"his": "male", "her": "female"}
_FUTURE = word_list("relations.future")
_PAST = word_list("relations.past")
_PEERS = frozenset(("head-of-state", "head-of-government"))
_SINGLE = _PEERS | {"foreign-minister", "defence-minister", "finance-minister", "trade-minister"}
"""Kinds of offices of which a state has one, so that "his French counterpart" is somebody."""


def counterpart_at(scene: Scene, at: int) -> Spot | None:
    """As in "his Ukrainian counterpart", "Her predecessor, Catherine Ashton," at a unit."""
    units = scene.units
    here = at + 1 if scene.low(at) in POSSESSIVES else at
    entries: tuple[Entry, ...] = ()
    if here < len(units) and (units[here].adjective or units[here].polity):
        entries = units[here].entries
        here += 1
    if scene.low(here) in scene.lexicon.modifiers or scene.low(here) == "immediate":
        here += 1
    relation = scene.low(here)
    if relation not in _RELATIONS | _HOSTS:
        return None
    named = bool(entries) and relation in _EQUALS
    if scene.low(at) not in (POSSESSIVES if relation not in _HOSTS else _GENDERS) and not named:
        return None
    if relation in _EQUALS and not named and scene.low(at) not in _GENDERS:
        return None
    spot = Spot(Sort.RELATION, at, here + 1, (at, here + 1), relation, entries)
    spot.number = 0 if scene.low(at) == "their" else 1
    spot.gender = _GENDERS.get(scene.low(at), "")
    person = None
    if scene.low(here + 1) == "," and here + 2 < len(units):
        person = person_at(scene, here + 2)
    elif here + 1 < len(units):
        person = person_at(scene, here + 1)
    if person is not None and person.sure:
        spot.inner.append(person)
        spot.name = person.name
        spot.last = person.last
        if scene.low(here + 1) == "," and scene.low(person.last) == ",":
            spot.last += 1
    return spot


def _antecedent(
    referents: Referents, besides: tuple[str, ...], gender: str
) -> tuple[Referent, TitlePhrase | None] | None:
    """The person mentioned last who holds an office, by the text or by the reference data."""
    for person in referents.persons():
        if person.last < 0 or person.key in besides or (gender and not _is_of(person, gender)):
            continue
        if person.held:
            return person, person.held[-1].phrase
        if any(referents.on is None or t.covers(referents.on) for t in referents.tenures(person)):
            return person, None
    return None


def _kinds(referents: Referents, person: Referent) -> set[str]:
    return {
        referents.world.offices[t.office].kind
        for t in referents.tenures(person)
        if referents.on is None or t.covers(referents.on)
    }


def _same_office(referents: Referents, kinds: set[str], polity: str) -> list[str]:
    """Holders of an office of these kinds in a polity on the document's date."""
    if referents.on is None:
        return []
    wanted = kinds | (_PEERS if kinds & _PEERS else set())
    found = [
        (office.kind not in kinds, tenure.person)
        for office in referents.world.offices_of(polity)
        if office.kind in wanted
        for tenure in referents.world.holders(office.iri, referents.on)
    ]
    return [person for _, person in sorted(found)]


def _partner(referents: Referents, spot: Spot) -> tuple[str, ...]:
    """As in "his host": the only other person of whom the last sentences speak."""
    lines = [_persons(referents, line) for line in reversed(referents.lines[-4:])]
    owners = [r for line in lines for r in line if _is_of(r, spot.gender)]
    here = [r for r in lines[0] if r in owners]
    if not owners or len(here) > 1:
        return ()  # "Macron, beside Scholz, thanked his host": whose?
    owner = owners[0]
    polities = {entry.iri for entry in spot.entries}
    for line in lines:
        others = [r for r in line if r is not owner]
        others = [r for r in others if not polities or polities & set(referents.spoken_for(r))]
        if spot.text in _EQUALS:
            others = [r for r in others if _kinds(referents, r) & _kinds(referents, owner)]
        if others:
            return (others[0].key,) if len(others) == 1 else ()
    return ()


def _persons(referents: Referents, keys: list[str]) -> list[Referent]:
    """The persons among some keys, each once."""
    found = [referents.by_key[key] for key in dict.fromkeys(keys)]
    return [referent for referent in found if referent.kind is ActorKind.PERSON]


def _is_of(person: Referent, gender: str) -> bool:
    return person.gender in (gender, "")


def relate(referents: Referents, spot: Spot, person: Referent | None) -> tuple[str, ...]:
    """Link "his French counterpart" or "her predecessor" and state the office it implies."""
    besides = (person.key,) if person is not None else ()
    if person is None and (spot.text in _HOSTS or (spot.text in _EQUALS and not spot.entries)):
        spot.nominal = False
        return _partner(referents, spot)
    found = _antecedent(referents, besides, spot.gender)
    if found is None:
        return besides
    antecedent, phrase = found
    if spot.entries and spot.entries[0].iri == ID + "bloc/europe":
        spot.entries = (Entry(ID + "bloc/eu", AliasKind.ADJECTIVE, ActorKind.BLOC),)
    entry = next((e for e in spot.entries if e.kind in (ActorKind.STATE, ActorKind.BLOC)), None)
    if person is None and entry is not None and spot.text in _EQUALS:
        kinds = _kinds(referents, antecedent) or (set(phrase.title.kinds) if phrase else set())
        holders = _same_office(referents, kinds & _SINGLE, entry.iri) if spot.number == 1 else []
        named = [h for h in holders if h in referents.by_key] or [*holders, entry.iri]
        return (referents.known(named[0]).key,)
    if person is not None and phrase is not None:
        status = OfficeStatus.FORMER if spot.text == "predecessor" else OfficeStatus.CURRENT
        body = entry or phrase.body
        elsewhere = replace(phrase, body_unit=-1, bodies=(), unknown=(0, 0), owner=(0, 0))
        spot.titles = [replace(elsewhere, body=body, status=status)]
    return besides


def state_predicate(line: Line, spot: Spot, referents: Referents) -> bool:
    """As in "Merkel will become the new chancellor": an office of the person before, not a mention.

    Returns:
        True when the spot was a predicate; it then is of sort PREDICATE with its holder's key.
    """
    before = line.units[spot.first - 1].low if spot.first else ""
    if before not in PREDICATIVE:
        return False
    phrase = spot.titles[0]
    after = line.units[spot.last].low if spot.last < len(line.units) else "."
    if (
        before == "as"
        and phrase.determiner
        and after.isalpha()
        and after not in ("in", "and", "of", "for")
    ):
        return False
    holder = None
    for other in line.spots:
        if other.first >= spot.first:
            break
        if other.sort is Sort.PERSON and len(other.keys) == 1:
            holder = other
    spot.sort = Sort.PREDICATE
    spot.nominal = False
    if holder is None:
        spot.keys = ()
        return True
    window = {u.low for u in line.units[max(holder.last, spot.first - 12) : spot.first]}
    status = phrase.status
    if window & _FUTURE or "elect" in window:
        status = OfficeStatus.DESIGNATE
    elif window & _PAST or before == "was":
        status = OfficeStatus.FORMER
    spot.titles = [replace(phrase, status=status)]
    spot.keys = holder.keys
    start = line.units[holder.name[0]].start
    spot.evidence = (start, line.units[phrase.last - 1].end)
    del referents
    return True


def serves_another(referents: Referents, key: str, spot: Spot) -> bool:
    """True when a person speaks for another state than the office that a spot describes."""
    body = spot.titles[0].body
    polity = referents.world.polity_of(body.iri) if body is not None else None
    served = referents.spoken_for(referents.by_key[key])
    return polity is not None and "/state/" in polity and bool(served) and polity not in served
