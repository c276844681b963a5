"""Who does it and to whom: subjects and objects across control, coordination and voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.words import OBJECT_CONTROL, words

if TYPE_CHECKING:
    from kg.extraction.events.tree import Tree

__all__ = ["agents", "governing_verb", "patients", "subjects"]

_DEPTH = 8
_PAPERS = words(
    "letter statement declaration resolution article speech message note proclamation order "
    "decree bill law directive memorandum communique communiqué decision"
)
_FREE = words("discourse dep root compound appos vocative parataxis obl nmod")


def subjects(tree: Tree, v: int, depth: int = 0) -> list[int]:  # noqa: PLR0911 - one per construction
    """Surface subjects of a verb, its own or the one it shares with the verb above it."""
    own = tree.own_subjects(v)
    if own or depth > _DEPTH:
        return own
    label, above = tree.label[v], tree.head[v]
    if label in ("acl", "acl:relcl"):
        return _adnominal(tree, v, above, depth)
    if above == v:
        return _stray(tree, v)
    if not tree.is_verb(above):
        return _from_noun(tree, v, above, depth)
    if label in ("xcomp", "ccomp", "advcl"):
        return _controlled(tree, v, above, depth)
    if label in ("conj", "parataxis", "dep", "advmod"):
        return subjects(tree, above, depth + 1)
    return []


def _adnominal(tree: Tree, v: int, noun: int, depth: int) -> list[int]:
    if tree.label[v] == "acl" and any(tree.lower[k] == "to" for k in tree.children(v, "mark")):
        owners = tree.children(noun, "nmod:poss")
        if owners:
            return owners
        host = governing_verb(tree, noun)
        return subjects(tree, host, depth + 1) if host is not None else []
    if tree.tag[v] == "VBG" and tree.lower[noun] in _PAPERS:  # "wrote a letter backing"
        host = governing_verb(tree, noun)
        return subjects(tree, host, depth + 1) if host is not None else [noun]
    return [noun]


def _from_noun(tree: Tree, v: int, noun: int, depth: int) -> list[int]:
    """Participles and conjuncts that the parser hung on a noun."""
    if tree.label[v] in ("conj", "parataxis", "advcl", "dep", "ccomp", "xcomp"):
        near = _actor_before(tree, v)
        if near is not None:
            return [near]
        host = governing_verb(tree, noun)
        if host is not None and host != v:
            return subjects(tree, host, depth + 1)
        return [noun]
    return []


def _actor_before(tree: Tree, v: int) -> int | None:
    """The actor right before a finite verb, or the first of its coordination."""
    i = v - 1
    while i > 0 and tree.pos[i] == "ADV":
        i -= 1
    if tree.tag[v] not in ("VBD", "VBZ", "VBP") or i not in tree.annotated.actors or tree.cases(i):
        return None
    return tree.head[i] if tree.label[i] == "conj" and tree.head[i] in tree.annotated.actors else i


def _controlled(tree: Tree, v: int, above: int, depth: int) -> list[int]:
    finite_clause = tree.label[v] == "ccomp" and tree.tag[v] not in ("VB", "VBG", "VBN")
    if finite_clause:
        return []
    if tree.lemma[above] in OBJECT_CONTROL and tree.label[v] != "advcl":
        objects = tree.objects(above) or tree.children(above, "iobj")
        if objects:
            return objects
        if tree.is_passive(above):
            return subjects(tree, above, depth + 1)
    return subjects(tree, above, depth + 1)


def _stray(tree: Tree, v: int) -> list[int]:
    """The subject a finite root has lost: a free pronoun before it, or the nearest free actor."""
    if tree.tag[v] == "VB" or tree.pos[v] not in ("VERB", "AUX"):
        return []
    first, _ = tree.bounds(v)
    free = [
        i
        for i in range(first, v)
        if i in tree.annotated.actors and not tree.cases(i) and tree.label[i] in _FREE
    ]
    pronouns = [i for i in free if tree.lower[i] in ("we", "i", "he", "she", "they")]
    return pronouns[-1:] or [i for i in free if i >= v - 8][-1:]


def agents(tree: Tree, v: int) -> list[int]:
    """Who does what the verb says: the subject, or the by-phrase of a passive."""
    if not tree.is_passive(v):
        return subjects(tree, v)
    found = [k for k in tree.kids[v] if _is_by_phrase(tree, k)]
    if not found:
        found = [k for k in tree.children(v, "obl") if {"across", "throughout"} & tree.cases(k)]
    if not found:  # "dismissed as unfounded by X": the phrase hangs lower
        for node in tree.subtree(v):
            if node > v and tree.pos[node] != "VERB":
                found.extend(k for k in tree.kids[node] if k > v and _is_by_phrase(tree, k))
    return list(dict.fromkeys(found))


def _is_by_phrase(tree: Tree, i: int) -> bool:
    return tree.label[i] == "obl:agent" or (
        tree.label[i] in ("obl", "nmod") and tree.lower[i] != "by" and "by" in tree.cases(i)
    )


def patients(tree: Tree, v: int) -> list[int]:
    """To whom it is done: the object, or the subject of a passive."""
    if tree.is_passive(v):
        if tree.label[v] in ("acl", "acl:relcl") and not tree.own_subjects(v):
            return [tree.head[v]]
        return subjects(tree, v)
    found = tree.objects(v)
    if found or tree.label[v] != "conj":
        return found
    return []


def governing_verb(tree: Tree, i: int) -> int | None:
    """The nearest verb above a word."""
    for node in tree.ancestors(i):
        if tree.is_verb(node):
            return node
    return None
