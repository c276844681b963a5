"""The same person in another spelling: Zelensky, Zelenskyy, Selenskyj.

Names are folded by rules for the common romanisations of Slavic, Greek, Arabic and Turkish names;
after that they must be equal, or differ by one letter in a name long enough for that to be a slip
(Damerau-Levenshtein distance, through RapidFuzz). Words must begin alike and the nearest person
must be the only one, so that John Kelly is not taken for John Kerry: rather no link than a wrong
one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.reference.world import Actor, World

__all__ = ["fold_spelling", "respelt"]

LONG_ENOUGH = 13  # letters of a folded name in which one may be a slip
SAME, SLIP = 0.9, 0.75  # confidence of a link by equal folds, and by one letter off

_ROMANISATIONS = (
    ("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("zh", "j"), ("kh", "h"), ("gh", "g"),
    ("ph", "f"), ("ck", "k"), ("ou", "u"), ("w", "v"), ("z", "s"), ("x", "ks"), ("yo", "o"),
    ("iy", "i"), ("ij", "i"), ("yj", "i"), ("yy", "i"), ("yi", "i"), ("ii", "i"), ("ey", "e"),
    ("y", "i"), ("j", "i"),
)  # fmt: skip


def fold_spelling(name: str) -> str:
    """The name without accents, case, punctuation, double letters and habits of romanisation.

    >>> fold_spelling("Wolodymyr Selenskyj") == fold_spelling("Volodymyr Zelenskyy")
    True
    """
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("ø", "o"))
    text = "".join(c for c in plain.casefold() if not unicodedata.combining(c))
    text = re.sub(r"[^\w\s]", "", text)
    for spelt, folded in _ROMANISATIONS:
        text = text.replace(spelt, folded)
    return " ".join(re.sub(r"(.)\1+", r"\1", text).split())


def respelt(name: str, world: World) -> tuple[Actor, float] | None:
    """The one person of the reference data whose name this is in another spelling.

    Args:
        name: at least two words; surnames alone are too short to go by.
        world: where to look.

    Returns:
        The person and how sure that is (0-1), or None when nobody or several fit.
    """
    wanted = fold_spelling(name)
    if " " not in wanted:
        return None
    index = _persons(world)
    same = index.get(wanted, frozenset())
    if same:
        return (world.actors[min(same)], SAME) if len(same) == 1 else None
    near = _one_letter_off(wanted, tuple(index)) if len(wanted) >= LONG_ENOUGH else ()
    people = frozenset().union(*(index[other] for other in near)) if near else frozenset()
    return (world.actors[min(people)], SLIP) if len(people) == 1 else None


@lru_cache(maxsize=4)
def _persons(world: World) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for actor in world.actors.values():
        if actor.kind is ActorKind.PERSON:
            for name in (actor.label, *actor.aliases):
                found.setdefault(fold_spelling(name), set()).add(actor.iri)
    return {name: frozenset(iris) for name, iris in found.items()}


def _one_letter_off(wanted: str, names: tuple[str, ...]) -> tuple[str, ...]:
    from rapidfuzz import process  # noqa: PLC0415 - only for names nobody knows
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    close = process.extract(
        wanted, names, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=None
    )
    return tuple(name for name, *_ in close if _initials(name) == _initials(wanted))


def _initials(name: str) -> list[str]:
    return [word[0] for word in name.split()]
