"""Unnamed actors, when asked for: "Afghan rebels", "Israel's high court", "police".

The graph leaves them out, because nobody can say who they are. Coding schemes such as PLOVER need
them: there an actor is a state with an agent sector, "Afghan rebels" are AFG and REB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import lexicon, word_list
from kg.extraction.actors.rolenouns import Role, modifiers, roles
from kg.extraction.actors.spots import Sort, Spot

if TYPE_CHECKING:
    from kg.extraction.actors.draft import Draft
    from kg.extraction.actors.gazetteer import Entry
    from kg.extraction.actors.lines import Line

__all__ = ["add_generic"]

_COUNTS = word_list("generic.counts")
_ARTICLES = word_list("generic.articles")
_PLACED = word_list("generic.placed")
_CLOSERS = word_list("generic.closers")
_BETWEEN = word_list("generic.between")
_NOT_NOUN = word_list("scan.not-noun")
_NATIONAL = (Sort.ADJECTIVE, Sort.PEOPLE, Sort.NAME, Sort.CITY, Sort.ORGANISATION)
_LED = word_list("generic.led")
_SIDED = word_list("generic.sided")
_ENDINGS = ("ist", "-led", "-backed", "-based", "-run", "-owned", "-held", "-wing", "-speaking")
_STARTS = ("anti-", "pro-", "ultra-", "neo-")
_OTHERS = frozenset(("REB", "OPP", "CRM", "LAB", "EDU", "REF"))
"""Sectors that an attribute gives its noun: "rebel leaders", "opposition members"."""


def add_generic(found: Draft) -> None:
    """Add spots for unnamed people and groups wherever no other actor stands."""
    for line in found.lines:
        _Finder(line).run()


class _Finder:
    """The unnamed actors of one sentence."""

    def __init__(self, line: Line) -> None:
        self.line, self.units = line, line.units
        line.spots = [spot for spot in line.spots if not self._misread(spot)]
        self.spots = {i: spot for spot in line.spots for i in range(spot.first, spot.last)}

    def _misread(self, spot: Spot) -> bool:
        """True for a "name" that is such a noun at the beginning of a sentence: "Rebels"."""
        unknown = spot.last == spot.first + 1 and not spot.entries and not spot.titles
        role = roles().get(self._low(spot.first))
        return unknown and role is not None and role.plural and not role.owned

    def run(self) -> None:
        """Add what is found to the line's spots."""
        at = self.line.skip
        while at < len(self.units):
            spot = self._at(at)
            if spot is not None:
                self._take(spot)
            at = max(at + 1, spot.last if spot is not None else 0)
        self.line.spots.sort(key=lambda s: s.first)

    def _take(self, spot: Spot) -> None:
        """Put a spot in the place of the nationalities it takes in."""
        inside = [s for s in self.line.spots if spot.first <= s.first and s.last <= spot.last]
        for inner in inside:
            if inner.sort in (Sort.ADJECTIVE, Sort.PEOPLE):
                inner.nominal = False
        spot.inner += inside
        kept = {id(s) for s in inside}
        self.line.spots = [s for s in self.line.spots if id(s) not in kept]
        self.line.spots.append(spot)
        self.spots.update(dict.fromkeys(range(spot.first, spot.last), spot))

    def _low(self, at: int) -> str:
        return self.units[at].low if 0 <= at < len(self.units) else ""

    def _at(self, at: int) -> Spot | None:
        """The unnamed actor whose noun stands at unit ``at``."""
        role, last = self._role(at)
        if role is None or not self._ends(role, last):
            return None
        first, owner = self._begin(at)
        attributes = [roles()[u.low] for u in self.units[first:at] if u.low in roles()]
        sector = next((r.sector for r in attributes if r.sector in _OTHERS), "")
        bare = owner is None and first == at
        if not role.plural and bare and not self._counted(role, at):
            return None
        counted = role.plural and self._low(first - 1) in _COUNTS - _ARTICLES
        if role.owned and owner is None and not (sector or first < at or counted):
            return None
        return self._spot(role, sector, (first, last), owner)

    def _counted(self, role: Role, at: int) -> bool:
        """True for "one soldier", "the army": a noun in the singular that stands for somebody."""
        return not role.owned and self._low(at - 1) in _COUNTS

    def _role(self, at: int) -> tuple[Role | None, int]:
        """The role of the noun (one or two words) at a unit, and where it ends."""
        known = roles()
        spot = self.spots.get(at)
        if spot is not None and not (spot.sort is Sort.PEOPLE and spot.last - spot.first == 1):
            return None, at
        pair = self._low(at) + " " + self._low(at + 1)
        if pair in known and at + 1 not in self.spots:
            return known[pair], at + 2
        return known.get(self._low(at)), at + 1

    def _ends(self, role: Role, last: int) -> bool:
        """True when the noun ends its phrase: not "police station", "opposition leaders"."""
        if last >= len(self.units):
            return True
        unit = self.units[last]
        if unit.low in roles() and last not in self.spots:
            return False
        if unit.low in ("-", "–") and unit.start == self.units[last - 1].end:
            return False
        if role.plural or not unit.text[0].isalpha() or unit.cap:
            return True
        if role.organ and not role.owned and self._low(last - 2) == "the":
            return True  # "the government cut prices", "the army post": the parse will tell
        return (
            unit.low in _NOT_NOUN | _CLOSERS
            or unit.low.endswith(("ed", "ing", "ly"))
            or unit.low in _PLACED
        )

    def _begin(self, at: int) -> tuple[int, int | None]:
        """First unit of the phrase that ends at ``at``, and the unit that tells whose it is."""
        first = at
        while first > self.line.skip and at - first < 6:
            here = first - 1
            if self._nationality(here):
                return self._together(here), here
            if self._low(here - 1) == "-" and self._nationality(here - 2):
                if self._low(here) in _LED:  # "Vietnamese-led forces"
                    return here - 2, here - 2
                if self._low(here) in _SIDED:
                    first = here - 2
                    continue
            if self._low(here) in ("'s", "'") and self._nationality(here - 1):
                return first, here - 1
            if not self._attribute(here):
                break
            first = here
        return first, None

    def _together(self, at: int) -> int:
        """First unit of "North Korean and South Korean" that ends at ``at``."""
        while self._low(at - 1) in ("and", ",") and self._nationality(at - 2):
            at -= 2
        return at

    def _nationality(self, at: int) -> bool:
        spot = self.spots.get(at)
        if spot is None or spot.sort not in _NATIONAL or spot.last != at + 1:
            return False
        unit = self.units[at]
        state = unit.adjective or unit.polity or unit.organisation or unit.metonym
        return state is not None or spot.sort is Sort.ORGANISATION

    def _attribute(self, at: int) -> bool:
        unit = self.units[at]
        spot = self.spots.get(at)
        if spot is not None and spot.sort in (Sort.PLACE, Sort.PERSON) and not spot.entries:
            return spot.last - spot.first < 3 and not spot.titles  # "Khmer Rouge fighters"
        if spot is not None or not unit.text[0].isalpha() or unit.low in _ARTICLES:
            return False
        if unit.low in modifiers() or unit.low in roles():
            return True
        if unit.cap:
            named = not unit.entries and unit.low not in lexicon().ordinary
            return at > self.line.skip and named
        return unit.low.endswith(_ENDINGS) or unit.low.startswith(_STARTS)

    def _spot(
        self, role: Role, sector: str, words_: tuple[int, int], owner: int | None
    ) -> Spot | None:
        first, last = words_
        begin = first if owner is None else min(first, owner)
        if role.organ and not sector and self._low(last) == "of":
            return None  # "the government of France"
        if owner is not None and self._low(owner + 1) in ("'s", "'") and role.organ:
            return None  # "Iraq's army": its owner is told well enough by the parse
        if owner is not None and owner == first and not self.units[owner].adjective:
            first += 1  # a name is a mention of its own: "[UN] peacekeepers"
        end = last if role.plural else self._name_after(begin, last)
        if end == 0:
            return None
        stands = owner is not None and ((role.organ and not sector) or self._owned_by_body(owner))
        body = self._body_after(end) if owner is None else 0
        sort = Sort.OFFICIALS if stands or body else Sort.GENERIC
        text = " ".join(u.text for u in self.units[first:last])
        spot = Spot(sort, begin, body or end, (first, last), text, sure=True)
        spot.sector, spot.nominal = sector or role.sector, sort is Sort.GENERIC
        spot.organ = role.organ
        place = self._place_after(end) if owner is None and not body else None
        if place is not None:
            spot.of = place[0]
            if all(self._low(i) in _COUNTS for i in range(self.line.skip, begin)):
                spot.last = place[1]  # "Rebels in Mali attacked": one actor opens the sentence
        return spot

    def _body_after(self, at: int) -> int:
        """End of the organisation in "activists from the defeated Fatah Party"; 0 when none."""
        if self._low(at) not in ("of", "from") and self._low(at + 1) != "to":
            return 0
        here = at + 1
        while here < min(at + 5, len(self.units)) and (
            self._low(here) in ("the", "to") or self._low(here) in modifiers()
        ):
            here += 1
        spot = self.spots.get(here)
        if spot is None or spot.first != here:
            return 0
        unit = self.units[here]
        return spot.last if spot.sort is Sort.ORGANISATION or unit.organisation else 0

    def _owned_by_body(self, owner: int) -> bool:
        unit = self.units[owner]
        return unit.adjective is None and unit.polity is None and unit.metonym is None

    def _name_after(self, begin: int, last: int) -> int:
        """End of a name right after the noun; 0 when it is a person's, who takes the words in."""
        spot = self.spots.get(last)
        if spot is not None and spot.sort is Sort.PERSON and spot.first == last:
            inside = [s for s in self.line.spots if begin <= s.first and s.last <= last]
            spot.first = begin
            spot.inner += inside
            kept = {id(s) for s in inside}
            self.line.spots = [s for s in self.line.spots if id(s) not in kept]
            return 0
        end = last
        while end < len(self.units) and self.units[end].cap and end not in self.spots:
            end += 1
        return end

    def _place_after(self, at: int) -> tuple[Entry, int] | None:
        """The state or place in "rebels in the Ivory Coast", and where the words end."""
        here = at
        while here < min(at + 5, len(self.units)) and self._low(here) in _BETWEEN:
            here += 1
        if (
            here == at
            or here >= len(self.units)
            or not any(self._low(i) in _PLACED for i in range(at, here))
        ):
            return None
        unit = self.units[here]
        entry = unit.polity or unit.place or unit.metonym
        if entry is None or self._low(here + 1) in ("'s", "'", "-"):
            return None
        return entry, here + 1
