"""Names around a noun phrase: some of many ("ten states, among them France"), and houses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.words import words

if TYPE_CHECKING:
    from kg.extraction.events.people import Cast
    from kg.extraction.events.tree import Tree

__all__ = ["is_scene", "sample"]

_SAMPLING = frozenset(("including", "like"))
_REACH = 3
_WITHIN = words("in at inside outside")


def is_scene(tree: Tree, cast: Cast, i: int) -> bool:
    """True for the house in "In the Kremlin Putin received": a person follows."""
    person = i + 1
    before = i - 1 if i and tree.lower[i - 1] != "the" else i - 2
    inside = before >= 0 and tree.lower[before] in _WITHIN
    return inside and person < len(tree) and cast.persons(cast.at(person))


def sample(tree: Tree, cast: Cast, i: int) -> list[int]:
    """The first actor of "ten governments, among them France", "states including Italy"."""
    _, end = tree.bounds(i)
    for j in range(i + 1, min(i + 1 + _REACH, end - 1)):
        pair = tree.lower[j : j + 2]
        after = j + 1 if tree.lower[j] in _SAMPLING else 0
        if pair in (["among", "them"], ["such", "as"], ["led", "by"]):
            after = j + 2
        if after:
            found = [k for k in (after, after + 1) if k < end and cast.at(k)]
            return found[:1]
    return []
