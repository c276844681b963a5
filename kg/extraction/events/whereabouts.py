"""Where an act happens, when nothing else tells its other side.

Read together with unnamed actors only. "They imposed a curfew in Abidjan" and "blockaded Paris" are
aimed at the people there; "a bomb near Samarra killed two soldiers" and "he was arrested in Mali"
tell that somebody of that country did it. Event coders take the place for that side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.clauses import subjects
from kg.extraction.events.sides import Side
from kg.extraction.events.words import words

if TYPE_CHECKING:
    from kg.extraction.events.sides import SideFinder
    from kg.extraction.events.tree import Tree
    from kg.extraction.events.triggers import Trigger

__all__ = ["Whereabouts"]

_AIMED = words("threaten coerce assault sanction protest mobilize aid concede retreat agree")
_DONE = words("assault coerce")
_WHERE = words("in at near outside on around of into inside throughout across over off")
_MEANS = words(
    "ambush attack attacks blast bomb bombing bombings bombs device explosion explosions fire "
    "gunfire mine mines missile missiles mortar raid rocket rockets shell shelling shells "
    "shooting landmine grenade grenades attempt gunbattle fighting clash clashes violence"
)
_BREAKS = frozenset(("acl:relcl", "parataxis", "conj", "advcl", "nsubj:pass", "nsubj"))


class Whereabouts:
    """Sides taken from places, for one document."""

    def __init__(self, tree: Tree, sides: SideFinder) -> None:
        self.tree, self.sides = tree, sides
        self.towns = tree.annotated.towns
        self._breaks = _BREAKS

    def target(self, trigger: Trigger, host: int, actor: Side, top: str) -> Side:
        """The place, or the other actor, that the words governed by the act name first."""
        frame = trigger.frame
        if not actor or not (top in _AIMED or "open" in frame.flags or frame.type == "investigate"):
            return Side()
        self._breaks = _BREAKS - {"advcl"} if top in ("threaten", "agree", "protest") else _BREAKS
        last = trigger.tokens[-1]
        for node in sorted({*self._below(trigger.at), *self._below(host)}):
            if node > last:
                found = self._there(node, actor)
                if found:
                    return found
        return Side()

    def author(self, trigger: Trigger, host: int, top: str) -> Side:
        """The place where a deed without a named author was done."""
        if top not in _DONE or not self._authorless(trigger, host):
            return Side()
        nodes = {*self.tree.subtree(host), *self.tree.subtree(trigger.at)}
        for node in sorted(nodes):
            if self._is_place(node):
                owners = self.tree.children(node, "nmod:poss", "amod", "compound")
                for place in (node, *owners):  # "in Mali", "in Pakistan's tribal belt"
                    stated = place != node or place in self.tree.annotated.places
                    ids = self.towns.get(place) or (self.sides.cast.at(place) if stated else ())
                    if ids:
                        return Side(ids, 0.7, "window", (place,))
        return Side()

    def _authorless(self, trigger: Trigger, host: int) -> bool:
        tree = self.tree
        if trigger.frame.part != "verb":
            return False
        found = subjects(tree, host)
        return tree.is_passive(host) or all(tree.lower[i] in _MEANS for i in found)

    def _is_place(self, node: int) -> bool:
        """True for "in Basra", and for the name in "near the town of Basra"."""
        cases, above = self.tree.cases(node), self.tree.head[node]
        named = "of" in cases or self.tree.label[node] in ("appos", "flat", "compound")
        return bool(_WHERE & cases) or (named and bool(_WHERE & self.tree.cases(above)))

    def _below(self, node: int) -> list[int]:
        """What a word governs, without other clauses."""
        tree, found, stack = self.tree, [], [node]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(k for k in tree.kids[token] if tree.label[k] not in self._breaks)
        return found

    def _is_capital(self, node: int, entity_id: str) -> bool:
        """True for "in Abidjan", where the name of the town stands for the state."""
        tree = self.tree
        name = self.sides.cast.entities[entity_id].name.lower()
        return node in tree.annotated.places and tree.lower[node] != name

    def _there(self, node: int, actor: Side) -> Side:
        if not self.sides.cast.at(node) and node not in self.towns:
            return Side()
        cast = self.sides.cast
        town = self.towns.get(node)
        if town:
            return Side(town, 0.75, "window", (node,))
        ids = tuple(
            x
            for x in self.sides.group(node, agent=True).ids
            if not cast.allied(set(actor.ids), {x}) or self._is_capital(node, x)
        )
        return Side(ids, 0.75, "window", (node,)) if ids else Side()
