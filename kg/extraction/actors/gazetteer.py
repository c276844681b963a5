"""Every name the reference data know, found in one pass over a text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import ahocorasick

from kg.records import ActorKind
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reference.world import World

__all__ = ["Entry", "Gazetteer", "Hit", "fold", "gazetteer"]

_SPECIAL = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "ħ": "h",
        "’": "'", "‘": "'", "ʼ": "'", "‑": "-", "‐": "-", "–": "-", "\u00a0": " ", "\n": " ",
    }
)  # fmt: skip
_UMLAUTS = (
    ("ä", "ae"),
    ("ö", "oe"),
    ("ü", "ue"),
    ("Ö", "Oe"),
    ("Ü", "Ue"),
    ("Ä", "Ae"),
    ("ß", "ss"),
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_PLAIN = re.compile(r"\b(?:US|UN|UK|EU)\b")
_PARTY = re.compile(r"Democrats?|Liberals?|Conservatives?|Republicans?|Socialists?|Greens")
_FIRST_WORD = re.compile(r"\b(?:Social|Christian|Free|Liberal|Centre|National|Sweden|New)\s$")
_FORCES = re.compile(
    r"(?:\S+ )?\S+ (?:military|forces|troops|government|armed forces|administration)$"
)
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_SLAVIC = re.compile(r"sk(?:y|yy|yi|iy|ij|i)$")
_SLAVIC_ENDS = ("sky", "skyy", "skyi", "skiy")


def _base(found: re.Match[str]) -> str:
    char = found.group()
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isalpha() else char


def fold(text: str) -> str:
    """The text without accents and with plain quotes and dashes; same length, case kept."""
    text = text.translate(_SPECIAL)
    return text if text.isascii() else _FOREIGN.sub(_base, text)


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a surface form: an actor (or office, for titles) and the kind of name."""

    iri: str
    alias: AliasKind
    kind: ActorKind | None


@dataclass(frozen=True, slots=True)
class Hit:
    """Names found at ``text[start:end]`` with all their meanings."""

    start: int
    end: int
    entries: tuple[Entry, ...]


def _variants(surface: str) -> Iterator[str]:
    """Spellings under which a name is also printed."""
    yield surface
    respelt = surface
    for umlaut, plain in _UMLAUTS:
        respelt = respelt.replace(umlaut, plain)
    if respelt != surface:
        yield respelt
    if _DOTTED.search(surface):
        yield _DOTTED.sub(lambda found: found.group().replace(".", ""), surface)
    elif _PLAIN.search(surface):
        yield _PLAIN.sub(lambda found: ".".join(found.group()) + ".", surface)
    if len(surface) > 7 and _SLAVIC.search(surface):
        stem = _SLAVIC.sub("", surface)
        for end in _SLAVIC_ENDS:
            if stem + end != surface:
                yield stem + end


def _case_fits(printed: str, surface: str) -> bool:
    """True when ``printed`` (folded) is a way to write ``surface`` (folded)."""
    if printed == surface:
        return True
    letters = [char for char in printed if char.isalpha()]
    if all(char.isupper() for char in letters):
        return len(letters) >= 4 and any(char.isupper() for char in surface)
    if " " in surface and printed[0].isupper() and surface[0].isupper():
        return True  # "Russian foreign ministry" for "Russian Foreign Ministry"
    first_may_differ = printed[0].isupper() or printed.startswith("al-")
    return first_may_differ and printed[1:] == surface[1:]


def _other_party(plain: str, start: int, printed: str) -> bool:
    """True for "Social Democrats": not the party that the second word alone names."""
    return bool(_PARTY.fullmatch(printed) and _FIRST_WORD.search(plain, max(0, start - 12), start))


class Gazetteer:
    """An automaton over all surfaces of a world; finds them in linear time.

    Accents, curly quotes and dashes are levelled; case must fit (``us`` is never the ``US``).
    """

    def __init__(self, world: World) -> None:
        table: dict[str, dict[tuple[str, Entry], None]] = {}
        for surface, iri, alias in world.surfaces():
            actor = world.actors.get(iri)
            if alias is AliasKind.TITLE or actor is None:
                continue
            if actor.kind is ActorKind.ORGANIZATION and _FORCES.match(surface):
                continue  # "US military", "German government": the state acts, see officials
            entry = Entry(iri, alias, actor.kind)
            for spelling in _variants(surface):
                printed = fold(spelling)
                if printed[:4].lower() == "the " and alias is not AliasKind.NAME:
                    printed = printed[4:]
                if len(printed) > 1 or entry.kind is ActorKind.ORGANIZATION:
                    table.setdefault(_lower(printed), {})[printed, entry] = None
        self._automaton = ahocorasick.Automaton()
        for key in sorted(table):
            self._automaton.add_word(key, (len(key), tuple(table[key])))
        self._automaton.make_automaton()

    def find(self, plain: str) -> list[Hit]:
        """All names in a folded text, leftmost-longest, in order, none inside a word."""
        hits: list[tuple[int, int, tuple[tuple[str, Entry], ...]]] = []
        for last, (size, readings) in self._automaton.iter(_lower(plain)):
            start, end = last - size + 1, last + 1
            before = plain[start - 1] if start else " "
            after = plain[end] if end < len(plain) else " "
            if before.isalnum() or before == "_" or after == "_":
                continue
            if after.isalnum() and plain[end - 1] != ".":
                continue
            hits.append((start, -end, readings))
        hits.sort(key=lambda hit: hit[:2])
        found: list[Hit] = []
        covered = 0
        for start, negative_end, readings in hits:
            if start < covered:
                continue
            printed = plain[start:-negative_end]
            readings_here = readings
            hyphen = plain[-negative_end : -negative_end + 2]
            if hyphen[:1] == "-" and hyphen[1:].isupper() and " " in printed:
                readings_here = tuple(r for r in readings if r[1].kind is not ActorKind.PERSON)
            entries = tuple(
                dict.fromkeys(e for surface, e in readings_here if _case_fits(printed, surface))
            )
            if entries and not _other_party(plain, start, printed):
                found.append(Hit(start, -negative_end, entries))
                covered = -negative_end
        return found


@lru_cache(maxsize=4)
def _build(_version: str, holder: _Identity) -> Gazetteer:
    return Gazetteer(holder.world)


@dataclass(frozen=True)
class _Identity:
    """Carries a world into the cache without being compared."""

    world: World

    def __hash__(self) -> int:
        return hash(self.world.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.world.version == self.world.version


def gazetteer(world: World) -> Gazetteer:
    """The automaton of a world, built once per version of the reference data."""
    return _build(world.version, _Identity(world))
