"""``kg read``: a document with everything that was found in it, marked where it stands.

Three forms of one thing: lines for a terminal, one self-contained page, and plain records.
"""

from kg.views.reading.marks import Layer, Mark, Piece, marks, pieces
from kg.views.reading.page import reading_page
from kg.views.reading.record import event_rows, reading_record
from kg.views.reading.terminal import LEGEND, heading, marked_lines

__all__ = [
    "LEGEND",
    "Layer",
    "Mark",
    "Piece",
    "event_rows",
    "heading",
    "marked_lines",
    "marks",
    "pieces",
    "reading_page",
    "reading_record",
]
