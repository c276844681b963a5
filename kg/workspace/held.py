"""What every part of a ``KnowledgeGraph`` stands on: the store, the reference data, the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from kg.extraction import Extractor
    from kg.reference.world import World
    from kg.store.base import Reader, Store

__all__ = ["Held"]


class Held:
    """An open store with the reference data and the reader, each loaded when first needed.

    Args:
        store: the open store.
        base: folder that stored source paths are relative to.
        writable: whether ``ingest`` and ``forget`` are allowed.
        writer: opens the same store for writing when that is first needed, once ``store`` is
            closed.
        extractor: what reads documents; None for the built-in reader, loaded when first needed.
        overlays: files of the user's own on top of the reference data.
    """

    def __init__(
        self,
        store: Reader,
        base: Path,
        *,
        writable: bool,
        writer: Callable[[], Store] | None = None,
        extractor: Extractor | None = None,
        overlays: tuple[Path, ...] = (),
    ) -> None:
        self._overlays = overlays
        self._store, self._base, self._writable = store, base, writable
        self._open_writer = writer
        self._extractor = extractor
        self._world: World | None = None

    @property
    def store(self) -> Reader:
        """The store beneath, for SPARQL and rdflib (``graph.store.dataset()``)."""
        return self._store

    @property
    def world(self) -> World:
        """The reference data, loaded when first needed."""
        if self._world is None:
            from kg.reference.world import load_world  # noqa: PLC0415 - a second saved elsewhere

            self._world = load_world(self._overlays)
        return self._world

    @property
    def extractor(self) -> Extractor:
        """What reads documents, loaded when first needed."""
        if self._extractor is None:
            from kg.extraction.coder import AnalystExtractor  # noqa: PLC0415 - loads spaCy

            self._extractor = AnalystExtractor(world=self.world)
        return self._extractor

    def close(self) -> None:
        """Close the store; harmless when repeated."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _writer(self) -> Store:
        from kg.store.base import Store  # noqa: PLC0415

        if self._open_writer and not self._writable:
            self._store.close()
            self._store, self._writable = self._open_writer(), True
        if not self._writable or not isinstance(self._store, Store):
            raise StoreError(f"{self._store.location} is open for reading only")
        return self._store
