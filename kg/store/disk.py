"""Oxigraph on disk: a folder with a marker file, the engine's files, and who is writing.

    atlantic.kg/
        kg-store.json    {"format": 1, "made_by": "0.1.0"}
        oxigraph/        the engine's files (RocksDB)
        writer.json      {"pid": 1234, "program": "kg"}   only while somebody writes
        readers/         links to the engine's files      only while somebody reads
        removing.json, before/   while a large graph is removed: kg/store/removing.py

One process writes at a time; any number read beside it and see what was there when they opened.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError, StoreLockedError, StoreVersionError
from kg.store.base import graph_name
from kg.store.bulk import sweep_bulk
from kg.store.files import write_json
from kg.store.oxigraph import OxigraphReader, OxigraphStore
from kg.store.removing import discard_unseen, finish_removing, seen_folder
from kg.store.snapshot import Snapshot, sweep
from kg.store.worker import ask_child

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.base import Result
    from kg.store.changes import Plan

__all__ = ["FORMAT", "DiskReader", "DiskStore"]

FORMAT = 1
_MARKER = "kg-store.json"
_ENGINE = "oxigraph"
_WRITER = "writer.json"
_READERS = "readers"


class DiskReader(OxigraphReader):
    """Reads a store folder, also while another process writes to it.

    Args:
        path: the store's folder.

    Raises:
        StoreError: there is no store, or it cannot be read.
        StoreVersionError: a newer version of this program made it.
    """

    def __init__(self, path: Path) -> None:
        check_marker(path)
        self._snapshot = _open_reading(path)
        super().__init__(self._snapshot.store, str(path))
        self.path = path

    def _query_within(self, sparql: str, timeout: float) -> Result:
        return ask_child(sparql, timeout, str(self._snapshot.folder))

    def close(self) -> None:
        """See ``Reader.close``."""
        super().close()
        self._snapshot.close()


class DiskStore(OxigraphStore):
    """Reads and writes a store folder; the only writer as long as it is open.

    Args:
        path: the store's folder.
        create: make it when there is none.

    Raises:
        StoreError: no store and not ``create``, no store but something else, not writable.
        StoreLockedError: another process is writing to it.
        StoreVersionError: a newer version of this program made it.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        if create:
            _create(path)
        check_marker(path)
        super().__init__(_open_writing(path), str(path))
        self.path = path
        sweep(path / _READERS)
        sweep_bulk(path / _ENGINE)
        self._announce()
        self._finish()

    def _announce(self) -> None:
        program = Path(sys.argv[0]).name if sys.argv else ""
        with contextlib.suppress(OSError):  # only a courtesy: the lock itself is the engine's
            write_json(self.path / _WRITER, {"pid": os.getpid(), "program": program})

    def _finish(self) -> None:
        """Remove what a writer before us was to remove when it was killed."""
        try:
            finish_removing(self.engine, self.path)
        except (OSError, RuntimeError) as error:
            self.close()
            raise write_error(self.path, error, former=False) from error

    @property
    def engine(self) -> ox.Store:
        """The pyoxigraph Store beneath; opened anew when a failed write made that necessary."""
        if self._inner is None and self._failed:
            self._inner = _open_writing(self.path)
            self._failed = False
            self._finish()
        return super().engine

    _failed = False

    def _query_within(self, sparql: str, timeout: float) -> Result:
        snapshot = _open_reading(self.path)
        try:
            return ask_child(sparql, timeout, str(snapshot.folder))
        finally:
            snapshot.close()

    def _commit(self, plan: Plan) -> None:
        """Commit and bring it to the disk; when this returns, no crash can undo the change."""
        former = True
        try:
            super()._commit(plan)
            former = False
            self.engine.flush()
        except (OSError, RuntimeError) as error:
            self._inner, self._failed = None, True  # the engine refuses all work after an I/O error
            raise write_error(self.path, error, former=former) from error

    def load(self, blocks: Iterable[tuple[str, bytes]]) -> None:
        """See ``Writer.load``; when this returns, no crash can undo it."""
        try:
            super().load(blocks)
        except (OSError, RuntimeError) as error:
            self._inner, self._failed = None, True
            raise write_error(self.path, error) from error

    def discard(self, graphs: Iterable[str]) -> int:
        """See ``Writer.discard``."""
        try:
            named = [graph_name(graph) for graph in graphs]
            return discard_unseen(self.engine, self.path, named)
        except (OSError, RuntimeError) as error:
            self._inner, self._failed = None, True
            raise write_error(self.path, error, former=False) from error

    def tidy(self) -> None:
        """See ``Writer.tidy``."""
        try:
            self.engine.optimize()
        except (OSError, RuntimeError) as error:
            self._inner, self._failed = None, True
            raise write_error(self.path, error) from error

    def close(self) -> None:
        """Give the store back to other writers."""
        if self._inner is not None:
            with contextlib.suppress(OSError):
                (self.path / _WRITER).unlink(missing_ok=True)
        self._inner, self._failed = None, False


def check_marker(path: Path) -> None:
    """Raise unless ``path`` is a store this version can read."""
    hint = "'kg ingest FILES' creates a store; --store names another one"
    if not path.exists():
        raise StoreError(f"there is no store at {path}", hint)
    if not path.is_dir():
        raise StoreError(f"{path} is a file, not a store folder", hint)
    try:
        marker = json.loads((path / _MARKER).read_text(encoding="utf-8"))
        version = int(marker["format"])
    except FileNotFoundError:
        raise StoreError(f"the folder {path} is not a store", hint) from None
    except OSError as error:
        raise StoreError(f"cannot read the store {path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path / _MARKER} is damaged", f'it should say {{"format": {FORMAT}}}'
        ) from error
    if version > FORMAT:
        raise StoreVersionError(
            f"the store {path} has format {version}, made by version "
            f"{marker.get('made_by', '?')}; this version reads up to format {FORMAT}",
            "upgrade with: pip install --upgrade transatlantic-kg",
        )


def write_error(path: Path, error: Exception, *, former: bool = True) -> StoreError:
    """What went wrong while writing, in one line.

    Args:
        path: the store.
        error: the engine's complaint.
        former: the change was not even accepted, so that the former content is still there.
    """
    state = "it keeps its former content" if former else "it may hold the change or not"
    text = " ".join(str(error).split())
    if "No space left" in text or "Disk quota" in text or "File too large" in text:
        return StoreError(
            f"no space left to write to the store {path}; {state}",
            "free some space and run the command again",
        )
    return StoreError(f"cannot write to the store {path}: {text}; {state}")


def _create(path: Path) -> None:
    """Make an empty store unless there is one."""
    if (path / _MARKER).exists():
        return
    if path.exists() and not path.is_dir():
        return  # check_marker says what is wrong
    try:
        if path.exists() and any(path.iterdir()):
            raise StoreError(
                f"the folder {path} holds other files and is not a store",
                "name a new or empty folder with --store",
            )
        path.mkdir(parents=True, exist_ok=True)
        write_json(path / _MARKER, {"format": FORMAT, "made_by": _version()})
    except OSError as error:
        raise StoreError(
            f"cannot make a store at {path}: {error.strerror}", "name another folder with --store"
        ) from error


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, rare

    try:
        return version("transatlantic-kg")
    except PackageNotFoundError:
        return "unknown"


def _open_writing(path: Path) -> ox.Store:
    if not os.access(path, os.W_OK):
        raise StoreError(
            f"the store {path} cannot be written: its folder is read-only for you",
            "give yourself the right to write, or copy the store elsewhere",
        )
    try:
        return ox.Store(path / _ENGINE)
    except (OSError, RuntimeError) as error:
        text = " ".join(str(error).split())
        if "lock" in text.lower():
            raise _locked(path) from error
        if isinstance(error, OSError) and error.errno in (errno.EROFS, errno.EACCES):
            raise StoreError(f"the store {path} cannot be written: {text}") from error
        raise _unusable(path, text) from error


def _open_reading(path: Path) -> Snapshot:
    engine = path / _ENGINE
    if not (engine / "CURRENT").exists():
        raise StoreError(f"the store {path} is empty", "'kg ingest FILES' fills it")
    sweep(path / _READERS)
    try:
        return Snapshot(lambda: seen_folder(path, engine), path / _READERS)
    except (OSError, RuntimeError) as error:
        raise _unusable(path, " ".join(str(error).split())) from error


def _unusable(path: Path, problem: str) -> StoreError:
    return StoreError(
        f"cannot open the store {path}: {problem}",
        "if files were lost or damaged, restore a copy or ingest the documents into a new store",
    )


def _locked(path: Path) -> StoreLockedError:
    try:
        writer = json.loads((path / _WRITER).read_text(encoding="utf-8"))
        who = f"process {int(writer['pid'])} ({writer['program']})"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    return StoreLockedError(
        f"the store {path} is being written by {who}",
        "wait until it is done, or end it; reading works meanwhile",
    )
