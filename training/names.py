"""Lists of names and the substitution of names in training text.

Replacing a name by another of its type ("mention replacement", Dai and Adel 2020) keeps the
context and varies the name, so that the finder leans on context and shape more than on the
few thousand names of the training data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from augment import headline
from corpora import UNKNOWN, NameRow

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from pathlib import Path

FEATURES = re.compile(r"\d|\b(River|Lake|Mount|Mountains?|Street|Road|Avenue|Park|Bridge|County)\b")
Piece = tuple[str, str | None]
SLOT = re.compile(r"\{(PER|LAST|STATE|CITY|ORG|ACRONYM)\}")
LABELS = {
    "PER": "PER",
    "LAST": "PER",
    "STATE": "LOC",
    "CITY": "LOC",
    "ORG": "ORG",
    "ACRONYM": "ORG",
}


def read_list(path: Path) -> list[str]:
    """Read a list with entries separated by commas or line ends; # starts a comment."""
    lines = (line.split("#")[0] for line in path.read_text("utf8").splitlines())
    return [entry.strip() for line in lines for entry in line.split(",") if entry.strip()]


@dataclass(frozen=True)
class NamePool:
    """Names to draw from, by kind, and sentence patterns with slots for them."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    states: tuple[str, ...]
    cities: tuple[str, ...]
    organisations: tuple[str, ...]
    acronyms: tuple[str, ...]
    patterns: tuple[str, ...]
    adverbs: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path) -> NamePool:
        """Read the lists from a folder of text files."""
        kinds = ("first", "last", "states", "cities", "organisations", "acronyms", "adverbs")
        lists = {kind: tuple(read_list(folder / f"{kind}.txt")) for kind in kinds}
        patterns = (folder / "patterns.txt").read_text("utf8").splitlines()
        return cls(**lists, patterns=tuple(p for p in patterns if p and p[0] != "#"))

    @property
    def words(self) -> list[str]:
        """Single-word names of all kinds, for proper nouns in the treebanks."""
        return [n for n in (*self.first, *self.last, *self.states, *self.cities) if n.isalpha()]

    def draw(self, kind: str, rng: random.Random) -> str:
        """Draw a name of a kind (a slot of the patterns)."""
        if kind == "PER":
            middle = f"{rng.choice('ABCDEFGHJKLMPRSTW')}. " if rng.random() < 0.06 else ""
            return f"{rng.choice(self.first)} {middle}{rng.choice(self.last)}"
        lists = {
            "LAST": self.last,
            "STATE": self.states,
            "CITY": self.cities,
            "ORG": self.organisations,
            "ACRONYM": self.acronyms,
        }
        return rng.choice(lists[kind])

    def like(self, name: str, label: str, rng: random.Random) -> str:
        """Draw a name of the same type and roughly the same make as `name`."""
        if label == "PER":
            return self.draw("PER" if " " in name else "LAST", rng)
        if label == "LOC":
            return self.draw("STATE" if name in self.states else "CITY", rng)
        return self.draw("ACRONYM" if name.isupper() else "ORG", rng)

    def sentences(self, rng: random.Random, count: int) -> list[NameRow]:
        """Fill the sentence patterns with drawn names; several sentences make a passage."""
        return [
            _join([piece for _ in range(rng.randint(1, 4)) for piece in self._fill(rng)])
            for _ in range(count)
        ]

    def _fill(self, rng: random.Random) -> list[Piece]:
        parts = SLOT.split(rng.choice(self.patterns))
        pieces: list[Piece] = []
        for i, part in enumerate(parts):
            pieces.append((self.draw(part, rng), LABELS[part]) if i % 2 else (part, None))
        return [*pieces, (" ", None)]


def _join(pieces: Sequence[Piece]) -> NameRow:
    text, ents = "", []
    for part, label in pieces:
        if label:
            ents.append((len(text), len(text) + len(part), label))
        text += part
    return NameRow(text, tuple(ents))


def split_row(row: NameRow) -> list[Piece]:
    """Cut a row into its names and the stretches between them."""
    pieces: list[Piece] = []
    at = 0
    for start, end, label in sorted(row.ents):
        if start < at:
            continue
        pieces += [(row.text[at:start], None), (row.text[start:end], label)]
        at = end
    return [*pieces, (row.text[at:], None)]


def substitute(row: NameRow, pool: NamePool, rng: random.Random) -> NameRow:
    """Replace about half of the names, each name the same way throughout the passage."""
    chosen: dict[Piece, str] = {}
    pieces: list[Piece] = []
    for piece in split_row(row):
        text, label = piece
        if label and text[:1].isupper() and piece not in chosen:
            keep = label == UNKNOWN or rng.random() < 0.5 or bool(FEATURES.search(text))
            chosen[piece] = text if keep else pool.like(text, label, rng)
        pieces.append((chosen.get(piece, text), label))
    return _join(pieces)


def restyle(row: NameRow, rng: random.Random) -> NameRow:
    """Change case, quotes or line ends of a passage without moving its spans."""
    style = rng.random()
    text = row.text
    if style < 0.05:
        text = re.sub(r"\S+", lambda m: headline(["", m.group()])[1], text)
    elif style < 0.08:
        text = text.upper()
    elif style < 0.09:
        text = text.lower()
    elif style < 0.17:
        text = text.replace("'", "’") if "'" in text else text.replace("’", "'")
    elif style < 0.27:
        text = re.sub(r"(?s)(.{55,75}?) ", r"\1\n", text)
    return NameRow(text, row.ents) if len(text) == len(row.text) else row


def augment_row(row: NameRow, pool: NamePool, rng: random.Random) -> NameRow:
    """Return a rewritten version of a name row; the original comes back in half of the cases."""
    if rng.random() < 0.4:
        row = substitute(row, pool, rng)
    return restyle(row, rng)
