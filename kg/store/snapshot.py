"""A consistent view of an engine folder that another process goes on writing to.

The engine (RocksDB) can open a folder for reading beside its writer, but reads files only when it
needs them, and the writer deletes files it has merged into others: a reader would fail at any
time. So a reader links the files into a folder of its own; linked files stay until it is closed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
import weakref
from pathlib import Path

import pyoxigraph as ox

__all__ = ["Snapshot", "sweep"]

_PATIENCE = 0.3  # longest pause in seconds between two attempts


class Snapshot:
    """The engine's files as they are now, opened for reading.

    Where links cannot be made (a read-only folder, a file system without them), the engine's own
    folder is opened; then nobody else should write meanwhile.

    Attributes:
        store: the engine's store, read-only.
        folder: where its files are.

    Args:
        engine: folder with the engine's files.
        shelf: folder on the same file system in which to put the links.

    Raises:
        OSError, RuntimeError: the files cannot be opened.
    """

    def __init__(self, engine: Path, shelf: Path) -> None:
        self.folder = engine
        self._remove: weakref.finalize[[Path], Snapshot] | None = None
        pause = 0.001
        while True:
            try:
                self.store = self._open(engine, shelf)
                return
            except (OSError, RuntimeError):  # a file was deleted before we could link it
                if pause > _PATIENCE:
                    raise
            time.sleep(pause)
            pause *= 2

    def _open(self, engine: Path, shelf: Path) -> ox.Store:
        try:
            shelf.mkdir(exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=shelf))
        except OSError:
            return ox.Store.read_only(str(engine))
        self.folder = folder
        self._remove = weakref.finalize(self, _discard, folder)
        try:
            _link(engine, folder)
        except FileNotFoundError:
            self.close()
            raise
        except OSError:  # no links here, or not to somebody else's files
            self.close()
            self.folder = engine
        try:
            return ox.Store.read_only(str(self.folder))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Remove the links; harmless when repeated."""
        if self._remove is not None:
            self._remove()


def sweep(shelf: Path) -> None:
    """Remove what readers left behind that did not live to do it themselves."""
    if shelf.is_dir():
        for folder in shelf.iterdir():
            pid = folder.name.partition("-")[0]
            if pid.isdecimal() and not _alive(int(pid)):
                _discard(folder)


def _link(engine: Path, folder: Path) -> None:
    """The list of files first, then the files: newer ones do no harm, missing ones raise."""
    manifest = (engine / "CURRENT").read_text(encoding="utf-8").strip()
    shutil.copy(engine / manifest, folder)
    (folder / "CURRENT").write_text(manifest + "\n", encoding="utf-8")
    for file in engine.iterdir():
        if file.suffix in (".sst", ".log"):
            (folder / file.name).hardlink_to(file)


def _discard(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):  # not empty: others are reading, too
        folder.parent.rmdir()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
