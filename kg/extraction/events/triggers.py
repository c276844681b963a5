"""Where a frame's words stand in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.events.words import PHRASE_GAP, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.events.tree import Tree
    from kg.extraction.frames import Expression, Frame, Lexicon

__all__ = ["Trigger", "act_type", "find_triggers", "holds_any"]

_ENDING = words("end stop cease halt withdraw lift refrain desist")
_BREAKS = words("; : . ! ? — –")
_ADJACENT = words("for on upon to of at with from into by against")
_NO_PHRASE_BREAK = words("and but which who that when after")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A frame that fired.

    Attributes:
        frame: what it means.
        at: the head token.
        tokens: all tokens of the expression, ascending.
    """

    frame: Frame
    at: int
    tokens: tuple[int, ...]


def find_triggers(tree: Tree, lexicon: Lexicon, first: int, last: int) -> Iterator[list[Trigger]]:
    """For each word of a sentence the frames it may fire, most specific first."""
    for i in range(first, last):
        if i in tree.annotated.actors and tree.pos[i] == "PROPN":
            continue
        entries = lexicon.heads.get(tree.lower[i]) or lexicon.heads.get(tree.lemma[i])
        if not entries:
            continue
        found = []
        fits = {part: _right_part(tree, part, i) for part in {f.part for f, _ in entries}}
        for frame, expression in entries:
            if not fits[frame.part] or ("domestic" in frame.flags and not tree.annotated.generic):
                continue
            tokens = _match(tree, frame, expression, i, first, last)
            if tokens is not None:
                found.append(Trigger(frame, i, tokens))
        if found:
            if tree.lemma[i] == "be" and tree.label[i] in ("cop", "aux:pass", "aux"):
                found = [Trigger(t.frame, tree.head[i], t.tokens) for t in found]
            found.sort(key=_rank)
            yield found


def _rank(trigger: Trigger) -> tuple[int, int, bool]:
    """The longest expression first, then what asks for more, then acts at home."""
    frame = trigger.frame
    return -len(trigger.tokens), -frame.demands, "domestic" not in frame.flags


def _match(
    tree: Tree, frame: Frame, expression: Expression, i: int, first: int, last: int
) -> tuple[int, ...] | None:
    tokens = [i]
    for offset, word in enumerate(reversed(expression.before), 1):
        if i - offset < first or tree.lower[i - offset] != word:
            return None
        tokens.insert(0, i - offset)
    position = i
    final = len(expression.after) - 1
    for n, word in enumerate(expression.after):
        adjacent = frame.part != "verb" or n > 0
        found = _next(tree, word, position, last, adjacent, particle=n == final)
        if found is None or (n == 0 and _possessive(tree, i, found)):
            return None
        tokens.append(found)
        position = found
    return tuple(tokens)


def _possessive(tree: Tree, i: int, end: int) -> bool:
    """True for the "'s" of "Trump's attack on Merkel shocked Berlin", which is no "is"."""
    return tree.lower[i] in ("'s", "’s") and any(tree.pos[j] == "NOUN" for j in range(i + 1, end))


def _next(
    tree: Tree, word: str, position: int, last: int, adjacent: bool, particle: bool
) -> int | None:
    """Where the next word of an expression stands.

    Args:
        tree: the parse.
        word: the word.
        position: token of the word before.
        last: end of the sentence.
        adjacent: at most one token may stand between.
        particle: the word ends the expression, so that a preposition goes with the verb; in
            "took Britain to task" an object may stand before it.
    """
    gap = 1 if adjacent else PHRASE_GAP
    for j in range(position + 1, min(position + 2 + gap, last)):
        if tree.lower[j] == word or tree.lemma[j] == word:
            return j
        if particle and word in _ADJACENT and tree.pos[j] not in ("ADV", "PART", "PUNCT", "ADP"):
            return None
        if tree.lower[j] in _BREAKS or tree.lower[j] in _NO_PHRASE_BREAK:
            return None
    return None


def _right_part(tree: Tree, part: str, i: int) -> bool:
    """True when a word can be a frame's verb, noun or adjective."""
    pos = tree.pos[i]
    if part == "verb":
        if pos in ("VERB", "AUX"):
            return not (
                (tree.label[i] == "amod" and not tree.children(i, "nsubj", "nsubj:pass"))
                or (pos == "AUX" and tree.lemma[i] not in ("be", "have", "do"))
            )
        return pos in ("NOUN", "PROPN", "ADJ") and bool(
            tree.children(i, "nsubj", "nsubj:pass", "aux", "aux:pass")
        )
    if part == "noun":
        return pos in ("NOUN", "PROPN", "ADJ", "X") or tree.tag[i] in ("NN", "NNS")
    return pos in ("ADJ", "VERB", "NOUN", "ADV", "ADP")


def holds_any(tree: Tree, tokens: list[int], items: frozenset[str]) -> int | None:
    """First token among ``tokens`` (ascending) at which one of the words or phrases begins."""
    for i in tokens:
        if tree.lower[i] in items or tree.lemma[i] in items or _singular(tree.lower[i]) in items:
            return i
        if " " in tree.lower[i] and not items.isdisjoint(tree.lower[i].split()):
            return i
        pair = " ".join(tree.lower[i : i + 2])
        if pair in items or _singular(pair) in items or " ".join(tree.lower[i : i + 3]) in items:
            return i
        if "-" in tree.lower[i] and tree.lower[i].rpartition("-")[2] in items:
            return i
    return None


def _singular(word: str) -> str:
    """The likely singular of a plural, for words the lemmatiser leaves alone ("troops")."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def act_type(tree: Tree, trigger: Trigger, joint: bool) -> str:
    """The frame's type; a call on somebody to stop what he does is a demand."""
    kind: str = trigger.frame.type
    if joint and kind == "reaffirm":
        return "commit"
    if kind != "call-for":
        return kind
    hosts = [trigger.at, *(k for t in trigger.tokens for k in tree.kids[t])]
    asked = [k for h in hosts for k in tree.children(h, "xcomp", "advcl", "acl", "ccomp")]
    return "demand" if any(tree.lemma[k] in _ENDING for k in asked) else kind
