"""Finding files: folders without loops, patterns that the shell left alone."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

__all__ = ["expand", "is_folder", "is_pattern", "walk"]

Report = Callable[[Path, OSError], None]


def walk(folder: Path, report: Report) -> list[Path]:
    """All files below a folder, sorted by path, whatever their suffix.

    Hidden files and folders, stores (``*.kg``), lock files of office programs (``~$…``), pipes and
    devices are left out. Links to folders are followed, each folder is visited once: a link that
    leads back up ends there, and a folder with a name of its own is read under that name.

    Args:
        folder: where to start.
        report: called with every folder that cannot be listed, and the reason.
    """
    found: list[Path] = []
    seen: set[tuple[int, int]] = set()
    linked = [folder]
    while linked:
        pending = [linked.pop(0)]
        while pending:
            here = pending.pop()
            try:
                if not _first_visit(here, seen):
                    continue
                entries = sorted(os.scandir(here), key=lambda entry: entry.name)
            except OSError as error:
                report(here, error)
                continue
            for entry in entries:
                if _left_out(entry.name):
                    continue
                path = Path(entry.path)
                if not is_folder(path):
                    found.extend([] if _is_special(path) else [path])
                elif not entry.name.endswith(".kg"):
                    (linked if entry.is_symlink() else pending).append(path)
    return sorted(found, key=lambda path: path.parts)


def _first_visit(folder: Path, seen: set[tuple[int, int]]) -> bool:
    status = folder.stat()
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True


def is_folder(path: Path) -> bool:
    """True for a folder or a link to one; False for whatever cannot be looked at."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises where this says no


def _is_special(path: Path) -> bool:
    """Pipes, sockets and devices, which would block or never end; not dangling links."""
    return os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113 - as above


def _left_out(name: str) -> bool:
    return name.startswith((".", "~$")) or name == "__MACOSX"


def is_pattern(text: str) -> bool:
    """True when a path holds ``*``, ``?`` or ``[``."""
    return glob.has_magic(text)


def expand(pattern: str, report: Report) -> list[Path]:
    """The files and folders a pattern stands for, sorted; ``**`` is any number of folders.

    Hidden files match only when the pattern spells out their dot.
    """
    head, star, tail = pattern.partition("**")
    if not star or (head and not head.endswith("/")) or not tail.startswith("/"):
        return sorted(map(Path, glob.glob(pattern)), key=lambda path: path.parts)  # noqa: PTH207 - pathlib's glob wants a relative pattern
    wanted = ["**", *(part for part in tail.split("/") if part)]
    return sorted(_below(head, wanted, report), key=lambda path: path.parts)


def _below(head: str, wanted: list[str], report: Report) -> Iterator[Path]:
    for root in glob.glob(head) if head else ["."]:  # noqa: PTH207 - as above
        for path in walk(Path(root), report):
            if _matches(path.relative_to(root).parts, wanted):
                yield path


def _matches(parts: tuple[str, ...], wanted: list[str]) -> bool:
    if not wanted:
        return not parts
    if wanted[0] == "**":
        return any(_matches(parts[skip:], wanted[1:]) for skip in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], wanted[0]) and _matches(parts[1:], wanted[1:])
