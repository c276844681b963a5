"""Triads, walks, scales, undecided sides, and reading tables: hand-checked values."""

import os
from math import exp
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.balance import (
    Side,
    SignedNetwork,
    frustration,
    multiscale_balance,
    parse_edges,
    read_edges,
    sides,
    triads,
    walk_balance,
)
from kg.errors import SourceError, UnreadableError, UsageError


def net(*rows, **options):
    return SignedNetwork.build(rows, **options)


# a-b-c is +++, b-c-d is +--
MIXED = net(
    ("a", "b", 1), ("b", "c", 2), ("a", "c", 1), ("b", "d", -1), ("c", "d", -3),
)  # fmt: skip


def test_triangles_are_counted_by_kind():
    found = triads(MIXED)
    assert found.counts == {"+++": 1, "++-": 0, "+--": 1, "---": 0}
    assert (found.balanced, found.total, found.index) == (2, 2, 1.0)


def test_a_complete_network_of_enemies_has_no_balanced_triangle():
    found = triads(net(*((f"n{i}", f"n{j}", -1) for i in range(5) for j in range(i))))
    assert found.counts["---"] == found.total == 10
    assert found.index == 0.0


def test_directed_triads_know_transitive_from_cyclic():
    transitive = triads(net(("a", "b", 1), ("b", "c", -1), ("a", "c", -1), directed=True))
    assert {k: n for k, n in transitive.counts.items() if n} == {"030T +--": 1}
    assert transitive.index == 1.0
    cyclic = triads(net(("a", "b", -1), ("b", "c", 1), ("c", "a", 1), directed=True))
    assert {k: n for k, n in cyclic.counts.items() if n} == {"030C ++-": 1}
    assert cyclic.index == 0.0
    round_about = triads(net(("a", "b", 1), ("b", "c", 1), ("c", "a", 1), directed=True))
    assert {k: n for k, n in round_about.counts.items() if n} == {"030C +++": 1}


def test_without_triangles_there_is_no_index():
    assert triads(net(("a", "b", 1))).index is None


def test_walks_of_a_frustrated_triangle():
    # eigenvalues 1, 1, -2 (signed) and 2, -1, -1 (unsigned)
    bad = net(("a", "b", 1), ("b", "c", 1), ("a", "c", -1))
    expected = (2 * exp(1) + exp(-2)) / (exp(2) + 2 * exp(-1))
    assert walk_balance(bad) == pytest.approx(expected, rel=1e-12)


def test_walks_of_a_balanced_network_are_all_positive():
    assert walk_balance(MIXED) == pytest.approx(1.0, rel=1e-12)


def test_scales_of_a_frustrated_triangle_go_from_nothing_to_half():
    # only cycles of three count when beta is small: all of them are negative
    bad = net(("a", "b", 1), ("b", "c", 1), ("a", "c", -1))
    (small,) = multiscale_balance(bad, (1e-6,)).balance
    assert small == pytest.approx(0.0, abs=1e-5)
    (one,) = multiscale_balance(bad, (1.0,)).balance
    signed = 2 * exp(1) + exp(-2) - 3 - 3
    unsigned = exp(2) + 2 * exp(-1) - 3 - 3
    assert one == pytest.approx((1 + signed / unsigned) / 2, rel=1e-9)


def test_answers_count_as_walks_of_two_in_a_directed_network():
    # only the pair that answers itself closes, with opposite signs: every second power is negative
    pair = net(("a", "b", 1), ("b", "a", -1), directed=True)
    (small,) = multiscale_balance(pair, (1e-4,)).balance
    assert small == pytest.approx(0.0, abs=1e-6)
    agreed = net(("a", "b", 1), ("b", "a", 1), directed=True)
    assert multiscale_balance(agreed, (1.0,)).balance == pytest.approx((1.0,))


def test_scales_must_be_positive():
    with pytest.raises(UsageError, match="positive"):
        multiscale_balance(MIXED, (0.0,))


def test_a_node_between_two_sides_is_undecided():
    # m is tied alike to either of two camps that are certain of each other
    rows = [("a", "b", 3), ("c", "d", 3), ("a", "c", -3), ("b", "d", -3), ("a", "d", -3)]
    found = sides(frustration(net(*rows, ("m", "a", 1), ("m", "c", 1))))
    assert found == {**dict.fromkeys("abcd", Side.DECIDED), "m": Side.UNDECIDED}


def test_all_sides_of_a_balanced_connected_network_are_decided():
    assert set(sides(frustration(MIXED)).values()) == {Side.DECIDED}


def test_enemies_all_round_leave_somebody_undecided():
    found = sides(frustration(net(("a", "b", -1), ("b", "c", -1), ("a", "c", -1))))
    assert list(found.values()).count(Side.UNDECIDED) == 2


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"),
                          st.sampled_from((1, -1, 2))), min_size=1, max_size=10))  # fmt: skip
def test_decided_sides_are_those_of_every_best_division(rows):
    network = net(*rows)
    n = len(network.nodes)
    found = frustration(network)
    best = [
        labels
        for labels in ([i >> v & 1 for v in range(n)] for i in range(2**n))
        if found.value == sum(
            abs(t.weight) for t in network.ties
            if (t.weight > 0) != (labels[t.source] == labels[t.target])
        )
    ]  # fmt: skip
    said = sides(found)
    assert Side.UNKNOWN not in said.values()
    for tie in network.ties:
        if all(said[network.nodes[v]] is Side.DECIDED for v in (tie.source, tie.target)):
            assert len({labels[tie.source] ^ labels[tie.target] for labels in best}) == 1


TABLES = [
    "source,target,sign\na,b,-1\n",
    "target;source;sign\r\nb;a;-\r\n",
    "source\ttarget\tweight\na\tb\t-1.0\n",
    "\ufeffSource, Target, Sign, Weight, note\na,b,negative,1,x\n\n",
]


@pytest.mark.parametrize("text", TABLES)
def test_tables_of_many_makes_are_read(text, tmp_path):
    path = tmp_path / "net.csv"
    path.write_text(text, encoding="utf-8")
    network = read_edges(path)
    assert network.nodes == ("a", "b")
    assert [tie.weight for tie in network.ties] == [-1]


BAD = [
    ("", "no column source"),
    ("from,to,sign\na,b,1\n", "no column source"),
    ("source,target\na,b\n", "no column sign or weight"),
    ("source,target,sign\na,b,1\na,c,maybe\n", "row 3: 'maybe' is not a weight"),
    ("source,target,sign\na,b\n", "row 2: 2 cells where 3 are named"),
    ("source,target,sign\n,b,1\n", "row 2: a tie needs a source and a target"),
    ("source,target,weight\na,b,nan\n", "row 2: 'nan' is not a weight"),
    ("source,target,weight\na,b,1e999999999\n", "row 2: '1e999999999' is not a weight"),
    ("source,target,sign,weight\na,b,+,-2\n", "row 2: a positive sign with a negative weight"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_bad_tables_are_told_by_row(text, said):
    with pytest.raises(UnreadableError) as caught:
        parse_edges(text)
    assert said in caught.value.message


def test_a_missing_file_is_told_by_name(tmp_path):
    with pytest.raises(SourceError, match=r"none\.csv"):
        read_edges(tmp_path / "none.csv")


def test_what_is_left_out_or_folded_is_said():
    network = parse_edges("source,target,sign\na,a,1\na,b,0\nb,c,1\nc,b,1\n")
    assert network.nodes == ("a", "b", "c")
    assert network.notes == (
        "Ties of a node with itself, left out: 1.",
        "Ties of weight zero, left out, but for their nodes: 1.",
        "Ties that repeat a pair with the same sign, added up: 1.",
    )


@pytest.fixture
def data():
    folder = os.environ.get("KG_SIGNED_DATA")
    if not folder:
        pytest.skip("KG_SIGNED_DATA does not name a folder of published signed networks")
    return Path(folder)


def test_the_highland_tribes_have_the_published_values(data):
    tribes = read_edges(data / "highland_tribes.csv")
    assert triads(tribes).index == pytest.approx(0.8676471, abs=5e-8)
    assert walk_balance(tribes) == pytest.approx(0.3575761, abs=5e-8)
    assert frustration(tribes).degree_of_balance[0] == pytest.approx(0.7586207, abs=5e-8)


def test_sampsons_monks_have_the_published_scales(data):
    monks = read_edges(data / "sampson_t1_directed_weighted.csv", directed=True)
    found = multiscale_balance(monks, (0.01, 0.07102, 0.132041))
    assert found.balance == pytest.approx((0.726755, 0.709812, 0.694662), abs=6e-7)
