"""The words of one sentence, with each known name as one unit: what the grammars here read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.attrs import IDX, IS_SPACE, LENGTH

from kg.records import ActorKind
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokenizer import Tokenizer

    from kg.extraction.actors.gazetteer import Entry, Hit

__all__ = ["Unit", "units_of"]

_TOKEN = (IDX, LENGTH, IS_SPACE)
_GLUED = re.compile(r"(?<=[^\W\d_]);(?=[^\W\d_])")


@dataclass(slots=True)
class Unit:
    """A word, or a known name of one or more words.

    What a name may mean is worked out once: the grammars ask every unit for it many times.

    Attributes:
        start, end: offsets in the document's text.
        text: as printed. low: folded to lower case without accents.
        entries: meanings of a known name; empty for an ordinary word.
        pieces: offsets of the tokens inside.
        cap: it begins with an upper-case letter, or is a known name such as "de Gaulle".
        polity: the state or bloc it names outright. organisation: the organisation it names.
        person: the person it names in full. family: a person whose surname it is.
        adjective: the state or bloc it is the adjective of.
        demonym: the state whose people it names. metonym: the polity it may stand for.
        place: the place it names. venue: the conference or forum it names.
        body: the state, bloc or organisation an office may belong to when this stands before it.
    """

    start: int
    end: int
    text: str
    low: str
    entries: tuple[Entry, ...]
    pieces: tuple[tuple[int, int], ...]
    cap: bool = field(init=False)
    polity: Entry | None = field(init=False, default=None)
    organisation: Entry | None = field(init=False, default=None)
    person: Entry | None = field(init=False, default=None)
    family: Entry | None = field(init=False, default=None)
    adjective: Entry | None = field(init=False, default=None)
    demonym: Entry | None = field(init=False, default=None)
    metonym: Entry | None = field(init=False, default=None)
    place: Entry | None = field(init=False, default=None)
    venue: Entry | None = field(init=False, default=None)
    body: Entry | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Work out what it may mean."""
        self.cap = self.text[0].isupper()
        if self.entries:
            self.polity = self._called(ActorKind.STATE, ActorKind.BLOC)
            self.organisation = self._called(ActorKind.ORGANIZATION, ActorKind.OTHER)
            self.person = self._called(ActorKind.PERSON)
            self.place = self._called(ActorKind.PLACE)
            self.venue = self._called(ActorKind.CONFERENCE)
            self.family = self.entry(AliasKind.FAMILY_NAME)
            self.adjective = self.entry(AliasKind.ADJECTIVE)
            self.demonym = self.entry(AliasKind.DEMONYM)
            self.metonym = self.entry(AliasKind.METONYM)
            self.body = (
                self.polity or self.organisation or self.adjective or self.metonym or self.place
            )
            self.cap = self.cap or (self.family is not None and " " in self.text)

    def entry(self, alias: AliasKind) -> Entry | None:
        """The first meaning that is this kind of name, if any."""
        return next((entry for entry in self.entries if entry.alias is alias), None)

    def _called(self, *kinds: ActorKind) -> Entry | None:
        """The first actor of these kinds whose name it is."""
        for entry in self.entries:
            if entry.alias is AliasKind.NAME and entry.kind in kinds:
                return entry
        return None


def _pieces(text: str, start: int, end: int, tokenizer: Tokenizer) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at, size, is_space in tokenizer(text[start:end]).to_array(_TOKEN).tolist():
        if is_space:
            continue
        begin, stop = start + at, start + at + size
        if size > 2 and ";" in text[begin:stop]:  # "said;the"
            for mark in _GLUED.finditer(text[begin:stop]):
                semicolon = start + at + mark.start()
                found += [(begin, semicolon), (semicolon, semicolon + 1)]
                begin = semicolon + 1
        found.append((begin, stop))
    return found


def _cut(pieces: list[tuple[int, int]], cuts: list[int]) -> list[tuple[int, int]]:
    """Pieces split where a name begins or ends inside one."""
    if not cuts:
        return pieces
    result: list[tuple[int, int]] = []
    for begin, end in pieces:
        inside = cuts[bisect_right(cuts, begin) : bisect_left(cuts, end)]
        result += pairwise((begin, *inside, end)) if inside else [(begin, end)]
    return result


def units_of(
    text: str, plain: str, found: tuple[int, int], hits: Sequence[Hit], tokenizer: Tokenizer
) -> list[Unit]:
    """The units of a stretch of a text.

    Args:
        text: the text.
        plain: the same, folded.
        found: where the stretch begins and ends.
        hits: the known names inside, in order.
        tokenizer: cuts words from punctuation.
    """
    cuts = sorted({bound for hit in hits for bound in (hit.start, hit.end)})
    pieces = _cut(_pieces(text, *found, tokenizer), cuts)
    units: list[Unit] = []
    number = 0
    inside: list[tuple[int, int]] = []
    for piece in pieces:
        while number < len(hits) and hits[number].end <= piece[0]:
            number += 1
        hit = hits[number] if number < len(hits) and hits[number].start <= piece[0] else None
        if hit is None:
            units.append(_unit(text, plain, (piece,), ()))
            continue
        inside.append(piece)
        if piece[1] >= hit.end:
            units.append(_unit(text, plain, tuple(inside), hit.entries))
            inside = []
    if inside:
        units.extend(_unit(text, plain, (piece,), ()) for piece in inside)
    return units


def _unit(
    text: str, plain: str, pieces: tuple[tuple[int, int], ...], entries: tuple[Entry, ...]
) -> Unit:
    start, end = pieces[0][0], pieces[-1][1]
    return Unit(start, end, text[start:end], plain[start:end].lower(), entries, pieces)
