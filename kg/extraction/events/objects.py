"""Objects that the parser took for clauses: "bailed out Greece", "resumed intelligence sharing".

Masked names and nouns that look like verbs are read as open complements of a verb that then lacks
its object. Where the words around leave no doubt, they are nouns and objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.words import words

if TYPE_CHECKING:
    from kg.extraction.events.tree import Tree

__all__ = ["mend_objects"]

_COPULAR = words("be become remain stay seem appear look prove turn go sound feel get call name")
_NOMINAL = frozenset(("det", "amod", "compound", "nmod:poss", "nummod"))
_VERBAL = frozenset(("mark", "aux", "aux:pass", "nsubj", "nsubj:pass", "cop", "case"))
_PLURAL = frozenset(("VBZ", "NNS"))


def mend_objects(tree: Tree) -> None:
    """Make objects of such words in all sentences; the tree's children hold before and after."""
    moved = False
    for i in range(1, len(tree)):
        v = tree.head[i]
        if v >= i or tree.pos[v] != "VERB":
            continue
        if tree.label[i] == "xcomp" and _is_object(tree, i, v):
            _as_noun(tree, i)
        elif tree.label[i] == "obj" and tree.label[i - 1] == "obj" and tree.head[i - 1] == v:
            moved = _join(tree, i) or moved
    if moved:
        tree.settle()


def _is_object(tree: Tree, i: int, v: int) -> bool:
    """True for a name or a noun that can only be the object of the verb ``v``."""
    if tree.lemma[v] in _COPULAR or tree.is_passive(v) or tree.children(v, "obj"):
        return False
    labels = {tree.label[k] for k in tree.kids[i] if k < i}
    if labels & _VERBAL:
        return False
    if i in tree.annotated.actors:
        return True
    if tree.tag[i] == "VBZ":
        return i == v + 1 or bool(labels & _NOMINAL)
    return tree.tag[i] == "VBG" and tree.label[i - 1] in _NOMINAL and tree.head[i - 1] == i


def _as_noun(tree: Tree, i: int) -> None:
    tree.label[i] = "obj"
    if i not in tree.annotated.actors:
        tree.pos[i], tree.tag[i] = "NOUN", "NNS" if tree.tag[i] in _PLURAL else "NN"


def _join(tree: Tree, i: int) -> bool:
    """Read "arms exports" as one noun phrase instead of two objects."""
    if i in tree.annotated.actors or i - 1 in tree.annotated.actors or tree.tag[i] not in _PLURAL:
        return False
    _as_noun(tree, i)
    tree.head[i - 1], tree.label[i - 1] = i, "compound"
    for k in tree.kids[i - 1]:
        tree.head[k] = i
    return True
