"""Grafting: giving a verb its subject in a parse that missed the clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.words import SAY, words

if TYPE_CHECKING:
    from kg.extraction.events.tree import Tree

__all__ = ["above", "adopt", "cyclic", "lost_subject"]

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_CONTENT = ("obj", "xcomp", "ccomp", "obl", "advmod", "advcl", "nmod", "appos", "dep")
_ATTRIBUTE = ("amod", "compound")
_JOINERS = words("and but while as after before when ; because that ,")
_SUBORDINATING = words("as after when while because if before since though although until")


def above(tree: Tree, i: int) -> list[int]:
    """Governors of ``i``, nearest first, of a tree whose children do not hold."""
    found: list[int] = []
    while tree.head[i] != i and len(found) < 40:
        i = tree.head[i]
        found.append(i)
    return found


def adopt(tree: Tree, v: int, subject: int, first: int, last: int) -> None:
    """Make ``v`` a finite verb with ``subject``, and what followed its object."""
    saved = (tree.head[first:last], tree.label[first:last])
    old, label = tree.head[v], tree.label[v]
    before = tree.head[subject]
    root = next((i for i in range(first, last) if tree.head[i] == i), v)
    _place(tree, v, subject, root, first)
    for k in range(first, last):
        if k in (v, subject) or tree.head[k] not in (subject, old):
            continue
        follows = k > v and tree.head[k] == subject and tree.label[k] in _CONTENT
        if follows or (k < subject and tree.head[k] == old > v and label in _ATTRIBUTE):
            tree.head[k] = v
    if old > v and label in ("amod", "compound", "acl", "case", "mark"):
        tree.head[old], tree.label[old] = v, "obj"
    elif root > v and root not in (v, old) and tree.head[root] == root:
        tree.head[root], tree.label[root] = v, "obj"
    tree.head[subject], tree.label[subject] = v, "nsubj"
    tree.pos[v] = "VERB"
    if tree.tag[v] not in _FINITE:
        tree.tag[v] = "VBZ" if tree.lower[v].endswith("s") else "VBD"
        if tree.lower[v] == tree.lemma[v]:
            tree.tag[v] = "VBP"
    if cyclic(tree, first, last) or (before == v and old == subject and label == "nsubj"):
        tree.head[first:last], tree.label[first:last] = saved


def _place(tree: Tree, v: int, subject: int, root: int, first: int) -> None:
    """Hang the clause of ``v`` on the sentence."""
    if root == v + 1 and tree.tag[root] == "VBG":  # "favour imposing"
        tree.head[v], tree.label[v] = v, "root"
        tree.head[root], tree.label[root] = v, "xcomp"
        return
    verbal = tree.pos[root] in ("VERB", "AUX") and root not in (v, subject)
    if not verbal:
        tree.head[v], tree.label[v] = v, "root"
        if root not in (v, subject) and root < v:
            tree.head[root], tree.label[root] = v, "dep"
        return
    if v in above(tree, root):
        return
    opener = subject - 1
    while opener > first and tree.lower[opener] in ("the", '"', "“", "``"):
        opener -= 1
    word = tree.lower[opener] if opener >= first else ""
    if root < subject and tree.lemma[root] in SAY and word in ("that", tree.lower[root]):
        label = "ccomp"
    elif word in _SUBORDINATING:
        label = "advcl"
    else:
        label = "conj" if word in ("and", "but", "or") else "parataxis"
    tree.head[v], tree.label[v] = root, label


def cyclic(tree: Tree, first: int, last: int) -> bool:
    """True when some token has no way up to a root."""
    for i in range(first, last):
        node, steps = i, 0
        while tree.head[node] != node:
            node, steps = tree.head[node], steps + 1
            if steps > last - first:
                return True
    return False


def lost_subject(tree: Tree, v: int, first: int, last: int) -> None:
    """Give a finite verb the actor right before it, which was coordinated with something else.

    "refused to support the pound and the Soviet Union threatened rocket attacks"
    """
    if tree.tag[v] not in ("VBD", "VBZ", "VBP") or tree.pos[v] != "VERB":
        return
    a = v - 1
    if a not in tree.annotated.actors or tree.label[a] not in (
        "conj",
        "appos",
        "obj",
        "nmod",
        "obl",
        "compound",
    ):
        return
    if any(tree.head[k] == v and tree.label[k].startswith("nsubj") for k in range(first, last)):
        return
    before = a - 1 if tree.lower[a - 1] not in ("the", "president") else a - 2
    if before >= first and tree.lower[before] in _JOINERS and tree.head[v] != a:
        tree.head[a], tree.label[a] = v, "nsubj"
