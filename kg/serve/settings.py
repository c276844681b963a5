"""What a server was started with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MEBIBYTE", "Settings"]

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve a store.

    Attributes:
        store: folder of the store, absolute, or the URL of a SPARQL endpoint.
        overlays: the user's own files on top of the reference data.
        writable: whether judgements and SPARQL updates are taken.
        author: who signs judgements when the page names nobody.
        cors: origins whose pages may read the endpoint, the reconciliation service and the feed.
        allowed_hosts: names under which the server may be addressed, besides ``localhost`` and
            addresses in figures.
        timeout: seconds a query may take.
        max_rows: rows or triples of an answer; what is beyond is cut off and said so.
        memory: bytes a query may use.
        workers: queries answered at the same time.
        queue: queries that may wait for their turn; each is at most ``max_query`` bytes.
        wait: seconds a query waits for its turn.
        patience: seconds a page waits for a part before it is shown without it.
        page_timeout: seconds a look-up for a page may take.
        analysis_timeout: seconds an analysis of the whole store may take.
        max_query: bytes of a request with a query.
        max_update: bytes of a request with an update.
        max_copy: quads of the largest store that takes SPARQL updates.
    """

    store: str
    overlays: tuple[Path, ...] = ()
    writable: bool = False
    author: str = ""
    cors: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    timeout: float = 30.0
    max_rows: int = 100_000
    memory: int = 2048 * MEBIBYTE
    workers: int = 2
    queue: int = 128
    wait: float = 60.0
    patience: float = 2.0
    page_timeout: float = 30.0
    analysis_timeout: float = 600.0
    max_query: int = MEBIBYTE
    max_update: int = 16 * MEBIBYTE
    max_copy: int = 5_000_000

    @property
    def remote(self) -> bool:
        """Whether the store is somebody else's endpoint."""
        return self.store.startswith(("http://", "https://"))
