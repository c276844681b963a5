"""The grammar of titles: what office a phrase before or after a name states.

``former U.S. Defence Secretary``, ``the European Union's High Representative for Foreign Affairs
and Security Policy``, ``Chief of Cabinet for European Commission President``, ``Prime Ministers``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import word_list
from kg.records import OfficeStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.actors.gazetteer import Entry
    from kg.extraction.actors.lexicon import Lexicon, Title
    from kg.extraction.actors.units import Unit

__all__ = ["TitlePhrase", "parse_title"]

_DETERMINERS = word_list("titles.determiners")
_PREPOSITIONS = frozenset(("of", "for", "to", "at", "in", "on"))
_LINKS = frozenset(("and", "&", "of", "for", "the", "on"))
_MAX_WORDS = 12


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


def _head(units: Sequence[Unit], at: int, lexicon: Lexicon) -> tuple[Title, int, bool] | None:
    """The longest title head that begins at a unit, where it ends, and whether it is plural."""
    low = units[at].low
    for title in lexicon.titles.get(low, ()):
        size = len(title.words)
        if tuple(u.low for u in units[at : at + size]) == title.words:
            return title, at + size, False
        joined = _hyphenated(units, at, title.words)
        if joined:
            return title, joined, False
    if at + 1 < len(units) and (low + " " + units[at + 1].low) in lexicon.plural_titles:
        return lexicon.plural_titles[low + " " + units[at + 1].low], at + 2, True
    if low in lexicon.plural_titles:
        return lexicon.plural_titles[low], at + 1, True
    return None


def _hyphenated(units: Sequence[Unit], at: int, words: tuple[str, ...]) -> int:
    """End of ``secretary-general`` cut into three tokens by the tokenizer; 0 when it is not that."""
    if len(words) != 1 or "-" not in words[0]:
        return 0
    parts = words[0].split("-")
    expected = [p for part in parts for p in (part, "-")][:-1]
    found = [u.low for u in units[at : at + len(expected)]]
    return at + len(expected) if found == expected else 0


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
    limit = min(len(units), state.at + _MAX_WORDS)
    unknown = 0
    while state.at < limit:
        unit = units[state.at]
        if _head(units, state.at, lexicon) and not _inside_longer(units, state.at, lexicon):
            return True
        if unit.low in lexicon.status and state.words < 0:
            state.status = OfficeStatus(lexicon.status[unit.low] or state.status.value)
        elif unit.body and not unit.person and unknown == 0 and state.words < 0:
            state.body = state.at
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


def _inside_longer(units: Sequence[Unit], at: int, lexicon: Lexicon) -> bool:
    """True when the head here is a modifier of a later head ("security" chief, "party leader")."""
    found = _head(units, at, lexicon)
    if found is None or found[1] >= len(units):
        return False
    title, end, plural = found
    follower = _head(units, end, lexicon)
    return (
        follower is not None
        and not plural
        and title.is_office
        and follower[0].is_office
        and len(title.words) == 1
        and units[at].low in ("chief", "deputy", "head", "general", "chair", "leader", "minister")
        and units[end].low not in ("general", "gen.")
    )


def _tail(units: Sequence[Unit], at: int, lexicon: Lexicon) -> tuple[int, list[int]]:
    """End of "for Foreign Affairs and Security Policy" from its preposition; bodies inside."""
    end, bodies = at, []
    here = at + 1
    while here < min(len(units), at + _MAX_WORDS):
        unit = units[here]
        if unit.polity or unit.organisation or (unit.venue and not unit.place):
            link = here - 2 if units[here - 1].low == "the" else here - 1
            if link > at and units[link].low == "of":
                break  # "… for Foreign Affairs of Germany": the body is a tail of its own
            bodies.append(here)
            end = here + 1
            if not _goes_on(units, at, here):
                break
        elif unit.person or _new_title(units, here, lexicon):
            break
        elif _belongs_to_office(unit, lexicon):
            end = here + 1
        elif unit.low not in _LINKS:
            break
        here += 1
    return end, bodies


def _goes_on(units: Sequence[Unit], at: int, body: int) -> bool:
    """True when words after a body still belong to the office: "for Europe and Foreign Affairs"."""
    follower = units[body + 1] if body + 1 < len(units) else None
    if follower is None or follower.low not in ("and", "&"):
        return False
    after = units[body + 2] if body + 2 < len(units) else None
    return units[at].low == "for" and after is not None and after.cap and not after.entries


def _new_title(units: Sequence[Unit], at: int, lexicon: Lexicon) -> bool:
    """True when a title before a name begins: "spokesman for | Chancellor Willy Brandt"."""
    found = _head(units, at, lexicon) if units[at].cap else None
    if found is None:
        return False
    end = found[1]
    return units[at - 1].low != "of" or (end < len(units) and units[end].cap)


def _belongs_to_office(unit: Unit, lexicon: Lexicon) -> bool:
    if unit.cap:
        return unit.low not in lexicon.ordinary or unit.adjective is not None
    return unit.low in lexicon.modifiers


def _territory(units: Sequence[Unit], at: int) -> int:
    """End of "of the autonomous territory": common words after "of", up to a comma; ``at``: none."""
    here = at + 1
    while here < min(len(units), at + 7) and units[here].text.isalpha() and not units[here].cap:
        here += 1
    closed = here >= len(units) or units[here].low in (",", ".", ";", ")")
    article = at + 1 < len(units) and units[at + 1].low in _DETERMINERS
    return here if units[at].low == "of" and closed and article and here > at + 2 else at


def _fits(title: Title, preposition: str) -> bool:
    """True when a title takes this preposition: "ambassador to", "adviser on", any "of" or "for"."""
    if preposition in ("of", "for"):
        return True
    if preposition == "on":
        return bool(title.kinds & {"adviser", "envoy", "legislator", "spokesperson"})
    return bool(title.kinds & {"ambassador", "envoy", "adviser"})


def _tails(
    units: Sequence[Unit], at: int, title: Title, lexicon: Lexicon
) -> tuple[int, int, list[int], int]:
    """Follow "of …", "for …" after a head.

    Returns:
        end of all tails; end of the words that belong to the office; bodies inside; the body the
        tails give (unit index, -1 when none).
    """
    end = office_end = at
    bodies: list[int] = []
    body = -1
    for _ in range(3):
        if end >= len(units) or units[end].low not in _PREPOSITIONS:
            break
        if not _fits(title, units[end].low):
            break
        stop, inside = _tail(units, end, lexicon)
        if stop <= end + 1 or (units[end].low in ("in", "at") and not inside):
            end = _territory(units, end) if end == at else end
            break
        bodies += inside
        skip = 2 if units[end + 1].low == "the" else 1
        only_body = bool(inside) and inside == [end + skip] and stop == end + skip + 1
        if only_body and units[end].low in ("of", "for", "at") and body < 0:
            body = inside[0]
        else:
            office_end = stop
        end = stop
    return end, office_end, bodies, body


def _unknown_owner(
    units: Sequence[Unit], head: int, end: int, title: Title, lexicon: Lexicon
) -> tuple[int, int]:
    """Units of an unknown organisation after "leader of the", "director of", "chief executive of"."""
    if end <= head + 1 or not title.kinds & {"institution-head", "other", "head-of-state"}:
        return (0, 0)
    if units[head].low not in ("of", "at") or title.words[0] in (
        "minister",
        "secretary",
        "attorney",
    ):
        return (0, 0)
    first = head + 2 if units[head + 1].low == "the" else head + 1
    words = units[first:end]
    named = all(u.cap or u.low in _LINKS for u in words)
    fresh = any(u.cap and u.low not in lexicon.modifiers for u in words)
    return (first, end) if words and named and fresh else (0, 0)


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
    if units[at].low in _DETERMINERS:
        state.determiner = units[at].low
        state.at += 1
    if state.at >= len(units) or not _before_head(units, state, lexicon):
        return None
    found = _head(units, state.at, lexicon)
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
        _tails(units, end, title, lexicon) if title.is_office else (end, end, [], -1)
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
        body=units[body].body if body >= 0 else None,
        body_unit=body,
        determiner=state.determiner,
        status=state.status,
        plural=plural,
        bodies=tuple(bodies),
        unknown=state.unknown,
        owner=_unknown_owner(units, end, stop, title, lexicon) if not bodies else (0, 0),
    )


def _second_head(units: Sequence[Unit], end: int, lexicon: Lexicon) -> int:
    """Extend over a second office of the same person ("Vice-President and High Representative")."""
    if end + 1 >= len(units) or units[end].low not in ("and", "&", "/") or not units[end - 1].cap:
        return end
    found = _head(units, end + 1, lexicon)
    if not found or not found[0].is_office or not units[end + 1].cap or len(found[0].words) < 2:
        return end
    follower = units[found[1]] if found[1] < len(units) else None
    return found[1] if follower is not None and follower.low in _PREPOSITIONS else end
