"""Mending what parsers tend to get wrong in news about actors, before any rule looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.graft import cyclic, lost_subject
from kg.extraction.events.objects import mend_objects
from kg.extraction.events.surface import mend_surface
from kg.extraction.events.words import TIMES, words

if TYPE_CHECKING:
    from kg.extraction.events.tree import Tree

__all__ = ["mend", "repair"]

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_PAST = frozenset(("VBD", "VBN", "VBZ", "VBP"))
_ATTRIBUTE = ("amod", "acl", "compound", "flat", "case", "nmod", "dep")
_HANGING = ("advcl", "conj", "parataxis", "ccomp", "acl", "dep", "xcomp")
_BE = frozenset(("is", "are", "was", "were", "'s", "’s", "'re", "’re", "been"))
_HAVE = frozenset(("have", "has", "had", "'ve", "’ve"))
_OPENERS = words("VBG DT TO PRP$ PRP JJ JJR NNP NNPS NNS RP")
_PARTICLES = words("against out back off down")
_MOVED = ("punct", "advcl", "conj", "obl", "advmod", "mark", "parataxis")


def mend(tree: Tree, verbs: frozenset[str]) -> None:
    """Repair all sentences of a tree in place; ``verbs`` as for ``repair``."""
    for sentence in tree.annotated.sentences:
        first, last = sentence.first, sentence.last
        parsed = tree.head[first:last], tree.label[first:last]
        mend_surface(tree, first, last, verbs)
        repair(tree, first, last, verbs)
        if cyclic(tree, first, last):  # repairs that did not go together
            tree.head[first:last], tree.label[first:last] = parsed
    tree.settle()
    mend_objects(tree)


def repair(tree: Tree, first: int, last: int, verbs: frozenset[str]) -> None:
    """Mend the parse of the sentence ``first:last`` in place.

    Args:
        tree: arrays of heads and labels; its children hold again after ``tree.settle``.
        first: first token of the sentence.
        last: its end.
        verbs: inflected forms of verbs that name acts.
    """
    for v in range(first + 1, last):
        if v - 1 in tree.annotated.actors and tree.lower[v] in verbs:
            _attribute(tree, v, first, last)
        _perfect(tree, v, first, last, verbs)
        _after_time(tree, v, first, last)
    _bare_plural(tree, first, last, verbs)
    _after_aside(tree, first, last)
    _shared_finite(tree, first, last)
    for v in range(first + 2, last):
        lost_subject(tree, v, first, last)


def _root(tree: Tree, first: int, last: int) -> int | None:
    """The only root of a sentence when it is no verb."""
    roots = [i for i in range(first, last) if tree.head[i] == i]
    if len(roots) != 1 or tree.pos[roots[0]] in ("VERB", "AUX"):
        return None
    return roots[0]


def _attribute(tree: Tree, v: int, first: int, last: int) -> None:
    """Make a verb of a past form that was taken for an attribute of its object.

    "Britain bombed Egypt" tends to be read like "war-torn Egypt".
    """
    if tree.label[v] not in (*_ATTRIBUTE, "root") or tree.tag[v] == "NNS":
        return
    if not (tree.lower[v].endswith(("ed", "ew", "t", "s")) or tree.tag[v] in _FINITE):
        return
    root = _root(tree, first, last)
    if root is None:
        if tree.tag[v] in ("VBD", "VBZ") and tree.label[v] == "amod" and tree.head[v] > v:
            _local(tree, v, first, last)
        return
    if v - 1 > first and tree.lower[v - 1] in ("'s", "’s"):
        return
    if root == tree.head[v] and _lists(tree, v - 1, root):
        tree.head[v], tree.label[v] = v, "root"
        tree.head[root], tree.label[root] = v, "nsubj"
        _as_verb(tree, v)
        return
    target = tree.head[v] if tree.head[v] > v else root
    _take_over(tree, v, (root, target), first, last)
    subject = v - 1
    for i in (root, target):
        if i != v:
            tree.head[i], tree.label[i] = v, "obj"
    tree.head[subject], tree.label[subject] = v, "nsubj"
    if root < subject:
        tree.head[root], tree.label[root] = subject, "dep"
    tree.head[v], tree.label[v] = v, "root"
    _as_verb(tree, v)


def _lists(tree: Tree, a: int, root: int) -> bool:
    """True for the last of a list below a noun: "The ministers of Spain and Italy called"."""
    while tree.label[a] == "conj" and tree.head[a] < a:
        a = tree.head[a]
    return tree.label[a] == "nmod" and tree.head[a] == root


def _local(tree: Tree, v: int, first: int, last: int) -> None:
    """The same inside a subordinate clause ("when Trump accused Zelensky of")."""
    target, subject = tree.head[v], v - 1
    _take_over(tree, v, (target,), first, last)
    tree.head[v], tree.label[v] = tree.head[target], "parataxis"
    tree.head[target], tree.label[target] = v, "obj"
    tree.head[subject], tree.label[subject] = v, "nsubj"
    _as_verb(tree, v)


def _take_over(tree: Tree, v: int, heads: tuple[int, ...], first: int, last: int) -> None:
    for i in range(first, last):
        if i != v and tree.head[i] in heads and i not in heads and tree.label[i] in _MOVED:
            tree.head[i] = v


def _as_verb(tree: Tree, v: int) -> None:
    tree.pos[v] = "VERB"
    if tree.tag[v] not in _PAST:
        tree.tag[v] = "VBZ" if tree.lower[v].endswith("s") else "VBD"


def _after_time(tree: Tree, v: int, first: int, last: int) -> None:
    """Part a subject from the date before it: "On Sunday Bolton threatened", "In 1986 Reagan"."""
    a = v - 1
    if a not in tree.annotated.actors or tree.tag[v] not in ("VBD", "VBZ", "VBP") or a <= first:
        return
    time = tree.lower[a - 1]
    dated = time in TIMES or (time.isdigit() and len(time) in (2, 4))
    if not dated or tree.label[a] not in ("obl", "nmod", "compound") or tree.head[a] < a - 1:
        return
    if any(tree.head[k] == v and tree.label[k].startswith("nsubj") for k in range(first, last)):
        return
    for k in range(first, a):
        if tree.head[k] == a:
            tree.head[k] = a - 1 if k != a - 1 else v
    tree.head[a - 1], tree.label[a - 1] = v, "obl"
    tree.head[a], tree.label[a] = v, "nsubj"


def _perfect(tree: Tree, v: int, first: int, last: int, verbs: frozenset[str]) -> None:
    """Make a verb of a form after "have" or a modal that was taken for an attribute or an object.

    "has not imposed countermeasures", "have repeatedly complained about", "will not veto sanctions"
    """
    if tree.lower[v] not in verbs or tree.label[v] not in ("amod", "obj", "xcomp", "compound"):
        return
    before = v - 1
    while before > first and tree.pos[before] in ("ADV", "PART") and before > v - 4:
        before -= 1
    modal = tree.tag[before] == "MD" and tree.tag[v] in ("VB", "NN")
    going = tree.lower[before] in _BE and tree.lower[v].endswith("ing")  # "is mulling measures"
    if tree.lower[before] not in _HAVE and not modal and not going:
        return
    above = tree.head[v]
    if above == before:  # "have" was taken for the main verb
        label, top = tree.label[before], tree.head[before]
        _move(tree, before, v, first, last, everything=True)
        tree.head[before], tree.label[before] = v, "aux"
        tree.head[v], tree.label[v] = (v, "root") if top == before else (top, label)
    elif above > v and tree.label[v] in ("amod", "compound"):
        label, top = tree.label[above], tree.head[above]
        for i in range(first, v):
            if tree.head[i] == above:
                tree.head[i] = v
        _move(tree, above, v, first, last, everything=False)
        tree.head[v], tree.label[v] = (v, "root") if top == above else (top, label)
        tree.head[above], tree.label[above] = v, "obj"
        tree.head[before], tree.label[before] = v, "aux"
    else:
        return
    tree.pos[v], tree.tag[v] = "VERB", "VB" if modal else "VBG" if going else "VBN"


def _move(tree: Tree, old: int, new: int, first: int, last: int, everything: bool) -> None:
    for i in range(first, last):
        if i not in (old, new) and tree.head[i] == old and (everything or tree.label[i] in _MOVED):
            tree.head[i] = new


def _bare_plural(tree: Tree, first: int, last: int, verbs: frozenset[str]) -> None:
    """Make a verb of a noun after its subjects ("France and Britain favour imposing").

    Only in sentences that otherwise lack a finite verb.
    """
    if any(tree.tag[i] in _FINITE and tree.pos[i] in ("VERB", "AUX") for i in range(first, last)):
        return
    for v in range(first + 1, last - 1):
        if v - 1 not in tree.annotated.actors or tree.lower[v] not in verbs:
            continue
        if v in tree.annotated.actors or tree.pos[v] not in ("NOUN", "PROPN", "ADJ", "VERB"):
            continue
        follows = tree.tag[v + 1] in _OPENERS or tree.lower[v + 1] in _PARTICLES
        if follows or v + 1 in tree.annotated.actors:
            _as_finite(tree, v, first, last)
            return


def _as_finite(tree: Tree, v: int, first: int, last: int) -> None:
    root = next((i for i in range(first, last) if tree.head[i] == i), v)
    for i in range(first, v):
        inside = tree.head[i] == v and tree.label[i] in (
            "compound",
            "nmod",
            "nsubj",
            "flat",
            "amod",
        )
        if inside or (i == root and root != v):
            tree.head[i], tree.label[i] = v, "nsubj"
    for i in range(v + 1, last):
        if tree.head[i] in (v, root):
            label = tree.label[i]
            tree.head[i] = v
            tree.label[i] = {"acl": "xcomp", "nmod": "obl", "compound": "obj"}.get(label, label)
    tree.head[v], tree.label[v] = v, "root"
    if tree.head[v - 1] != v and tree.label[v - 1] == "compound":
        tree.head[v - 1], tree.label[v - 1] = v, "nsubj"
    tree.pos[v], tree.tag[v] = "VERB", "VBP"


def _after_aside(tree: Tree, first: int, last: int) -> None:  # noqa: C901 - one pattern
    """Give a subject back its verb after a relative clause or apposition between commas.

    In "Macron, who had met Trump on Monday, praised Ukraine" the verb tends to be hung on "met".
    """
    root = _root(tree, first, last)
    if root is None or root > first + 30:
        return
    for v in range(root + 2, last):
        attribute = tree.label[v] == "amod" and tree.tag[v] == "VBD" and tree.head[v] > v
        if tree.tag[v] not in _PAST or tree.pos[v] != "VERB":
            continue
        if tree.label[v] not in _HANGING and not attribute:
            continue
        before = v - 1 if tree.pos[v - 1] != "ADV" else v - 2
        if tree.lower[before] != "," or not _below(tree, v, root):
            continue
        if tree.tag[v] == "VBN" and tree.lower[min(v + 1, last - 1)] == "by":
            continue
        if any(tree.head[k] == v and tree.label[k].startswith("nsubj") for k in range(first, last)):
            continue
        above = tree.head[v]
        for i in range(v + 1, last):
            if tree.head[i] in (root, above) and i != v and tree.label[i] in _MOVED:
                tree.head[i] = v
        tree.head[v], tree.label[v] = v, "root"
        tree.head[root], tree.label[root] = v, "nsubj"
        if attribute:
            tree.head[above], tree.label[above] = v, "obj"
        return


def _below(tree: Tree, i: int, root: int) -> bool:
    for _ in range(12):
        if i == root:
            return True
        i = tree.head[i]
    return False


def _shared_finite(tree: Tree, first: int, last: int) -> None:
    """Hang finite verbs that were coordinated with an infinitive on the finite verb above it."""
    for i in range(first, last):
        above = tree.head[i]
        if tree.label[i] != "conj" or tree.tag[i] not in _FINITE or tree.tag[above] != "VB":
            continue
        steps = 0
        while tree.label[above] in ("xcomp", "conj", "advcl", "acl") and steps < 6:
            above = tree.head[above]
            steps += 1
            if tree.tag[above] in _FINITE:
                tree.head[i] = above
                break
