"""Sentences with their kind, turn and quotation state: the skeleton a reading hangs on."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from kg.extraction.text.blocks import Block, blocks
from kg.extraction.text.quotes import quoted_stretches
from kg.extraction.text.sentences import sentence_ends

__all__ = ["Segment", "segment"]


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence or line: ``text[start:end]``, without white space at its ends.

    Attributes:
        kind: "prose", "heading", "list" or "turn" (first sentence of a turn).
        label: (start, end) of the speaker's label, in the first sentence of a turn.
        strong: the label is certainly a speaker's.
        quoted: lies inside quotation marks that were opened before it.
        paragraph: number of its paragraph.
    """

    start: int
    end: int
    kind: str
    label: tuple[int, int] | None
    strong: bool
    quoted: bool
    paragraph: int


def _paragraph_spans(found: list[Block]) -> list[tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for block in found:
        start, _ = spans.get(block.paragraph, (block.start, 0))
        spans[block.paragraph] = (start, block.end)
    return list(spans.values())


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return start + left, start + max(left, len(piece.rstrip()))


def segment(text: str) -> list[Segment]:
    """Sentences of a text, in order, never overlapping; linear in the length of the text."""
    found = blocks(text)
    quotes = quoted_stretches(text, _paragraph_spans(found))
    starts = [start for start, _ in quotes]
    result = []
    for block in found:
        begin = block.start
        for number, stop in enumerate(sentence_ends(text, block.start, block.end)):
            start, end = _strip(text, begin, stop)
            begin = stop
            if start >= end:
                continue
            at = bisect_right(starts, start - 1) - 1
            quoted = at >= 0 and start < quotes[at][1] - 1
            first = number == 0 and block.kind == "turn"
            kind = "prose" if block.kind == "turn" and not first else block.kind
            label, strong = (block.label, block.strong) if first else (None, False)
            result.append(Segment(start, end, kind, label, strong, quoted, block.paragraph))
    return result
