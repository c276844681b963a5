"""The records of the judgement layer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Decisions", "Judgement", "Verdict"]


class Verdict(StrEnum):
    """What somebody decided."""

    SAME = "same"
    DIFFERENT = "different"
    WRONG = "wrong"
    RIGHT = "right"
    UNDO = "undo"

    @property
    def compares(self) -> bool:
        """True for the verdicts that need something to compare with."""
        return self in (Verdict.SAME, Verdict.DIFFERENT)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One entry of the log; entries are never changed or removed.

    Attributes:
        iri: its identifier, a hash of everything below.
        number: position in the log, from 1.
        verdict: what was decided.
        subjects: IRIs of the events or actors judged, sorted; none for an undo.
        others: for "same" and "different": the IRIs they were compared with, sorted.
        document: IRI of the document in which a link to an actor was judged, "" for events.
        author: who decided.
        at: when, to the second, in UTC.
        note: why, in free words.
        undoes: IRI of the entry that an undo takes back, else "".
    """

    iri: str
    number: int
    verdict: Verdict
    subjects: tuple[str, ...]
    others: tuple[str, ...]
    document: str
    author: str
    at: datetime
    note: str = ""
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the log comes to: entries that were not undone, the later over the earlier.

    Attributes:
        wrong, right: IRIs of events.
        same, different: pairs of IRIs, each in alphabetical order.
        wrong_links, right_links: (document IRI, actor IRI): whether that document means that actor.
    """

    wrong: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()
    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()
    wrong_links: frozenset[tuple[str, str]] = frozenset()
    right_links: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        """True when anything was decided."""
        return any((self.wrong, self.right, self.same, self.different, self.wrong_links))
