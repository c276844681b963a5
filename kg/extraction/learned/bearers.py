"""Whom the candidates for a side stand for, and who is likeliest by all his mentions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extraction.events.sides import Side
from kg.extraction.events.words import TIMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.events.sides import SideFinder
    from kg.extraction.learned.kinds import Kinds

__all__ = ["Bearers"]

_IDLE = 1e-3  # chance up to which a candidate need not be resolved


class Bearers:
    """Those whom the tokens of one document stand for.

    Args:
        kinds: what stands where.
        sides: resolves tokens to actors.
    """

    def __init__(self, kinds: Kinds, sides: SideFinder) -> None:
        self._kinds, self._sides = kinds, sides
        self._known: dict[int, Side] = {}

    def at(self, j: int) -> Side:
        """Whom a token stands for, with everybody coordinated."""
        if j not in self._known:
            agents = self._sides.group(j, agent=True)
            found = agents or self._sides.group(j, agent=False)
            self._known[j] = Side() if self._begins_a_name(j) else found
        return self._known[j]

    def shares(
        self, candidates: Sequence[int], likely: Sequence[float]
    ) -> dict[tuple[str, ...], float]:
        """The chances of candidates, where they are worth a look, by whom they stand for."""
        found: defaultdict[tuple[str, ...], float] = defaultdict(float)
        for j, chance in zip(candidates, likely, strict=False):
            if chance > _IDLE:
                found[self.at(j).ids] += chance
        found[()] += likely[-1]
        return dict(found)

    def likeliest(
        self,
        candidates: Sequence[int],
        likely: Sequence[float],
        others: tuple[str, ...],
        *,
        needed: bool,
    ) -> tuple[int | None, Side, float]:
        """Who is likeliest by all his mentions: a token, whom it stands for, and the chance.

        Nobody when that is likelier, or when the likeliest word stands for nobody known; those that
        speak for ``others`` are left out. With ``needed``, the likeliest of those known.
        """
        chances: dict[tuple[str, ...], float] = {}
        best: dict[tuple[str, ...], tuple[float, int, Side]] = {}
        for j, chance in zip(candidates, likely, strict=False):
            if chance <= _IDLE:
                continue
            side = self._apart(self.at(j), others)
            chances[side.ids] = chances.get(side.ids, 0.0) + chance
            if side.ids not in best or chance > best[side.ids][0]:
                best[side.ids] = (chance, j, side)
        if needed:
            chances.pop((), None)
        if not chances:
            return None, Side(), 0.0
        key = max(chances, key=lambda ids: chances[ids])
        if not key or (not needed and chances[key] < likely[-1]):
            return None, Side(), 0.0
        return best[key][1], best[key][2], chances[key]

    def _apart(self, side: Side, others: tuple[str, ...]) -> Side:
        """A side without those who speak for ``others``."""
        if not others or not side:
            return side
        rest = tuple(
            x for x in side.ids if x not in others and not self._kinds.cast.allied(set(others), {x})
        )
        return Side(rest, side.confidence, side.how, side.tokens) if rest else Side()

    def _begins_a_name(self, j: int) -> bool:
        """True for a capital in a longer name that nobody knows: "Washington Wizards"."""
        tree, cast = self._kinds.tree, self._kinds.cast
        annotated = tree.annotated
        if self._kinds.known[j] != "state" or j + 1 >= len(tree) or tree.pos[j + 1] != "PROPN":
            return False
        known = j + 1 in annotated.actors or j + 1 in annotated.places or j + 1 in annotated.venues
        if known or tree.lower[j + 1] in TIMES or not annotated.doc[j + 1].text[:1].isupper():
            return False
        ids = annotated.actors[j]
        return any(cast.entities[x].name.lower() != tree.lower[j] for x in ids)
