"""Whom "Ministers", "the Allies" and "they" mean in a text that speaks for its authors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.events.words import words
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.annotation import Annotated
    from kg.extraction.events.sides import SideFinder
    from kg.extraction.events.tree import Tree

__all__ = ["voices"]

_STATEMENT = re.compile(
    r"\b(?:communiqu[eé]|(?:joint|final|common) (?:statement|declaration)|declaration"
    r"|statement|conclusions)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\W*(?:\d+\W+)?We(?:,| the\b)")
_DISPATCH = re.compile(
    r"\b(?:telegram|cable|despatch|dispatch|letter|memorandum|minute|message)\b"
    r"|\bembassy\b.*\bto\b|\bambassador\b",
    re.IGNORECASE,
)
_OFFICES = (
    (re.compile(r"\b(?:Department of State|State Department|SecState)\b", re.IGNORECASE), "us"),
    (re.compile(r"\bForeign Office\b", re.IGNORECASE), "uk"),
    (re.compile(r"\bAuswärtiges Amt\b", re.IGNORECASE), "germany"),
    (re.compile(r"\bQuai d[’']Orsay\b", re.IGNORECASE), "france"),
)
_PLURAL = words(
    "ministers allies leaders heads presidents governments parties participants delegations "
    "members partners signatories chancellors"
)
_BODIES = words("council conference alliance community union assembly")
_PUBLIC = frozenset((ActorKind.STATE, ActorKind.BLOC, ActorKind.ORGANIZATION))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_SUBJECT = ("nsubj", "nsubj:pass")
_SELF = words("i me my we us our")


def voices(annotated: Annotated, tree: Tree, sides: SideFinder) -> dict[int, tuple[str, ...]]:
    """Token → entity ids, for words that mean the authors of a communiqué or a dispatch."""
    title = annotated.document.title
    first = annotated.sentences[0].span.quote if annotated.sentences else ""
    if _STATEMENT.search(title) or _WE.match(first):
        return _chorus(annotated, tree, sides)
    if _DISPATCH.search(title):
        return _sender(annotated, tree, sides)
    return {}


def _chorus(annotated: Annotated, tree: Tree, sides: SideFinder) -> dict[int, tuple[str, ...]]:
    """Subjects that name nobody: the authors', as long as the text goes on about them."""
    found: dict[int, tuple[str, ...]] = {}
    default = _opening(annotated, tree, sides)
    speaking = False
    for sentence in annotated.sentences:
        authors = tuple(x for x in sentence.speaker if x in annotated.entities) or default
        if not authors:
            continue
        said = False
        for i in range(sentence.first, sentence.last):
            if tree.lower[i] in _SELF and i not in annotated.actors and not sentence.quoted:
                found[i] = authors
            if tree.label[i] not in _SUBJECT:
                continue
            pronoun = tree.lower[i] == "they" and i - sentence.first < 2 and speaking
            if pronoun or _stands_for(i, authors, annotated, tree):
                found[i] = authors
            said = said or i in found or set(sides.cast.at(i)) == set(authors)
        speaking = said
    return found


def _opening(annotated: Annotated, tree: Tree, sides: SideFinder) -> tuple[str, ...]:
    """Who speaks: the subject of the first sentence ("The North Atlantic Council met in").

    Without one, the states and bodies that stand before its verb, or that the title names.
    """
    for sentence in annotated.sentences[:3]:
        tokens = range(sentence.first, sentence.last)
        for i in tokens:
            if tree.label[i] in _SUBJECT and (ids := sides.group(i, agent=True).ids):
                return ids
        verb = next((i for i in tokens if tree.tag[i] in _FINITE), sentence.last)
        named = [x for i in tokens if i < verb and i in annotated.actors for x in sides.cast.at(i)]
        if named:
            return tuple(dict.fromkeys(named))
    title = annotated.document.title.lower()
    return tuple(
        key
        for key, entity in annotated.entities.items()
        if entity.kind in _PUBLIC and re.search(rf"\b{re.escape(entity.name.lower())}\b", title)
    )


def _stands_for(i: int, authors: tuple[str, ...], annotated: Annotated, tree: Tree) -> bool:
    word = tree.lower[i].removeprefix("the ")
    if word in _BODIES:
        names = {annotated.entities[x].name.lower() for x in authors}
        return any(word in name.split() for name in names)
    if i in annotated.actors or word not in _PLURAL:
        return False
    return not any(
        k in annotated.actors or tree.lower[k] in ("some", "other", "many", "several", "few")
        for k in tree.subtree(i)
    )


def _sender(annotated: Annotated, tree: Tree, sides: SideFinder) -> dict[int, tuple[str, ...]]:
    """Read "I" and "we" of a dispatch whose sender's state its title names."""
    polity = next((state for sign, state in _OFFICES if sign.search(annotated.document.title)), "")
    author = sides.cast.state(polity) if polity else ()
    if not author:
        return {}
    return {
        i: author
        for i, word in enumerate(tree.lower)
        if word in _SELF and i not in annotated.actors
    }
