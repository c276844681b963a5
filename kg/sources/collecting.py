"""From what the user typed to raw items, one at a time, with a clear word on each that fails."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from kg.errors import SourceError, UnreadableError
from kg.sources.items import RawItem, SourceProblem
from kg.sources.media import (
    is_known,
    is_known_suffix,
    is_text,
    is_web_address,
    known_suffixes,
    looks_binary,
    media_type_of,
    suffix_of,
)
from kg.sources.walking import expand, is_folder, is_pattern, walk
from kg.waiting import let_interrupt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["MAX_BYTES", "collect", "named_files"]

MAX_BYTES = 20 * 1024 * 1024
"""Largest file that is read unless the caller says otherwise, in bytes."""

Found = RawItem | SourceProblem


def collect(
    inputs: Sequence[str],
    *,
    base: Path,
    stdin: BinaryIO | None = None,
    max_bytes: int = MAX_BYTES,
    assume: str = "",
    allow_private: bool = False,
) -> Iterator[Found]:
    """Read what was named, in the order it was named; folders and patterns in sorted order.

    Folders are read recursively and give only files of known suffix, without README files, which
    describe the folder; a file named outright is read whatever its name. A file that is reached
    twice is read once. Problems are yielded, not raised, so that one bad file does not cost the
    others.

    Args:
        inputs: files, folders, patterns (``*``, ``?``, ``[…]``, ``**``), http and https addresses,
            or "-" for ``stdin``.
        base: folder that ``RawItem.source`` is relative to.
        stdin: what "-" reads; None when there is no standard input.
        max_bytes: larger files become a problem without being read whole.
        assume: suffix (".md") to go by for standard input and files without a known suffix.
        allow_private: whether addresses inside one's own network are read, too.
    """
    collector = _Collector(base, stdin, max_bytes, assume, allow_private)
    for given in inputs:
        yield from collector.input(given)


def named_files(inputs: Sequence[str]) -> Iterator[str]:
    """The inputs with folders and patterns replaced by the files that ``collect`` reads of them.

    What names no file, or nothing readable, stays as it is: whoever reads it says what is wrong.
    """
    for given in inputs:
        paths: list[Path] = []
        if is_web_address(given) or not given.strip("-\0 \n\t"):
            pass
        elif is_pattern(given) and not os.path.lexists(given):
            paths = [inside for path in expand(given, _unlisted) for inside in _inside(path)]
        else:
            paths = _inside(Path(given))
        yield from map(str, paths) if paths else (given,)


def _inside(path: Path) -> list[Path]:
    if not is_folder(path):
        return [path]
    return [found for found in walk(path, _unlisted) if _is_document(found)]


def _unlisted(folder: Path, error: OSError) -> None:
    """Reported by whoever reads it."""


@dataclass(slots=True)
class _Collector:
    base: Path
    stdin: BinaryIO | None
    max_bytes: int
    assume: str
    allow_private: bool
    seen: set[str] = field(default_factory=set)
    unlisted: list[SourceProblem] = field(default_factory=list)

    def input(self, given: str) -> Iterator[Found]:
        name = _printable(given)
        if given == "-":
            yield self._standard_input()
        elif not given.strip() or "\0" in given:
            hint = "name a file, a folder or - for standard input"
            yield SourceProblem(name, SourceError(f"not a path: {name!r}", hint))
        elif is_web_address(given):
            yield self._page(given, name)
        elif is_pattern(given) and not os.path.lexists(given):
            yield from self._pattern(given, name)
        else:
            yield from self._path(Path(given))

    def _standard_input(self) -> Found:
        if self.stdin is None:
            return SourceProblem("stdin", SourceError("there is no standard input to read"))
        try:
            let_interrupt()
            data = self.stdin.read(self.max_bytes + 1)
            return self._item(data, "stdin", "stdin", "")
        except SourceError as error:
            return SourceProblem("stdin", error)
        except (OSError, ValueError) as error:
            return SourceProblem("stdin", SourceError(f"cannot read standard input: {error}"))

    def _page(self, given: str, name: str) -> Found:
        from kg.sources.web import fetch  # noqa: PLC0415 - TLS and HTTP, only when asked for

        try:
            answer = fetch(given, max_bytes=self.max_bytes, allow_private=self.allow_private)
            suffix = suffix_of(urlsplit(answer.url).path)
            item = self._item(answer.data, name, _printable(answer.url), suffix)
        except SourceError as error:
            return SourceProblem(name, error)
        declared = answer.media_type
        known = is_known(declared) and declared != "text/plain"  # which servers say of anything
        return replace(
            item,
            media_type=declared if known else item.media_type,
            charset=answer.charset,
        )

    def _pattern(self, given: str, name: str) -> Iterator[Found]:
        paths = expand(given, self._report)
        yield from self._reported()
        if not paths:
            hint = "check the pattern; put it in quotes to keep the shell away from it"
            yield SourceProblem(name, SourceError(f"no file matches {name}", hint))
        for path in paths:
            yield from self._path(path)

    def _path(self, path: Path) -> Iterator[Found]:
        if is_folder(path):
            yield from self._folder(path)
        elif self._new(path):
            yield self._file(path)

    def _folder(self, folder: Path) -> Iterator[Found]:
        files = walk(folder, self._report)
        unlisted = list(self._reported())
        yield from unlisted
        readable = [path for path in files if _is_document(path)]
        for path in readable:
            if self._new(path):
                yield self._file(path)
        if not readable and not unlisted:
            name = _printable(str(folder))
            what = f"nothing readable in folder {name}"
            if files:
                what += f" ({len(files)} file{'s' * (len(files) > 1)} of other kinds)"
            hint = "known suffixes are " + " ".join(known_suffixes())
            yield SourceProblem(name, UnreadableError(what, hint))

    def _report(self, folder: Path, error: OSError) -> None:
        name = _printable(str(folder))
        self.unlisted.append(SourceProblem(name, _os_problem(name, error)))

    def _reported(self) -> Iterator[SourceProblem]:
        yield from self.unlisted
        self.unlisted.clear()

    def _new(self, path: Path) -> bool:
        key = os.path.realpath(path)
        fresh = key not in self.seen
        self.seen.add(key)
        return fresh

    def _file(self, path: Path) -> Found:
        name = _printable(str(path))
        try:
            with path.open("rb") as stream:
                let_interrupt()  # it may be a pipe
                data = stream.read(self.max_bytes + 1)
            return self._item(data, name, _relative(path, self.base), suffix_of(path.name))
        except SourceError as error:
            return SourceProblem(name, error)
        except OSError as error:
            return SourceProblem(name, _os_problem(name, error))

    def _item(self, data: bytes, name: str, source: str, suffix: str) -> RawItem:
        if not data:
            raise UnreadableError(f"{name} is empty", "a document needs some text")
        if len(data) > self.max_bytes:
            limit = f"{self.max_bytes / 1024 / 1024:g} MB"
            hint = "split it, or raise the limit"
            raise UnreadableError(f"{name} is larger than {limit}", hint)
        if not is_known_suffix(suffix):
            suffix = self.assume or suffix
        media_type = media_type_of(suffix, data)
        if not is_known(media_type) or (is_text(media_type) and looks_binary(data)):
            hint = "known kinds are " + " ".join(known_suffixes())
            raise UnreadableError(f"{name} is a binary file, not text", hint)
        return RawItem(data, name, source, suffix, media_type)


def _is_document(path: Path) -> bool:
    return suffix_of(path.name) in known_suffixes() and path.stem.lower() != "readme"


def _os_problem(name: str, error: OSError) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return SourceError(f"no such file or folder: {name}", "check the spelling and the folder")
    if isinstance(error, PermissionError):
        return SourceError(f"not allowed to read {name}", "check its permissions")
    return SourceError(f"cannot read {name}: {error.strerror or error}")


def _relative(path: Path, base: Path) -> str:
    """The path as the store knows it: below ``base`` relative to it, else absolute."""
    lexical = Path(os.path.abspath(path))  # noqa: PTH100 - "..", but no link, is resolved
    for inside, root in ((lexical, base.absolute()), (path.resolve(), base.resolve())):
        if inside.is_relative_to(root):
            return _printable(inside.relative_to(root).as_posix())
    return _printable(lexical.as_posix())


def _printable(name: str) -> str:
    r"""A file name that can be stored and printed: bytes that are no UTF-8 become ``\xNN``."""
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in shown)
