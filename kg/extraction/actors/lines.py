"""One segment of a text on its way: its words, its known names, the actors found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extraction.actors.spots import Spot
    from kg.extraction.actors.units import Unit
    from kg.extraction.text import Segment

__all__ = ["Line", "Proposal"]

Proposal = tuple[int, int, str]
"""A name that the pipeline's name finder sees: its offsets, and PER, ORG or LOC."""


@dataclass(slots=True)
class Line:
    """One segment with its units and spots.

    Attributes:
        segment: where it stands and what it is.
        units: words and known names.
        spots: actors found, left to right.
        skip: number of units at the beginning that are no language (bullet, label, dateline).
        label: number of units of a speaker's label at the beginning.
        dateline: number of units of a dateline at the beginning.
    """

    segment: Segment
    units: list[Unit]
    spots: list[Spot] = field(default_factory=list)
    skip: int = 0
    label: int = 0
    dateline: int = 0
