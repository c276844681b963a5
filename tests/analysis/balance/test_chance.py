"""What chance gives, how sure camps are, and large networks."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.balance import (
    SignedNetwork,
    camps,
    chance,
    frustration,
    support,
    tie_weights,
    verify,
)
from kg.analysis.balance.augmenting import augment
from kg.analysis.balance.batch import Batch, divide_all
from kg.analysis.balance.cooling import cool
from kg.analysis.balance.null import affordable, sign_probabilities
from kg.analysis.balance.packing import pack
from kg.analysis.balance.search import cost_of
from kg.analysis.balance.separation import Rule


def planted(n, m, noise, seed):
    """Ties of two camps, some of them of the wrong sign; at most one for a pair."""
    random = Random(seed)
    ties = {}
    while len(ties) < m:
        a, b = sorted(random.sample(range(n), 2))
        right = 1 if (a < n // 2) == (b < n // 2) else -1
        ties[a, b] = right * (-1 if random.random() < noise else 1)
    return [(a, b, sign) for (a, b), sign in sorted(ties.items())]


def named(edges):
    return SignedNetwork.build((f"n{a:04}", f"n{b:04}", w) for a, b, w in edges)


@given(st.integers(0, 50), st.booleans())
@settings(max_examples=15, deadline=None)
def test_the_null_keeps_signed_degrees_in_expectation(seed, directed):
    rows = [(f"n{a}", f"n{b}", w) for a, b, w in planted(12, 40, 0.3, seed)]
    network = SignedNetwork.build(rows, directed=directed)
    likely = sign_probabilities(network)
    wanted, expected = np.zeros(24), np.zeros(24)
    for tie, share in zip(network.ties, likely, strict=True):
        for end in (tie.source, tie.target + 12 * directed):
            wanted[end] += tie.weight > 0
            expected[end] += share
    assert np.abs(wanted - expected).max() < 0.05


def test_planted_camps_are_more_balanced_than_chance_and_coin_tosses_are_not():
    found = chance(named(planted(40, 200, 0.05, 1)), samples=60)
    assert found.samples == 60
    assert found.frustration.z < -5
    assert found.frustration.percentile == 0
    assert found.triangles.z > 5
    tossed = chance(named(planted(40, 200, 0.5, 2)), samples=60)
    assert abs(tossed.frustration.z) < 3


def test_chance_is_asked_nothing_where_it_has_no_say():
    assert chance(SignedNetwork.build([("a", "b", 1), ("b", "c", 2)])) is None
    assert chance(SignedNetwork.build([])) is None
    assert affordable(100_000, 1_000_000) == 0
    assert affordable(20, 60) == 200


def test_many_networks_at_once_are_divided_as_well_as_one_by_one():
    edges = planted(30, 120, 0.25, 3)
    ends = np.array([(a, b) for a, b, _ in edges])
    random = np.random.default_rng(0)
    signs = random.choice([-1.0, 1.0], size=(len(edges), 12))
    values, sides = divide_all(Batch(30, ends), signs)
    again = Batch(30, ends).frustrated(signs, sides)
    assert (values == again).all()
    exact = [
        float(frustration(named([(a, b, int(s)) for (a, b), s in zip(ends.tolist(), column,
                                                                       strict=True)])).value)
        for column in signs.T
    ]  # fmt: skip
    assert (values >= exact).all()
    assert values.mean() - np.mean(exact) < 0.5


def test_support_is_high_in_planted_camps_and_low_for_who_stands_between():
    edges = planted(20, 150, 0.02, 4)
    between = [(0, 20, 1), (1, 20, -1), (10, 20, 1), (11, 20, -1)]
    network = named([*edges, *between])
    found = camps(network, 2)
    sure = support(network, found.certificate.camps, tie_weights(network), limit=2)
    assert min(sure[:20]) > 0.9
    assert sure[20] < 0.75
    free = camps(network)
    sure = support(network, free.certificate.camps, tie_weights(network), limit=None)
    assert np.mean(sure[:20]) > 0.9


def test_unconnected_parts_do_not_support_each_other():
    network = SignedNetwork.build([("a", "b", 1), ("c", "d", 1), ("e", "f", -1)])
    found = camps(network, 2)
    sure = dict(zip(network.nodes, support(network, found.certificate.camps,
                                           tie_weights(network)), strict=True))  # fmt: skip
    assert sure["e"] is None
    assert sure["a"] == sure["b"]


def test_colour_classes_find_the_planted_camps():
    edges = planted(2_000, 12_000, 0.1, 5)
    labels = cool(2_000, edges, sweeps=80)
    planted_cost = cost_of(edges, [1 if v < 1_000 else -1 for v in range(2_000)])
    assert cost_of(edges, labels) <= planted_cost
    assert labels == cool(2_000, edges, sweeps=80)


@given(st.integers(0, 30), st.sampled_from(Rule), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_rerouted_packings_fit_and_prove_no_less(seed, rule, heaviest):
    random = Random(seed)
    edges = [(a, b, w * random.randint(1, heaviest)) for a, b, w in planted(25, 70, 0.3, seed)]
    labels = cool(25, edges, sweeps=30) if rule is Rule.TWO else [0] * 25
    before = pack(25, edges, labels, rule)
    after = augment(25, edges, labels, rule, before)
    assert sum(n for n, _ in after) >= sum(n for n, _ in before)
    left = [abs(w) for *_, w in edges]
    for amount, cycle in after:
        assert amount > 0
        negative = sum(edges[e][2] < 0 for e in cycle)
        assert negative % 2 == 1 if rule is Rule.TWO else negative == 1
        for edge in cycle:
            left[edge] -= amount
    assert min(left) >= 0


def test_a_large_network_has_a_certified_bound_even_when_time_is_short():
    network = named(planted(3_000, 12_000, 0.1, 6))
    found = frustration(network, time_limit=60)
    assert verify(found.certificate, network).valid
    assert found.gap < 0.5
    assert frustration(network, time_limit=0.01).value >= found.lower_bound


@pytest.mark.parametrize("k", [2, None])
def test_progress_is_told(k):
    said = []
    camps(named(planted(60, 300, 0.2, 7)), k, time_limit=5, watch=said.append)
    assert any("300 ties" in text or "proven" in text for text in said) or k is None
