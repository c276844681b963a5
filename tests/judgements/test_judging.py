"""Decisions: what they do, that they can be undone, and that they outlive a reading."""

import io
import itertools
import re
from datetime import UTC, date, datetime

import pytest
from pyshacl import validate
from rdflib import Graph

from kg.analysis import told_events
from kg.errors import NotFoundError, StoreError, UsageError
from kg.judgements import Signature, Verdict, read_log
from kg.namespaces import document_iri, graph_iri
from kg.resources import ontology_dir
from kg.store import open_store
from kg.workspace import KnowledgeGraph
from kg.workspace.history import known_on
from kg.workspace.review import Topic

BY = Signature("A. Editor", "read both", datetime(2026, 3, 10, 9, 30, tzinfo=UTC))


def counts(graph) -> tuple[int, float]:
    """Confrontations between the two states, and the mass of conflict."""
    dyads = graph.rifts(left="us", right="germany").dyads
    return (dyads[0].confrontations, round(dyads[0].conflict, 6)) if dyads else (0, 0.0)


def ids(graph):
    """The two tellings of the clash, by their own IRIs."""
    (clash,) = (e for e in graph.explain("us,germany").events if len(e.iris) == 2)
    return clash.iris


def test_two_tellings_count_once_and_apart_after_a_decision(graph):
    before = counts(graph)
    assert before[0] == 2  # the clash, told twice, and the snub
    one, other = ids(graph)
    made = graph.judge(Verdict.DIFFERENT, one, other, by=BY)
    assert counts(graph)[0] == 3
    graph.undo(made.iri, by=BY)
    assert counts(graph) == before
    (row, last) = graph.judgements()
    assert (row.author, row.at, row.note) == ("A. Editor", "2026-03-10T09:30:00Z", "read both")
    assert (row.standing, row.undone_by, last.undoes) == (False, 2, 1)


def test_documents_read_in_any_order_give_the_same_acts_and_judgements_the_same_effect(
    fill, shares
):
    seen = set()
    for order in itertools.permutations(shares):
        with open_store(None, write=True) as store:
            fill(store, *order)
            graph = KnowledgeGraph(store, None, writable=True)
            graph.judge(Verdict.RIGHT, ids(graph)[0], by=BY)
            seen.add((told_events(store), graph.judgements()))
    assert len(seen) == 1


def test_a_wrong_event_leaves_the_tables_with_all_its_tellings_and_can_still_be_explained(graph):
    one, _ = ids(graph)
    graph.judge(Verdict.WRONG, one, by=BY)
    assert counts(graph)[0] == 1
    assert {e.judged for e in graph.explain("us,germany").events} == {"", "wrong"}
    left = [event.confidence for event in graph.view().events]
    assert sorted(left) == [0.3, 0.8]  # the snub and the newcomer


def test_a_right_event_is_sure(graph):
    (doubt,) = (e for e in graph.explain("us,germany").events if e.confidence < 0.5)
    graph.judge(Verdict.RIGHT, doubt.iri, by=BY)
    (sure,) = graph.explain(doubt.iri).events
    assert (sure.confidence, sure.judged) == (1.0, "right")


def test_a_document_that_does_not_mean_somebody_tells_nothing_of_him(graph):
    with pytest.raises(UsageError):
        graph.judge(Verdict.WRONG, "Germany", by=BY)
    graph.judge(Verdict.WRONG, "Germany", by=BY, document="Berlin may have snubbed Washington.")
    assert counts(graph)[0] == 1
    (question,) = graph.questions((Topic.LINKS,))  # of two, the other is answered
    assert question.subjects == (graph.world.find("us")[0].iri,)


def test_two_actors_that_are_the_same_are_one_and_the_known_one_speaks_for_both(graph):
    with pytest.raises(NotFoundError):
        graph.explain("Marco Rubio, Germany")
    graph.judge(Verdict.SAME, "Max Rubio", "Marco Rubio", by=BY)
    (event,) = graph.explain("Marco Rubio, Germany").events
    assert event.evidence[0].quote == "Max Rubio criticised Berlin."
    with pytest.raises(NotFoundError):
        graph.explain("Max Rubio, Germany")


def test_the_later_of_two_decisions_holds(graph):
    one, other = ids(graph)
    graph.judge(Verdict.DIFFERENT, one, other, by=BY)
    graph.judge(Verdict.SAME, one, other, by=BY)
    assert counts(graph)[0] == 2


def test_undoing_what_is_undone_says_so_and_loses_nothing(graph):
    one, _ = ids(graph)
    graph.judge(Verdict.WRONG, one, by=BY)
    graph.undo("1", by=BY)
    before = read_log(graph.store).entries
    with pytest.raises(UsageError, match=r"already undone by A\. Editor on 2026-03-10"):
        graph.undo("1", by=BY)
    assert read_log(graph.store).entries == before
    graph.undo("2", by=BY)  # the undo itself
    assert counts(graph)[0] == 1
    with pytest.raises(NotFoundError):
        graph.undo("99", by=BY)


def test_a_decision_sleeps_while_its_event_is_gone_and_wakes_with_it(graph, fill):
    one, _ = ids(graph)
    graph.judge(Verdict.WRONG, one, by=BY)
    graph.forget("Washington criticised Berlin.")
    (warning,) = (f for f in graph.check().findings if f.check == "judgements")
    assert warning.severity == "warning"
    assert "judgement 1 (wrong, by A. Editor) sleeps" in warning.message
    fill(graph.store)
    assert not [f for f in graph.check().findings if f.check == "judgements"]
    assert counts(graph)[0] == 1


def test_every_judgement_keeps_to_the_shapes_and_damage_does_not(graph):
    shapes = Graph().parse(ontology_dir() / "shapes.ttl")

    def complaints(text: str) -> str:
        data = Graph().parse(data=text, format="nt")
        conforms, _, said = validate(data, shacl_graph=shapes, inference="none", advanced=False)
        return "" if conforms else said

    graph.judge(Verdict.WRONG, ids(graph)[0], by=BY)
    graph.undo("1", by=BY)
    out = io.BytesIO()
    graph.store.dump(out, "ntriples", graph_iri("judgements"))
    sound = out.getvalue().decode()
    assert complaints(sound) == ""
    assert "same, different, wrong" in complaints(sound.replace('"wrong"', '"maybe"'))
    assert "who made it" in complaints(re.sub(r"[^\n]*creator[^\n]*\n", "", sound))
    assert "when it was made" in complaints(sound.replace("09:30:00Z", "soon"))


@pytest.mark.parametrize(
    ("verdict", "wanted", "problem"),
    [
        (Verdict.SAME, ("Germany",), "takes 2"),
        (Verdict.WRONG, ("Germany", "us"), "takes 1"),
        (Verdict.SAME, ("Germany", "Germany"), "two different things"),
        (Verdict.SAME, ("nobody at all", "Germany"), "nobody called"),
        (Verdict.WRONG, ("0123456789ab",), "no event"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_one_line(graph, verdict, wanted, problem):
    with pytest.raises((UsageError, NotFoundError), match=problem):
        graph.judge(verdict, *wanted, by=BY)
    assert graph.judgements() == ()


def test_a_decision_needs_somebody_who_decides(graph):
    with pytest.raises(UsageError, match="author"):
        graph.judge(Verdict.WRONG, ids(graph)[0], by=Signature(" "))


def test_questions_cover_every_kind_and_are_not_asked_twice(graph):
    asked = graph.questions()
    assert {question.topic for question in asked} == {Topic.EVENTS, Topic.LINKS, Topic.PEOPLE}
    assert graph.questions() == asked
    for question in asked:
        graph.answer(question, question.choices[0], by=BY)
    assert graph.questions() == ()


def test_the_graph_as_known_on_a_day_has_neither_later_documents_nor_later_decisions(graph):
    graph.judge(Verdict.WRONG, ids(graph)[0], by=BY)
    assert counts(graph)[0] == 1

    def then(day) -> KnowledgeGraph:
        return KnowledgeGraph(known_on(graph.store, date.fromisoformat(day)), None, writable=False)

    early = then("2026-03-04")
    assert counts(early)[0] == 2
    assert early.info().documents == 3
    assert counts(then("2026-03-05"))[0] == 2
    assert len(ids(then("2026-03-05"))) == 2
    assert known_on(graph.store, date(2026, 3, 10)) is graph.store
    assert then("2026-02-01").info().documents == 0
    with pytest.raises(StoreError):
        early.forget("Washington criticised Berlin.")


def test_links_are_explained(graph):
    found = graph.explain("us,germany")
    document = next(s for s in graph.sources() if s.title.startswith("Berlin may"))
    link = found.links[document_iri(document.id), graph.world.find("Germany")[0].iri]
    assert link.confidence == 0.6
    assert link.reason == "name that stands for it: Berlin"
