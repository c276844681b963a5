"""Opening a store by its name: a folder, a SPARQL endpoint, or nothing at all for memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from kg.store.oxigraph import MemoryStore

if TYPE_CHECKING:
    from kg.store.base import Reader, Store

__all__ = ["open_store"]


@overload
def open_store(path: Path | str | None, *, write: Literal[True], create: bool = True) -> Store: ...
@overload
def open_store(
    path: Path | str | None = None, *, write: bool = False, create: bool = True
) -> Reader: ...
def open_store(
    path: Path | str | None = None, *, write: bool = False, create: bool = True
) -> Reader:
    """Open a store.

    Args:
        path: None or ":memory:" for an empty store in memory; a folder for Oxigraph on disk;
            an http(s) URL for a SPARQL 1.1 endpoint.
        write: open for writing; one process at a time. A Store is returned, else a Reader.
        create: with ``write``: make the store if there is none.

    Raises:
        StoreError: there is no store, it cannot be read, or not be written.
        StoreLockedError: another process is writing to it.
        StoreVersionError: a newer version of this program made it.
    """
    if path is None or str(path) == ":memory:":
        return MemoryStore()
    if str(path).startswith(("http://", "https://")):
        from kg.store.remote import RemoteReader, RemoteStore  # noqa: PLC0415 - rarely needed

        return RemoteStore(str(path)) if write else RemoteReader(str(path))
    from kg.store.disk import DiskReader, DiskStore  # noqa: PLC0415 - not needed for memory

    return DiskStore(Path(path), create=create) if write else DiskReader(Path(path))
