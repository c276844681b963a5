"""What follows the head of a title: "of Germany", "for Foreign Affairs and Security Policy"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.heads import DETERMINERS, MAX_WORDS, PREPOSITIONS, head_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.actors.lexicon import Lexicon, Title
    from kg.extraction.actors.units import Unit

__all__ = ["tails_at", "unknown_owner"]

_LINKS = frozenset(("and", "&", "of", "for", "the", "on"))


def _is_person(unit: Unit, lexicon: Lexicon) -> bool:
    """True when a name begins: "Secretary of State for External Affairs | Smith"."""
    surname = unit.family is not None and unit.cap and not (unit.polity or unit.organisation)
    return unit.person is not None or (surname and unit.low not in lexicon.modifiers)


def _goes_on(units: Sequence[Unit], at: int, body: int) -> bool:
    """True when words after a body still belong to the office: "for Europe and Foreign Affairs"."""
    follower = units[body + 1] if body + 1 < len(units) else None
    if follower is None or follower.low not in ("and", "&"):
        return False
    after = units[body + 2] if body + 2 < len(units) else None
    return units[at].low == "for" and after is not None and after.cap and not after.entries


def _belongs_to_office(unit: Unit, lexicon: Lexicon) -> bool:
    if unit.cap:
        return unit.low not in lexicon.ordinary or unit.adjective is not None
    return unit.low in lexicon.modifiers


def _territory(units: Sequence[Unit], at: int) -> int:
    """End of "of the autonomous territory": common words up to a comma; ``at``: none."""
    here = at + 1
    while here < min(len(units), at + 7) and units[here].text.isalpha() and not units[here].cap:
        here += 1
    closed = here >= len(units) or units[here].low in (",", ".", ";", ")")
    article = at + 1 < len(units) and units[at + 1].low in DETERMINERS
    return here if units[at].low == "of" and closed and article and here > at + 2 else at


def _fits(title: Title, preposition: str) -> bool:
    """True when a title takes this preposition: "ambassador to", "adviser on", any "of"."""
    if preposition in ("of", "for"):
        return True
    if preposition == "on":
        return bool(title.kinds & {"adviser", "envoy", "legislator", "spokesperson"})
    return bool(title.kinds & {"ambassador", "envoy", "adviser"})


def unknown_owner(
    units: Sequence[Unit], head: int, end: int, title: Title, lexicon: Lexicon
) -> tuple[int, int]:
    """Units of an unknown organisation after "leader of the", "director of"."""
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


def _tail(units: Sequence[Unit], at: int, lexicon: Lexicon) -> tuple[int, list[int]]:
    """End of "for Foreign Affairs and Security Policy" from its preposition; bodies inside."""
    end, bodies = at, []
    here = at + 1
    while here < min(len(units), at + MAX_WORDS):
        unit = units[here]
        affairs = here + 1 < len(units) and units[here + 1].text == "Affairs"
        if affairs and units[at].low == "for":
            end = here + 1  # "for Foreign and Commonwealth Affairs": part of the office's name
        elif unit.polity or unit.organisation or (unit.venue and not unit.place):
            link = here - 2 if units[here - 1].low == "the" else here - 1
            if link > at and units[link].low == "of":
                break  # "… for Foreign Affairs of Germany": the body is a tail of its own
            bodies.append(here)
            end = here + 1
            if not _goes_on(units, at, here):
                break
        elif _is_person(unit, lexicon) or _new_title(units, here, lexicon):
            break
        elif _belongs_to_office(unit, lexicon):
            end = here + 1
        elif unit.low not in _LINKS:
            break
        here += 1
    return end, bodies


def tails_at(
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
        if end >= len(units) or units[end].low not in PREPOSITIONS:
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


def _new_title(units: Sequence[Unit], at: int, lexicon: Lexicon) -> bool:
    """True when a title before a name begins: "spokesman for | Chancellor Willy Brandt"."""
    found = head_at(units, at, lexicon) if units[at].cap else None
    if found is None:
        return False
    end = found[1]
    return units[at - 1].low != "of" or (end < len(units) and units[end].cap)
