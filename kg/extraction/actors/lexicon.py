"""The word lists of this room, read once: titles, given names, group nouns, organisation nouns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.extraction.actors.gazetteer import fold

__all__ = ["Lexicon", "Title", "lexicon", "rows", "word_list", "words"]

_DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Title:
    """A word or phrase that stands before or after a name.

    Attributes:
        words: lower-case words of the phrase, in the singular.
        kinds: office kinds it may mean; "courtesy" and "description" are no offices.
        gender: "male", "female" or "".
    """

    words: tuple[str, ...]
    kinds: frozenset[str]
    gender: str = ""

    @property
    def is_office(self) -> bool:
        """True when the phrase names an office."""
        return not self.kinds & {"courtesy", "description"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists.

    Attributes:
        titles: first word → titles that begin with it, longest first.
        plural_titles: plural of a one-word title ("presidents") → the title.
        modifiers: words inside titles. status: word → "former", "then", "designate" or "".
        genders: given name (folded, lower case) → gender.
        particles: lower-case words inside family names.
        short_forms: definite short name ("the bloc") → reference IRIs' tails, best first.
        group_nouns: plural nouns after "European" that stand for Europe acting.
        official_nouns: nouns after a state or bloc that stand for it ("officials", "forces").
        organisation_heads: last words of names of organisations.
        venue_heads: last words of names of conferences.
        document_heads: last words of names of treaties, laws and other things that do not act.
        word_surnames: surnames that are also ordinary words.
        epithets: "nuclear agency" → tail of an organisation's IRI.
        lower_heads: nouns that do the same in lower case after a state's adjective.
        ordinary: capitalised words that are no names (months, days, "Article" …).
    """

    titles: dict[str, tuple[Title, ...]]
    plural_titles: dict[str, Title]
    modifiers: frozenset[str]
    status: dict[str, str]
    genders: dict[str, str]
    particles: frozenset[str]
    short_forms: dict[str, tuple[str, ...]]
    group_nouns: frozenset[str]
    official_nouns: frozenset[str]
    organisation_heads: frozenset[str]
    venue_heads: frozenset[str]
    document_heads: frozenset[str]
    ordinary: frozenset[str]
    lower_heads: frozenset[str]
    epithets: dict[str, str]
    word_surnames: frozenset[str]


def _lines(name: str) -> list[str]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def words(name: str) -> frozenset[str]:
    """The words of a list in data/, folded to lower case."""
    return frozenset(fold(word).lower() for line in _lines(name) for word in line.split())


@cache
def _sections() -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in _lines("rules.txt"):
        if line.startswith("[") and line.endswith("]"):
            current = found.setdefault(line[1:-1], [])
        else:
            current += line.split()
    return {name: frozenset(entries) for name, entries in found.items()}


def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table in data/, its cells without white space around them."""
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in _lines(name))


def word_list(name: str) -> frozenset[str]:
    """One of the word lists in data/rules.txt; KeyError when there is none of that name."""
    return _sections()[name]


def _titles() -> dict[str, tuple[Title, ...]]:
    found: dict[str, list[Title]] = {}
    for line in _lines("titles.tsv"):
        phrase, kinds, *rest = line.split("\t")
        parts = tuple(fold(phrase).lower().split())
        title = Title(parts, frozenset(kinds.split(",")), rest[0] if rest else "")
        for first in dict.fromkeys((parts[0], parts[0].split("-")[0])):
            found.setdefault(first, []).append(title)
    return {
        first: tuple(sorted(group, key=lambda t: (-len(" ".join(t.words)), t.words)))
        for first, group in found.items()
    }


def _plural(word: str) -> str:
    if word.endswith("y") and not word.endswith("ey"):
        return word[:-1] + "ies"
    return word[:-3] + "men" if word.endswith("man") else word + "s"


def _genders() -> dict[str, str]:
    genders: dict[str, str] = {}
    gender = ""
    for line in _lines("given-names.txt"):
        if line.startswith("["):
            gender = line.strip("[]")
            continue
        for name in line.split():
            key = fold(name).lower()
            genders[key] = gender if genders.get(key, gender) == gender else ""
    return genders


def _pairs(name: str) -> dict[str, str]:
    rows = (line.split("\t") for line in _lines(name))
    return {row[0].strip(): (row[1].strip() if len(row) > 1 else "") for row in rows}


@cache
def lexicon() -> Lexicon:
    """The word lists, read on first use."""
    titles = _titles()
    single = [t for group in titles.values() for t in group if len(t.words) == 1 and t.is_office]
    double = {
        " ".join((*t.words[:-1], _plural(t.words[-1]))): t
        for group in titles.values()
        for t in group
        if len(t.words) == 2 and t.is_office
    }
    plural = {_plural(t.words[0]): t for t in single if not t.words[0].endswith(".")}
    return Lexicon(
        titles=titles,
        plural_titles=plural | double,
        modifiers=words("modifiers.txt"),
        status=_pairs("status.tsv"),
        genders=_genders(),
        particles=words("particles.txt"),
        short_forms={
            phrase: tuple(tails.split()) for phrase, tails in _pairs("short-forms.tsv").items()
        },
        group_nouns=words("group-nouns.txt"),
        official_nouns=words("official-nouns.txt"),
        organisation_heads=words("organisation-heads.txt"),
        venue_heads=words("venue-heads.txt"),
        document_heads=words("document-heads.txt"),
        ordinary=words("ordinary.txt"),
        word_surnames=words("word-surnames.txt"),
        epithets=_pairs("epithets.tsv"),
        lower_heads=words("lower-organisation-heads.txt"),
    )
