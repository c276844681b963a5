"""A consistent view of an engine folder that another process goes on writing to.

The engine (RocksDB) can open a folder for reading beside its writer, but reads files only when it
needs them, and the writer deletes files it has merged into others: a reader would fail at any
time. So a reader links the files into a folder of its own; linked files stay until it is closed.
It holds a lock in that folder, which the system takes back however the reader ends: what is not
locked was left by one that was killed, and whoever opens the store next removes it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Snapshot", "sweep"]

_PATIENCE = 0.3  # longest pause in seconds between two attempts
_LOCK = "in-use"


class Snapshot:
    """The engine's files as they are now, opened for reading.

    Where links cannot be made (a read-only folder, a file system without them), the engine's own
    folder is opened; then nobody else should write meanwhile.

    Attributes:
        store: the engine's store, read-only.
        folder: where its files are.

    Args:
        find: gives the folder with the engine's files; asked again at each attempt.
        shelf: folder on the same file system in which to put the links.

    Raises:
        OSError, RuntimeError: the files cannot be opened.
    """

    def __init__(self, find: Callable[[], Path], shelf: Path) -> None:
        self.folder = find()
        self._remove: weakref.finalize[[Path, int | None], Snapshot] | None = None
        pause = 0.001
        while True:
            try:
                self.store = self._open(find(), shelf)
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
        except FileNotFoundError:  # the last of the other readers has just removed the shelf
            raise
        except OSError:
            return ox.Store.read_only(str(engine))
        self.folder = folder
        self._remove = weakref.finalize(self, _discard, folder, _lock(folder))
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
    """Remove what readers left behind that did not live to do it themselves; harms no other."""
    with contextlib.suppress(OSError):  # gone meanwhile, or not ours to look at
        for folder in sorted(shelf.iterdir()):
            if _is_left(folder):
                _discard(folder)


def _is_left(folder: Path) -> bool:
    """Nobody holds the lock; or there is none yet, and the process that made it is no more."""
    try:
        lock = os.open(folder / _LOCK, os.O_RDONLY)
    except FileNotFoundError:
        pid = folder.name.partition("-")[0]
        return pid.isdecimal() and not _alive(int(pid))
    except OSError:  # somebody else's
        return False
    try:
        _take(lock, shared=False)
    except OSError:
        return False
    finally:
        os.close(lock)
    return True


def _lock(folder: Path) -> int | None:
    """Hold a lock in a folder; None where the file system has none.

    The file gets its name when it is locked already, so that nobody finds it free before.
    """
    try:
        held = os.open(folder / f".{_LOCK}", os.O_CREAT | os.O_RDONLY, 0o600)
        try:
            _take(held, shared=True)
            (folder / f".{_LOCK}").rename(folder / _LOCK)
        except (OSError, ImportError):
            os.close(held)
            raise
    except (OSError, ImportError):
        return None
    return held


def _take(file: int, *, shared: bool) -> None:
    """Lock an open file; OSError when another has it."""
    import fcntl  # noqa: PLC0415 - not on Windows

    fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


def _link(engine: Path, folder: Path) -> None:
    """The list of files first, then the files: newer ones do no harm, missing ones raise."""
    manifest = (engine / "CURRENT").read_text(encoding="utf-8").strip()
    shutil.copy(engine / manifest, folder)
    (folder / "CURRENT").write_text(manifest + "\n", encoding="utf-8")
    for file in engine.iterdir():
        if file.suffix in (".sst", ".log"):
            (folder / file.name).hardlink_to(file)


def _discard(folder: Path, lock: int | None = None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)
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
