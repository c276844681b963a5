"""Persons with the titles before and after their names, and descriptions that stand for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.names import name_end
from kg.extraction.actors.people import PREDICATIVE, new_person, person_at
from kg.extraction.actors.spots import Sort, Spot
from kg.extraction.actors.titles import parse_title

if TYPE_CHECKING:
    from kg.extraction.actors.people import Scene
    from kg.extraction.actors.titles import TitlePhrase

__all__ = ["described_at", "titled_at", "with_apposition"]

_CLOSERS = word_list("people.closers")
_AFTER_APPOSITION = frozenset(("who", "and", "whose", "to", "in", "on", "at", "but"))
_CLOSING = {"(": ")", "–": "–", "—": "—"}
_POSSESSIVE = ("'s", "'")


def described_at(scene: Scene, at: int) -> Spot | None:
    """An unknown name proved by the office after it: "Bjoern Seibert, Chief of Cabinet for …"."""
    end = name_end(scene.units, at, scene.lexicon)
    if end == at or scene.low(end) != "," or scene.caps or end + 1 >= len(scene.units):
        return None
    owned = scene.units[end + 1].adjective or scene.units[end + 1].polity
    if end == at + 1 and scene.low(end + 1) != "the" and not owned:
        return None  # one word alone needs more: "Queuille, the Prime Minister,"
    spot = new_person(scene, at, end, sure=True)
    return spot if with_apposition(scene, spot).titles else None


def _is_closed(scene: Scene, at: int) -> bool:
    """True when an apposition may end before unit ``at``."""
    if at >= len(scene.units):
        return True
    low = scene.low(at)
    return low in _CLOSERS or low in _AFTER_APPOSITION


def with_apposition(scene: Scene, spot: Spot) -> Spot:
    """A person's spot with ", the EU's foreign policy chief," after the name taken in."""
    opener = scene.low(spot.last)
    here = spot.last + 1
    if opener not in (",", "(", "–", "—") or here >= len(scene.units):
        return spot
    if scene.low(here) in ("who", "which"):
        return spot
    inner: list[Spot] = []
    phrase = parse_title(scene.units, here, scene.lexicon, apposition=True)
    if phrase is None or not _is_closed(scene, phrase.last):
        phrase = _owned_by_person(scene, here, inner) or phrase
    if phrase is None or phrase.plural or "courtesy" in phrase.title.kinds:
        return spot
    end = phrase.last
    if not _is_closed(scene, end):
        end = _titled_body(scene, phrase, inner)
        if end and scene.low(phrase.last) in ("for", "to"):
            phrase = replace(phrase, determiner="'s")
    if end == 0:
        return spot
    spot.inner += inner
    spot.titles.append(phrase)
    spot.sure = True
    spot.last = end + 1 if scene.low(end) == _CLOSING.get(opener, ",") else end
    return spot


def _owned_by_person(scene: Scene, at: int, inner: list[Spot]) -> TitlePhrase | None:
    """The title in "Kissinger, President Nixon's adviser,"; the owner goes to ``inner``."""
    owners = titled_at(scene, at)
    owner = owners[0] if len(owners) == 1 else person_at(scene, at)
    if owner is None or owner.sort is not Sort.PERSON or scene.low(owner.last) not in _POSSESSIVE:
        return None
    if owner.last + 1 >= len(scene.units):
        return None
    phrase = parse_title(scene.units, owner.last + 1, scene.lexicon)
    if phrase is None:
        return None
    inner.append(owner)
    return replace(phrase, determiner="'s")


def _titled_body(scene: Scene, phrase: TitlePhrase, inner: list[Spot]) -> int:
    """End of "Chief of Cabinet for European Commission President Jane Roe"; 0: no end."""
    follower: list[Spot] = []
    if phrase.bodies:
        follower = titled_at(scene, phrase.bodies[-1])
    elif scene.low(phrase.last) in ("for", "to") and phrase.last + 1 < len(scene.units):
        at = phrase.last + 1  # "spokeswoman for President Chirac"
        person = person_at(scene, at)
        follower = titled_at(scene, at) or ([person] if person else [])
    if len(follower) != 1 or follower[0].sort is not Sort.PERSON:
        return 0
    end = follower[0].last
    if not _is_closed(scene, end) and scene.low(end - 1) != ",":
        return 0
    inner.append(follower[0])
    return end


def titled_at(scene: Scene, at: int) -> list[Spot]:
    """Persons or a description that begin with a title phrase at unit ``at``; [] when none does.

    "German Chancellor Friedrich Merz", "the British foreign secretary, Jeremy Hunt,",
    "Presidents Bush and Putin", "the French president" (a description).
    """
    phrase = parse_title(scene.units, at, scene.lexicon)
    if phrase is None:
        return []
    if phrase.plural:
        return _several(scene, phrase)
    person = _named_after(scene, phrase)
    if person is not None:
        return [person]
    if phrase.is_office and phrase.title.kinds != {"other"}:
        return _description(scene, phrase)
    return []


def _named_after(scene: Scene, phrase: TitlePhrase) -> Spot | None:  # noqa: PLR0911 - a list of cases
    """The person named after a title phrase, directly or after a comma."""
    following = phrase.last
    if following >= len(scene.units):
        return None
    if _is_title_word(scene, following):
        return _courtesy(scene, phrase, following, comma=False)
    person = person_at(scene, following, titled=True)
    if person is not None:
        return _with_title(scene, phrase, person)
    if scene.low(following) != "," or following + 1 >= len(scene.units):
        return None
    if _is_title_word(scene, following + 1):
        return _courtesy(scene, phrase, following + 1, comma=True)
    person = person_at(scene, following + 1)
    if person is not None and person.sure and _names_the_holder(scene, phrase, person):
        return _with_title(scene, phrase, person, comma=True)
    return None


def _courtesy(scene: Scene, phrase: TitlePhrase, at: int, *, comma: bool) -> Spot | None:
    """As in "Foreign Secretary Sir Geoffrey Howe", "the Secretary of State, Mr. Powell,"."""
    second = parse_title(scene.units, at, scene.lexicon)
    if second is None or second.determiner or second.body is not None or second.plural:
        return None
    if second.is_office and "military" not in second.title.kinds:
        return None
    if second.last >= len(scene.units):
        return None
    person = person_at(scene, second.last, titled=True)
    if person is None or (comma and not _names_the_holder(scene, phrase, person)):
        return None
    person.titles.append(second)
    return _with_title(scene, phrase, person, comma=comma)


def _is_title_word(scene: Scene, at: int) -> bool:
    """True when another title begins here: "… European Commission President" is no name."""
    unit = scene.units[at]
    return (
        unit.low in scene.lexicon.titles
        and not unit.person
        and parse_title(scene.units, at, scene.lexicon) is not None
    )


def _names_the_holder(scene: Scene, phrase: TitlePhrase, person: Spot) -> bool:
    """True for "the foreign secretary, Jeremy Hunt," where the name explains the title."""
    closed = person.last >= len(scene.units) or scene.low(person.last) in _CLOSERS
    possessed = phrase.first > 0 and scene.low(phrase.first - 1) in (*_POSSESSIVE, "whose")
    stated = phrase.determiner not in ("a", "an") and (
        phrase.body is not None or bool(phrase.determiner) or possessed
    )
    return phrase.title.is_office and stated and closed


def _with_title(scene: Scene, phrase: TitlePhrase, person: Spot, *, comma: bool = False) -> Spot:
    if phrase.first > 0 and scene.low(phrase.first - 1) in _POSSESSIVE and not phrase.determiner:
        phrase = replace(phrase, determiner="'s")
    person.titles.insert(0, phrase)
    person.sure = True
    person.first = phrase.first
    if comma and scene.low(person.last) == ",":
        person.last += 1
        return person
    _of_body(scene, person)
    return with_apposition(scene, person)


def _of_body(scene: Scene, person: Spot) -> None:
    """Take in "of Ukraine" after "President Zelenskyy", when the title named no body."""
    at = person.last
    phrase = person.titles[0]
    if scene.low(at) != "of" or phrase.body is not None or not phrase.is_office:
        return
    here = at + 2 if scene.low(at + 1) == "the" else at + 1
    if here < len(scene.units) and (scene.units[here].polity or scene.units[here].organisation):
        body = scene.units[here].polity or scene.units[here].organisation
        bodies = (*phrase.bodies, here)
        person.titles[0] = replace(phrase, body=body, body_unit=here, bodies=bodies)
        person.last = here + 1


def _several(scene: Scene, phrase: TitlePhrase) -> list[Spot]:
    """As in "Presidents Bush and Putin": one spot for each name."""
    found: list[Spot] = []
    at = phrase.last
    while at < len(scene.units):
        person = person_at(scene, at, titled=True)
        if person is None:
            break
        person.titles.append(phrase)
        if not found:
            person.first = phrase.first
        found.append(person)
        at = person.last
        while scene.low(at) in (",", "and", "&"):
            at += 1
    return found


def _description(scene: Scene, phrase: TitlePhrase) -> list[Spot]:
    """As in "the US secretary of state" without a name."""
    if phrase.determiner in ("a", "an", "this", "his", "her", "their", "its", "our"):
        return []
    first = phrase.first
    capital = scene.units[phrase.last - 1].cap and not scene.caps
    predicate = scene.low(first - 1) in PREDICATIVE and first > 0
    bare = capital and (phrase.body or phrase.last - first == len(phrase.title.words))
    owned = phrase.body_unit == first and scene.low(first + 1) in _POSSESSIVE
    if not phrase.determiner and not bare and not predicate and not owned:
        return []
    text = " ".join(u.text for u in scene.units[first : phrase.last])
    span = (first, phrase.last)
    spot = Spot(Sort.DESCRIPTION, *span, span, text, titles=[phrase])
    addressed = not phrase.determiner and scene.low(phrase.last) == ","
    spot.nominal = scene.low(first - 1) not in ("mr", "mr.", "madam", "madame") and not addressed
    return [spot]
