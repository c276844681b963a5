"""Words and phrases with the classes of act they usually tell: evidence for the models.

``expressions.tsv`` holds class, part of speech and expression, written from knowledge of the
language alone. Other than frames they decide nothing: the models learn what each is worth.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extraction.events.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.extraction.events.tree import Tree

__all__ = ["Expressions", "load_expressions"]

_FILE = Path(__file__).resolve().parent / "expressions.tsv"
_AFTER, _BEFORE = 5, 3  # how far the next word of a phrase may stand
_FILLERS = words("a an the its their his her one's oneself somebody somebody's something")
_GOVERNS = words("of for to in on with against from at by over")
_PARTS = {"VERB": "verb", "ADJ": "adjective"}


@dataclass(frozen=True, slots=True)
class _Entry:
    top: str
    part: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Expressions:
    """The list, indexed by head word."""

    def __init__(self, heads: Mapping[str, tuple[_Entry, ...]]) -> None:
        self._heads = heads

    def features(self, tree: Tree, i: int) -> list[str]:
        """Which classes the word at ``i`` may tell alone (x), with (xm) or without (xp) company."""
        entries = self._heads.get(tree.lemma[i]) or self._heads.get(tree.lower[i])
        if not entries:
            return ["x=none"]
        part = _PARTS.get(tree.pos[i], "noun")
        found: dict[str, set[str]] = {"x": set(), "xm": set(), "xp": set()}
        for entry in entries:
            same = "=" if entry.part in (part, "phrase") else "~"
            whole = _stands(tree, i, entry) if entry.before or entry.after else None
            kind = "x" if whole is None else "xm" if whole else "xp"
            found[kind].add(same + entry.top)
        features = [f"{kind}={x}" for kind, tops in found.items() for x in sorted(tops)]
        if len(found["x"]) == 1 and not found["xm"]:
            features.append(f"xo={next(iter(found['x']))}")
        if len(found["xm"]) == 1:
            features.append(f"xw={next(iter(found['xm']))}")
        return features


def _stands(tree: Tree, i: int, entry: _Entry) -> bool:
    """True when the other words of an expression stand about its head."""
    first, last = tree.bounds(i)
    at = i
    for word in entry.after:
        at = _next(tree, word, range(at + 1, min(at + 1 + _AFTER, last)))
        if at < 0:
            return False
    at = i
    for word in reversed(entry.before):
        at = _next(tree, word, range(at - 1, max(at - 1 - _BEFORE, first - 1), -1))
        if at < 0:
            return False
    return True


def _next(tree: Tree, word: str, where: Iterable[int]) -> int:
    return next((j for j in where if word in (tree.lower[j], tree.lemma[j])), -1)


def _entry(top: str, part: str, text: str) -> tuple[str, _Entry]:
    """The head word of an expression, and the entry to be filed under it."""
    parts = text.lower().replace("-", " - ").split()
    if parts[0] in ("not", "be") and len(parts) > 1:
        parts = parts[1:]
    at = 0
    if part == "noun":
        governs = (n for n, word in enumerate(parts) if n and word in _GOVERNS)
        at = next(governs, len(parts)) - 1
    before = tuple(word for word in parts[:at] if word not in _FILLERS)
    after = tuple(word for word in parts[at + 1 :] if word not in _FILLERS)
    return parts[at], _Entry(top.lower(), part, before, after)


@cache
def load_expressions() -> Expressions:
    """The built-in list."""
    heads: defaultdict[str, list[_Entry]] = defaultdict(list)
    for line in _FILE.read_text("utf-8").splitlines():
        top, part, text = line.split("\t")
        head, entry = _entry(top, part, text)
        for spelt in {head, head.replace("isation", "ization"), head.removesuffix("ise") + "ize"}:
            if spelt == head or head.endswith(("ise", "isation")):
                heads[spelt].append(entry)
    return Expressions({head: tuple(entries) for head, entries in heads.items()})
