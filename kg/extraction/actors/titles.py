"""The grammar of titles: what office a phrase before or after a name states.

``former U.S. Defence Secretary``, ``the European Union's High Representative for Foreign Affairs
and Security Policy``, ``Chief of Cabinet for European Commission President``, ``Prime Ministers``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.actors.heads import COLLECTIVES, DETERMINERS, MAX_WORDS, PREPOSITIONS, head_at
from kg.extraction.actors.tails import tails_at, unknown_owner
from kg.records import OfficeStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.actors.gazetteer import Entry
    from kg.extraction.actors.lexicon import Lexicon, Title
    from kg.extraction.actors.units import Unit

__all__ = ["TitlePhrase", "parse_title"]


@dataclass(frozen=True, slots=True)
class TitlePhrase:
    """A title as parsed: units ``first`` to ``last`` (exclusive).

    Attributes:
        title: the head ("secretary of state").
        office: (start, end) of the office's words in the text, without the body before it.
        body: what it is an office of, None when the phrase does not say.
        body_unit: index of that body's unit, -1 when none.
        determiner: "the", "his", … or "".
        status: former, then, designate, or current.
        plural: "presidents", "secretaries".
        bodies: units inside that name states or organisations (mentions of their own).
        unknown: units of capitalised words before the head that no list knows ("NSC").
        owner: units of capitalised words after "of" that no list knows ("leader of the Greens").
    """

    first: int
    last: int
    title: Title
    office: tuple[int, int]
    body: Entry | None = None
    body_unit: int = -1
    determiner: str = ""
    status: OfficeStatus = OfficeStatus.CURRENT
    plural: bool = False
    bodies: tuple[int, ...] = ()
    unknown: tuple[int, int] = (0, 0)
    owner: tuple[int, int] = (0, 0)

    def shifted(self, by: int) -> TitlePhrase:
        """The same phrase counted from another first unit."""
        return replace(
            self,
            first=self.first + by,
            last=self.last + by,
            body_unit=self.body_unit + by if self.body_unit >= 0 else -1,
            bodies=tuple(index + by for index in self.bodies),
            unknown=(self.unknown[0] + by, self.unknown[1] + by) if self.unknown[1] else (0, 0),
            owner=(self.owner[0] + by, self.owner[1] + by) if self.owner[1] else (0, 0),
        )

    @property
    def is_office(self) -> bool:
        """True when the head names an office, not a courtesy or a profession."""
        return self.title.is_office


@dataclass(slots=True)
class _State:
    at: int
    determiner: str = ""
    status: OfficeStatus = OfficeStatus.CURRENT
    body: int = -1
    words: int = -1
    unknown: tuple[int, int] = (0, 0)
    lenient: int = 0


def _before_head(units: Sequence[Unit], state: _State, lexicon: Lexicon) -> bool:
    """Consume status words, the body and modifiers; True when a head may follow."""
    limit = min(len(units), state.at + MAX_WORDS)
    unknown = 0
    while state.at < limit:
        unit = units[state.at]
        begins = head_at(units, state.at, lexicon) is not None
        if begins and not _inside_longer(units, state.at, lexicon):
            return True
        if unit.low in lexicon.status and state.words < 0:
            state.status = OfficeStatus(lexicon.status[unit.low] or state.status.value)
        elif (
            unit.body and not unit.person and unknown == 0 and _body_may_follow(units, state)
        ) or (unit.low in COLLECTIVES and state.words < 0 and not unit.entries):
            second = state.body >= 0 and not (unit.organisation or unit.polity)
            state.body = state.body if second else state.at  # the "Bosnian Serb" leader is Bosnia's
        elif unit.low in ("'s", "'") or (unit.low == "-" and state.at > 0):
            pass
        elif unit.low in lexicon.modifiers or (unit.low in ("and", "&") and state.words >= 0):
            state.words = state.at if state.words < 0 else state.words
        elif unit.cap and unit.low not in lexicon.ordinary and unknown < 4 and not unit.entries:
            unknown += 1
            state.unknown = (state.unknown[0] or state.at, state.at + 1)
            state.words = state.at if state.words < 0 else state.words
        elif state.lenient and unit.low.isalpha() and (state.determiner or state.body >= 0):
            state.lenient -= 1
            state.words = state.at if state.words < 0 else state.words
        else:
            return False
        state.at += 1
    return False


def _body_may_follow(units: Sequence[Unit], state: _State) -> bool:
    """True before the office's words, and after "deputy" ("deputy US trade representative")."""
    ranks = ("deputy", "assistant", "senior", "top", "chief", "acting")
    return state.words < 0 or (state.body < 0 and units[state.at - 1].low in ranks)


def _goes_on(units: Sequence[Unit], at: int, lexicon: Lexicon) -> bool:
    """True for "deputy" before the rest of a title: "deputy US trade representative"."""
    after = units[at + 1] if at + 1 < len(units) else None
    if after is None or not (after.body or after.low in lexicon.modifiers):
        return False
    return parse_title(units, at + 1, lexicon) is not None


def _inside_longer(units: Sequence[Unit], at: int, lexicon: Lexicon) -> bool:
    """True when the head here is a modifier of a later head ("security" chief, "party leader")."""
    found = head_at(units, at, lexicon)
    if found is None or found[1] >= len(units):
        return False
    if units[at].low == "deputy" and _goes_on(units, at, lexicon):
        return True
    title, end, plural = found
    follower = head_at(units, end, lexicon)
    return (
        follower is not None
        and not plural
        and title.is_office
        and follower[0].is_office
        and len(title.words) == 1
        and units[at].low in ("chief", "deputy", "head", "general", "chair", "leader", "minister")
        and units[end].low not in ("general", "gen.")
    )


def _second_head(units: Sequence[Unit], end: int, lexicon: Lexicon) -> int:
    """Extend over a second office of the same person ("Vice-President and High Representative")."""
    if end + 1 >= len(units) or units[end].low not in ("and", "&", "/") or not units[end - 1].cap:
        return end
    found = head_at(units, end + 1, lexicon)
    if not found or not found[0].is_office or not units[end + 1].cap or len(found[0].words) < 2:
        return end
    follower = units[found[1]] if found[1] < len(units) else None
    return found[1] if follower is not None and follower.low in PREPOSITIONS else end


def parse_title(
    units: Sequence[Unit], at: int, lexicon: Lexicon, *, apposition: bool = False
) -> TitlePhrase | None:
    """The title phrase that begins at unit ``at``, or None.

    Linear: it looks at most a dozen units ahead.

    Args:
        units: the words of the sentence.
        at: where the phrase begins, with its article if it has one.
        lexicon: word lists.
        apposition: the phrase follows a name and a comma, so that words no list knows may stand
            before the head ("the EU's internal market commissioner").
    """
    state = _State(at, lenient=3 if apposition else 0)
    if apposition and units[at].low == "then":  # "then the EU's envoy"
        state.status = OfficeStatus.THEN
        state.at += 1
    if state.at < len(units) and units[state.at].low in DETERMINERS:
        state.determiner = units[state.at].low
        state.at += 1
    if state.at >= len(units) or not _before_head(units, state, lexicon):
        return None
    found = head_at(units, state.at, lexicon)
    assert found is not None
    title, end, plural = found
    if "courtesy" in title.kinds and state.at > at:
        return None
    begin = state.words if state.words >= 0 else state.at
    lower = not units[begin].cap and units[state.at].cap
    if lower and state.body < 0 and not state.determiner:
        return None  # "over trade President Trump said": no "trade President"
    end = _second_head(units, end, lexicon)
    stop, office_end, bodies, body = (
        tails_at(units, end, title, lexicon) if title.is_office else (end, end, [], -1)
    )
    suffix = [u.low for u in units[end : end + 2]]
    if suffix in (["-", "elect"], ["-", "designate"]):
        stop = office_end = end + 2
        state.status = OfficeStatus.DESIGNATE
    if state.body >= 0:
        bodies.insert(0, state.body)
        if body >= 0:
            office_end = max(office_end, stop)
        body = state.body
    return TitlePhrase(
        first=at,
        last=stop,
        title=title,
        office=(units[begin].start, units[max(office_end, end) - 1].end),
        body=(units[body].body or COLLECTIVES.get(units[body].low)) if body >= 0 else None,
        body_unit=body,
        determiner=state.determiner,
        status=state.status,
        plural=plural,
        bodies=tuple(bodies),
        unknown=state.unknown,
        owner=unknown_owner(units, end, stop, title, lexicon) if not bodies else (0, 0),
    )
