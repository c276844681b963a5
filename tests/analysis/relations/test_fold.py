"""The signed network: weights by hand, and what must not change them."""

from datetime import date

import networkx as nx
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import Level, Period, side_keys
from kg.analysis.acts import acts_of
from kg.analysis.balance import frustration
from kg.analysis.network import Formula, Where, acts_graph, placed, signed_network
from kg.analysis.network.resampling import resampled
from kg.errors import UsageError

POLITY = side_keys(Level.POLITY)


def folded(events, period=None, formula=None, where=Where.ALL):
    return signed_network(acts_of(events), POLITY, {}, period or Period(), formula, where=where)


def test_a_tie_weighs_cooperation_less_conflict_by_the_stated_formula(act, who):
    network = folded([
        act("1", "us", "france", 6, confidence=0.5),  # 6 · 0.5 · 1 = 3
        act("2", "france", "us", -4, stories=("a", "b", "c")),  # 4 · 1 · 2·3/4 = 6
        act("3", "us", "france", 0),
    ])  # fmt: skip
    (row,) = network.table.iter_rows(named=True)
    assert (row["a"], row["b"]) == (who("france"), who("us"))
    assert (row["cooperation"], row["conflict"], row["weight"]) == (3.0, 6.0, -3.0)
    assert row["tone"] == pytest.approx(-3 / 19)
    assert row["contested"] == pytest.approx(4 * 18 / 81)
    assert (row["forth"], row["back"]) == (-6.0, 3.0)
    assert (row["confrontations"], row["cooperations"], row["consultations"]) == (1, 1, 1)
    assert row["sources"] == 4
    assert (row["first"], row["last"]) == (date(2025, 3, 4),) * 2


def test_old_acts_count_half_after_a_half_life(act):
    events = [act("1", "us", "uk", 8, when="2025-01-01"), act("2", "us", "uk", 8, when=None)]
    period = Period(date(2025, 1, 1), date(2025, 1, 31))
    network = folded(events, period, Formula(half_life=30))
    assert network.table["weight"].to_list() == [4.0]
    assert folded(events, Period(), Formula(half_life=30)).table["weight"].to_list() == [8.0]
    assert folded(events).table["weight"].to_list() == [16.0]


def test_too_little_evidence_draws_no_tie_and_is_said(act):
    events = [act("1", "us", "uk", 5), act("2", "us", "france", 5), act("3", "us", "france", 5)]
    network = folded(events, formula=Formula(min_acts=2))
    assert network.table.height == 1
    assert "1 of 2 pairs have fewer than 2 signed acts" in network.notes[0]
    assert folded(events, formula=Formula(min_sources=2)).table.height == 0
    assert len(network.nodes) == 3


def test_acts_inside_a_bloc_are_kept_apart_by_the_membership_of_the_day(act, who):
    events = [
        act("1", "uk", "france", 5, blocs=(who("eu"),)),  # when both were members
        act("2", "uk", "france", -3),
    ]
    (row,) = folded(events).table.iter_rows(named=True)
    assert (row["weight"], row["inside"]) == (2.0, 5.0)
    assert folded(events, where=Where.INSIDE).table["weight"].to_list() == [5.0]
    assert folded(events, where=Where.BETWEEN).table["weight"].to_list() == [-3.0]


def test_joint_acts_count_in_both_directions_but_once(act):
    (row,) = folded([act("1", "us", "uk", 6, joint=True)]).table.iter_rows(named=True)
    assert (row["weight"], row["forth"], row["back"]) == (6.0, 6.0, 6.0)


def test_as_networkx_and_as_the_measures_of_balance_read_it(act, who):
    network = folded([act("1", "us", "uk", 5), act("2", "us", "france", -5)])
    graph = network.graph()
    assert graph.edges[who("us"), who("france")]["weight"] == -5.0
    assert list(network.cooperative().edges) == [(who("uk"), who("us"))]
    found = frustration(network.signed())
    assert found.value == 0
    assert found.camps == ((who("uk"), who("us")), (who("france"),))


def test_the_multigraph_has_one_arc_for_each_act(act, who):
    events = [act("1", "us", "uk", 5), act("2", "uk", "us", -2), act("3", "us", "uk", 1)]
    graph = acts_graph(acts_of(events), POLITY, {who("us"): "United States"}, Period())
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.number_of_edges(who("us"), who("uk")) == 2
    assert graph.edges[who("uk"), who("us"), "id:2"]["weight"] == -2.0
    assert graph.nodes[who("us")]["label"] == "United States"


@given(st.lists(st.tuples(st.sampled_from(["us", "uk", "france"]),
                          st.sampled_from(["germany", "italy"]),
                          st.integers(-9, 9), st.integers(1, 3)), max_size=8))  # fmt: skip
@settings(deadline=None)
def test_copies_of_a_report_and_the_order_of_acts_change_nothing(act, rows):
    def made(copies):
        return [
            act(str(n), one, other, size, stories=[f"{n}/{s}" for s in range(told)] * copies)
            for n, (one, other, size, told) in enumerate(rows)
        ]

    plain, copied = folded(made(1)), folded(list(reversed(made(2))))
    assert plain.table.equals(copied.table)


def test_replicates_share_an_acts_mass_among_its_stories(act, who):
    events = [act("1", "us", "uk", 6, stories=("a", "b")), act("2", "us", "france", -4)]
    acts = acts_of(events)
    rows = placed(acts, POLITY, Period(), Formula())
    found = resampled(rows, acts, replicates=4_000, seed=3)
    assert found.pairs == tuple(sorted([(who("uk"), who("us")), (who("france"), who("us"))]))
    means = dict(zip(found.pairs, found.cooperation.mean(axis=1), strict=True))
    assert means[who("uk"), who("us")] == pytest.approx(8, rel=0.05)  # 6 · 2·2/3
    assert (found.conflict >= 0).all()
    again = resampled(rows, acts, replicates=4_000, seed=3)
    assert (found.conflict == again.conflict).all()


def test_a_formula_of_nonsense_is_refused():
    with pytest.raises(UsageError, match="half-life"):
        Formula(half_life=0)
    assert isinstance(folded([]).table, pl.DataFrame)
