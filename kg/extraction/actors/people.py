"""Names of persons in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.names import is_given_name, name_end
from kg.extraction.actors.spots import Sort, Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.actors.gazetteer import Entry
    from kg.extraction.actors.lexicon import Lexicon
    from kg.extraction.actors.units import Unit

__all__ = ["PREDICATIVE", "Scene", "is_namesake", "new_person", "person_at"]

PREDICATIVE = word_list("people.predicative")


@dataclass(slots=True)
class Scene:
    """One sentence as the grammars see it.

    Attributes:
        units: its words and known names.
        lexicon: word lists.
        proposals: start → (end, label) of names the pipeline's name finder proposes here.
        ends: offset of a unit's end → index after it.
        caps: the line is printed in capitals or headline case, so that case tells little.
        asked: somebody wanted to know what the name finder proposes.
    """

    units: Sequence[Unit]
    lexicon: Lexicon
    proposals: dict[int, tuple[int, str]] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    caps: bool = False
    asked: bool = False

    def proposed(self, at: int, label: str) -> int:
        """End unit of a proposed name that begins at a unit and has this label; 0 when none."""
        self.asked = True
        last, found = self.proposals.get(self.units[at].start, (0, ""))
        return self.ends.get(last, 0) if found == label else 0

    def low(self, at: int) -> str:
        """The folded word at an index, "" outside the sentence."""
        return self.units[at].low if 0 <= at < len(self.units) else ""


def _entries(unit: Unit) -> tuple[Entry, ...]:
    found = [e for e in unit.entries if e is unit.person or (e.kind == "person")]
    return tuple(found)


def new_person(scene: Scene, first: int, last: int, *, sure: bool) -> Spot:
    """A spot for the name in units ``first`` to ``last``."""
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


def is_namesake(scene: Scene, at: int) -> bool:
    """True when a state's or town's name is a given name here: "Jordan Bardella"."""
    units, lexicon = scene.units, scene.lexicon
    if units[at].low not in lexicon.genders or at + 1 >= len(units) or scene.caps:
        return False
    after = units[at + 1]
    plain = after.low not in lexicon.titles and after.low not in lexicon.organisation_heads
    return plain and not after.entries and name_end(units, at + 1, lexicon) > at + 1


def _is_no_name(scene: Scene, at: int) -> bool:
    """True for "Mr." and for the party in "(R-Ohio)"."""
    unit = scene.units[at]
    party = unit.text in ("R", "D", "I") and scene.low(at - 1) == "("
    return party or (unit.low in scene.lexicon.titles and unit.low.endswith("."))


def _half_seen(scene: Scene, first: int, last: int) -> bool:
    """True when the name finder sees only the surname of a name of two words."""
    return last == first + 2 and scene.proposed(first + 1, "PER") == last


def person_at(scene: Scene, at: int, *, titled: bool = False) -> Spot | None:  # noqa: PLR0911 - a list of cases
    """The person whose name begins at a unit; with ``titled`` any run of name words will do."""
    units, lexicon = scene.units, scene.lexicon
    unit = units[at]
    if not unit.cap or _is_no_name(scene, at):
        return None
    end = name_end(units, at, lexicon)
    if end == at and is_namesake(scene, at):
        return new_person(scene, at, name_end(units, at + 1, lexicon), sure=True)
    if unit.person:
        stop = end if end > at + 1 and scene.low(end - 1) in ("jr", "jr.", "sr", "sr.") else at + 1
        return new_person(scene, at, stop, sure=True)
    if end == at:
        return None
    listed = end - at <= 3 and is_given_name(unit, lexicon) and scene.low(end) in (",", "(")
    if end - at >= 2 and (not scene.caps or listed):
        last = units[end - 1]
        if titled or is_given_name(unit, lexicon) or last.family or _half_seen(scene, at, end):
            return new_person(scene, at, end, sure=True)
    if titled:
        return new_person(scene, at, end, sure=True)
    proposed = 0 if unit.place or unit.metonym else scene.proposed(at, "PER")
    if 0 < proposed <= end:
        return new_person(scene, at, proposed, sure=proposed - at > 1 or at > 0)
    if unit.family and end == at + 1 and scene.low(at - 1) not in ("a", "an", "the"):
        return new_person(scene, at, end, sure=False)
    return None
