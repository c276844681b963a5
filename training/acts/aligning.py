"""Which tokens of the reader's parse tell the annotated acts, and which stand for their actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from passages import Act, Passage

    from kg.extraction.learned.kinds import Kinds


def tokens_of(kinds: Kinds, start: int, end: int) -> list[int]:
    """The tokens between two characters."""
    offsets = kinds.tree.annotated.offsets
    return [i for i, (first, last) in enumerate(offsets) if first < end and start < last]


def _heads(kinds: Kinds, tokens: list[int]) -> list[int]:
    """Those tokens that hang on none of the others."""
    head = kinds.tree.head
    return [i for i in tokens if head[i] == i or head[i] not in tokens]


def told_in(passage: Passage, kinds: Kinds) -> dict[int, Act]:
    """The acts by the token that tells them."""
    found: dict[int, Act] = {}
    pos = kinds.tree.pos
    for act in passage.acts:
        tokens = tokens_of(kinds, *act.trigger)
        content = [i for i in tokens if kinds.may_tell(i)]
        tops = [i for i in _heads(kinds, tokens) if i in content] or content
        if not tops:
            continue
        at = tops[0]
        if pos[at] == "ADV":
            at = next((i for i in content if pos[i] in ("VERB", "NOUN")), at)
        found.setdefault(at, act)
    return found


def numbers_in(passage: Passage, kinds: Kinds) -> dict[int, frozenset[int]]:
    """The numbers of the actors that tokens stand for."""
    found: dict[int, frozenset[int]] = {}
    for numbers, start, end in passage.mentions:
        tokens = tokens_of(kinds, start, end)
        if tokens:
            actors = [i for i in tokens if i in kinds.tree.annotated.actors]
            at = (actors or _heads(kinds, tokens))[0]
            found[at] = found.get(at, frozenset()) | numbers
    return found
