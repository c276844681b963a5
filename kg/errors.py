"""The exception tree: everything the library raises on purpose.

    KgError
    ├── UsageError            the request itself is wrong (CLI exit code 2)
    │   ├── QueryError        SPARQL that cannot be parsed or is not allowed
    │   └── FormatError       an output or input format nobody knows
    ├── SourceError           something that was to be read cannot be read
    │   └── UnreadableError   it was opened, but holds no text we can use
    ├── StoreError            the store cannot be opened, read or written
    │   ├── StoreLockedError  another process is writing to it
    │   └── StoreVersionError it was made by a newer version
    ├── ModelError            the language pipeline is missing or unusable
    ├── ReferenceDataError    reference data or vocabularies are unusable
    └── NotFoundError         a document, event or pair that is not there

The library raises; only ``kg.cli`` turns an error into a message and an exit code.
"""

from __future__ import annotations

__all__ = [
    "FormatError",
    "KgError",
    "ModelError",
    "NotFoundError",
    "QueryError",
    "ReferenceDataError",
    "SourceError",
    "StoreError",
    "StoreLockedError",
    "StoreVersionError",
    "UnreadableError",
    "UsageError",
]


class KgError(Exception):
    """Base of all errors raised on purpose.

    Args:
        message: one line: what is wrong and where.
        hint: what the user can do about it, one line without a leading "Hint:".
    """

    exit_code: int = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(KgError):
    """The request itself is wrong: an unknown option value, a date that is no date."""

    exit_code = 2


class QueryError(UsageError):
    """A SPARQL query that cannot be parsed, lacks a parameter, or would update the store."""


class FormatError(UsageError):
    """An input or output format that does not exist."""


class SourceError(KgError):
    """A file, folder or stream that cannot be read at all."""


class UnreadableError(SourceError):
    """Content that was opened but holds no text: empty, binary, too large, wrongly encoded."""


class StoreError(KgError):
    """A store that cannot be opened, read or written."""


class StoreLockedError(StoreError):
    """Another process is writing to the store."""


class StoreVersionError(StoreError):
    """The store was made by a newer version of this program."""


class ModelError(KgError):
    """The language pipeline, or a learned model, is missing, incomplete or unusable."""


REINSTALL = "install again: python -m pip install --force-reinstall transatlantic-kg"
"""What to do when a file of ours is missing or broken."""


class ReferenceDataError(KgError):
    """Reference data or vocabularies that break their own rules."""


class NotFoundError(KgError):
    """A document, event, actor or pair that the store does not hold."""
