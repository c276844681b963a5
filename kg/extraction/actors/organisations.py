"""Organisations known by their shape: "Russian Central Bank", "Bush administration"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.basics import only_person, owner_of, printed
from kg.extraction.actors.gazetteer import Entry
from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.names import name_end
from kg.extraction.actors.spots import Sort, Spot
from kg.namespaces import ID
from kg.records import ActorKind
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from kg.extraction.actors.people import Scene

__all__ = [
    "apposed_at",
    "bilateral_at",
    "direction_at",
    "epithet_at",
    "organisation_at",
    "party_at",
]

_ORGANS = frozenset(("Cabinet", "Parliament", "Treasury"))
_PARTIES = frozenset(
    ("democrats", "liberals", "socialists", "conservatives", "republicans", "greens")
)
_TEAMS = frozenset(("administration", "government", "team"))
_STATE_WORDS = word_list("scan.state-words")
_COMPANIES = word_list("shortforms.companies") | word_list("scan.companies")
_AFTER_COMPANY = word_list("scan.after-company")
_LONGEST_ASIDE = 8  # words of "a state-owned Canadian mining company"


def organisation_at(scene: Scene, at: int) -> Spot | None:
    """As in "Bush administration", "Russian Central Bank", "British police", "the Cabinet"."""
    unit = scene.units[at]
    if not unit.cap or unit.organisation or unit.venue:
        return None
    end = _short_name(scene, at)
    if end:
        return _organisation(scene, at, end, entries=unit.entries) if end > at else None
    owner = owner_of(unit)
    head = _head_after(scene, at, owned=owner is not None)
    if head < 0 or (owner is not None and scene.units[head].text == "administration"):
        return None
    if owner is None and not _may_begin(scene, at, head):
        return None
    if owner is None or (scene.units[head].cap and scene.low(head + 1) == "of"):
        head = _of_tail(scene, head)  # "Center for …", "Polish Ministry of Defence"
    return _organisation(scene, at, head + 1, owner=owner)


def apposed_at(scene: Scene, at: int) -> Spot | None:
    """A name that an aside makes a company's or group's: "Veldkamp, a Dutch chip maker,"."""
    units, end = scene.units, name_end(scene.units, at, scene.lexicon)
    if end == at or scene.low(end) != "," or scene.low(end + 1) not in ("a", "an", "the"):
        return None
    if any(unit.entries and not only_person(unit) for unit in units[at:end]):
        return None
    for here in range(end + 2, min(end + 2 + _LONGEST_ASIDE, len(units))):
        if units[here].low in _COMPANIES and scene.low(here + 1) in _AFTER_COMPANY:
            return _organisation(scene, at, end)
        if not units[here].text[0].isalpha() and units[here].low not in ("-", "&"):
            return None
    return None


def _short_name(scene: Scene, at: int) -> int:
    """End of "Bush administration", "Cabinet", "Council on …"; 0: not such a name; -1: nobody."""
    unit = scene.units[at]
    if (unit.family or unit.person) and scene.low(at + 1) in _TEAMS:
        return at + 2
    if unit.entries:
        return 0
    if _somebodys(scene, at):
        return at + 2
    if unit.text in _ORGANS and scene.low(at - 1) == "the":
        return at + 1
    if unit.low in scene.lexicon.organisation_heads:
        last = _of_tail(scene, at)
        return last + 1 if last > at else -1
    return 0


def _organisation(
    scene: Scene,
    first: int,
    last: int,
    *,
    entries: tuple[Entry, ...] = (),
    owner: Entry | None = None,
) -> Spot:
    name = (first, last)
    text = printed(scene, first, last)
    return Spot(Sort.ORGANISATION, *name, name, text, entries, of=owner, sure=True)


def _somebodys(scene: Scene, at: int) -> bool:
    """True for "the Bush administration" of a president nobody has told us about."""
    unit = scene.units[at]
    named = unit.low not in scene.lexicon.ordinary and unit.low not in scene.lexicon.modifiers
    before = scene.low(at - 1) in ("the", "previous", "new", "incoming", "outgoing")
    return named and before and at > 0 and scene.low(at + 1) == "administration"


def _head_after(scene: Scene, at: int, *, owned: bool) -> int:
    """Index of the noun that ends an organisation's name ("Bank"), -1 when there is none."""
    units, heads = scene.units, scene.lexicon.organisation_heads
    for here in range(at + 1, min(len(units), at + 7)):
        word = units[here]
        lower = owned and word.low in scene.lexicon.lower_heads
        follower = units[here + 1] if here + 1 < len(units) else None
        more = follower is not None and follower.cap and follower.low in heads
        if word.low in heads and (word.cap or lower) and not more:
            return here
        if owned and not word.cap and word.low in _STATE_WORDS:
            continue
        known = bool(word.entries) and not only_person(word)
        if not word.cap or known or word.low in scene.lexicon.ordinary:
            return -1
    return -1


def _may_begin(scene: Scene, at: int, head: int) -> bool:
    """True when a capitalised word without an owner begins a name ("Greenland Mining Agency")."""
    unit = scene.units[at]
    if unit.low in scene.lexicon.ordinary or scene.caps or unit.entries:
        return False
    plain = unit.low in scene.lexicon.modifiers and head == at + 1
    return not plain or scene.low(at - 1) == "the"


def _of_tail(scene: Scene, head: int) -> int:
    """Take in "for Countering Digital Hate" after "Center": index of the last unit."""
    here = head + 1
    if scene.low(here) not in ("for", "of", "on"):
        return head
    if scene.low(here + 1).endswith("ing") and not scene.units[here + 1].cap:
        return head  # "accused the Union of bullying"
    end = name_end(scene.units, here + 1, scene.lexicon)
    return end - 1 if end > here + 1 else head


def bilateral_at(scene: Scene, at: int) -> Spot | None:
    """As in "U.S.-EU Trade and Technology Council": one name, not three."""
    units = scene.units
    if at + 3 >= len(units) or not units[at].polity or not units[at + 2].polity:
        return None
    if scene.low(at + 1) not in ("-", "–") or units[at + 1].start != units[at].end:
        return None
    unit = units[at + 3]
    if unit.venue or unit.organisation:
        end = at + 4
    else:
        spot = organisation_at(scene, at + 3)
        if spot is None or spot.of is not None:
            return None
        end = spot.last
    return Spot(Sort.ORGANISATION, at, end, (at, end), printed(scene, at, end), sure=True)


def party_at(scene: Scene, at: int) -> Spot | None:
    """As in "Social Democrats": not the party that the second word alone names."""
    units = scene.units
    unit = units[at]
    if not unit.cap or unit.entries or at + 1 >= len(units) or units[at + 1].low not in _PARTIES:
        return None
    if unit.low in scene.lexicon.ordinary or not units[at + 1].cap or at == 0:
        return None
    return Spot(Sort.ORGANISATION, at, at + 2, (at, at + 2), printed(scene, at, at + 2), sure=True)


def epithet_at(scene: Scene, at: int) -> Spot | None:
    """As in "the U.N. nuclear agency"."""
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
    return Spot(Sort.NAME, at, here + 2, (at, here + 2), printed(scene, at, here + 2), (entry,))


def direction_at(scene: Scene, at: int) -> Spot | None:
    """As in "West Virginia", "South Carolina": a place of its own, not the second word's."""
    units = scene.units
    if units[at].text not in ("West", "East", "North", "South", "New") or at + 1 >= len(units):
        return None
    if not units[at + 1].place or units[at + 1].polity or units[at + 1].metonym:
        return None
    return Spot(Sort.PLACE, at, at + 2, (at, at + 2), printed(scene, at, at + 2), sure=True)
