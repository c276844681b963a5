"""Intervals by the Bayesian bootstrap over stories.

Stories, not acts, are what was drawn from the world: acts told by one story stand and fall
together. Each story gets a random weight from the exponential distribution (Rubin 1981), the
figure is reckoned again with these weights, and the interval holds the middle 95 % of the results.

Two things make it hold in small samples, where resampling alone covers too rarely and gives an
interval of no width when all acts have one sign. The weights are drawn from a continuous
distribution; and half a story's mass of cooperation and half of conflict is added at random
(Jeffreys' prior, with the mass of a typical story: sum of squares over sum). The interval is that
of the tone which unlimited reporting would show, not of the shrunk figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.analysis.rift.ledger import Block
from kg.analysis.rift.records import Estimate
from kg.analysis.rift.tone import shrunk

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

__all__ = [
    "DRAWS",
    "LEVEL",
    "Sides",
    "drawn",
    "drawn_tones",
    "estimate",
    "flows",
    "jeffreys",
    "quantiles",
    "sides",
]

DRAWS = 2_000
LEVEL = 0.95
STORIES = 1_000  # more are put into as many bins at random, which leaves the variance as it is
_FLOWS = 5  # between, forward, backward, inside the left, inside the right


@dataclass(frozen=True, slots=True)
class Sides:
    """All figures of two sides: single numbers as arrays of no dimension, or one for each draw.

    Attributes:
        tone: between the sides.
        forward, backward: what the left did to the right, and the right to the left.
        left, right: inside the sides; None where it cannot be told.
    """

    tone: NDArray[np.float64]
    forward: NDArray[np.float64]
    backward: NDArray[np.float64]
    left: NDArray[np.float64] | None
    right: NDArray[np.float64] | None

    @property
    def asymmetry(self) -> NDArray[np.float64]:
        """What the left did less what the right did."""
        return self.forward - self.backward

    @property
    def rift(self) -> NDArray[np.float64] | None:
        """Mean tone inside the sides (those that have an inside), less the tone between them."""
        inside = [tone for tone in (self.left, self.right) if tone is not None]
        return np.mean(inside, axis=0) - self.tone if inside else None


def flows(rows: pl.DataFrame) -> NDArray[np.float64]:
    """Calibrated masses by story.

    Args:
        rows: from ``Ledger.calibrated``.

    Returns:
        Shape (stories, 2, 5): cooperation and conflict between the sides, forward, backward,
        inside the left and inside the right.
    """
    _, story = np.unique(rows["story"].to_numpy(), return_inverse=True)
    block, direction = rows["block"].to_numpy(), rows["direction"].to_numpy()
    mass, bad = rows["mass"].to_numpy(), rows["sign"].to_numpy() < 0
    stories = int(story.max(initial=-1)) + 1
    between = block == Block.BETWEEN
    chosen = (
        between,
        between & (direction >= 0),
        between & (direction <= 0),
        block == Block.LEFT,
        block == Block.RIGHT,
    )
    table = np.zeros((stories, 2, _FLOWS))
    for flow, mask in enumerate(chosen):
        for sign, side in enumerate((~bad, bad)):
            here = mask & side
            table[:, sign, flow] = np.bincount(story[here], mass[here], stories)
    return table


def sides(table: NDArray[np.float64], alpha: float, inside: tuple[bool, bool]) -> Sides:
    """The figures themselves.

    Args:
        table: from ``flows``.
        alpha: points of intensity.
        inside: whether the tone inside the left and inside the right can be told.
    """
    summed = table.sum(axis=0)
    return _named(shrunk(summed[0], summed[1], alpha), inside)


def drawn(
    table: NDArray[np.float64],
    random: np.random.Generator,
    inside: tuple[bool, bool] = (True, True),
    draws: int = DRAWS,
    bins: int = STORIES,
) -> Sides:
    """The figures under random weights of the stories; shape (draws).

    Args:
        table: from ``flows``.
        random: where the weights come from.
        inside: as for ``sides``.
        draws: how many.
        bins: as for ``drawn_tones``.
    """
    return _named(drawn_tones(table, random, draws, bins), inside)


def drawn_tones(
    table: NDArray[np.float64], random: np.random.Generator, draws: int, bins: int = STORIES
) -> NDArray[np.float64]:
    """Tones under random weights of the stories.

    Args:
        table: masses, shape (stories, 2, kinds); cooperation first.
        random: where the weights come from.
        draws: how many.
        bins: more stories are put into as many bins at random.

    Returns:
        Shape (draws, kinds).
    """
    stories, _, kinds = table.shape
    each = table.sum(axis=1)  # mass by story and flow
    squares, total = (each**2).sum(axis=0), each.sum(axis=0)
    typical = np.divide(squares, total, out=np.ones_like(total), where=total > 0)
    if stories > bins:
        place = random.permutation(stories) % bins
        binned = np.zeros((bins, 2, kinds))
        np.add.at(binned, place, table)
        table = binned
    weights = random.standard_exponential((draws, table.shape[0]))
    masses = (weights @ table.reshape(table.shape[0], 2 * kinds)).reshape(draws, 2, kinds)
    masses += typical * jeffreys(random, masses.shape)
    return shrunk(masses[:, 0], masses[:, 1], 0.0)


def jeffreys(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Half a story, at random: the gamma distribution of shape 1/2."""
    half: NDArray[np.float64] = 0.5 * random.standard_normal(shape) ** 2
    return half


def quantiles(draws: NDArray[np.float64], shares: Sequence[float]) -> NDArray[np.float64]:
    """What ``numpy.quantile`` gives along the last axis, a few times faster where it is short.

    Returns:
        One array for each share.
    """
    ordered, place = np.sort(draws, axis=-1), np.asarray(shares) * (draws.shape[-1] - 1)
    below = np.floor(place).astype(int)
    low, high = ordered[..., below], ordered[..., np.ceil(place).astype(int)]
    return np.moveaxis(low + (place - below) * (high - low), -1, 0)


def estimate(value: float, draws: NDArray[np.float64], level: float = LEVEL) -> Estimate:
    """A figure with the middle share of its draws, widened to hold the figure if need be."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(float(value), float(min(low, value)), float(max(high, value)))


def _named(tones: NDArray[np.float64], inside: tuple[bool, bool]) -> Sides:
    between, forward, backward, left, right = np.moveaxis(tones, -1, 0)
    return Sides(
        between, forward, backward, left if inside[0] else None, right if inside[1] else None
    )
