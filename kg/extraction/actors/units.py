"""The words of one sentence, with each known name as one unit: what the grammars here read."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extraction.actors.gazetteer import Entry, Hit, fold
from kg.records import ActorKind
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokenizer import Tokenizer

__all__ = ["Unit", "units_of"]

_GLUED = re.compile(r"(?<=[^\W\d_]);(?=[^\W\d_])")
_POLITY = (ActorKind.STATE, ActorKind.BLOC)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or a known name of one or more words.

    Attributes:
        start, end: offsets in the document's text.
        text: as printed. low: folded to lower case without accents.
        entries: meanings of a known name; empty for an ordinary word.
        pieces: offsets of the tokens inside.
    """

    start: int
    end: int
    text: str
    low: str
    entries: tuple[Entry, ...]
    pieces: tuple[tuple[int, int], ...]

    @property
    def cap(self) -> bool:
        """True when it begins with an upper-case letter, or is a known name such as "de Gaulle"."""
        return self.text[0].isupper() or (self.family is not None and " " in self.text)

    def entry(self, *aliases: AliasKind, kinds: Sequence[ActorKind] = ()) -> Entry | None:
        """The first meaning that is one of these kinds of name (and of actor), if any."""
        for entry in self.entries:
            if entry.alias in aliases and (not kinds or entry.kind in kinds):
                return entry
        return None

    @property
    def polity(self) -> Entry | None:
        """The state or bloc it names outright."""
        return self.entry(AliasKind.NAME, kinds=_POLITY)

    @property
    def organisation(self) -> Entry | None:
        """The organisation it names."""
        return self.entry(AliasKind.NAME, kinds=(ActorKind.ORGANIZATION, ActorKind.OTHER))

    @property
    def person(self) -> Entry | None:
        """The person it names in full."""
        return self.entry(AliasKind.NAME, kinds=(ActorKind.PERSON,))

    @property
    def family(self) -> Entry | None:
        """A person whose surname it is."""
        return self.entry(AliasKind.FAMILY_NAME)

    @property
    def adjective(self) -> Entry | None:
        """The state or bloc it is the adjective of."""
        return self.entry(AliasKind.ADJECTIVE)

    @property
    def demonym(self) -> Entry | None:
        """The state whose people it names."""
        return self.entry(AliasKind.DEMONYM)

    @property
    def metonym(self) -> Entry | None:
        """The polity it may stand for."""
        return self.entry(AliasKind.METONYM)

    @property
    def place(self) -> Entry | None:
        """The place it names."""
        return self.entry(AliasKind.NAME, kinds=(ActorKind.PLACE,))

    @property
    def venue(self) -> Entry | None:
        """The conference or forum it names."""
        return self.entry(AliasKind.NAME, kinds=(ActorKind.CONFERENCE,))

    @property
    def body(self) -> Entry | None:
        """The state, bloc or organisation an office may belong to when this stands before it."""
        return self.polity or self.organisation or self.adjective or self.metonym or self.place


def _pieces(text: str, start: int, end: int, tokenizer: Tokenizer) -> list[tuple[int, int]]:
    found = []
    for token in tokenizer(text[start:end]):
        if token.is_space:
            continue
        begin, stop = start + token.idx, start + token.idx + len(token.text)
        for mark in _GLUED.finditer(token.text) if ";" in token.text else ():  # "said;the"
            found += [
                (begin, start + token.idx + mark.start()),
                (start + token.idx + mark.start(), start + token.idx + mark.end()),
            ]
            begin = start + token.idx + mark.end()
        found.append((begin, stop))
    return found


def _cut(pieces: list[tuple[int, int]], cuts: list[int]) -> list[tuple[int, int]]:
    """Pieces split where a name begins or ends inside one."""
    result = []
    for begin, end in pieces:
        first, last = bisect_left(cuts, begin + 1), bisect_left(cuts, end)
        bounds = [begin, *cuts[first:last], end]
        result += list(pairwise(bounds))
    return result


def units_of(
    text: str, start: int, end: int, hits: Sequence[Hit], tokenizer: Tokenizer
) -> list[Unit]:
    """The units of ``text[start:end]``; ``hits`` are the known names inside, in order."""
    cuts = sorted({bound for hit in hits for bound in (hit.start, hit.end)})
    pieces = _cut(_pieces(text, start, end, tokenizer), cuts)
    units: list[Unit] = []
    number = 0
    inside: list[tuple[int, int]] = []
    for piece in pieces:
        while number < len(hits) and hits[number].end <= piece[0]:
            number += 1
        hit = hits[number] if number < len(hits) and hits[number].start <= piece[0] else None
        if hit is None:
            units.append(_unit(text, (piece,), ()))
            continue
        inside.append(piece)
        if piece[1] >= hit.end:
            units.append(_unit(text, tuple(inside), hit.entries))
            inside = []
    if inside:
        units.extend(_unit(text, (piece,), ()) for piece in inside)
    return units


def _unit(text: str, pieces: tuple[tuple[int, int], ...], entries: tuple[Entry, ...]) -> Unit:
    start, end = pieces[0][0], pieces[-1][1]
    word = text[start:end]
    low = fold(word).lower()
    return Unit(start, end, word, low, entries, pieces)
