"""All pairs: order, abstention, correction for many, and the null model."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from kg.analysis import Level, side_keys
from kg.analysis.acts import acts_of
from kg.analysis.rift import Floor, pair_tones, rift
from kg.analysis.rift.bootstrap import quantiles
from kg.analysis.rift.ledger import stories_of
from kg.analysis.rift.surprise import chances, surprises


def test_pairs_agree_with_the_rift_of_each(feeds):
    acts = feeds.feed(np.random.default_rng(2), feeds.World(2, 3), 200).acts
    pairs = pair_tones(acts, side_keys(Level.POLITY))
    told = [pair for pair in pairs if pair.tone]
    assert [p.tone.value for p in told] == sorted(p.tone.value for p in told)
    for pair in told:
        alone = rift(acts, pair.a, pair.b)
        assert pair.tone.value == pytest.approx(alone.tone.value)
        assert pair.tone.low == pytest.approx(alone.tone.low, abs=0.08)
        assert pair.tone.high == pytest.approx(alone.tone.high, abs=0.08)
        assert pair.forward == pytest.approx(alone.forward.value)
        assert pair.support.stories == alone.support.stories
        assert pair.support.sources == alone.support.sources
        assert pair.support.conflict == pytest.approx(alone.support.conflict)


def test_pairs_below_the_floor_come_last_and_say_why(feeds):
    acts = feeds.feed(np.random.default_rng(2), feeds.World(3, 3), 60).acts
    pairs = pair_tones(acts, side_keys(Level.POLITY), floor=Floor(8, 6))
    silent = [pair for pair in pairs if pair.abstained]
    assert silent
    assert pairs[-len(silent) :] == tuple(silent)
    assert all("too little to say" in pair.abstained and pair.tone is None for pair in silent)
    assert pair_tones(acts_of([]), side_keys(Level.POLITY)) == ()


def test_q_values_are_those_of_benjamini_and_hochberg(feeds):
    acts = feeds.feed(np.random.default_rng(9), feeds.World(3, 4), 300).acts
    told = [pair for pair in pair_tones(acts, side_keys(Level.POLITY)) if pair.tone]
    expected = false_discovery_control([pair.p_value for pair in told])
    assert [pair.q_value for pair in told] == pytest.approx(list(expected))
    for pair in told:
        assert (pair.p_value < 0.05) == (pair.tone.low > 0 or pair.tone.high < 0)


def test_the_null_model_keeps_signed_degrees():
    random = np.random.default_rng(0)
    one, other = np.triu_indices(8, 1)
    acts = random.integers(5, 60, one.size).astype(float)
    conflicts = random.binomial(acts.astype(int), 0.3).astype(float)
    likely = chances(one, other, acts, conflicts)
    for party in range(8):
        mine = (one == party) | (other == party)
        assert acts[mine] @ likely[mine] == pytest.approx(conflicts[mine].sum(), abs=0.2)


def test_a_quarrel_between_two_peaceful_parties_surprises_and_one_of_two_brawlers_does_not():
    one, other = np.triu_indices(6, 1)
    acts = np.full(one.size, 40.0)
    brawlers = (one <= 1).astype(float) + (other <= 1)
    conflicts = np.array([4.0, 16.0, 28.0])[brawlers.astype(int)]
    quarrel = int(np.flatnonzero((one == 4) & (other == 5))[0])
    brawl = int(np.flatnonzero((one == 0) & (other == 1))[0])
    conflicts[quarrel] = 28
    z, percentile = surprises(acts, conflicts, chances(one, other, acts, conflicts), np.ones(15))
    assert z[quarrel] > 3
    assert percentile[quarrel] > 99
    assert abs(z[brawl]) < 2
    doubled, _ = surprises(acts, conflicts, chances(one, other, acts, conflicts), np.full(15, 4.0))
    assert doubled[quarrel] == pytest.approx(z[quarrel] / 2)


def test_pairs_age_as_the_rift_of_each(feeds):
    acts = feeds.feed(np.random.default_rng(2), feeds.World(2, 3), 200).acts
    fresh = {(p.a, p.b): p for p in pair_tones(acts, side_keys(Level.POLITY))}
    aged = [p for p in pair_tones(acts, side_keys(Level.POLITY), half_life=200) if p.tone]
    assert aged
    for pair in aged:
        alone = rift(acts, pair.a, pair.b, half_life=200)
        assert pair.tone.value == pytest.approx(alone.tone.value)
        assert pair.support.conflict < fresh[pair.a, pair.b].support.conflict


def test_quantiles_are_those_of_numpy():
    draws = np.random.default_rng(0).normal(size=(7, 400))
    shares = (0.0, 0.025, 0.5, 0.975, 1.0)
    assert np.allclose(quantiles(draws, shares), np.quantile(draws, shares, axis=1))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=30))
def test_an_act_is_counted_in_the_story_that_tells_most_and_then_in_the_first(told):
    rows = pl.LazyFrame(told, {"act": pl.UInt32, "story": pl.UInt64}, orient="row")
    acts = {act for act, _ in told}
    size = {story: len({a for a, s in told if s == story}) for _, story in told}
    chosen = {
        act: min({s for a, s in told if a == act}, key=lambda s: (-size[s], s)) for act in acts
    }
    number = {story: n for n, story in enumerate(sorted(set(chosen.values())))}
    found = stories_of(rows, pl.Series("act", sorted(acts), pl.UInt32))
    assert dict(found.iter_rows()) == {act: number[story] for act, story in chosen.items()}
