"""Plain text: paragraphs, transcripts, wire copy, with or without a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.documents.draft import Draft
from kg.documents.encoding import decode
from kg.documents.opening import split_header
from kg.documents.text import clean, strip_invisible
from kg.documents.unwrap import unwrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.documents.draft import Known
    from kg.sources import RawItem

__all__ = ["draft_of", "read"]


def read(item: RawItem, known: Known) -> Iterator[Draft]:
    """One draft: the text, joined where it was wrapped by hand, without a formal header."""
    del known
    yield draft_of(decode(item.data, item.name, item.charset))


def draft_of(text: str) -> Draft:
    """The draft of a plain text that is already decoded."""
    header, body = split_header(clean(unwrap(strip_invisible(text))))
    return Draft(
        body,
        title=header.title,
        published=header.published,
        published_origin=header.published_origin,
        outlet=header.outlet,
        author=header.author,
        language=header.language,
    )
