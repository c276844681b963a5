"""What a format finds in a file, before cleaning, and what the caller knows better."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.records import PartialDate

__all__ = ["Draft", "Known", "Stated"]


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as a format gives it: text not yet clean, and what the file says about it.

    Attributes:
        text: the text, paragraphs apart by an empty line.
        title, outlet, author, language: as the file states them, "" when it does not.
        published: publication date the file states, None when it states none.
        published_origin: where in the file that stands.
        part: which part of a file with several documents this is ("3", a URL), "" for a whole.
        prose: true when the first lines may hold headline, byline and dateline, which are then
            read for whatever is still unknown.
    """

    text: str
    title: str = ""
    published: PartialDate | None = None
    published_origin: str = ""
    outlet: str = ""
    author: str = ""
    language: str = ""
    part: str = ""
    prose: bool = True


class Stated(TypedDict, total=False):
    """What a caller may state about a document, as keyword arguments; see ``Known``."""

    published: PartialDate | None
    published_origin: str
    title: str
    outlet: str
    author: str
    language: str
    columns: Mapping[str, str]
    follow: bool
    allow_private: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller states about a document; it outranks what the file says.

    Attributes:
        published, title, outlet, author, language: as in ``kg.records.Document``.
        published_origin: who says so: "option" for the caller, "library" for a list of sources.
        columns: for tables of articles: field ("text", "title", "date", "outlet", "author",
            "language", "url") → name of the column that holds it.
        follow: for feeds: read the page behind each entry.
        allow_private: whether such a page may be inside one's own network.
    """

    published: PartialDate | None = None
    title: str = ""
    outlet: str = ""
    author: str = ""
    language: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    published_origin: str = "option"
    follow: bool = False
    allow_private: bool = False
