"""Annotated documents: one JSON file each, as docs/reference/annotation.md describes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import SourceError
from kg.records import Document, PartialDate

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Annotation", "GoldDocument", "load_gold"]

Annotation = dict[str, Any]
"""Entities, offices and events of a document, as plain JSON values."""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document and what careful readers found in it.

    ``annotation`` must never reach an extractor; ``document`` holds all that one may see.
    """

    id: str
    document: Document
    annotation: Annotation


def load_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """All annotated documents of a folder, sorted by id.

    Raises:
        SourceError: no such folder, nothing in it, or a file that is no annotated document.
    """
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise SourceError(f"no annotated documents (*.json) in {folder}")
    return tuple(_read(path) for path in files)


def _read(path: Path) -> GoldDocument:
    try:
        data = json.loads(path.read_text("utf-8"))
        document = Document(
            text=data["text"],
            title=data["title"],
            published=PartialDate.parse(data["date"]) if data.get("date") else None,
            published_origin="annotation",
            source=path.name,
        )
        for key in ("entities", "offices", "events"):
            if not isinstance(data[key], list):
                raise TypeError(f"{key} is no list")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{path} is no annotated document: {error!r}",
            "it needs id, title, date, text, entities, offices and events",
        ) from error
    return GoldDocument(path.stem, document, data)
