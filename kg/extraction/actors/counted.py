"""Groups that are counted: "the two sides", "neither leader", "the twenty-seven", "the Nine"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.spots import Sort, Spot
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.people import Scene

__all__ = ["NUMBERS", "counted_at"]

NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "twenty": 20, "thirty": 30, "both": 2, "neither": 2, "27": 27, "28": 28, "twenty-seven": 27,
    "twenty-eight": 28,
}  # fmt: skip
_TENS = ("twenty", "thirty")
_GROUP = word_list("scan.group")
_SINGULAR = {word[:-3] + "y" if word.endswith("ies") else word[:-1]: word for word in _GROUP}
_ALIGNED = word_list("scan.aligned")
_AFTER = word_list("scan.not-noun") | word_list("scan.doing")
_ROLES = frozenset(("ministers", "presidents", "leaders", "chancellors", "premiers"))
_PORTFOLIOS = frozenset(("foreign", "defence", "defense", "finance", "trade", "prime"))


def _number(scene: Scene, at: int) -> tuple[int, int]:
    """The number told at a unit (0: none) and the unit after it."""
    number = NUMBERS.get(scene.low(at), 0)
    if not number:
        return 0, at
    ones = NUMBERS.get(scene.low(at + 2), 0)
    if scene.low(at) in _TENS and scene.low(at + 1) in ("-", "–") and 0 < ones < 10:
        return number + ones, at + 3
    return number, at + 1


def counted_at(scene: Scene, at: int) -> Spot | None:
    """The group that begins at a unit, whose members the text has named; None: there is none."""
    determiner = scene.low(at) == "the"
    number, here = _number(scene, at + 1 if determiner else at)
    if not number:
        return _roles_at(scene, at) if determiner else None
    if scene.low(at) == "neither":
        word = _SINGULAR.get(scene.low(here), "")
        return _group(at, here + 1, word, 2) if word else None
    if scene.low(here) in _ALIGNED and scene.low(here + 1) in _GROUP:
        here += 1
    if determiner or number == 2:
        spot = _with_noun(scene, at, here, number)
        if spot is not None:
            return spot
    named = determiner and number > 5 and scene.units[at + 1].cap and not scene.caps
    if determiner and (here >= len(scene.units) or _ends(scene, here) or named):
        return _group(at, here, "", number)
    return None


def _with_noun(scene: Scene, at: int, here: int, number: int) -> Spot | None:
    """As in "both sides", "the two Nordic countries"."""
    if here >= len(scene.units):
        return None
    if scene.low(here) in _GROUP:
        return _group(at, here + 1, scene.low(here), number)
    bloc = next((e for e in scene.units[here].entries if e.kind is ActorKind.BLOC), None)
    word = scene.low(here).split()[-1]
    if bloc is None or word not in _GROUP:
        return None
    spot = _group(at, here + 1, word, number)
    spot.of = bloc
    return spot


def _group(first: int, last: int, word: str, number: int) -> Spot:
    return Spot(Sort.GROUP, first, last, (first, last), word, number=number)


def _ends(scene: Scene, at: int) -> bool:
    """True when no noun follows, so that "the two" stand alone."""
    low = scene.low(at)
    return low in _AFTER or low in ("'s", "'", "’s") or (low.endswith("ed") and len(low) > 4)


def _roles_at(scene: Scene, at: int) -> Spot | None:
    """As in "the foreign ministers", of whom the text has named several together."""
    here = at + 2 if scene.low(at + 1) in _PORTFOLIOS else at + 1
    word = scene.low(here)
    if word not in _ROLES or not (here + 1 >= len(scene.units) or _ends(scene, here + 1)):
        return None
    spot = _group(at, here + 1, word, 0)
    return spot if scene.low(here + 1) not in ("of", "from", "in", "who") else None
