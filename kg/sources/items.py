"""The two things that come out of a source: something to read, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import SourceError

__all__ = ["RawItem", "SourceProblem"]


@dataclass(frozen=True, slots=True)
class RawItem:
    """The bytes of one file (or of standard input) and where they came from.

    Attributes:
        data: everything in the file; never empty.
        name: what to call it in messages: the path as the user would recognise it.
        source: path relative to the base folder with ``/`` between the parts, the absolute path
            when it lies elsewhere, or "stdin", or the address of a page.
        suffix: lower case with the dot (".html"), "" when there is none.
        media_type: IANA media type, from the suffix or, failing that, from the first bytes.
        charset: what a server declared, "" for files.
    """

    data: bytes
    name: str
    source: str
    suffix: str
    media_type: str
    charset: str = ""


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """One input that could not be read. The others are not affected.

    Attributes:
        name: the input as the user would recognise it.
        error: what is wrong and what to do about it.
    """

    name: str
    error: SourceError
