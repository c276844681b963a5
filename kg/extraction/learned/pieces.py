"""Words as pieces of the encoder's vocabulary, and the stretches of text it reads at once.

WordPiece as BERT has it (Devlin et al. 2019): lower case, no accents, the longest piece first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.extraction.learned.kinds import Kinds

__all__ = ["KINDS", "LONGEST", "PEOPLE", "Window", "WordPieces", "windows"]

KINDS = (
    *("", "person", "state", "pron", "name", "organisation", "place", "bloc", "demonym"),
    *("states", "persons", "blocs", "organisations"),
)
"""The kinds of words that the encoder is told; all others are the first, "" for none."""

_NUMBER = {kind: number for number, kind in enumerate(KINDS)}

LONGEST = 240
"""Pieces of a window, at most; sentences stay whole unless one is longer."""

_FULL = 200  # pieces after which no further sentence is taken in
_MOST = 12  # pieces of one word, or of a name of many words, that count
_TITLE = 40  # pieces of the title that count

PEOPLE = 24
"""So many who act are told apart; numbers are given out in the order of first mentions."""
_REMEMBERED = 50_000
_PARTS = re.compile(r"[^\W_]+|[^\w\s]|_")


class WordPieces:
    """A vocabulary of pieces; those that go on within a word begin with "##"."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._index = {piece: number for number, piece in enumerate(vocabulary)}
        self.begin, self.end = self._index["[CLS]"], self._index["[SEP]"]
        self._unknown = self._index["[UNK]"]
        self.of = lru_cache(_REMEMBERED)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces of a word, or of several; none for white space."""
        found: list[int] = []
        for part in _PARTS.findall(_plain(word)):
            found += self._split(part) or [self._unknown]
        return tuple(found[:_MOST])

    def of_title(self, title: str) -> list[int]:
        """The beginning of a window: [CLS], and the title between it and [SEP], if there is one."""
        found = [number for word in title.split() for number in self.of(word)][:_TITLE]
        return [self.begin, *found, self.end] if found else [self.begin]

    def _split(self, part: str) -> list[int]:
        found: list[int] = []
        at = 0
        while at < len(part):
            ahead = "##" if at else ""
            longest = (
                end for end in range(len(part), at, -1) if ahead + part[at:end] in self._index
            )
            end = next(longest, 0)
            if not end:
                return []
            found.append(self._index[ahead + part[at:end]])
            at = end
        return found


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(x for x in letters if unicodedata.category(x) not in ("Mn", "Cc", "Cf"))


class Window(NamedTuple):
    """What the encoder reads at once.

    Attributes:
        pieces: their numbers, [CLS] and [SEP] about them.
        kinds: for each piece the number in ``KINDS`` of the word it belongs to.
        people: the same of who is meant by it, 1 to ``PEOPLE``; 0 for nobody.
    """

    pieces: list[int]
    kinds: list[int]
    people: list[int]

    def add(self, pieces: Sequence[int], kind: int = 0, who: int = 0) -> None:
        """Add the pieces of one word."""
        self.pieces.extend(pieces)
        self.kinds.extend([kind] * len(pieces))
        self.people.extend([who] * len(pieces))


def _begun(title: Sequence[int]) -> Window:
    window = Window([], [], [])
    window.add(title)
    return window


def windows(kinds: Kinds, pieces: WordPieces) -> tuple[list[Window], NDArray[np.intp]]:
    """The windows of a document, and for each token the row of its first piece in all of them.

    Each begins with the document's title. Names are read as they are written, though the parser
    has one stand-in for each. Tokens without pieces, and those outside of sentences, have the row
    of a window's beginning.
    """
    annotated, text = kinds.tree.annotated, kinds.tree.annotated.document.text
    where = np.zeros(len(kinds.tree), np.intp)
    title = pieces.of_title(annotated.document.title)
    people: dict[tuple[str, ...], int] = {}
    found = [_begun(title)]
    before = 0  # rows of the windows that are closed

    def turn() -> None:
        nonlocal before
        found[-1].add([pieces.end])
        before += len(found[-1].pieces)
        found.append(_begun(title))

    for sentence in annotated.sentences:
        tokens = range(sentence.first, sentence.last)
        split = [pieces.of(text[slice(*annotated.offsets[i])]) for i in tokens]
        size = len(found[-1].pieces)
        if size > len(title) and size + sum(map(len, split)) > _FULL:
            turn()
        for i, own in zip(tokens, split, strict=True):
            if len(found[-1].pieces) + len(own) >= LONGEST:
                turn()
            where[i] = before + (len(found[-1].pieces) if own else 0)
            ids = kinds.cast.at(i) if kinds.known[i] else ()
            who = 1 + people.setdefault(ids, len(people)) % PEOPLE if ids else 0
            found[-1].add(own, _NUMBER.get(kinds.known[i], 0), who)
    found[-1].add([pieces.end])
    return found, where
