"""Verbs that only say that something between two parties exists or grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.clauses import governing_verb
from kg.extraction.events.words import words

if TYPE_CHECKING:
    from kg.extraction.events.tree import Tree

__all__ = ["arising"]

_ARISING = words(
    "break erupt flare arise emerge develop escalate ensue rise mount grow deepen widen persist"
)


def arising(tree: Tree, noun: int) -> list[int]:
    """The verb of "a row broke out between …", "tensions are rising between …"."""
    verb = governing_verb(tree, noun)
    return [verb] if verb is not None and tree.lemma[verb] in _ARISING else []
