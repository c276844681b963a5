"""The masked text: each actor one token, so that the parser meets short plain sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.extraction.actors.draft import spots_in
from kg.extraction.actors.lexicon import word_list
from kg.extraction.actors.spots import Sort

if TYPE_CHECKING:
    from spacy.vocab import Vocab

    from kg.extraction.actors.draft import Draft, Line
    from kg.extraction.actors.spots import Spot

__all__ = ["Masked", "mask"]

_WORD = {
    Sort.PERSON: "Smith",
    Sort.DESCRIPTION: "Smith",
    Sort.NAME: "France",
    Sort.CITY: "London",
    Sort.PLACE: "London",
    Sort.ORGANISATION: "Congress",
    Sort.VENUE: "Davos",
    Sort.SHORT: "France",
    Sort.RELATION: "Smith",
}
_ALONE = word_list("masking.alone")


@dataclass(slots=True)
class Masked:
    """The words given to the parser and what they stand for.

    Attributes:
        words, spaces, starts: what a spaCy Doc is made of.
        offsets: (start, end) in the text for each word.
        spots: word index → the spot it stands for.
        adjectives: word index → spot of a nationality adjective.
        lines: (line, first word, last word exclusive), one per sentence.
    """

    words: list[str] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)
    offsets: list[tuple[int, int]] = field(default_factory=list)
    spots: dict[int, Spot] = field(default_factory=dict)
    lines: list[tuple[Line, int, int]] = field(default_factory=list)
    adjectives: dict[int, Spot] = field(default_factory=dict)

    def doc(self, vocab: Vocab) -> Doc:
        """The Doc to be parsed, with sentence boundaries set."""
        spaces = [
            after[0] > before[1]
            for before, after in zip(self.offsets, self.offsets[1:], strict=False)
        ]
        return Doc(vocab, words=self.words, spaces=[*spaces, False][: len(self.words)],
                   sent_starts=self.starts)  # fmt: skip


def _word(line: Line, spot: Spot) -> str:
    last = line.units[spot.name[1] - 1]
    if spot.sort in (Sort.OFFICIALS, Sort.GROUP, Sort.GENERIC):
        return last.text if last.text.isalpha() else "officials"
    if spot.sort is Sort.PEOPLE:
        return "Smith" if spot.number == 1 else "Germans"
    return _WORD[spot.sort]


def _with_article(line: Line, spot: Spot) -> int:
    """First unit of a spot's token: "the" is taken in when the name stands alone."""
    first = spot.first
    if spot.sort not in (Sort.NAME, Sort.ORGANISATION, Sort.VENUE) or first == 0:
        return first
    after = line.units[spot.last].low if spot.last < len(line.units) else "."
    alone = after in _ALONE or after.endswith("ed")
    return first - 1 if alone and line.units[first - 1].low == "the" else first


def mask(found: Draft) -> Masked:
    """Replace each linked spot by one common word; labels, bullets and datelines are left out."""
    masked = Masked()
    for line in found.lines:
        begin = len(masked.words)
        tokens = {
            _with_article(line, s): s
            for s in spots_in(line)
            if s.sort not in (Sort.ADJECTIVE, Sort.PREDICATE) and (s.keys or s.place_key)
        }
        adjectives = {s.first: s for s in spots_in(line) if s.sort is Sort.ADJECTIVE}
        index = line.skip
        while index < len(line.units):
            spot = tokens.get(index)
            if spot is not None:
                masked.spots[len(masked.words)] = spot
                span = (line.units[index].start, line.units[spot.last - 1].end)
                masked.words.append(_word(line, spot))
                masked.offsets.append(span)
                index = spot.last
                continue
            adjective = adjectives.get(index)
            if adjective is not None:
                masked.adjectives[len(masked.words)] = adjective
            for piece in line.units[index].pieces:
                masked.words.append(found.text[piece[0] : piece[1]])
                masked.offsets.append(piece)
            index += 1
        size = len(masked.words) - begin
        if size:
            masked.starts += [True] + [False] * (size - 1)
            masked.lines.append((line, begin, begin + size))
    return masked
