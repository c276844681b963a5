"""The nouns for unnamed people and groups: "rebels", "police", "fishermen"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.actors.lexicon import rows, word_list, words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Role", "is_instrument", "modifiers", "role_noun", "roles"]

_SENDING = word_list("generic.sending")


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for unnamed people: singular, sector, and what the columns of roles.tsv say."""

    noun: str
    sector: str
    organ: bool
    owned: bool
    plural: bool


@cache
def roles() -> dict[str, Role]:
    """Singular and plural forms of the nouns in data/roles.tsv."""
    found: dict[str, Role] = {}
    for forms, sector, *use in rows("roles.tsv"):
        noun, _, plural = forms.partition("/")
        kinds = use[0].split() if use else []
        organ, owned = "organ" in kinds, "owned" in kinds
        found.setdefault(noun, Role(noun, sector, organ, owned, plural=plural == noun))
        found.setdefault(plural or noun + "s", Role(noun, sector, organ, owned, plural=True))
    return found


@cache
def modifiers() -> frozenset[str]:
    """Words that may stand before such a noun: "ethnic", "armed"."""
    return words("role-modifiers.txt")


def role_noun(text: str) -> str:
    """The singular of the noun that ends an unnamed actor's description ("rebel")."""
    last = text.lower().split()
    role = roles().get(" ".join(last[-2:])) or roles().get(last[-1])
    return role.noun if role else last[-1]


def is_instrument(token: Token) -> bool:
    """True for troops that somebody sends or has: what is done with them, not who acts."""
    if any(child.dep_ in ("nmod:poss", "poss") for child in token.children):
        return True
    return token.dep_ in ("obj", "dobj", "nsubj:pass") and token.head.lemma_.lower() in _SENDING
