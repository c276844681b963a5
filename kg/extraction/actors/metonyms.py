"""Whether a capital's name means the state that acts or the town where something happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_location", "is_town"]

_WHERE = word_list("metonyms.where")
_AIMED = word_list("metonyms.aimed")
_MOTION = word_list("metonyms.motion")
_SPEAKING_FROM = frozenset(
    ("report", "speak", "broadcast", "call", "phone", "write", "telephone", "join")
)
_PARTS = word_list("metonyms.parts")
_VISITED = word_list("metonyms.visited")
_HAPPENING = word_list("metonyms.happening")


def _preposition(token: Token) -> str:
    for child in token.children:
        if child.dep_ == "case" and child.i < token.i:
            return str(child.lower_)
    if token.dep_ == "pobj":
        return str(token.head.lower_)
    before = token.nbor(-1) if token.i > token.sent.start else None
    return before.lower_ if before is not None and before.pos_ == "ADP" else ""


def _first_conjunct(token: Token) -> Token:
    for _ in range(20):
        if token.dep_ != "conj":
            return token
        token = token.head
    return token


def is_location(token: Token) -> bool:
    """True when the token says where something happens ("in London", "at Ramstein")."""
    return _preposition(_first_conjunct(token)) in _WHERE


def _moves(host: Token) -> bool:
    return host.lemma_.lower() in _MOTION or host.lower_ in _MOTION


def is_town(token: Token) -> bool:  # noqa: PLR0911 - a list of cases
    """True when a capital's name is the town, not the state.

    It is the state as subject, agent, possessor or addressee, and after prepositions of dealing
    (with, against, between …); the town after prepositions of place, after "to" and "from" with
    words of motion, as object of "visit", and before a noun that is no organ of the state.
    """
    token = _first_conjunct(token)
    preposition = _preposition(token)
    host = token.head.head if token.dep_ == "pobj" else token.head
    lemma = host.lemma_.lower()
    if token.dep_ in ("nmod:poss", "poss"):
        return lemma in _PARTS
    aimed = preposition == "at" and (lemma in _AIMED or host.lower_ in _AIMED)
    if preposition in _WHERE:
        return not aimed
    if any(child.dep_ == "amod" for child in token.children):
        return True  # "a very hot Brussels"
    if preposition:
        return _is_goal(preposition, host)
    if token.dep_ in ("obj", "dobj"):
        return lemma in _VISITED
    if token.dep_ in ("compound", "nmod", "amod") and host.i > token.i:
        return lemma in _HAPPENING or lemma in _PARTS
    return token.dep_ in ("obl", "nmod:npmod", "obl:npmod", "npadvmod")


def _is_goal(preposition: str, host: Token) -> bool:
    """True for "flew to", "back from", "streets of": the town; False for "warned of", "with"."""
    lemma = host.lemma_.lower()
    if preposition in ("to", "into", "towards", "toward", "for"):
        return _moves(host)
    if preposition == "from":
        return (_moves(host) and lemma not in ("come", "go", "bring")) or lemma in _SPEAKING_FROM
    return preposition == "of" and lemma in _PARTS
