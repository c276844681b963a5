"""Cohesion, strays, and who holds cooperation together."""

import pytest

from kg.analysis import Level, Period, side_keys
from kg.analysis.acts import acts_of
from kg.analysis.alliance import bridges, cohesion, standings
from kg.analysis.network import signed_network


def test_cohesion_is_the_mean_tone_over_pairs_of_members(act, who):
    events = [
        act("1", "france", "germany", 5, stories=("a",)),  # 5 / 15
        *(act(f"2{n}", "italy", "germany", -5, stories=(str(n),)) for n in range(4)),  # -20 / 30
        act("3", "us", "france", -9),  # no member
        act("4", "uk", "france", -9),  # no member on that day
    ]
    found = cohesion(acts_of(events), who("eu"), Period())
    assert found.tone == pytest.approx((1 / 3 - 2 / 3) / 2)
    assert (found.pairs, found.acts) == (2, 5)
    low, high = found.interval
    assert low < found.tone < high
    inside = {member.iri: member.inside for member in found.members}
    assert inside[who("germany")] == pytest.approx((1 / 3 - 2 / 3) / 2)
    assert inside[who("france")] == pytest.approx(1 / 3)


def test_who_leaves_the_line_towards_a_target(act, who):
    def acts_of_state(name, intensity, target="us", count=3):
        return [act(f"{name}{target}{n}", name, target, intensity) for n in range(count)]

    events = [
        *acts_of_state("france", -5),
        *acts_of_state("germany", -5),
        *acts_of_state("italy", 5),
        *acts_of_state("eu", -9, count=2),  # too few for a stance
        *acts_of_state("italy", -9, "uk"),  # another target
        act("x", "us", "italy", -9),  # not what a member did
    ]
    found = cohesion(acts_of(events), who("eu"), Period(), target=who("us"))
    assert found.stances == (1, 0, 2)
    assert found.rice == pytest.approx(1 / 3)
    assert found.agreement == pytest.approx(0.5)
    assert found.stray.iri == who("italy")
    assert found.stray.deviation == pytest.approx(15 / 25 + 15 / 25)
    members = {member.iri: member for member in found.members}
    assert (members[who("eu")].stance, members[who("eu")].acts) == (None, 2)
    everyone = cohesion(acts_of(events), who("eu"), Period())
    assert everyone.stances == (0, 0, 3)


def test_nothing_read_says_nothing(who):
    found = cohesion(acts_of([]), who("eu"), Period())
    assert (found.tone, found.interval, found.rice, found.agreement) == (None,) * 4
    assert found.stray is None


def test_brokers_and_what_they_hold_together(act, who):
    # uk – us – france – germany in a line; italy quarrels with all
    events = [
        act("1", "uk", "us", 2), act("2", "us", "france", 4), act("3", "france", "germany", 8),
        act("4", "italy", "us", -5), act("5", "italy", "uk", -5),
    ]  # fmt: skip
    network = signed_network(acts_of(events), side_keys(Level.POLITY), {}, Period())
    camp = {who(name): 1 for name in ("uk", "us", "france", "germany")} | {who("italy"): 2}
    found = {one.iri: one for one in standings(network, camp)}
    assert found[who("us")].parts == 1
    assert found[who("germany")].parts == 0
    assert found[who("france")].inside == 12.0
    assert found[who("us")].betweenness == pytest.approx(2 / 6)
    spans = bridges(network, camp)
    assert [(one.smaller, one.weight) for one in spans] == [(2, 4.0), (1, 8.0), (1, 2.0)]
    apart = standings(network, camp | {who("uk"): 2})
    assert {one.iri: one.across for one in apart}[who("us")] == 2.0
