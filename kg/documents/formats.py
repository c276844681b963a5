"""Which module reads which media type: one format per module, each loaded when first needed.

A format is a module with ``read(item: RawItem, known: Known) -> Iterator[Draft]``. A further one
is registered by name, so that nothing is imported before a file of its kind turns up:

    register("application/x-cable", "mypackage.cables")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, cast

from kg.errors import FormatError

if TYPE_CHECKING:
    from kg.documents.draft import Draft, Known
    from kg.sources import RawItem

__all__ = ["Reader", "media_types", "reader_for", "register"]

Reader = Callable[["RawItem", "Known"], Iterator["Draft"]]

_MODULES = {
    "text/html": "kg.documents.page",
    "text/markdown": "kg.documents.markdown",
    "text/plain": "kg.documents.plain",
}


def register(media_type: str, module: str) -> None:
    """Let ``module.read`` read files of this media type from now on."""
    _MODULES[media_type] = module


def media_types() -> tuple[str, ...]:
    """All media types that are read, sorted."""
    return tuple(sorted(_MODULES))


def reader_for(media_type: str) -> Reader:
    """The reader of a media type.

    Raises:
        FormatError: when nothing reads it.
    """
    if media_type not in _MODULES:
        raise FormatError(
            f"nothing reads {media_type}", "known media types are " + " ".join(media_types())
        )
    return cast(Reader, import_module(_MODULES[media_type]).read)
