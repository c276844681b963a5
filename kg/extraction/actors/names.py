"""Names nobody has told us about: runs of capitalised words that are persons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.actors.lexicon import Lexicon
    from kg.extraction.actors.units import Unit

__all__ = ["is_given_name", "name_end"]

_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’. -]{1,2}[^\W\d_]+)*\.?$")
_PARTY_STATE = re.compile(r"[RDI]-[A-Z]")
_INITIAL = re.compile(r"[^\W\d_]\.?(?:[^\W\d_]\.)*$")
_MAX_NAME = 6


_MONTHS = frozenset(("may", "march", "april", "june", "august", "january"))


def _is_name_word(unit: Unit, lexicon: Lexicon) -> bool:
    return (
        unit.cap
        and not _PARTY_STATE.match(unit.text)
        and bool(_NAME_WORD.match(unit.text))
        and unit.low not in lexicon.ordinary
        and not (unit.polity or unit.organisation or unit.venue)
        and (not unit.text.endswith(".") or bool(_INITIAL.match(unit.text)))
    )


def name_end(units: Sequence[Unit], at: int, lexicon: Lexicon) -> int:
    """End (exclusive) of the run of name words that begins at a unit; ``at`` when none does.

    Runs take in particles (von der), initials and hyphens; they never end in one.
    """
    if at >= len(units) or not _is_name_word(units[at], lexicon):
        return at
    end = here = at + 1
    while here < len(units) and here - at < _MAX_NAME:
        unit = units[here]
        glued = unit.start == units[here - 1].end
        if unit.low == "-" and glued:
            if here + 1 >= len(units) or units[here + 1].start != unit.end:
                break
            if units[here - 1].family and units[here + 1].family:
                break  # "the Waltz-Kallas exchange"
        elif _is_name_word(unit, lexicon) or (
            unit.cap and unit.low in _MONTHS and units[here - 1].low in lexicon.genders
        ):
            end = here + 1
        elif unit.low not in lexicon.particles or unit.cap:
            break
        here += 1
    return end


def is_given_name(unit: Unit, lexicon: Lexicon) -> bool:
    """True when the unit is a known given name or an initial such as "J.D."."""
    return unit.cap and unit.low in lexicon.genders
