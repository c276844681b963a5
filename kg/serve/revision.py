"""Noticing that the store has changed, whoever changed it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Revision"]

_KEPT = 1.0  # seconds for which an answer stands
_REMOTE = 60.0  # seconds for which somebody else's store is taken to be the same


@dataclass(slots=True)
class Revision:
    """Names the present state of a store; equal names mean equal content.

    Attributes:
        store: the folder or URL.
    """

    store: str
    _at: float = -_KEPT
    _name: str = ""

    def now(self) -> str:
        """The present state; looked up at most once a second."""
        clock = time.monotonic()
        if self.store.startswith(("http://", "https://")):
            return f"{int(clock / _REMOTE)}"
        if clock - self._at >= _KEPT:
            self._name, self._at = self._look(), clock
        return self._name

    def changed(self) -> str:
        """The present state, looked up now: after a change of our own."""
        self._at = -_KEPT
        return self.now()

    def _look(self) -> str:
        """A hash of the names and sizes of the engine's files; RocksDB only adds and appends."""
        found = []
        with contextlib.suppress(OSError), os.scandir(Path(self.store) / "oxigraph") as folder:
            for file in folder:
                if file.name.endswith((".sst", ".log")):
                    with contextlib.suppress(OSError):
                        found.append((file.name, file.stat().st_size))
        return hashlib.sha256(repr(sorted(found)).encode()).hexdigest()[:16]
