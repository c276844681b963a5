"""Comparing names and offices as two annotators would."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["bare", "normal", "same_polity", "similarity"]

_TITLES = frozenset(
    re.findall(
        r"[a-z.]+",
        """mr mrs ms dr sir president prime minister chancellor secretary general of state foreign
        the vice senator sen rep ambassador commissioner high representative premier speaker us u.s
        german french british""",
    )
)

_POLITIES = (
    {"united states of america", "united states", "us", "usa", "america", "washington"},
    {"united kingdom", "uk", "britain", "great britain"},
    {"european union", "eu", "brussels"},
    {"nato", "north atlantic treaty organization", "north atlantic treaty organisation"},
    {"russia", "russian federation", "moscow", "kremlin"},
    {"germany", "berlin"},
    {"france", "paris"},
    {"ukraine", "kyiv", "kiev"},
    {"iran", "tehran"},
    {"soviet union", "ussr"},
    {"united nations", "un"},
)
_GROUP = {name: number for number, names in enumerate(_POLITIES) for name in names}


def normal(name: str) -> str:
    """Lower case, without accents, possessives, brackets, punctuation and leading article."""
    for letter, plain in (("ø", "o"), ("Ø", "O"), ("ł", "l"), ("Ł", "L")):
        name = name.replace(letter, plain)
    decomposed = unicodedata.normalize("NFKD", name)
    text = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    text = re.sub(r"[’']s\b", "", text)
    text = re.sub(r"\(.*?\)", "", text)
    text = re.sub(r"[^a-z0-9&]+", " ", text.replace(".", "")).strip()
    return re.sub(r"^(the|a) ", "", text)


def bare(name: str) -> str:
    """The normal form without leading titles."""
    words = normal(name).split()
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words)


def same_polity(a: str, b: str) -> bool:
    """True for two common names of one polity, both in normal form."""
    return a in _GROUP and _GROUP[a] == _GROUP.get(b)


def similarity(a: str | None, b: str | None) -> float:
    """Jaccard overlap of the words of two titles, 0..1."""
    small = {"of", "the", "for", "and"}
    left, right = set(normal(a or "").split()) - small, set(normal(b or "").split()) - small
    return len(left & right) / len(left | right) if left | right else 0.0
