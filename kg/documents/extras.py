"""Libraries that only some formats need: loaded when one turns up, with a way out when missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import SourceError

__all__ = ["need"]


def need(module: str, extra: str, what: str) -> Any:
    """Import ``module``.

    Args:
        module: name to import.
        extra: the extra of this distribution that installs it.
        what: the files it reads, for the message ("PDF files").

    Raises:
        SourceError: when it is not installed, naming the command that installs it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        hint = f"pip install 'transatlantic-kg[{extra}]'"
        library = module.partition(".")[0]
        raise SourceError(
            f"reading {what} needs {library}, which is not installed", hint
        ) from error
