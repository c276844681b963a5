"""From raw items to documents: clean text, and what is known about its origin.

    document = parse(item)                        # a file that holds one document
    for found in read_all(collect(["notes"], base=Path.cwd())): ...

``Document.text`` is what all offsets count in; ``published_origin`` says where the date stands.
"""

from __future__ import annotations

from kg.documents.draft import Draft, Known, Stated
from kg.documents.formats import Reader, media_types, reader_for, register
from kg.documents.language import guess_language
from kg.documents.library import Library
from kg.documents.reading import parse, parse_all, read_all
from kg.documents.text import clean, clean_line

__all__ = [
    "Draft",
    "Known",
    "Library",
    "Reader",
    "Stated",
    "clean",
    "clean_line",
    "guess_language",
    "media_types",
    "parse",
    "parse_all",
    "read_all",
    "reader_for",
    "register",
]
