"""Definite descriptions and group words: "the US president", "the bloc", "both sides"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import ID
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.lexicon import Lexicon, Title
    from kg.extraction.actors.referents import Referent, Referents
    from kg.extraction.actors.spots import Spot
    from kg.extraction.actors.titles import TitlePhrase

__all__ = ["describe", "group", "short_form"]

_EUROPE = ID + "bloc/europe"
_PREMIERS = (("premier",), ("prime", "minister"), ("pm",))
Linked = tuple[tuple[str, ...], float]
_NOBODY: Linked = ((), 0.0)


def _same_office(said: Title, held: Title) -> bool:
    """True when two title heads can name one office: "premier" and "prime minister"."""
    words, theirs = set(said.words), set(held.words)
    if words <= theirs or theirs <= words:
        return True
    if said.words in _PREMIERS and held.words in _PREMIERS:
        return True
    shared = said.kinds & held.kinds - {"other"}
    return shared == {"legislator"} or (bool(shared) and said.words == ("leader",))


def _stated(referents: Referents, person: Referent, phrase: TitlePhrase, body: str | None) -> bool:
    """True when the text itself gives the person such an office."""
    words = set(phrase.title.words)
    for held in person.held:
        if not _same_office(phrase.title, held.phrase.title):
            continue
        if words == {"president"} and "vice" in " ".join(held.phrase.title.words):
            continue
        if body is None or body == held.body:
            return True
        polity = referents.world.polity_of(body)
        if held.body is not None:
            if referents.world.polity_of(held.body) == polity:
                return True
            continue
        tenure = referents.tenure_for(person, held.phrase, None)
        served = referents.world.offices[tenure.office].represents if tenure else ""
        if polity == served or polity in person.polities:
            return True
    return False


def _suits(referents: Referents, person: Referent, phrase: TitlePhrase, body: str | None) -> int:
    """How well a description suits a person of this document: 0 not at all, 4 perfectly."""
    gender = phrase.title.gender
    if gender and person.gender and gender != person.gender:
        return 0
    if _stated(referents, person, phrase, body):
        return 4
    tenure = referents.tenure_for(person, phrase, body)
    if tenure is None:
        unknown = not person.polities and not referents.tenures(person)
        return 1 if unknown and _stated(referents, person, phrase, None) else 0
    if referents.on is None or tenure.covers(referents.on):
        return 3
    return 2 if body is not None or person.last >= 0 else 0


def _heads_state(referents: Referents, person: Referent) -> bool:
    """True for the president of a state, not of an institution."""
    kinds = {referents.world.offices[t.office].kind for t in referents.tenures(person)}
    return "head-of-state" in kinds


def _serves(referents: Referents, person: Referent, polities: tuple[str, ...]) -> bool:
    """True when a person speaks for one of these polities on the document's date."""
    served = {
        referents.world.offices[t.office].represents
        for t in referents.tenures(person)
        if referents.on is None or t.covers(referents.on)
    }
    return bool((served | set(person.polities)) & set(polities))


def describe(
    referents: Referents,
    spot: Spot,
    besides: tuple[str, ...] = (),
    context: tuple[str, ...] = (),
) -> Linked:
    """The person a description stands for, and how sure that is.

    Args:
        referents: everybody known.
        spot: the description.
        besides: keys of those who speak here: nobody calls himself "the President".
        context: IRIs of the polity named last, which decides between several presidents.
    """
    phrase = spot.titles[0]
    body = phrase.body.iri if phrase.body else None
    scored = [
        (_suits(referents, person, phrase, body), person)
        for person in referents.persons()
        if person.named and person.key not in besides
    ]
    best = max((score for score, _ in scored), default=0)
    if best:
        fitting = [person for score, person in scored if score == best]
        if body is None and len(fitting) > 1 and phrase.title.words == ("president",):
            fitting = [p for p in fitting if _heads_state(referents, p)] or fitting
        if body is None and len(fitting) > 1:
            fitting = [p for p in fitting if _serves(referents, p, context)] or fitting
        mentioned = [person for person in fitting if person.last >= 0] or fitting
        return (mentioned[0].key,), 0.9 if len(fitting) == 1 else 0.7
    if phrase.title.words == ("secretary",) and spot.text[:1].isupper() and body is None:
        return _secretary(referents)
    if body is None and context and spot.text.split()[-1][:1].isupper():
        body = context[0]  # "the President" where the text has spoken of one state
    if body is None or referents.on is None:
        return _NOBODY
    return _from_world(referents, phrase, body)


def _secretary(referents: Referents) -> Linked:
    """As in cables: "Secretary told de Gaulle" is the American Secretary of State of the day."""
    office = ID + "office/united-states-secretary-of-state"
    holders = referents.world.holders(office, referents.on) if referents.on else ()
    if len(holders) != 1:
        return _NOBODY
    return (referents.known(holders[0].person).key,), 0.6


def _from_world(referents: Referents, phrase: TitlePhrase, body: str) -> Linked:
    """As in "the US secretary of state", never named: the holder on that day."""
    polity = referents.world.polity_of(body)
    if polity is None or referents.on is None:
        return _NOBODY
    holders = {
        tenure.person
        for office in referents.world.offices_of(polity)
        if referents.office_fits(office, phrase, body)
        for tenure in referents.world.holders(office.iri, referents.on)
    }
    if len(holders) != 1:
        return _NOBODY
    person = referents.known(holders.pop())
    return (person.key,), 0.85


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
