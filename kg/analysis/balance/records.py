"""What the measures of balance give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from kg.analysis.balance.certificate import Certificate

__all__ = ["Frustration", "NamedTie"]


@dataclass(frozen=True, slots=True)
class NamedTie:
    """A tie by the names of its ends."""

    source: str
    target: str
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Frustration:
    """How far a network is from being balanced, and what stands in the way.

    Attributes:
        value: weight of the ties that the division found frustrates.
        lower_bound: no division goes below it.
        optimal: whether the two are equal, so that no division is better.
        camps: names by camp, the largest camp first.
        frustrated_ties: positive ties between camps and negative ones within, heaviest first.
        certificate: proves value and lower bound to anybody; ``verify`` checks it. With three or
            more camps at most, its bound may be lower than the one the solver proved.
        total: sum of all absolute weights.
        components: connected parts of the network; how they face each other is arbitrary.
    """

    value: Fraction
    lower_bound: Fraction
    optimal: bool
    camps: tuple[tuple[str, ...], ...]
    frustrated_ties: tuple[NamedTie, ...]
    certificate: Certificate
    total: Fraction
    components: int

    @property
    def gap(self) -> float:
        """(value - lower bound) / value; 0 when optimal."""
        return float((self.value - self.lower_bound) / self.value) if self.value else 0.0

    @property
    def degree_of_balance(self) -> tuple[float, float]:
        """1 - 2 L / W, at least and at most (Aref and Wilson 2018); 1 for no ties."""
        if not self.total:
            return 1.0, 1.0
        return (
            float(1 - 2 * self.value / self.total),
            float(1 - 2 * self.lower_bound / self.total),
        )
