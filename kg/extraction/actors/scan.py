"""One pass over a sentence that finds every spot: persons, polities, organisations, groups."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.actors.basics import named, only_person, printed
from kg.extraction.actors.counted import NUMBERS
from kg.extraction.actors.groups import group_at, officials_at, people_at, short_at
from kg.extraction.actors.heads import COLLECTIVES, DETERMINERS
from kg.extraction.actors.lexicon import lexicon
from kg.extraction.actors.names import name_end
from kg.extraction.actors.organisations import (
    apposed_at,
    bilateral_at,
    direction_at,
    epithet_at,
    organisation_at,
    party_at,
)
from kg.extraction.actors.people import is_namesake, person_at
from kg.extraction.actors.relations import POSSESSIVES, counterpart_at
from kg.extraction.actors.spots import Sort, Spot
from kg.extraction.actors.titled import described_at, titled_at, with_apposition
from kg.extraction.actors.venues import document_name_end, ship_name_end, venue_at
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from kg.extraction.actors.people import Scene

__all__ = ["scan"]

_WITH_ACRONYM = (Sort.NAME, Sort.ORGANISATION, Sort.VENUE, Sort.PERSON)
_PARTY_STATE = re.compile(r"[RDI]-[A-Z]")
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&.-]{1,9}$")


def scan(scene: Scene) -> list[Spot]:
    """All spots of a sentence, left to right, not overlapping (swallowed ones are in ``inner``)."""
    found: list[Spot] = []
    at = 0
    openers = _openers()
    while at < len(scene.units):
        unit = scene.units[at]
        if not (unit.cap or unit.entries or unit.low in openers or unit.low[0] == "@"):
            at += 1
            continue
        blocked = max(document_name_end(scene, at), ship_name_end(scene, at))
        if blocked > at:
            at = blocked
            continue
        spots = _spots_at(scene, at)
        if len(spots) == 1 and _is_source(scene, spots[0]):
            at = spots[0].last
            continue
        for spot in spots:
            _acronym(scene, spot)
            spot.inner += _inside(scene, spot)
        if len(spots) == 1 and spots[0].sort is Sort.PERSON:
            spots += _affiliation(scene, spots[0].last)
        found += spots
        at = max([at + 1, *(spot.last for spot in spots)])
    return found


@cache
def _openers() -> frozenset[str]:
    """Lower-case words at which a spot may begin; most words of a text are none of them.

    Each grammar begins at a capitalised word, at a known name, or at one of these.
    """
    words = lexicon()
    titles = {*words.titles, *words.plural_titles, *words.status, *words.modifiers}
    first_words = {phrase.split()[0] for phrase in titles if phrase}
    numbers = {*NUMBERS, *words.group_nouns, "european"}
    return frozenset(first_words | numbers | DETERMINERS | POSSESSIVES | {*COLLECTIVES})


def _is_source(scene: Scene, spot: Spot) -> bool:
    """True for the medium in brackets after a digest's item: "... rejects it. (Reuters)"."""
    closes = scene.low(spot.last) == ")" and spot.last + 1 >= len(scene.units)
    if not closes or scene.low(spot.first - 1) != "(":
        return False
    return spot.first == 1 or scene.low(spot.first - 2) in (".", '"', "”", "!", "?")


def _spots_at(scene: Scene, at: int) -> list[Spot]:  # noqa: PLR0911 - a list of cases
    unit = scene.units[at]
    if not unit.text[0].isalpha():
        return _handle(scene, at)
    titled = titled_at(scene, at)
    if titled and (titled[0].sort is Sort.PERSON or _of_collective(scene, titled[0])):
        return titled
    for rule in (
        counterpart_at,
        venue_at,
        bilateral_at,
        direction_at,
        party_at,
        epithet_at,
        apposed_at,
        organisation_at,
        officials_at,
        people_at,
        group_at,
        short_at,
    ):
        spot = rule(scene, at)
        if spot is not None:
            return [spot]
    if titled:
        return titled
    if not unit.cap and not unit.organisation:
        return []
    if unit.organisation and unit.low in scene.lexicon.ordinary:
        return []  # "IRA", "START": an act or a treaty as often as anybody
    if unit.entries and not only_person(unit) and not is_namesake(scene, at):
        return [named(scene, at)]
    person = person_at(scene, at) or described_at(scene, at)
    if person is not None:
        return [with_apposition(scene, person)]
    return _proposed(scene, at)


def _of_collective(scene: Scene, spot: Spot) -> bool:
    """True for "the bloc's top diplomat"; the bloc goes inside, should nobody be found."""
    index = spot.titles[0].body_unit
    body = short_at(scene, spot.first)
    if body is None or not body.first <= index < body.last:
        return False
    if not scene.units[index].entries:
        spot.inner.append(body)
    return True


def _handle(scene: Scene, at: int) -> list[Spot]:
    """As in "@EmmanuelMacron" and "@EU_Commission"."""
    unit = scene.units[at]
    if unit.text[0] != "@" or len(unit.text) < 4:
        return []
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", unit.text[1:])
    return [Spot(Sort.NAME, at, at + 1, (at, at + 1), words, ())]


def _proposed(scene: Scene, at: int) -> list[Spot]:
    """Unknown organisations and places the name finder proposes."""
    low, lexicon = scene.low(at), scene.lexicon
    if scene.caps or low in lexicon.ordinary:
        return []
    for label, sort in (("ORG", Sort.ORGANISATION), ("LOC", Sort.PLACE)):
        end = scene.proposed(at, label)
        given = label == "LOC" and end == at + 1 and low in lexicon.genders
        if end and not given:
            return [Spot(sort, at, end, (at, end), printed(scene, at, end))]
    return []


def _abbreviates(acronym: str, name: str) -> bool:
    """True when the acronym's letters stand in this order in the name, the first one first."""
    letters = iter(name.lower())
    wanted = [char for char in acronym.lower() if char.isalpha()]
    return name[:1].lower() == wanted[0] and all(char in letters for char in wanted)


def _acronym(scene: Scene, spot: Spot) -> None:
    """Take in "(EU)" or "(CCDH)" after a name."""
    at = spot.last
    if spot.sort not in _WITH_ACRONYM or scene.low(at) != "(":
        return
    if scene.low(at + 2) != ")" or not _ACRONYM.match(scene.units[at + 1].text):
        return
    word = scene.units[at + 1]
    if word.low in scene.lexicon.ordinary:
        return
    if sum(char.isupper() for char in word.text) < 2:
        return
    inner = Spot(spot.sort, at + 1, at + 2, (at + 1, at + 2), word.text, word.entries, sure=True)
    same = any(e.iri in {x.iri for x in spot.entries} for e in word.entries)
    if (word.entries and not same) or _PARTY_STATE.match(word.text):
        return
    if not same and spot.sort is not Sort.PERSON and not _abbreviates(word.text, spot.text):
        return
    if spot.sort is Sort.PERSON:  # somebody's organisation
        inner.sort = Sort.ORGANISATION
    else:
        inner.sort = Sort.NAME if same else spot.sort
        inner.number = -1  # another name of the outer spot
    spot.inner.append(inner)
    spot.last = at + 3


def _affiliation(scene: Scene, at: int) -> list[Spot]:
    """The unknown organisation in "Josephine Ballon of HateAid"."""
    if scene.low(at) != "of" or at + 1 >= len(scene.units):
        return []
    unit = scene.units[at + 1]
    end = name_end(scene.units, at + 1, scene.lexicon)
    if end == at + 1 or unit.entries or unit.low in scene.lexicon.titles:
        return []
    name = (at + 1, end)
    return [Spot(Sort.ORGANISATION, *name, name, printed(scene, *name), sure=True)]


def _names_body(scene: Scene, words: tuple[int, int]) -> bool:
    """True when capitalised words in a title name an organisation: "Free Union leader"."""
    if not words[1]:
        return False
    last = scene.units[words[1] - 1]
    acronym = words[1] - words[0] == 1 and last.text.isupper() and len(last.text) > 2
    return acronym or (last.low in scene.lexicon.organisation_heads and words[1] - words[0] > 1)


def _unknown_body(scene: Scene, words: tuple[int, int]) -> Spot:
    return Spot(Sort.ORGANISATION, *words, words, printed(scene, *words), sure=True)


def _inside(scene: Scene, spot: Spot) -> list[Spot]:
    """States and organisations named inside titles and descriptions: mentions of their own."""
    indexes = sorted({i for title in spot.titles for i in title.bodies})
    found = []
    found += [_unknown_body(scene, t.unknown) for t in spot.titles if _names_body(scene, t.unknown)]
    found += [_unknown_body(scene, title.owner) for title in spot.titles if title.owner[1]]
    for index in indexes:
        unit = scene.units[index]
        names_somebody = unit.polity or unit.organisation or unit.entry(AliasKind.METONYM)
        if names_somebody and spot.first <= index < spot.last:
            found.append(named(scene, index))
    return found
