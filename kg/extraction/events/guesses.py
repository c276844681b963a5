"""Weak guesses for a side that no slot names: whoever stands nearest in the right direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.sides import Side
from kg.extraction.events.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.extraction.events.sides import SideFinder
    from kg.extraction.events.tree import Tree
    from kg.extraction.events.triggers import Trigger

__all__ = ["Guesses"]

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_WH = ("who", "whose", "which", "whom", "where")
_STOPS = frozenset((";", ":", ".", "?", "!", '"', "“", "”"))
_ELSEWHERE = words(
    "in at after before during until since because when while as , and but that which who"
)


class Guesses:
    """The surroundings of one trigger."""

    def __init__(self, tree: Tree, sides: SideFinder, trigger: Trigger) -> None:
        self.tree, self.sides = tree, sides
        self.at, self.tokens = trigger.at, trigger.tokens

    def nearby(self, actor: Side, allied: Callable[[set[str], set[str]], bool]) -> Side:
        """The first other actor among the words that depend on the trigger: a weak guess."""
        tree = self.tree
        found = sorted(
            node
            for node in tree.subtree(self.at)
            if node > self.at and self.sides.cast.at(node) and not self._aside(node)
        )
        for node in found:
            side = self.sides.named(node)
            rest = tuple(x for x in side.ids if not allied(set(actor.ids), {x}))
            if rest:
                return Side(rest, 0.7 * side.confidence, "window", side.tokens)
        return Side()

    def before(self) -> Side:
        """The free actor to the left of a finite verb that the parser left without a subject."""
        tree, at = self.tree, self.at
        if tree.tag[at] not in _FINITE and not tree.auxiliaries(at):
            return Side()
        if tree.is_passive(at):
            return self._by_window()
        first, _ = tree.bounds(at)
        for j in range(at - 1, max(first, at - 25) - 1, -1):
            if tree.lower[j] in _STOPS or (tree.tag[j] in _FINITE and tree.head[j] != at):
                return self._first_of_aside(first)
            free = not tree.cases(j) and tree.label[j] not in ("nmod:poss", "compound", "amod")
            if free and self._done_to(j):
                return self._first_of_aside(first)
            if free and self.sides.named(j) and j in tree.annotated.actors:
                side = self.sides.group(j, agent=True)
                return Side(side.ids, 0.7 * side.confidence, "window", side.tokens)
        return Side()

    def _done_to(self, j: int) -> bool:
        """True for the object of another clause ("a storm hit Denmark and threatened")."""
        tree, verb = self.tree, self.tree.head[j]
        sure = tree.label[j] == "obj" and verb < j and tree.own_subjects(verb)
        return bool(sure) and tree.label[self.at] == "conj"

    def _first_of_aside(self, first: int) -> Side:
        """The actor that opens a sentence before "…, whose country holds the presidency, …"."""
        tree, comma = self.tree, self.at - 1
        if tree.lower[comma] != ",":
            return Side()
        for j in range(comma - 3, max(first, comma - 25) - 1, -1):
            opened = tree.lower[j + 1] == "," and tree.lower[j + 2] in _WH
            if opened and (side := self.sides.named(j)) and not tree.cases(j):
                return Side(side.ids, 0.8 * side.confidence, "window", side.tokens)
            if tree.lower[j] in _STOPS:
                break
        return Side()

    def _by_window(self) -> Side:
        tree, at = self.tree, self.at
        _, last = tree.bounds(at)
        for j in range(at + 1, min(at + 10, last - 1)):
            if tree.lower[j] == "by":
                side = next(
                    (s for k in (j + 1, j + 2) if k < last and (s := self.sides.named(k))), Side()
                )
                return Side(side.ids, 0.7 * side.confidence, "window", side.tokens)
            if tree.lower[j] in _STOPS:
                break
        return Side()

    def after(self, actor: Side, allied: Callable[[set[str], set[str]], bool]) -> Side:
        """The actor right behind a verb, wherever the parser hung it."""
        tree, last_token = self.tree, self.tokens[-1]
        _, last = tree.bounds(last_token)
        for j in range(last_token + 1, min(last_token + 6, last)):
            if tree.lower[j] in _STOPS or tree.tag[j] in _FINITE or tree.lower[j] in _ELSEWHERE:
                break
            side = self.sides.named(j)
            rest = tuple(x for x in side.ids if not allied(set(actor.ids), {x}))
            if rest:
                return Side(rest, 0.6 * side.confidence, "window", side.tokens)
        return Side()

    def _aside(self, node: int) -> bool:
        """True for words of a clause or adjunct that is not about the act itself."""
        tree = self.tree
        while node != self.at and tree.head[node] != node:
            if tree.label[node] in ("advcl", "parataxis", "conj") and tree.head[node] == self.at:
                return True
            if tree.label[node] == "obl" and {
                "in",
                "after",
                "before",
                "despite",
                "during",
                "over",
            } & tree.cases(node):
                return True
            node = tree.head[node]
        return False
