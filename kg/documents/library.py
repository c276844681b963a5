"""A reference manager's export (BibTeX or CSL-JSON) as what is known about the files beside it.

    library = Library.load(raw_item)
    for found in read_all(collect(["papers"], base=here), library=library): ...

An entry belongs to a file when its ``file`` field names it, or when its key is the file's name
without suffix. What it states outranks the file, and is outranked by the caller.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kg.documents.bibtex import Entry, entries
from kg.documents.dates import whole_date
from kg.documents.draft import Stated
from kg.documents.encoding import decode
from kg.errors import UnreadableError
from kg.records import PartialDate

if TYPE_CHECKING:
    from kg.sources import RawItem

__all__ = ["Library"]

ORIGIN = "library"
_OUTLETS = (
    *("journaltitle", "journal", "maintitle", "organization", "institution", "publisher"),
    *("howpublished", "booktitle"),
)


class Library:
    """What is known about files, by their names.

    Args:
        entries: file name, with or without suffix → what is stated about it.
    """

    def __init__(self, entries: dict[str, Stated]) -> None:
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    @classmethod
    def load(cls, item: RawItem) -> Library:
        """Read an export, BibTeX (.bib) or CSL-JSON (.json), which is recognised by its content.

        Raises:
            UnreadableError: it is neither, or holds no entries.
        """
        text = decode(item.data, item.name)
        found = _csl(text) if text.lstrip()[:1] in ("[", "{") else _bibtex(text)
        if not found:
            raise UnreadableError(f"{item.name} holds no entries", "export BibTeX or CSL-JSON")
        return cls(found)

    def stated(self, item: RawItem) -> Stated:
        """What the library states about a file; empty when it does not know it."""
        name = PurePosixPath(item.source).name
        for key in (name, PurePosixPath(name).stem):
            if key in self._entries:
                return self._entries[key]
        return {}


def _bibtex(text: str) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    for entry in entries(text):
        stated = _stated(
            entry.get("title", ""),
            _bibtex_date(entry),
            next((entry[field] for field in _OUTLETS if entry.get(field)), ""),
            ", ".join(_name(one) for one in re.split(r"\s+and\s+", entry.get("author", ""))),
            entry.get("langid", "") or entry.get("language", ""),
        )
        for key in (*_files(entry.get("file", "")), entry["key"]):
            found.setdefault(key, stated)
    return found


def _bibtex_date(entry: Entry) -> PartialDate | None:
    parts = [entry.get(field, "") for field in ("day", "month", "year")]
    written = " ".join(filter(None, parts))
    candidates = (entry.get("date", ""), written, f"{parts[2]}-{parts[1].zfill(2)}", parts[2])
    dates = (whole_date(one, year_alone=True) for one in candidates)
    return next(filter(None, dates), None)


def _files(field: str) -> list[str]:
    r"""File names in a ``file`` field: ``paper.pdf``, ``PDF:files/1/paper.pdf:application/pdf``."""
    parts = re.split(r"(?<!\\)[;:]", field)
    return [PurePosixPath(part.replace("\\", "/")).name for part in parts if "." in part]


def _name(name: str) -> str:
    """Turn "Doe, Jane" into "Jane Doe"."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name.strip()


def _csl(text: str) -> dict[str, Stated]:
    try:
        loaded = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return {}
    found: dict[str, Stated] = {}
    for entry in loaded if isinstance(loaded, list) else [loaded]:
        if not isinstance(entry, dict):
            continue
        stated = _stated(
            _string(entry, "title"),
            _csl_date(entry.get("issued")),
            _string(entry, "container-title") or _string(entry, "publisher"),
            _csl_names(entry.get("author")),
            _string(entry, "language"),
        )
        for key in ("citation-key", "id"):
            if name := _string(entry, key):
                found.setdefault(name, stated)
    return found


def _string(entry: dict[str, object], key: str) -> str:
    value = entry.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _csl_date(value: object) -> PartialDate | None:
    if not isinstance(value, dict):
        return None
    try:
        return PartialDate(*(int(part) for part in value["date-parts"][0][:3]))
    except (KeyError, IndexError, TypeError, ValueError):
        return whole_date(str(value.get("raw") or value.get("literal") or ""), year_alone=True)


def _csl_names(value: object) -> str:
    names = []
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            parts = [_string(one, key) for key in ("given", "non-dropping-particle", "family")]
            names.append(_string(one, "literal") or " ".join(filter(None, parts)))
    return ", ".join(filter(None, names))


def _stated(
    title: str, published: PartialDate | None, outlet: str, author: str, language: str
) -> Stated:
    """Only what the entry really states, so that the file can still say the rest."""
    stated = Stated()
    if published:
        stated["published"], stated["published_origin"] = published, ORIGIN
    if title:
        stated["title"] = title
    if outlet:
        stated["outlet"] = outlet
    if author:
        stated["author"] = author
    if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w+)?", language):
        stated["language"] = language
    return stated
