"""Libraries that only some formats need, with a way out when one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import SourceError

__all__ = ["needed"]


def needed(module: str, what: str) -> Any:
    """Import ``module``, which the extra "report" installs.

    Args:
        module: name to import.
        what: what it draws or writes, for the message ("charts").

    Raises:
        SourceError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise SourceError(
            f"{what} need {module.partition('.')[0]}, which is not installed",
            "pip install 'transatlantic-kg[report]', or choose --format md",
        ) from error
