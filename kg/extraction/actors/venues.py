"""Conferences, and names that contain a place but name nobody (treaties, platforms)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.basics import printed
from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.names import name_end
from kg.extraction.actors.spots import Sort, Spot

if TYPE_CHECKING:
    from kg.extraction.actors.gazetteer import Entry
    from kg.extraction.actors.people import Scene

__all__ = ["document_name_end", "ship_name_end", "venue_at"]

_VESSELS = word_list("scan.vessels")
_LONGEST_NAME = 7  # words of a law's name
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


def document_name_end(scene: Scene, at: int) -> int:  # noqa: PLR0911 - a list of cases
    """End of a name such as "Treaty of Rome", which is nobody; ``at`` when there is none."""
    units, heads = scene.units, scene.lexicon.document_heads
    unit = units[at]
    if unit.low in heads and unit.cap and scene.low(at + 1) == "of" and at + 2 < len(units):
        return at + 3 if units[at + 2].entries else at
    if not unit.cap or unit.person:
        return at
    if unit.text == "RT" and scene.low(at + 1).startswith("@"):
        return at + 1  # a retweet
    if unit.venue and unit.low.rsplit(" ", 1)[-1] in heads:
        return at + 1
    if unit.low in _PLATFORMS and scene.low(at - 1) in ("on", "via", "over"):
        return at + 1
    if not unit.entries and unit.low in scene.lexicon.ordinary:
        return at
    here, joined = _past_names(scene, at)
    if here >= len(units) or units[here].low not in heads:
        return at
    city = bool(unit.place or unit.metonym) and not unit.polity
    acronym = units[here - 1].text.isupper() and not units[here - 1].entries
    lower = joined or ((city or acronym) and here == at + 1)
    nobody = city or unit.family or not unit.entries
    return here + 1 if nobody and (units[here].cap or lower) else at


def _past_names(scene: Scene, at: int) -> tuple[int, bool]:
    """The end of names before a head, and whether two make one: "Helms-Burton", "Smoot-Hawley"."""
    units, joined = scene.units, False
    here, last = at + 1, min(at + _LONGEST_NAME, len(units))
    while here < last and units[here].low not in scene.lexicon.document_heads:
        if units[here].text in ("-", "–") and here + 1 < last and units[here + 1].cap:
            joined = joined or here == at + 1
            here += 1
        elif units[here].low == "and" and joined and here + 1 < last and units[here + 1].cap:
            here += 1  # "the Helms-Burton and D'Amato Acts"
        unit = units[here]
        known = unit.entries and not (joined and unit.family)
        if not unit.cap or known or not unit.text[0].isalpha():
            break
        here += 1
    return here, joined


def ship_name_end(scene: Scene, at: int) -> int:
    """End of the name in "the tanker Stena Impero", which is nobody; ``at`` when there is none."""
    if scene.low(at - 1) not in _VESSELS or scene.units[at].entries:
        return at
    return name_end(scene.units, at, scene.lexicon)


def venue_at(scene: Scene, at: int) -> Spot | None:
    """As in "NATO summit in Brussels", "Warsaw conference on the Middle East", "COVID Summit"."""
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
        return _venue(scene, at, end, unit.entries)
    if here >= len(units) or units[here].low not in scene.lexicon.venue_heads or here == at:
        return None
    end = _venue_tail(scene, here + 1)
    named = units[here].cap and not scene.caps
    if not named and (end == here + 1 or not (unit.entries or unit.text.isupper())):
        return None
    return _venue(scene, at, end, ())


def _venue(scene: Scene, first: int, last: int, entries: tuple[Entry, ...]) -> Spot:
    """A venue's spot; a town in its name ("summit in Brussels") is where it is held."""
    text = printed(scene, first, last)
    spot = Spot(Sort.VENUE, first, last, (first, last), text, entries, sure=True)
    towns = [unit.place for unit in (scene.units[last - 1], scene.units[first]) if unit.place]
    spot.of = towns[0] if towns else None
    return spot


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
