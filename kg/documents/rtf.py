"""Rich Text Format, through striprtf. Its properties carry title and author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.documents.draft import Draft
from kg.documents.extras import need
from kg.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.documents.draft import Known
    from kg.sources import RawItem

__all__ = ["read"]

_HEAD = 20_000  # characters in which the properties stand


def read(item: RawItem, known: Known) -> Iterator[Draft]:
    """One draft.

    Raises:
        SourceError: striprtf is not installed.
        UnreadableError: the file is damaged or no RTF.
    """
    del known
    striprtf = need("striprtf.striprtf", "rtf", "RTF files")
    source = item.data.decode("latin-1")  # RTF is ASCII; other characters are escaped
    if not source.lstrip().startswith("{\\rtf"):
        raise UnreadableError(f"{item.name} is no RTF file")
    try:
        text = striprtf.rtf_to_text(source, errors="strict")
    except Exception as error:  # damaged files break it in many ways
        raise UnreadableError(f"{item.name} is damaged", "save it anew") from error
    yield Draft(
        re.sub(r"\n+", "\n\n", text),
        title=_property(striprtf, source, "title"),
        author=_property(striprtf, source, "author"),
    )


def _property(striprtf: object, source: str, name: str) -> str:
    found = re.search(rf"\{{\\{name} ((?:[^{{}}\\]|\\[^{{}}])*)\}}", source[:_HEAD])
    if not found:
        return ""
    try:
        return str(striprtf.rtf_to_text("{\\rtf1\\ansi " + found[1] + "}"))  # type: ignore[attr-defined] # need() gives a module
    except Exception:  # a damaged title is no reason to lose the text
        return ""
