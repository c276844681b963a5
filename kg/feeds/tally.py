"""The books of a feed: each row comes out as an event, merged, filtered or rejected."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["SHOWN", "Reject", "Tally", "reject_writer"]

SHOWN = 10
"""Rejected rows that are kept for the report; all go to the reject file."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot be read.

    Attributes:
        source: the file.
        row: its number, the first row of data being 1.
        reason: what is wrong, without the row's own words.
        record: the row as it stands (a very long one only in part), or its fields as JSON.
    """

    source: str
    row: int
    reason: str
    record: str


@dataclass(slots=True)
class Tally:
    """Counts of one feed.

    Attributes:
        rows: read so far, blank lines left out.
        coded: handed on as events; the loader tells which of them merged.
        filtered: reason → rows left out on purpose.
        rejected: reason → rows that cannot be read.
        pairs: of rows that name several on a side: reason → pairs of them left out, while others
            of the row count.
        first: the first ``SHOWN`` of the rejected.
        on_reject: gets every rejected row.
    """

    rows: int = 0
    coded: int = 0
    filtered: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    first: list[Reject] = field(default_factory=list)
    on_reject: Callable[[Reject], None] | None = None

    def reject(self, found: Reject) -> None:
        """Count a row that cannot be read."""
        self.rejected[found.reason] += 1
        if len(self.first) < SHOWN:
            self.first.append(found)
        if self.on_reject:
            self.on_reject(found)

    def filter(self, reasons: Mapping[str, int]) -> None:
        """Count rows left out on purpose."""
        self.filtered.update({reason: count for reason, count in reasons.items() if count})

    @property
    def balanced(self) -> bool:
        """True when every row is accounted for."""
        return self.rows == self.coded + self.filtered.total() + self.rejected.total()


def reject_writer(out: TextIO) -> Callable[[Reject], None]:
    """A function that writes rejected rows to ``out``, a JSON object a line."""

    def write(found: Reject) -> None:
        line = {
            "source": found.source,
            "row": found.row,
            "reason": found.reason,
            "record": found.record,
        }
        out.write(json.dumps(line, ensure_ascii=True) + "\n")

    return write
