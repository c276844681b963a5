"""What a text consists of before any word is understood: lines, sentences, quotations, turns."""

from __future__ import annotations

from kg.extraction.text.blocks import Block, blocks
from kg.extraction.text.quotes import quoted_stretches
from kg.extraction.text.segments import Segment, segment
from kg.extraction.text.sentences import MAX_SENTENCE, sentence_ends

__all__ = [
    "MAX_SENTENCE",
    "Block",
    "Segment",
    "blocks",
    "quoted_stretches",
    "segment",
    "sentence_ends",
]
