"""Who a document speaks of: actors found, linked, masked for the parser, and followed on."""

from __future__ import annotations

from kg.extraction.actors.reader import annotate, annotate_many

__all__ = ["annotate", "annotate_many"]
