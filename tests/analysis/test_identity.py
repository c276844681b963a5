"""Which events of several documents are one act: the rules, their limits, and any order."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import Evidence, Party, SignedEvent, same_acts
from kg.analysis.identity import RULES, doubts
from kg.judgements import Decisions
from kg.records import PartialDate, Status

US, EU, FR, MACRON = "state/us", "bloc/eu", "state/france", "person/macron"


def told(
    name, *documents, when="2026-02-14", kind="criticise", top="accuse", sides=(EU, US), issues=(),
    place="", status=Status.REALISED, stories=None, confidence=0.8,
):  # fmt: skip
    """An event that documents tell, each a story of its own unless said otherwise."""
    pieces = tuple(
        Evidence(d, "", "", "", None, (stories or {}).get(d, d), 0, 1, "q", "asserted",
                 confidence, "x")
        for d in documents
    )  # fmt: skip
    parties = tuple(Party(r, a, a) for r, a in zip(("actor", "recipient"), sides, strict=True))
    return SignedEvent(
        name, name, kind, top, -1, -2.0, status, PartialDate.parse(when) if when else None,
        parties, tuple(issues), (place,) if place else (), (), pieces,
    )  # fmt: skip


def groups(*events, **decided):
    """The acts as sets of event names."""
    found = same_acts(events, Decisions(**{k: frozenset(v) for k, v in decided.items()}))
    return {frozenset(event.iris) for event in found}


def apart(*events, **decided):
    return len(groups(*events, **decided)) == len(events)


def test_one_act_of_a_day_told_in_other_words_counts_once_and_says_why():
    (act,) = same_acts([
        told("a", "d1", kind="criticise", issues=("trade-tariffs",), place="Munich"),
        told("b", "d2", "d3", kind="condemn", confidence=0.9, issues=("nato-cohesion",)),
    ])  # fmt: skip
    assert (act.iri, act.type) == ("b", "condemn")  # the surer telling speaks for both
    assert act.issues == ("nato-cohesion", "trade-tariffs")
    assert act.places == ("Munich",)
    assert [piece.document for piece in act.evidence] == ["d1", "d2", "d3"]
    assert act.independent_sources == 3
    assert [(merge.event, merge.rule) for merge in act.merges] == [("a", "same-day")]
    assert RULES["same-day"]


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("day", {"when": "2026-02-15"}),
        ("month", {"when": "2026-03"}),
        ("class", {"top": "threaten", "kind": "warn"}),
        ("sides", {"sides": (FR, US)}),
        ("direction", {"sides": (US, EU)}),
        ("status", {"status": Status.NEGATED}),
    ],
)
def test_acts_that_differ_stay_apart(what, other):
    assert apart(told("a", "d1"), told("b", "d2", **other)), what


def test_a_government_is_not_its_head():
    assert apart(told("a", "d1", sides=(FR, US)), told("b", "d2", sides=(MACRON, US)))


def test_two_acts_of_one_document_stay_two():
    assert apart(told("a", "d1"), told("b", "d1", kind="condemn"))


@pytest.mark.parametrize(("coarse", "rule"), [("2026-02", "within-month"), ("2026", "within-year")])
def test_a_coarse_date_joins_the_only_act_it_can_mean(coarse, rule):
    (act,) = same_acts([told("a", "d1", when=coarse), told("b", "d2")])
    assert (str(act.date), act.iri) == ("2026-02-14", "b")
    assert [merge.rule for merge in act.merges] == [rule]


@pytest.mark.parametrize(("when", "rule"), [("2026-02", "same-month"), ("2026", "same-year")])
def test_equal_coarse_dates_are_one_act_unless_about_something_else(when, rule):
    (act,) = same_acts([told("a", "d1", when=when), told("b", "d2", when=when)])
    assert [merge.rule for merge in act.merges] == [rule]
    assert apart(
        told("a", "d1", when=when, issues=("climate",)),
        told("b", "d2", when=when, issues=("iran",)),
    )


def test_a_coarse_date_with_several_candidates_is_decided_by_type_issue_and_place():
    first = told("a", "d1", when="2026-02-03", issues=("climate",), place="Davos")
    second = told("b", "d2", when="2026-02-20", issues=("iran",), place="Munich")
    assert apart(first, second, told("c", "d3", when="2026-02"))
    by_issue = told("c", "d3", when="2026-02", issues=("iran",))
    assert groups(first, second, by_issue) == {frozenset("a"), frozenset("bc")}
    by_place = told("c", "d3", when="2026-02", place="Davos")
    assert groups(first, second, by_place) == {frozenset("ac"), frozenset("b")}
    (doubt, *_) = doubts([first, second, told("c", "d3", when="2026-02")])
    assert "c" in (doubt.one.iri, doubt.other.iri)


def test_of_two_acts_that_one_document_tells_another_means_the_likelier():
    two = (told("a", "d1", issues=("iran",)), told("b", "d1", kind="condemn", issues=("climate",)))
    assert apart(*two, told("c", "d2", kind="rebuke"))
    found = groups(*two, told("c", "d2", kind="rebuke", issues=("climate",)))
    assert found == {frozenset("a"), frozenset("bc")}


def test_undated_acts_are_one_only_in_copies_of_one_report():
    assert apart(told("a", "d1", when=""), told("b", "d2", when=""))
    assert apart(told("a", "d1", when=""), told("b", "d2"))
    copies = {"d1": "s", "d2": "s"}
    (act,) = same_acts([
        told("a", "d1", when="", stories=copies), told("b", "d2", when="", stories=copies)
    ])  # fmt: skip
    assert [merge.rule for merge in act.merges] == ["one-story"]
    assert act.independent_sources == 1
    (act,) = same_acts([told("a", "d1", when="", stories=copies), told("b", "d2", stories=copies)])
    assert (act.iri, act.merges[0].rule) == ("b", "one-story")


def test_people_have_the_last_word():
    a, b = told("a", "d1"), told("b", "d2", kind="condemn")
    assert apart(a, b, different={("a", "b")})
    far = told("c", "d3", when="2025-01-01", top="threaten")
    assert groups(a, b, far, same={("a", "c")}) == {frozenset("abc")}
    (act,) = same_acts([a, far], Decisions(same=frozenset({("a", "c")})))
    assert [merge.rule for merge in act.merges] == ["judged-same"]
    assert groups(a, b, far, same={("a", "c"), ("b", "c")}, different={("a", "b")}) == {
        frozenset("ac"), frozenset("b")
    }  # fmt: skip


events = st.builds(
    lambda n, documents, when, kind, issue, sides: told(
        f"e{n}", *documents, when=when, kind=kind, issues=(issue,) if issue else (), sides=sides
    ),
    st.integers(0, 10_000),
    st.sets(st.sampled_from(["d1", "d2", "d3", "d4", "d5"]), min_size=1, max_size=2).map(sorted),
    st.sampled_from(["2026-02-14", "2026-02-15", "2026-03-01", "2026-02", "2026", ""]),
    st.sampled_from(["criticise", "condemn", "blame"]),
    st.sampled_from(["", "iran", "climate"]),
    st.sampled_from([(EU, US), (FR, US)]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(events, unique_by=lambda e: e.iri, max_size=12), st.randoms())
def test_any_order_gives_the_same_acts_and_loses_no_event(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    acts = same_acts(found)
    assert acts == same_acts(shuffled)
    assert sorted(iri for act in acts for iri in act.iris) == sorted(e.iri for e in found)
    for act in acts:
        documents = [piece.document for piece in act.evidence]
        assert len(documents) == len(set(documents)), "a document tells its acts apart"


def test_many_events_of_one_pair_and_day_are_matched_without_comparing_all():
    chance = random.Random(1)
    crowd = [
        told(f"e{n:05}", f"d{n}", kind=chance.choice(["blame", "condemn"]),
             issues=(chance.choice(["iran", "climate"]),))
        for n in range(5_000)
    ]  # fmt: skip
    assert len(same_acts(crowd)) == 1
