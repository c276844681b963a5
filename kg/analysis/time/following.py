"""Camps followed through time: which camp of one window is which of the one before.

Camps of neighbouring windows are matched so that as many parties as possible stay (the assignment
problem); a camp that shares nobody with any earlier one is new. How far two divisions agree is the
adjusted Rand index of Hubert and Arabie (1985) over the parties in both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Followed", "adjusted_rand", "follow"]


@dataclass(frozen=True, slots=True)
class Followed:
    """The camps of one window under numbers that last.

    Attributes:
        camps: number → members, sorted; numbers are given in the order of first appearance,
            the largest camp first.
        joined, left: number → who came from or went to another camp (not who was absent).
        agreement: adjusted Rand index with the window before; None when fewer than two parties
            are in both, and for the first window.
    """

    camps: dict[int, tuple[str, ...]]
    joined: dict[int, tuple[str, ...]]
    left: dict[int, tuple[str, ...]]
    agreement: float | None


def follow(windows: Sequence[Sequence[Sequence[str]]]) -> tuple[Followed, ...]:
    """Number the camps of windows so that a camp keeps its number as long as it can be matched.

    Args:
        windows: for each window its camps, each a collection of members.
    """
    last: dict[int, frozenset[str]] = {}  # the camp as it was when it was last seen
    before: dict[str, int] = {}
    found: list[Followed] = []
    for camps in windows:
        given = sorted((tuple(sorted(camp)) for camp in camps), key=lambda c: (-len(c), c))
        numbered = _matched(given, last)
        now = {name: number for number, camp in numbered.items() for name in camp}
        moved = [name for name in sorted(now.keys() & before.keys()) if now[name] != before[name]]
        found.append(
            Followed(
                numbered,
                _grouped(moved, now),
                _grouped(moved, before),
                adjusted_rand(before, now) if found else None,
            )
        )
        last |= {number: frozenset(camp) for number, camp in numbered.items()}
        before = now or before
    return tuple(found)


def adjusted_rand(one: Mapping[str, int], other: Mapping[str, int]) -> float | None:
    """Agreement of two divisions over the names in both: 1 the same, about 0 by chance.

    >>> adjusted_rand({"a": 1, "b": 1, "c": 2}, {"a": 5, "b": 5, "c": 7})
    1.0
    """
    shared = sorted(one.keys() & other.keys())
    if len(shared) < 2:
        return None
    cells = Counter((one[name], other[name]) for name in shared)
    rows, columns = (Counter(division[name] for name in shared) for division in (one, other))
    both = sum(comb(n, 2) for n in cells.values())
    by_row, by_column = (sum(comb(n, 2) for n in c.values()) for c in (rows, columns))
    expected = by_row * by_column / comb(len(shared), 2)
    most = (by_row + by_column) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _matched(
    camps: list[tuple[str, ...]], last: Mapping[int, frozenset[str]]
) -> dict[int, tuple[str, ...]]:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - timelines do without

    numbers = sorted(last)
    stay = np.array([[len(last[n].intersection(camp)) for n in numbers] for camp in camps])
    known: dict[int, int] = {}
    if stay.size:
        for row, column in zip(*linear_sum_assignment(-stay), strict=True):
            if stay[row, column]:
                known[int(row)] = numbers[int(column)]
    fresh = max(numbers, default=0)
    found = {}
    for place, camp in enumerate(camps):
        if place not in known:
            fresh += 1
            known[place] = fresh
        found[known[place]] = camp
    return dict(sorted(found.items()))


def _grouped(names: Sequence[str], camp: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    return {
        number: tuple(name for name in names if camp[name] == number)
        for number in sorted({camp[name] for name in names})
    }
