"""All pairs at once: tone, interval, surprise, and the false discovery rate over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import sparse
from scipy.special import ndtr, ndtri

from kg.analysis.acts import ties, within
from kg.analysis.acts.ageing import end_of, remembered
from kg.analysis.periods import Period
from kg.analysis.rift.bootstrap import jeffreys, quantiles
from kg.analysis.rift.ledger import source, stories_of
from kg.analysis.rift.records import FLOOR, Estimate, Floor, PairTone, Support, Surprise
from kg.analysis.rift.surprise import chances, surprises
from kg.analysis.rift.tone import ALPHA, shrunk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.analysis.acts import Acts
    from kg.analysis.levels import Keys

__all__ = ["pair_tones", "surprise_of"]

DRAWS = 500
STORIES = 1_000  # bins of stories whose weights are drawn
CHUNK = 2_000  # pairs whose draws are held at once
_SUPPORT = ("events", "stories", "sources", "good", "bad")


def pair_tones(
    acts: Acts,
    keys: Keys,
    period: Period = Period(),  # noqa: B008 - frozen
    *,
    alpha: float = ALPHA,
    floor: Floor = FLOOR,
    half_life: float | None = None,
    seed: int = 0,
) -> tuple[PairTone, ...]:
    """The tone of every pair, the darkest first; pairs below the floor last.

    Args:
        acts: the acts.
        keys: who counts as a party (``kg.analysis.side_keys``).
        period: acts that do not surely lie in it are left out.
        alpha: points of intensity that pull towards 0.
        floor: less evidence is abstained on.
        half_life: days before the end of the period after which an act counts half.
        seed: of the bootstrap.
    """
    rows = _rows(acts, keys, period, half_life)
    if not rows.height:
        return ()
    pairs = _pairs(rows, acts.tellings)
    shown = (pairs["events"] >= floor.events) & (pairs["stories"] >= floor.stories)
    chosen = np.flatnonzero(shown.to_numpy())
    low, high, p = (column.tolist() for column in _intervals(rows, chosen, seed))
    q = _false_discoveries(np.array(p)).tolist()
    compared = _compared(pairs)
    tones, forward, backward = (
        shrunk(pairs[f"good{flow}"].to_numpy(), pairs[f"bad{flow}"].to_numpy(), alpha).tolist()
        for flow in ("", "_on", "_back")
    )
    place = dict(zip(chosen.tolist(), range(chosen.size), strict=True))
    found = []
    for n, (a, b, *rest) in enumerate(pairs.select("a", "b", *_SUPPORT).iter_rows()):
        support = Support(*rest)
        if n not in place:
            found.append(PairTone(a, b, support, abstained=floor.abstention(support)))
            continue
        at = place[n]
        tone = Estimate(tones[n], min(low[at], tones[n]), max(high[at], tones[n]))
        chance = (p[at], q[at], compared[n])
        found.append(PairTone(a, b, support, tone, forward[n], backward[n], *chance))
    return tuple(sorted(found, key=_rank))


def surprise_of(acts: Acts, keys: Keys, period: Period, left: str, right: str) -> Surprise | None:
    """How surprising the conflict of one pair is among all; None when they never met."""
    signed = acts.acts.filter((pl.col("sign") != 0) & (pl.col("intensity") != 0) & within(period))
    rows = ties(acts, keys).join(signed.select("act", "sign"), on="act").collect()
    a, b = sorted((left, right))
    mine = rows.filter(pl.col("a").cast(pl.String) == a, pl.col("b").cast(pl.String) == b)
    if not mine.height:
        return None
    told = stories_of(acts.tellings, mine["act"]).group_by("story").len("size")
    design = told.select((pl.col("size") ** 2).sum() / pl.col("size").sum()).item()
    pairs = (
        rows.lazy()
        .group_by("a", "b")
        .agg(events=pl.len(), conflicts=(pl.col("sign") < 0).sum(), design=pl.lit(float(design)))
        .with_columns(pl.col("a", "b").cast(pl.String))
        .sort("a", "b")
        .collect()
    )
    here = list(zip(pairs["a"], pairs["b"], strict=True)).index((a, b))
    return _compared(pairs)[here]


def _rank(pair: PairTone) -> tuple[bool, float, str, str]:
    value = pair.tone.value if pair.tone else -float(pair.support.events)
    return pair.tone is None, value, pair.a, pair.b


def _rows(acts: Acts, keys: Keys, period: Period, half_life: float | None) -> pl.DataFrame:
    """One row for each signed act and pair, with "pair" (number, by a and b) and "story"."""
    weighed = (
        acts.weighed()
        .filter((pl.col("sign") != 0) & (pl.col("weight") > 0) & within(period))
        .select("act", "sign", "weight", "last")
        .collect()
    )
    end = None if half_life is None else end_of(acts, period)
    aged = remembered(weighed, half_life, end).drop("last")
    tied = ties(acts, keys).join(aged.lazy(), on="act").collect()
    names = tied.select("a", "b").unique()
    order = names.with_columns(pl.all().cast(pl.String).name.suffix("_name"))
    order = order.sort("a_name", "b_name").drop("a_name", "b_name").with_row_index("pair")
    return (
        tied.lazy()
        .join(order.lazy(), on=["a", "b"])
        .join(stories_of(acts.tellings, tied["act"]).lazy(), on="act")
        .sort("act", "pair")
        .collect()
    )


def _pairs(rows: pl.DataFrame, tellings: pl.LazyFrame) -> pl.DataFrame:
    """Masses, numbers and sources by pair, in the order of the pairs."""

    def mass(name: str, direction: pl.Expr) -> list[pl.Expr]:
        return [
            pl.col("weight").filter(direction & (pl.col("sign") > 0)).sum().alias(f"good{name}"),
            pl.col("weight").filter(direction & (pl.col("sign") < 0)).sum().alias(f"bad{name}"),
        ]

    told = (
        rows.lazy()
        .select("act", "pair")
        .join(tellings.select("act", source=source()), on="act")
        .group_by("pair")
        .agg(sources=pl.col("source").n_unique())
    )
    by_story = (
        rows.lazy()
        .group_by("pair", "story")
        .agg(size=pl.len())
        .group_by("pair")
        .agg(stories=pl.len(), design=(pl.col("size") ** 2).sum() / pl.col("size").sum())
    )
    return (
        rows.lazy()
        .group_by("pair", maintain_order=True)  # sums are the same to the last digit
        .agg(
            pl.col("a", "b").first().cast(pl.String),
            pl.len().alias("events"),
            (pl.col("sign") < 0).sum().alias("conflicts"),
            *mass("", pl.lit(True)),
            *mass("_on", pl.col("direction") >= 0),
            *mass("_back", pl.col("direction") <= 0),
        )
        .join(told, on="pair")
        .join(by_story, on="pair")
        .sort("pair")
        .collect()
    )


def _intervals(
    rows: pl.DataFrame, chosen: NDArray[np.int64], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Interval and p-value of a tone of 0 for the chosen pairs, from one set of story weights.

    As in ``kg.analysis.rift.bootstrap``; the p-value comes from the median and the quantile
    on the side of 0 of the draws of artanh(tone), by the normal distribution: it agrees with the
    interval, and can be smaller than one in the number of draws.
    """
    if not chosen.size:
        return np.empty(0), np.empty(0), np.empty(0)
    random = np.random.default_rng(seed)
    stories = int(rows["story"].max()) + 1  # type: ignore[arg-type]
    weights = random.standard_exponential((min(stories, STORIES), DRAWS))
    bins = random.permutation(stories) % STORIES if stories > STORIES else np.arange(stories)
    pair, bad = rows["pair"].to_numpy(), rows["sign"].to_numpy() < 0
    row = np.searchsorted(chosen, pair)
    row = np.where((row < chosen.size) & (np.take(chosen, row, mode="clip") == pair), row, -1)
    kept = row >= 0 if chosen.size else np.zeros(pair.size, bool)
    story, mass = rows["story"].to_numpy()[kept], rows["weight"].to_numpy()[kept]
    typical = _typical(row[kept], story, mass, chosen.size, stories)
    table = sparse.csr_array(
        (mass, (2 * row[kept] + bad[kept], bins[story])), (2 * chosen.size, weights.shape[0])
    )
    low, high, p = (np.empty(chosen.size) for _ in range(3))
    for start in range(0, chosen.size, CHUNK):
        end = min(start + CHUNK, chosen.size)
        masses = (table[2 * start : 2 * end] @ weights).reshape(end - start, 2, DRAWS)
        prior = jeffreys(random, masses.shape)
        masses = masses + typical[start:end, None, None] * prior
        leaning = 0.5 * np.log(masses[:, 0] / masses[:, 1])  # artanh of the tone
        near, middle, far = quantiles(leaning, (0.025, 0.5, 0.975))
        low[start:end], high[start:end] = np.tanh(near), np.tanh(far)
        spread = np.where(middle > 0, middle - near, far - middle)
        p[start:end] = 2 * ndtr(ndtri(0.025) * np.abs(middle) / spread)
    return low, high, p


def _false_discoveries(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """The p-values, adjusted to the rate of false discoveries (Benjamini and Hochberg 1995)."""
    order = np.argsort(p)
    grown = p[order] * (p.size / np.arange(1, p.size + 1))
    q = np.empty_like(p)
    q[order] = np.minimum.accumulate(grown[::-1])[::-1].clip(0, 1)
    return q


def _typical(
    row: NDArray[np.int64],
    story: NDArray[np.uint32],
    mass: NDArray[np.float64],
    pairs: int,
    stories: int,
) -> NDArray[np.float64]:
    """Mass of a typical story of each pair: sum of squares over sum."""
    table = sparse.csr_array((mass, (row, story)), (pairs, stories))
    table.sum_duplicates()
    total: NDArray[np.float64] = np.asarray(table.sum(axis=1))
    squares: NDArray[np.float64] = np.asarray(table.power(2).sum(axis=1))
    return np.where(total > 0, squares / np.maximum(total, 1e-300), 1.0)


def _compared(pairs: pl.DataFrame) -> list[Surprise]:
    """Every pair against the null model."""
    names = sorted({*pairs["a"], *pairs["b"]})
    place = {name: number for number, name in enumerate(names)}
    one = np.array([place[name] for name in pairs["a"]])
    other = np.array([place[name] for name in pairs["b"]])
    acts = pairs["events"].to_numpy().astype(float)
    conflicts = pairs["conflicts"].to_numpy().astype(float)
    likely = chances(one, other, acts, conflicts)
    z, percentile = surprises(acts, conflicts, likely, pairs["design"].to_numpy())
    columns = (z, percentile, likely, conflicts / acts)
    return [Surprise(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]
