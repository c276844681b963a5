"""The lexicon of diplomacy: which words name which act, and where its sides stand."""

from __future__ import annotations

from kg.extraction.frames.lexicon import Lexicon, load_lexicon
from kg.extraction.frames.schema import Expression, Frame, read_frames

__all__ = ["Expression", "Frame", "Lexicon", "load_lexicon", "read_frames"]
