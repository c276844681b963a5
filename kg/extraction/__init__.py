"""From a document to what it says: actors, offices, events, claims, each with its exact span."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.records import Document, Reading

__all__ = ["Extractor"]


class Extractor(Protocol):
    """Reads documents. Implementations are deterministic: same document, same reading."""

    @property
    def name(self) -> str:
        """Short name, recorded with every mention."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever readings may change (code, lexicon, model)."""
        ...

    def read(self, document: Document) -> Reading:
        """Everything found in one document."""
        ...

    def read_many(self, documents: Iterable[Document], jobs: int = 1) -> Iterator[Reading]:
        """Readings in the order of the documents, with ``jobs`` processes."""
        ...
