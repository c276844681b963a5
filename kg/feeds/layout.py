"""How one table is read as a feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.feeds.kinds.mapped import Mapped
    from kg.feeds.tables import Dialect

__all__ = ["Layout"]


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a table as a feed.

    Attributes:
        kind: name in ``KINDS``, or that of a mapping.
        dialect: how the table is written; its columns are the file's own names.
        names: the feed's column → the file's, where the file has it under another name.
        mapping: the user's mapping, None for feeds we know.
    """

    kind: str
    dialect: Dialect
    names: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapped | None = None
