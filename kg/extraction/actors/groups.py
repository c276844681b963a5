"""Words that stand for states: officials, peoples, groups, "the bloc"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.basics import named, owner_of, printed
from kg.extraction.actors.counted import NUMBERS, counted_at
from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.spots import Sort, Spot
from kg.namespaces import ID

if TYPE_CHECKING:
    from kg.extraction.actors.people import Scene
    from kg.extraction.actors.units import Unit

__all__ = ["group_at", "officials_at", "people_at", "short_at"]

_EUROPE = ID + "bloc/europe"
_NOT_NOUN = word_list("scan.not-noun")
_KINDS = word_list("shortforms.kinds") | word_list("shortforms.companies")
_COMPOUND = word_list("shortforms.compound")


def officials_at(scene: Scene, at: int) -> Spot | None:
    """As in "US officials", "British and French forces", "a White House spokesman"."""
    units = scene.units
    owners, here = _owners(scene, at)
    if not owners or here >= len(units):
        return None
    end = _officials_end(scene, here)
    if end == here or (end < len(units) and _title_goes_on(scene, end)):
        return None
    if len(owners) > 1 and any(not units[o].adjective for o in owners):
        return None
    if units[at].low == "european" and not units[at].polity:
        return None
    spot = Spot(Sort.OFFICIALS, at, end, (at, end), printed(scene, at, end), sure=True)
    spot.nominal = units[end - 1].low == "side" and at > 0 and scene.low(at - 1) == "the"
    if spot.nominal:  # "the American side" is America
        spot.entries = units[owners[0]].entries
        spot.sort = Sort.PEOPLE
        return spot
    for owner in owners:
        unit = units[owner]
        inner = named(scene, owner)
        inner.nominal = bool(unit.polity or unit.organisation or unit.metonym)
        spot.inner.append(inner)
    return spot


def _owners(scene: Scene, at: int) -> tuple[list[int], int]:
    """Units of the states and organisations that begin here, and the unit after them."""
    units = scene.units
    here = at
    owners: list[int] = []
    while here < len(units) and (owner_of(units[here]) or units[here].organisation):
        owners.append(here)
        here += 1
        if scene.low(here) in ("and", ",") and here + 1 < len(units) and units[here + 1].adjective:
            here += 1
    return owners, here


def _officials_end(scene: Scene, at: int) -> int:
    """End of "officials", "armed forces", "trade negotiators"; ``at`` when nothing fits."""
    nouns = scene.lexicon.official_nouns
    if scene.low(at) in scene.lexicon.modifiers and scene.low(at + 1) in nouns:
        return at + 2 if scene.low(at) != "opposition" else at
    end = at
    while scene.low(end) in nouns:
        end += 1
    return at if scene.low(end - 1) == "armed" else end


def _title_goes_on(scene: Scene, at: int) -> bool:
    """True when a name follows: "White House spokesman Scott McClellan"."""
    unit = scene.units[at]
    return unit.cap and unit.low not in scene.lexicon.ordinary and unit.text[0].isalpha()


def people_at(scene: Scene, at: int) -> Spot | None:
    """As in "the Germans", "the French" (noun), "the Estonian" (a person)."""
    units = scene.units
    if units[at].low != "the" or at + 1 >= len(units):
        return None
    unit = units[at + 1]
    entry = unit.demonym or (unit.adjective if _nounlike(scene, at + 2) else None)
    if entry is None or unit.polity:
        return None
    plural = unit.demonym is not None and unit.low.endswith("s")
    if not plural and not _nounlike(scene, at + 2):
        return None
    singular = not unit.low.endswith("s") and not unit.low.endswith(("ch", "sh", "ese"))
    spot = Spot(
        Sort.PEOPLE, at, at + 2, (at, at + 2), printed(scene, at, at + 2), (entry,), sure=True
    )
    spot.number = 1 if singular else 0
    return spot


def _nounlike(scene: Scene, after: int) -> bool:
    if after >= len(scene.units):
        return True
    low = scene.low(after)
    return low in _NOT_NOUN or low in ("'s", "'") or (low.endswith("ed") and len(low) > 4)


def group_at(scene: Scene, at: int) -> Spot | None:
    """As in "European leaders", "the three European powers", "both sides", "the two leaders"."""
    determiner = scene.low(at) == "the"
    here = at + 1 if determiner else at
    number = NUMBERS.get(scene.low(here), 0)
    here += 1 if number else 0
    if here >= len(scene.units):
        return None
    european = _europeans(scene, at, here, number)
    if european is not None:
        return european
    if determiner and scene.low(here) == "pair":
        return Spot(Sort.GROUP, at, here + 1, (at, here + 1), "pair", number=2)
    return counted_at(scene, at)


def _is_europe(unit: Unit) -> bool:
    return any(entry.iri == _EUROPE for entry in unit.entries)


def _europeans(scene: Scene, at: int, here: int, number: int) -> Spot | None:
    """As in "eight European leaders", "the countries of Europe"."""
    units, nouns = scene.units, scene.lexicon.group_nouns
    if units[here].low == "european" and scene.low(here + 1) in nouns:
        if scene.low(here + 2) == "of" and scene.low(here + 1) in ("members", "heads"):
            return None
        noun, source, first = here + 1, here, at if number else here
    elif scene.low(here) in nouns and scene.low(here + 1) == "of" and here + 2 < len(units):
        noun, source, first = here + 2, here + 2, at
        if not _is_europe(units[source]):
            return None
    elif number and units[here].low.startswith("european ") and _is_europe(units[here]):
        noun, source, first = here, here, at
    else:
        return None
    entries, name = units[source].entries, (first, noun + 1)
    return Spot(Sort.GROUP, at, noun + 1, name, "Europe", entries, number=number, sure=True)


def short_at(scene: Scene, at: int) -> Spot | None:
    """As in "the bloc", "the Union", "the alliance"."""
    here = at + 1
    if scene.low(at) != "the" or here >= len(scene.units) or scene.units[here].polity:
        return None
    word = scene.low(here)
    if word in _KINDS:
        if scene.low(here + 1) in _COMPOUND or scene.units[here].entries:
            return None
    elif word not in scene.lexicon.short_forms:
        return None
    after = scene.low(here + 1)
    doing = scene.low(here + 2).endswith("ing")  # "accused the Union of bullying"
    if after in scene.lexicon.organisation_heads or (after in ("of", "on") and not doing):
        return None
    return Spot(Sort.SHORT, at, here + 1, (at, here + 1), scene.units[here].text)
