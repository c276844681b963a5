"""Published values, hand-checked networks, brute force, and what must not change the value."""

import os
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.balance import SignedNetwork, camps, frustration, read_edges, verify
from kg.errors import UsageError

NAMES = "abcdefghi"


def net(*rows, **options):
    return SignedNetwork.build(rows, **options)


def cost(network, labels):
    """Frustrated weight of a division, counted anew."""
    return sum(
        abs(t.weight)
        for t in network.ties
        if (t.weight > 0) != (labels[t.source] == labels[t.target])
    )


def brute(network, k):
    n = len(network.nodes)
    return min(cost(network, labels) for labels in product(range(min(k, max(n, 1))), repeat=n))


@st.composite
def networks(draw, most=9, ties=22):
    n = draw(st.integers(2, most))
    pair = st.lists(st.integers(0, n - 1), min_size=2, max_size=2, unique=True)
    weight = st.one_of(
        st.sampled_from((1, -1)),
        st.decimals(-9, 9, places=2, allow_nan=False).filter(bool).map(str),
    )
    rows = draw(st.lists(st.tuples(pair, weight), min_size=1, max_size=ties))
    return [(NAMES[a], NAMES[b], w) for (a, b), w in rows]


TRIANGLES = [
    ("+++", ("a", "b", 1), ("b", "c", 1), ("a", "c", 1), 0),
    ("++-", ("a", "b", 1), ("b", "c", 1), ("a", "c", -1), 1),
    ("+--", ("a", "b", 1), ("b", "c", -1), ("a", "c", -1), 0),
    ("---", ("a", "b", -1), ("b", "c", -1), ("a", "c", -1), 1),
]


@pytest.mark.parametrize(("kind", "one", "two", "three", "value"), TRIANGLES)
def test_a_triangle_is_frustrated_when_its_product_is_negative(kind, one, two, three, value):
    found = frustration(net(one, two, three))
    assert (found.value, found.lower_bound, found.optimal) == (value, value, True)


def test_three_enemies_are_balanced_in_three_camps():
    enemies = net(("a", "b", -1), ("b", "c", -1), ("a", "c", -1))
    assert frustration(enemies).value == 1
    assert camps(enemies, 3).value == 0
    assert camps(enemies).camps == (("a",), ("b",), ("c",))
    assert camps(enemies, 1).value == 3


def test_more_enemies_than_camps_share_them():
    # n enemies in 3 camps: the fewest pairs within a camp when the camps are equal
    for n, value in ((4, 1), (5, 2), (6, 3), (7, 5)):
        rows = [(NAMES[i], NAMES[j], -1) for i in range(n) for j in range(i)]
        found = camps(net(*rows, ("x", "y", 1), ("x", "a", -1)), 3)
        assert (found.value, found.optimal, len(found.camps)) == (value, True, 3)
        assert found.certificate.lower_bound == 0  # no cycle has exactly one negative tie
        assert verify(found.certificate).valid


def test_two_quarrelling_friends_of_one_cost_the_lightest_tie():
    found = frustration(net(("a", "b", "2.5"), ("b", "c", "1.25"), ("a", "c", "-0.75")))
    assert found.value == Fraction(3, 4)
    assert [(t.source, t.target, t.weight) for t in found.frustrated_ties] == [
        ("a", "c", Fraction(-3, 4))
    ]


def test_complete_negative_networks_have_the_value_of_the_best_split():
    # K_n all negative: the best two camps leave C(p,2) + C(n-p,2) ties within, p = n // 2
    for n, value in ((4, 2), (5, 4), (6, 6), (7, 9)):
        rows = [(NAMES[i], NAMES[j], -1) for i in range(n) for j in range(i)]
        found = frustration(net(*rows))
        assert (found.value, found.optimal) == (value, True)
        assert verify(found.certificate).optimal


def test_a_petersen_graph_of_enemies_costs_three():
    # its bipartite edge frustration is 3: at most 12 of its 15 edges lie in a cut
    rows = [(f"o{i}", f"o{(i + 1) % 5}", -1) for i in range(5)]
    rows += [(f"i{i}", f"i{(i + 2) % 5}", -1) for i in range(5)]
    rows += [(f"o{i}", f"i{i}", -1) for i in range(5)]
    found = frustration(net(*rows))
    assert (found.value, found.optimal) == (3, True)


def test_ties_of_one_pair_add_up_and_opposite_ones_stay():
    found = frustration(net(("a", "b", 2), ("b", "a", 1), ("a", "b", -1)))
    assert (found.value, found.total) == (1, 4)
    assert found.camps == (("a", "b"),)


def test_directed_ties_are_ties():
    found = frustration(net(("a", "b", 1), ("b", "a", -1), directed=True))
    assert found.value == 1


def test_parts_that_are_not_connected_add_up():
    bad = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]
    found = frustration(net(*bad, *((x + "2", y + "2", w) for x, y, w in bad)))
    assert (found.value, found.components) == (2, 2)


def test_nothing_is_balanced():
    found = frustration(net())
    assert (found.value, found.optimal, found.camps) == (0, True, ())
    assert found.degree_of_balance == (1.0, 1.0)


def test_no_camps_is_no_division():
    with pytest.raises(UsageError, match="0 camps"):
        camps(net(("a", "b", 1)), 0)


@settings(deadline=None, max_examples=120)
@given(networks())
def test_two_camps_agree_with_brute_force(rows):
    network = net(*rows)
    found = frustration(network)
    assert found.value == brute(network, 2)
    assert found.optimal
    assert cost(network, found.certificate.camps) == found.value
    assert sum(abs(t.weight) for t in found.frustrated_ties) == found.value
    assert verify(found.certificate, network).optimal


@settings(deadline=None, max_examples=60)
@given(networks(most=6, ties=14), st.sampled_from((3, 4, None)))
def test_more_camps_agree_with_brute_force(rows, k):
    network = net(*rows)
    found = camps(network, k)
    assert found.value == brute(network, k or 6)
    assert found.optimal
    assert k is None or len(found.camps) <= k
    checked = verify(found.certificate, network)
    assert checked.valid
    assert checked.lower_bound <= found.value


@settings(deadline=None, max_examples=40)
@given(networks(most=7), st.data())
def test_names_order_and_switching_leave_the_value_alone(rows, data):
    value = frustration(net(*rows)).value
    shuffled = data.draw(st.permutations(rows))
    assert frustration(net(*shuffled)).value == value
    renamed = dict(zip(NAMES, data.draw(st.permutations(NAMES)), strict=True))
    assert frustration(net(*((renamed[a], renamed[b], w) for a, b, w in rows))).value == value
    cut = set(data.draw(st.lists(st.sampled_from(NAMES))))
    switched = [(a, b, -Fraction(w) if (a in cut) != (b in cut) else w) for a, b, w in rows]
    assert frustration(net(*switched)).value == value


@settings(deadline=None, max_examples=40)
@given(networks())
def test_without_time_the_bound_still_holds(rows):
    network = net(*rows)
    found = frustration(network, time_limit=1e-9)
    assert found.lower_bound <= brute(network, 2) <= found.value
    assert verify(found.certificate, network).valid


def test_the_same_seed_gives_the_same_answer():
    rows = [(f"n{i}", f"n{j}", 1 if (i * j) % 3 else -1) for i in range(14) for j in range(i)]
    one, two = (frustration(net(*rows), seed=5) for _ in range(2))
    assert one == two
    assert one.certificate.to_json() == two.certificate.to_json()


@pytest.fixture
def data():
    folder = os.environ.get("KG_SIGNED_DATA")
    if not folder:
        pytest.skip("KG_SIGNED_DATA does not name a folder of published signed networks")
    return Path(folder)


PUBLISHED = [
    # file, directed, signs only, camps, value (Doreian and Mrvar's criterion is half of it)
    ("highland_tribes", False, False, 2, 7),
    ("highland_tribes", False, False, 3, 2),
    ("avatar", False, False, 2, 122),
    ("sampson_affect_T2_arcs_weighted", True, True, 2, 21),
    ("sampson_affect_T2_arcs_weighted", True, False, 2, 43),
    ("sampson_affect_T2_arcs_weighted", True, False, 3, 35),
]


@pytest.mark.parametrize(("name", "directed", "signs", "k", "value"), PUBLISHED)
def test_published_values_are_reproduced_and_proven(data, name, directed, signs, k, value):
    network = read_edges(data / f"{name}.csv", directed=directed)
    if signs:
        network = SignedNetwork.build(
            ((network.nodes[t.source], network.nodes[t.target], t.sign) for t in network.ties),
            directed=directed,
        )
    found = camps(network, k)
    assert (found.value, found.optimal) == (value, True)
    assert verify(found.certificate, network).valid


@pytest.mark.parametrize(("name", "value"), [("S110", 207), ("S93", 444)])
def test_senates_are_solved(data, name, value):
    found = frustration(read_edges(data / f"congress_{name}.csv"))
    assert (found.value, found.optimal) == (value, True)
