"""Where the head of a title stands: "secretary of state", "presidents", "secretary-general"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.gazetteer import Entry
from kg.extraction.actors.lexicon import word_list
from kg.namespaces import ID
from kg.records import ActorKind
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.actors.lexicon import Lexicon, Title
    from kg.extraction.actors.units import Unit

__all__ = ["COLLECTIVES", "DETERMINERS", "MAX_WORDS", "PREPOSITIONS", "head_at"]

DETERMINERS = word_list("titles.determiners")
COLLECTIVES = {
    "alliance": Entry(ID + "bloc/nato", AliasKind.NAME, ActorKind.BLOC),
    "bloc": Entry(ID + "bloc/eu", AliasKind.NAME, ActorKind.BLOC),
}
"""Common nouns that name the body of an office: "the alliance's new chief"."""
PREPOSITIONS = frozenset(("of", "for", "to", "at", "in", "on"))
MAX_WORDS = 12


def head_at(units: Sequence[Unit], at: int, lexicon: Lexicon) -> tuple[Title, int, bool] | None:
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
    """End of ``secretary-general`` that the tokenizer cut into three; 0 when it is not that."""
    if len(words) != 1 or "-" not in words[0]:
        return 0
    parts = words[0].split("-")
    expected = [p for part in parts for p in (part, "-")][:-1]
    found = [u.low for u in units[at : at + len(expected)]]
    return at + len(expected) if found == expected else 0
