"""The intervals hold the truth as often as they say, on feeds whose truth is known.

``tests/benchmarks/rift/bench_rift.py`` does the same at length.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from kg.analysis import Level, side_keys
from kg.analysis.rift import ledger, pair_tones, rift
from kg.analysis.rift.bootstrap import drawn, estimate, flows, sides


def held(feeds, world, stories, runs, left, right):
    """How many intervals of tone and rift hold the truth."""
    inside = (world.left > 1, world.right > 1)
    within = np.array([world.inside_left, world.inside_right])[list(inside)]
    truth = {"tone": world.between, "asymmetry": 0.0}
    if within.size:
        truth["rift"] = within.mean() - world.between
    count = dict.fromkeys(truth, 0)
    for run in range(runs):
        random = np.random.default_rng([run, stories])
        book = ledger(feeds.feed(random, world, stories).acts, left, right)
        table = flows(book.calibrated(5.0))
        values, draws = sides(table, 5.0, inside), drawn(table, random, inside, 600)
        for name, true in truth.items():
            figure = estimate(float(getattr(values, name)), getattr(draws, name))
            count[name] += figure.low <= true <= figure.high
    return count


@pytest.mark.parametrize(
    ("sizes", "tones", "stories"),
    [((1, 1), (-0.3, 0, 0), 15), ((1, 1), (-0.85, 0, 0), 30), ((1, 4), (-0.2, 0, 0.5), 60),
     ((3, 5), (-0.4, 0.6, 0.3), 120)],
)  # fmt: skip
def test_intervals_hold_the_truth_as_often_as_they_say(feeds, sizes, tones, stories):
    """95 % of 250, less and more by what chance gives in one of 500 such tests."""
    world = feeds.World(*sizes, *tones)
    left = "id:l0" if sizes[0] == 1 else feeds.LEFT
    right = "id:r0" if sizes[1] == 1 else feeds.RIGHT
    for name, count in held(feeds, world, stories, 250, left, right).items():
        assert count >= 226, name
        assert count <= 249 or name == "asymmetry", name


def test_the_interval_narrows_with_evidence(feeds):
    widths = []
    for stories in (20, 80, 320):
        acts = feeds.feed(np.random.default_rng(3), feeds.World(), stories).acts
        tone = rift(acts, "id:l0", "id:r0").tone
        widths.append(tone.high - tone.low)
    assert widths[0] > 1.5 * widths[1] > 2 * widths[2]


@pytest.mark.parametrize("seed", range(8))
def test_tripling_the_coverage_of_one_side_moves_the_rift_by_less_than_its_interval(feeds, seed):
    """Three times as many acts of the left, and among its members, of the same tones."""
    random = np.random.default_rng(seed)
    world = feeds.World(4, 6, -0.3, 0.5, 0.4)
    once = feeds.feed(random, world, 200).acts
    left = [n for n, party in enumerate(once.parties) if feeds.LEFT in party.blocs]
    more = []
    for _ in range(2):
        extra = feeds.feed(random, world, 200).acts
        mine = extra.faces.filter(pl.col("actor").is_in(left)).collect()["act"].implode()
        more.append(feeds.only(extra, pl.col("act").is_in(mine)))
    before = rift(once, feeds.LEFT, feeds.RIGHT).rift
    after = rift(feeds.joined(once, *more), feeds.LEFT, feeds.RIGHT).rift
    assert abs(after.value - before.value) < before.high - before.low


def test_telling_every_act_of_one_side_three_times_moves_nothing_between(feeds):
    """Further stories about the same acts give them no more weight."""
    acts = feeds.feed(np.random.default_rng(5), feeds.World(3, 3), 150).acts
    left = [n for n, party in enumerate(acts.parties) if feeds.LEFT in party.blocs]
    mine = acts.faces.filter(pl.col("actor").is_in(left)).select("act")
    again = acts.tellings.join(mine, on="act", how="semi")
    more = [again.with_columns(story=pl.col("story") + 10_000 * n) for n in (1, 2)]
    louder = type(acts)(acts.acts, acts.faces, pl.concat([acts.tellings, *more]), acts.parties)
    one, other = (rift(a, feeds.LEFT, feeds.RIGHT) for a in (acts, louder))
    assert one.rift.value == pytest.approx(other.rift.value)
    assert one.support.cooperation == pytest.approx(other.support.cooperation)


def test_pairs_of_chance_are_seldom_called_dark(feeds):
    """With every true tone 0, the false discovery rate keeps nearly all pairs unnamed."""
    named = told = 0
    for seed in range(6):
        world = feeds.World(6, 6, 0.0, 0.0, 0.0)
        acts = feeds.feed(np.random.default_rng(seed), world, 900).acts
        pairs = [p for p in pair_tones(acts, side_keys(Level.POLITY), seed=seed) if p.tone]
        told += len(pairs)
        named += sum(pair.q_value <= 0.05 for pair in pairs)
    assert told > 200
    assert named <= 2
