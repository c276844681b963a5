"""Rifts as figures one can rely on: tone, interval, change, surprise, and what they rest on.

``rift`` measures two sides, ``pair_tones`` ranks all pairs. Methods are described where they are
implemented and in ``docs/reference/measures.md``.
"""

from kg.analysis.rift.changes import Cut, cuts
from kg.analysis.rift.ledger import Block, Ledger, ledger
from kg.analysis.rift.measure import rift
from kg.analysis.rift.ranking import pair_tones
from kg.analysis.rift.records import (
    FLOOR,
    Change,
    Driver,
    Estimate,
    Floor,
    Influence,
    PairTone,
    Rift,
    Sentence,
    SourceRange,
    Stretch,
    Support,
    Surprise,
)
from kg.analysis.rift.tone import ALPHA, shrunk

__all__ = [
    "ALPHA",
    "FLOOR",
    "Block",
    "Change",
    "Cut",
    "Driver",
    "Estimate",
    "Floor",
    "Influence",
    "Ledger",
    "PairTone",
    "Rift",
    "Sentence",
    "SourceRange",
    "Stretch",
    "Support",
    "Surprise",
    "cuts",
    "ledger",
    "pair_tones",
    "rift",
    "shrunk",
]
