"""Persons in a sentence: names with the titles before and after them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.names import is_given_name, name_end
from kg.extraction.actors.spots import Sort, Spot
from kg.extraction.actors.titles import TitlePhrase, parse_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.actors.gazetteer import Entry
    from kg.extraction.actors.lexicon import Lexicon
    from kg.extraction.actors.units import Unit

__all__ = ["PREDICATIVE", "Scene", "described_at", "person_at", "titled_at", "with_apposition"]

PREDICATIVE = word_list("people.predicative")
_CLOSERS = word_list("people.closers")
_AFTER_APPOSITION = frozenset(("who", "and", "whose", "to", "in", "on", "at", "but"))


@dataclass(slots=True)
class Scene:
    """One sentence as the grammars see it.

    Attributes:
        units: its words and known names.
        lexicon: word lists.
        proposals: (start, end) → label, names the pipeline's name finder proposes here.
        starts: unit indexes by offset of their first character.
        caps: the line is printed in capitals or headline case, so that case tells little.
    """

    units: Sequence[Unit]
    lexicon: Lexicon
    proposals: dict[tuple[int, int], str] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    caps: bool = False

    def proposed(self, at: int, label: str) -> int:
        """End unit of a proposed name that begins at a unit and has this label; 0 when none."""
        start = self.units[at].start
        for (first, last), found in self.proposals.items():
            if first == start and found == label and last in self.ends:
                return self.ends[last]
        return 0

    def low(self, at: int) -> str:
        """The folded word at an index, "" outside the sentence."""
        return self.units[at].low if 0 <= at < len(self.units) else ""


def _entries(unit: Unit) -> tuple[Entry, ...]:
    found = [e for e in unit.entries if e is unit.person or (e.kind == "person")]
    return tuple(found)


def _spot(scene: Scene, first: int, last: int, *, sure: bool) -> Spot:
    units = scene.units
    text = " ".join(
        "".join(
            u.text + ("" if n.start == u.end else " ")
            for u, n in zip(
                units[first:last], [*units[first + 1 : last], units[last - 1]], strict=True
            )
        ).split()
    )
    entries = _entries(units[first]) if last == first + 1 else ()
    return Spot(Sort.PERSON, first, last, (first, last), text.strip(), entries, sure=sure)


def person_at(scene: Scene, at: int, *, titled: bool = False) -> Spot | None:
    """The person whose name begins at unit ``at``; with ``titled`` any run of name words will do."""
    units, lexicon = scene.units, scene.lexicon
    unit = units[at]
    if not unit.cap:
        return None
    end = name_end(units, at, lexicon)
    if unit.person:
        stop = end if end > at + 1 and scene.low(end - 1) in ("jr", "jr.", "sr", "sr.") else at + 1
        return _spot(scene, at, stop, sure=True)
    if end == at:
        return None
    if end - at >= 2 and not scene.caps:
        last = units[end - 1]
        if titled or is_given_name(unit, lexicon) or last.family:
            return _spot(scene, at, end, sure=True)
    if titled:
        return _spot(scene, at, end, sure=True)
    proposed = scene.proposed(at, "PER")
    if proposed and proposed <= end and not (unit.place or unit.metonym):
        return _spot(scene, at, proposed, sure=proposed - at > 1)
    if unit.family and end == at + 1 and scene.low(at - 1) not in ("a", "an", "the"):
        return _spot(scene, at, end, sure=False)
    return None


def described_at(scene: Scene, at: int) -> Spot | None:
    """An unknown name proved by the office that follows: "Bjoern Seibert, Chief of Cabinet for …"."""
    end = name_end(scene.units, at, scene.lexicon)
    if end - at < 2 or scene.low(end) != "," or scene.caps or end + 1 >= len(scene.units):
        return None
    phrase = parse_title(scene.units, end + 1, scene.lexicon)
    if phrase is None or "courtesy" in phrase.title.kinds:
        return None
    spot = _spot(scene, at, end, sure=True)
    return spot if with_apposition(scene, spot).titles else None


def _is_closed(scene: Scene, at: int) -> bool:
    """True when an apposition may end before unit ``at``."""
    if at >= len(scene.units):
        return True
    low = scene.low(at)
    return low in _CLOSERS or low in _AFTER_APPOSITION


def _apposition(scene: Scene, spot: Spot) -> None:
    """Take in ", the EU's foreign policy chief," after a name."""
    at = spot.last
    if scene.low(at) not in (",", "(", "–", "—") or at + 1 >= len(scene.units):
        return
    opener = scene.low(at)
    here = at + 1
    if scene.low(here) in ("who", "which"):
        return
    phrase = parse_title(scene.units, here, scene.lexicon)
    if phrase is None or phrase.plural or "courtesy" in phrase.title.kinds:
        return
    end = phrase.last
    if not _is_closed(scene, end):
        follower = titled_at(scene, phrase.bodies[-1]) if phrase.bodies else []
        if len(follower) != 1 or follower[0].sort is not Sort.PERSON:
            return
        end = follower[0].last
        if not _is_closed(scene, end) and scene.low(end - 1) != ",":
            return
        spot.inner.append(follower[0])
    spot.titles.append(phrase)
    spot.sure = True
    spot.last = end
    close = {"(": ")", "–": "–", "—": "—"}.get(opener, ",")
    if scene.low(end) == close:
        spot.last += 1


def titled_at(scene: Scene, at: int) -> list[Spot]:
    """Persons or a description that begin with a title phrase at unit ``at``; [] when none does.

    "German Chancellor Friedrich Merz", "the British foreign secretary, Jeremy Hunt,",
    "Presidents Bush and Putin", "the French president" (a description).
    """
    phrase = parse_title(scene.units, at, scene.lexicon)
    if phrase is None:
        return []
    following = phrase.last
    if phrase.plural:
        return _several(scene, phrase)
    if following < len(scene.units) and not _is_title_word(scene, following):
        person = person_at(scene, following, titled=_may_precede_name(scene, phrase))
        if person is not None:
            return [_with_title(scene, phrase, person)]
        if scene.low(following) == "," and following + 1 < len(scene.units):
            person = person_at(scene, following + 1)
            if person is not None and person.sure and _names_the_holder(scene, phrase, person):
                return [_with_title(scene, phrase, person, comma=True)]
    if phrase.is_office and phrase.title.kinds != {"other"}:
        return _description(scene, phrase)
    return []


def _is_title_word(scene: Scene, at: int) -> bool:
    """True when another title begins here: "… European Commission President" is no name."""
    unit = scene.units[at]
    return (
        unit.low in scene.lexicon.titles
        and not unit.person
        and parse_title(scene.units, at, scene.lexicon) is not None
    )


def _may_precede_name(scene: Scene, phrase: TitlePhrase) -> bool:
    """True when any capitalised run after the phrase is a name."""
    last = scene.units[phrase.last - 1]
    return (last.cap or last.low.endswith(".") or phrase.body is not None
            or bool(phrase.determiner) or phrase.is_office)  # fmt: skip


def _names_the_holder(scene: Scene, phrase: TitlePhrase, person: Spot) -> bool:
    closed = person.last >= len(scene.units) or scene.low(person.last) in _CLOSERS
    stated = phrase.determiner not in ("a", "an") and (phrase.body is not None or phrase.determiner)
    return phrase.title.is_office and bool(stated) and closed


def _with_title(scene: Scene, phrase: TitlePhrase, person: Spot, *, comma: bool = False) -> Spot:
    person.titles.append(phrase)
    person.sure = True
    person.first = phrase.first
    if comma and scene.low(person.last) == ",":
        person.last += 1
    else:
        _of_body(scene, person)
        _apposition(scene, person)
    return person


def _of_body(scene: Scene, person: Spot) -> None:
    """Take in "of Ukraine" after "President Zelenskyy", when the title named no body."""
    at = person.last
    phrase = person.titles[-1]
    if scene.low(at) != "of" or phrase.body is not None or not phrase.is_office:
        return
    here = at + 2 if scene.low(at + 1) == "the" else at + 1
    if here < len(scene.units) and (scene.units[here].polity or scene.units[here].organisation):
        body = scene.units[here].polity or scene.units[here].organisation
        bodies = (*phrase.bodies, here)
        person.titles[-1] = replace(phrase, body=body, body_unit=here, bodies=bodies)
        person.last = here + 1


def _several(scene: Scene, phrase: TitlePhrase) -> list[Spot]:
    """ "Presidents Bush and Putin": one spot for each name."""
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
    """ "the US secretary of state" without a name."""
    if phrase.determiner in ("a", "an", "this"):
        return []
    first = phrase.first
    capital = scene.units[phrase.last - 1].cap and not scene.caps
    predicate = scene.low(first - 1) in PREDICATIVE and first > 0
    bare = capital and (phrase.body or phrase.last - first == 1)
    if not phrase.determiner and not bare and not predicate:
        return []
    text = " ".join(u.text for u in scene.units[first : phrase.last])
    return [Spot(Sort.DESCRIPTION, first, phrase.last, (first, phrase.last), text, titles=[phrase])]


def with_apposition(scene: Scene, spot: Spot) -> Spot:
    """A person's spot together with the title that follows the name, if one does."""
    _apposition(scene, spot)
    return spot
