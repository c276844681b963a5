"""One pass over a sentence that finds every spot: persons, polities, organisations, groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.actors.gazetteer import Entry
from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.names import name_end
from kg.extraction.actors.people import person_at
from kg.extraction.actors.relations import counterpart_at
from kg.extraction.actors.spots import Sort, Spot
from kg.extraction.actors.titled import described_at, titled_at, with_apposition
from kg.namespaces import ID
from kg.records import ActorKind
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from kg.extraction.actors.people import Scene
    from kg.extraction.actors.units import Unit

__all__ = ["scan"]

NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "both": 2,
}  # fmt: skip
_GROUP = word_list("scan.group")
_NOT_NOUN = word_list("scan.not-noun")
_PLATFORMS = frozenset(
    (
        "truth social",
        "x",
        "twitter",
        "facebook",
        "youtube",
        "telegram",
        "instagram",
        "tiktok",
        "bluesky",
    )
)
_PARTIES = frozenset(
    ("democrats", "liberals", "socialists", "conservatives", "republicans", "greens")
)
_ORGANS = frozenset(("Cabinet", "Parliament", "Treasury"))
_WITH_ACRONYM = (Sort.NAME, Sort.ORGANISATION, Sort.VENUE, Sort.PERSON)
_PARTY_STATE = re.compile(r"[RDI]-[A-Z]")
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&.-]{1,9}$")


def scan(scene: Scene) -> list[Spot]:
    """All spots of a sentence, left to right, not overlapping (swallowed ones are in ``inner``)."""
    found: list[Spot] = []
    at = 0
    while at < len(scene.units):
        blocked = _document_name(scene, at)
        if blocked > at:
            at = blocked
            continue
        spots = _spots_at(scene, at)
        for spot in spots:
            _acronym(scene, spot)
            spot.inner += _inside(scene, spot)
        if len(spots) == 1 and spots[0].sort is Sort.PERSON:
            spots += _affiliation(scene, spots[0].last)
        found += spots
        at = max([at + 1, *(spot.last for spot in spots)])
    return found


def _spots_at(scene: Scene, at: int) -> list[Spot]:
    unit = scene.units[at]
    if not unit.text[0].isalpha():
        return _handle(scene, at)
    titled = titled_at(scene, at)
    if titled and titled[0].sort is Sort.PERSON:
        return titled
    for rule in (
        counterpart_at,
        _venue,
        _bilateral,
        _direction,
        _party,
        _epithet,
        _organisation,
        _officials,
        _people,
        _group,
        _short,
    ):
        spot = rule(scene, at)
        if spot is not None:
            return [spot]
    if titled:
        return titled
    if not unit.cap and not unit.organisation:
        return []
    if unit.entries and not _only_person(unit):
        return [_named(scene, at)]
    person = person_at(scene, at) or described_at(scene, at)
    if person is not None:
        return [with_apposition(scene, person)]
    return _proposed(scene, at)


def _bilateral(scene: Scene, at: int) -> Spot | None:
    """ "U.S.-EU Trade and Technology Council": one name, not three."""
    units = scene.units
    if at + 3 >= len(units) or not units[at].polity or not units[at + 2].polity:
        return None
    if scene.low(at + 1) not in ("-", "–") or units[at + 1].start != units[at].end:
        return None
    unit = units[at + 3]
    if unit.venue or unit.organisation:
        end = at + 4
    else:
        spot = _organisation(scene, at + 3)
        if spot is None or spot.of is not None:
            return None
        end = spot.last
    return Spot(Sort.ORGANISATION, at, end, (at, end), _text(scene, at, end), sure=True)


def _only_person(unit: Unit) -> bool:
    return all(entry.kind is ActorKind.PERSON for entry in unit.entries)


def _named(scene: Scene, at: int) -> Spot:
    """A state, bloc, organisation, place or venue of the reference data, or an adjective."""
    unit = scene.units[at]
    if unit.polity or unit.organisation or unit.venue:
        sort = Sort.NAME
    elif unit.metonym:
        sort = Sort.CITY
    elif unit.place:
        sort = Sort.PLACE
    elif unit.adjective:
        sort = Sort.ADJECTIVE
    elif unit.demonym:
        sort = Sort.PEOPLE
    else:
        sort = Sort.NAME
    spot = Spot(sort, at, at + 1, (at, at + 1), unit.text, unit.entries, sure=True)
    spot.nominal = sort not in (Sort.ADJECTIVE, Sort.PEOPLE)
    return spot


def _direction(scene: Scene, at: int) -> Spot | None:
    """ "West Virginia", "South Carolina": a place of its own, not the second word's."""
    units = scene.units
    if units[at].text not in ("West", "East", "North", "South", "New") or at + 1 >= len(units):
        return None
    if not units[at + 1].place or units[at + 1].polity or units[at + 1].metonym:
        return None
    return Spot(Sort.PLACE, at, at + 2, (at, at + 2), _text(scene, at, at + 2), sure=True)


def _party(scene: Scene, at: int) -> Spot | None:
    """ "Social Democrats", "Free Democrats": not the party that the second word alone names."""
    units = scene.units
    unit = units[at]
    if not unit.cap or unit.entries or at + 1 >= len(units) or units[at + 1].low not in _PARTIES:
        return None
    if unit.low in scene.lexicon.ordinary or not units[at + 1].cap or at == 0:
        return None
    return Spot(Sort.ORGANISATION, at, at + 2, (at, at + 2), _text(scene, at, at + 2), sure=True)


def _epithet(scene: Scene, at: int) -> Spot | None:
    """ "the U.N. nuclear agency"."""
    unit = scene.units[at]
    here = at + 1 if unit.polity or unit.low == "the" else -1
    tail = (
        scene.lexicon.epithets.get(scene.low(here) + " " + scene.low(here + 1))
        if here > 0
        else None
    )
    if tail is None:
        return None
    entry = Entry(ID + tail, AliasKind.NAME, ActorKind.ORGANIZATION)
    return Spot(Sort.NAME, at, here + 2, (at, here + 2), _text(scene, at, here + 2), (entry,))


def _document_name(scene: Scene, at: int) -> int:
    """End of a name such as "Treaty of Rome" or "Minsk agreements", which is nobody; else ``at``."""
    units, heads = scene.units, scene.lexicon.document_heads
    unit = units[at]
    if unit.low in heads and unit.cap and scene.low(at + 1) == "of" and at + 2 < len(units):
        return at + 3 if units[at + 2].entries else at
    if not unit.cap or unit.person:
        return at
    if unit.venue and unit.low.rsplit(" ", 1)[-1] in heads:
        return at + 1
    if unit.low in _PLATFORMS and scene.low(at - 1) in ("on", "via", "over"):
        return at + 1
    if not unit.entries and unit.low in scene.lexicon.ordinary:
        return at
    city = bool(unit.place or unit.metonym) and not unit.polity
    here = at + 1
    while here < len(units) and here - at < 4:
        acronym = unit.text.isupper() and not unit.entries
        if units[here].low in heads and (units[here].cap or ((city or acronym) and here == at + 1)):
            return here + 1 if (city or unit.family or not unit.entries) else at
        if not units[here].cap or units[here].entries or not units[here].text[0].isalpha():
            break
        here += 1
    return at


def _venue(scene: Scene, at: int) -> Spot | None:
    """ "NATO summit in Brussels", "Warsaw conference on the Middle East", "COVID Summit"."""
    units = scene.units
    unit = units[at]
    if not unit.cap or unit.person or (unit.low in scene.lexicon.ordinary and not unit.entries):
        return None
    here = at
    while here < len(units) and units[here].cap and here - at < 5:
        if units[here].low in scene.lexicon.venue_heads and here > at:
            break
        here += 1
    if unit.venue:
        edition = unit.low.endswith(("summit", "meeting", "talks"))
        end = _venue_tail(scene, at + 1) if edition else at + 1
        return Spot(Sort.VENUE, at, end, (at, end), _text(scene, at, end), unit.entries, sure=True)
    if here >= len(units) or units[here].low not in scene.lexicon.venue_heads or here == at:
        return None
    end = _venue_tail(scene, here + 1)
    named = units[here].cap and not scene.caps
    if not named and (end == here + 1 or not (unit.entries or unit.text.isupper())):
        return None
    return Spot(Sort.VENUE, at, end, (at, end), _text(scene, at, end), sure=True)


def _venue_tail(scene: Scene, at: int) -> int:
    """Take in "in Brussels", "on the Middle East" after the noun."""
    here = at + 1
    if scene.low(at) not in ("in", "at", "on"):
        return at
    if scene.low(here) == "the":
        here += 1
    if here < len(scene.units) and (scene.units[here].place or scene.units[here].metonym):
        return here + 1
    return at


def _text(scene: Scene, first: int, last: int) -> str:
    units = scene.units[first:last]
    parts = [units[0].text]
    for before, unit in zip(units, units[1:], strict=False):
        parts.append(("" if before.end == unit.start else " ") + unit.text)
    return " ".join("".join(parts).split())


def _owner(unit: Unit) -> Entry | None:
    return unit.adjective or unit.polity or unit.metonym


def _organisation(scene: Scene, at: int) -> Spot | None:
    """ "Bush administration", "Russian Central Bank", "British police", "the Treasury in Washington"."""
    units, heads = scene.units, scene.lexicon.organisation_heads
    unit = units[at]
    if not unit.cap or unit.organisation or unit.venue:
        return None
    if (unit.family or unit.person) and scene.low(at + 1) in (
        "administration",
        "government",
        "team",
    ):
        return Spot(Sort.ORGANISATION, at, at + 2, (at, at + 2), _text(scene, at, at + 2),
                    unit.entries, sure=True)  # fmt: skip
    owner = _owner(unit)
    if scene.low(at - 1) == "the" and unit.text in _ORGANS and not unit.entries:
        return Spot(Sort.ORGANISATION, at, at + 1, (at, at + 1), unit.text, sure=True)
    if unit.low in heads and not owner and not unit.entries:
        last = _of_tail(scene, at)
        name = (at, last + 1)
        return (
            Spot(Sort.ORGANISATION, *name, name, _text(scene, *name), sure=True)
            if last > at
            else None
        )
    here = at + 1
    while here < len(units) and here - at < 7:
        word = units[here]
        if word.low in heads and (word.cap or (owner and word.low in scene.lexicon.lower_heads)):
            more = here + 1 < len(units) and units[here + 1].low in heads and units[here + 1].cap
            if not more:
                break
        if owner is not None and not word.cap and word.low in _STATE_WORDS:
            here += 1
            continue
        named = word.entries and not _only_person(word)
        if not word.cap or named or word.low in scene.lexicon.ordinary:
            return None
        here += 1
    if here >= len(units) or units[here].low not in heads or here - at >= 7:
        return None
    if owner is None:
        if unit.low in scene.lexicon.ordinary or scene.caps or unit.entries:
            return None
        if unit.low in scene.lexicon.modifiers and here == at + 1 and scene.low(at - 1) != "the":
            return None
        here = _of_tail(scene, here)
    elif units[here].low == "administration" and not units[here].cap:
        return None
    end = here + 1
    return Spot(
        Sort.ORGANISATION, at, end, (at, end), _text(scene, at, end), (), of=owner, sure=True
    )


_STATE_WORDS = word_list("scan.state-words")


def _of_tail(scene: Scene, head: int) -> int:
    """Take in "for Countering Digital Hate" after "Center": index of the last unit."""
    here = head + 1
    if scene.low(here) not in ("for", "of", "on"):
        return head
    end = name_end(scene.units, here + 1, scene.lexicon)
    return end - 1 if end > here + 1 else head


def _officials(scene: Scene, at: int) -> Spot | None:
    """ "US officials", "British and French forces", "a White House spokesman"."""
    units = scene.units
    here = at
    owners: list[int] = []
    while here < len(units) and (_owner(units[here]) or units[here].organisation):
        owners.append(here)
        here += 1
        if scene.low(here) in ("and", ",") and here + 1 < len(units) and units[here + 1].adjective:
            here += 1
    if not owners or here >= len(units):
        return None
    end = here
    while end < len(units) and units[end].low in scene.lexicon.official_nouns:
        end += 1
    if scene.low(here) in scene.lexicon.modifiers and here + 1 < len(units):
        if units[here + 1].low in scene.lexicon.official_nouns:
            end = here + 2
    if (
        end == here
        or units[end - 1].low == "armed"
        or (end < len(units) and _title_goes_on(scene, end))
    ):
        return None
    if len(owners) > 1 and any(not units[o].adjective for o in owners):
        return None
    european = units[at].low == "european" and not units[at].polity
    if european:
        return None
    spot = Spot(Sort.OFFICIALS, at, end, (at, end), _text(scene, at, end), sure=True)
    for owner in owners:
        inner = _named(scene, owner)
        inner.nominal = bool(
            units[owner].polity or units[owner].organisation or units[owner].metonym
        )
        spot.inner.append(inner)
    spot.nominal = units[end - 1].low == "side" and at > 0 and scene.low(at - 1) == "the"
    if spot.nominal:
        spot.inner.clear()
        spot.entries = units[owners[0]].entries
        spot.sort = Sort.PEOPLE
    return spot


def _title_goes_on(scene: Scene, at: int) -> bool:
    """True when a name follows: "White House spokesman Scott McClellan"."""
    unit = scene.units[at]
    return unit.cap and unit.low not in scene.lexicon.ordinary and unit.text[0].isalpha()


def _people(scene: Scene, at: int) -> Spot | None:
    """ "the Germans", "the French" (noun), "the Estonian" (a person)."""
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
        Sort.PEOPLE, at, at + 2, (at, at + 2), _text(scene, at, at + 2), (entry,), sure=True
    )
    spot.number = 1 if singular else 0
    return spot


def _nounlike(scene: Scene, after: int) -> bool:
    if after >= len(scene.units):
        return True
    low = scene.low(after)
    return low in _NOT_NOUN or low in ("'s", "'") or (low.endswith("ed") and len(low) > 4)


def _group(scene: Scene, at: int) -> Spot | None:
    """ "European leaders", "the three European powers", "both sides", "the two leaders"."""
    units = scene.units
    here = at
    number = 0
    determiner = False
    if scene.low(here) == "the":
        here += 1
        determiner = True
    if scene.low(here) in NUMBERS:
        number = NUMBERS[scene.low(here)]
        here += 1
    if here >= len(units):
        return None
    if units[here].low == "european" and scene.low(here + 1) in scene.lexicon.group_nouns:
        first = here if not number else here - 1
        first = at if determiner and number else first
        if scene.low(here + 2) in ("of", "'s") and scene.low(here + 1) in ("members", "heads"):
            return None
        entries = units[here].entries
        return Spot(
            Sort.GROUP, at, here + 2, (first, here + 2), "Europe", entries, number=number, sure=True
        )
    if number and (determiner or number == 2) and scene.low(here) in _GROUP:
        return Spot(Sort.GROUP, at, here + 1, (at, here + 1), scene.low(here), number=number)
    if determiner and scene.low(here) == "pair":
        return Spot(Sort.GROUP, at, here + 1, (at, here + 1), "pair", number=2)
    return None


def _short(scene: Scene, at: int) -> Spot | None:
    """ "the bloc", "the Union", "the alliance"."""
    here = at + 1
    if scene.low(at) != "the" or here >= len(scene.units) or scene.units[here].polity:
        return None
    word = scene.low(here)
    if word not in scene.lexicon.short_forms:
        return None
    if scene.low(here + 1) in scene.lexicon.organisation_heads or scene.low(here + 1) in (
        "of",
        "on",
    ):
        return None
    return Spot(Sort.SHORT, at, here + 1, (at, here + 1), scene.units[here].text)


def _handle(scene: Scene, at: int) -> list[Spot]:
    """ "@EmmanuelMacron" and "@EU_Commission"."""
    unit = scene.units[at]
    if unit.text[0] != "@" or len(unit.text) < 4:
        return []
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", unit.text[1:])
    return [Spot(Sort.NAME, at, at + 1, (at, at + 1), words, ())]


def _proposed(scene: Scene, at: int) -> list[Spot]:
    """Unknown organisations and places the name finder proposes."""
    for label, sort in (("ORG", Sort.ORGANISATION), ("LOC", Sort.PLACE)):
        end = scene.proposed(at, label)
        given = label == "LOC" and end == at + 1 and scene.low(at) in scene.lexicon.genders
        if end and not scene.caps and not given and scene.low(at) not in scene.lexicon.ordinary:
            return [Spot(sort, at, end, (at, end), _text(scene, at, end))]
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
    return [Spot(Sort.ORGANISATION, *name, name, _text(scene, *name), sure=True)]


def _names_body(scene: Scene, words: tuple[int, int]) -> bool:
    """True when capitalised words inside a title name an organisation: "Christian … Union leader"."""
    if not words[1]:
        return False
    last = scene.units[words[1] - 1]
    acronym = words[1] - words[0] == 1 and last.text.isupper() and len(last.text) > 2
    return acronym or (last.low in scene.lexicon.organisation_heads and words[1] - words[0] > 1)


def _unknown_body(scene: Scene, words: tuple[int, int]) -> Spot:
    return Spot(Sort.ORGANISATION, *words, words, _text(scene, *words), sure=True)


def _inside(scene: Scene, spot: Spot) -> list[Spot]:
    """States and organisations named inside titles and descriptions: mentions of their own."""
    indexes = sorted({i for title in spot.titles for i in title.bodies})
    found = []
    found += [_unknown_body(scene, t.unknown) for t in spot.titles if _names_body(scene, t.unknown)]
    found += [_unknown_body(scene, title.owner) for title in spot.titles if title.owner[1]]
    for index in indexes:
        unit = scene.units[index]
        named = unit.polity or unit.organisation or unit.entry(AliasKind.METONYM)
        if named and spot.first <= index < spot.last:
            found.append(_named(scene, index))
    return found
