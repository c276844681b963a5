"""Change points of a series of tones: where its level changed, how sure that is, and when.

Where: least squares with ``jump=1`` (ruptures; Truong, Oudre and Vayatis 2020), all change points
at once by dynamic programming. The default of ruptures would only look at every fifth stretch.

How many: the series is cut at its best change as long as that is clearer than chance lets it be,
then each part in turn (Vostrikova 1981). Where one cut is not clear two at once are tried, for a
level that returns hides from a single one; four fifths of the error go to one, the rest to two.
Chance is the largest gain of a cut (a) when blocks
of neighbouring stretches change places, so that the dependence within a block remains (block
permutation; Kirch 2007), and (b) in series of the same first-order dependence (an autoregressive
sieve; Bühlmann 1997) whose coefficient is corrected for the bias of short series (Kendall 1954).
The p-value is the greater of the two: blocks alone give too many false alarms when a tone lingers.

When: residuals of both sides are put together anew in blocks and the cut is sought again; the
interval holds the middle 95 % of the places.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

__all__ = ["LEAST", "Cut", "cuts"]

LEAST = 12  # stretches; in shorter series no change is sought
_SIDE = 3  # stretches on either side of a change
_MOST = 6  # changes
_ONE = 0.8  # share of the error that is given to single cuts
_FEW = 499  # draws for two cuts, which take longer
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Cut:
    """A change of level between two positions of a series.

    Attributes:
        at: position of the first value after the change.
        low, high: interval of that position, both ends included.
        before, after: mean on either side, up to the next cuts.
        p_value: see above.
    """

    at: int
    low: int
    high: int
    before: float
    after: float
    p_value: float


def cuts(
    series: Sequence[float] | NDArray[np.float64],
    *,
    level: float = 0.05,
    draws: int = 999,
    seed: int = 0,
) -> tuple[Cut, ...]:
    """The changes of level of a series, in order.

    Args:
        series: equally spaced values.
        level: a change is reported when its p-value is at most this.
        draws: permutations, and as many series of the sieve.
        seed: of the draws.

    Raises:
        UsageError: ruptures is not installed.
    """
    values = np.asarray(series, float)
    random = np.random.default_rng(seed)
    chances = _chances(values, level, draws, random)
    if not chances:
        return ()
    places = [0, *_places(values, len(chances)), values.size]
    return tuple(
        _cut(values, (places[i], places[i + 1], places[i + 2]), chance, draws, random)
        for i, chance in enumerate(chances)
    )


def _chances(
    values: NDArray[np.float64], level: float, draws: int, random: np.random.Generator
) -> list[float]:
    """The p-values of the changes there are, in order, by cutting what is not level."""
    waiting, found = [(0, values.size)], dict[int, float]()
    while waiting and len(found) < _MOST:
        start, end = waiting.pop(0)
        part = values[start:end]
        if part.size < LEAST or np.ptp(part) < _TINY:
            continue
        chance, places = _clear(part, level, draws, random)
        if chance <= level:
            ends = [start, *(start + place for place in places), end]
            found |= dict.fromkeys(ends[1:-1], chance)
            waiting += list(pairwise(ends))
    return [found[place] for place in sorted(found)]


def _clear(
    part: NDArray[np.float64], level: float, draws: int, random: np.random.Generator
) -> tuple[float, tuple[int, ...]]:
    """The p-value of one cut and its place, or of two where one is not clear."""
    kinds = (_shuffled, _sieve)
    chance = _p_value(_one, part, [kind(part, draws, random) for kind in kinds]) / _ONE
    if chance <= level or part.size < 3 * _SIDE:
        return chance, (_SIDE + int(_gains(part[None, :])[0].argmax()),)
    few = min(draws, _FEW)
    both = _p_value(_two, part, [kind(part, few, random) for kind in kinds]) / (1 - _ONE)
    return both, tuple(_places(part, 2)) if both <= level else ()


def _p_value(
    gain: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    values: NDArray[np.float64],
    chances: Sequence[NDArray[np.float64]],
) -> float:
    """How often chance lowers the sum of squares as far as the series itself lets it be lowered.

    Both as shares of the variance; the greatest over the kinds of chance.
    """

    def share(series: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(gain(series) / (series.var(axis=1) + _TINY))

    least = float(share(values[None, :])[0]) - _TINY
    return max((int((share(drawn) >= least).sum()) + 1) / (len(drawn) + 1) for drawn in chances)


def _one(series: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the best single cut gains."""
    return np.asarray(_gains(series).max(axis=1))


def _two(series: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the best two cuts gain."""
    n = series.shape[1]
    sums = np.cumsum(series, axis=1)
    total = sums[:, -1]
    best = np.zeros(len(series))
    for first in range(_SIDE, n - 2 * _SIDE + 1):
        second = np.arange(first + _SIDE, n - _SIDE + 1)
        head, middle = sums[:, first - 1], sums[:, second - 1]
        gain = (middle - head[:, None]) ** 2 / (second - first)
        gain += (total[:, None] - middle) ** 2 / (n - second)
        np.maximum(best, gain.max(axis=1) + head**2 / first, out=best)
    gained: NDArray[np.float64] = best - total**2 / n
    return gained


def _places(values: NDArray[np.float64], count: int) -> list[int]:
    try:
        import ruptures  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "change points need ruptures, which is not installed",
            "pip install 'transatlantic-kg[analysis]'",
        ) from error
    found = ruptures.Dynp(model="l2", min_size=_SIDE, jump=1).fit(values).predict(n_bkps=count)
    return [int(place) for place in found[:-1]]


def _cut(
    values: NDArray[np.float64],
    places: tuple[int, int, int],
    chance: float,
    draws: int,
    random: np.random.Generator,
) -> Cut:
    """The cut at the second of three places, seen from the first to the third."""
    start, at, end = places
    part, middle = values[start:end], at - start
    level = np.where(np.arange(part.size) < middle, part[:middle].mean(), part[middle:].mean())
    again = level + _blocks(part - level, draws, random)
    places = _SIDE + _gains(again).argmax(axis=1)
    low, high = np.quantile(places, [0.025, 0.975], method="inverted_cdf")
    return Cut(
        at=at,
        low=start + min(int(low), middle),
        high=start + max(int(high), middle),
        before=float(level[0]),
        after=float(level[-1]),
        p_value=chance,
    )


def _gains(series: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much a single cut lowers the sum of squares, for each place; shape (series, places)."""
    n = series.shape[1]
    sums = np.cumsum(series, axis=1)
    before, total = np.arange(1, n), sums[:, -1:]
    part = sums[:, :-1]
    gain: NDArray[np.float64] = part**2 / before + (total - part) ** 2 / (n - before) - total**2 / n
    return gain[:, _SIDE - 1 : n - _SIDE]


def _length(n: int) -> int:
    """Of blocks."""
    return max(2, int(np.ceil(n ** (1 / 3))))


def _shuffled(
    values: NDArray[np.float64], draws: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """Blocks in random order, from a random start on; shape (draws, n)."""
    n, length = values.size, _length(values.size)
    blocks = -(-n // length)
    order = random.permuted(np.tile(np.arange(blocks), (draws, 1)), axis=1)
    place = (order[:, :, None] * length + np.arange(length)).reshape(draws, -1)
    kept = np.sort(np.where(place < n, np.arange(place.shape[1]), place.shape[1]), axis=1)[:, :n]
    place = np.take_along_axis(place, kept, axis=1)
    shift = random.integers(n, size=(draws, 1))
    shuffled: NDArray[np.float64] = values[(place + shift) % n]
    return shuffled


def _blocks(
    values: NDArray[np.float64], draws: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """Blocks drawn with replacement, wrapping around; shape (draws, n)."""
    n, length = values.size, _length(values.size)
    starts = random.integers(n, size=(draws, -(-n // length)))
    place = (starts[:, :, None] + np.arange(length)).reshape(draws, -1)[:, :n]
    drawn: NDArray[np.float64] = values[place % n]
    return drawn


def _sieve(
    values: NDArray[np.float64], draws: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """Series of first-order dependence like that of the values; shape (draws, n)."""
    n, warm = values.size, 20
    centred = values - values.mean()
    rho = float(centred[1:] @ centred[:-1] / (centred @ centred))
    rho = min(max(rho + (1 + 3 * rho) / n, 0.0), 0.95)
    left = centred[1:] - rho * centred[:-1]
    shocks = random.choice(left - left.mean(), (draws, n + warm))
    for step in range(1, n + warm):
        shocks[:, step] += rho * shocks[:, step - 1]
    return shocks[:, warm:]
