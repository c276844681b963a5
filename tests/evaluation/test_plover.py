"""PLOVER gold records: which events count as found, and how sides are compared."""

import json

import pytest

from kg.errors import SourceError
from kg.evaluation.plover import evaluate_plover, load_plover
from kg.extraction.coder import AnalystExtractor
from kg.records import ActorKind, Document, Entity, EventMention, Modality, Reading
from kg.reference.world import load_world


def record(text, event, sources, targets):
    actors = [[{"actorText": t, "code": c} for t, c in side] for side in (sources, targets)]
    return {"id": "r1", "event": event, "text": text, "source": actors[0], "target": actors[1]}


def load(tmp_path, *records):
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(records), "utf-8")
    return load_plover(path)


class Told:
    """An extractor that has the answers: entities by words, events by their sides."""

    name, version = "told", "0"

    def __init__(self, entities, events):
        self.entities, self.events = entities, events

    def read(self, document):
        def span(words):
            start = document.text.index(words)
            return document.span(start, start + len(words))

        entities = tuple(
            Entity(key, words, kind, (span(words),), reference, of)
            for key, (words, kind, reference, of) in self.entities.items()
        )
        whole = document.span(0, len(document.text))
        events = tuple(
            EventMention(kind, who, whom, whole, whole, Modality.ASSERTED, 0.9, "rule")
            for kind, who, whom in self.events
        )
        return Reading(document, "told", "0", entities, (), events)

    def read_many(self, documents, jobs=1):
        return (self.read(document) for document in documents)


TEXT = "Rebels in Mali attacked French troops near the town of Gao."
STATES = {state: next(a.iri for a in load_world().find(state)) for state in ("Mali", "France")}
ENTITIES = {
    "e1": ("Rebels", ActorKind.OTHER, None, "Mali"),
    "e2": ("French", ActorKind.STATE, STATES["France"], ""),
    "e3": ("Mali", ActorKind.STATE, STATES["Mali"], ""),
}


def score(tmp_path, gold, events):
    records = load(tmp_path, gold)
    counts = evaluate_plover(records, Told(ENTITIES, events), load_world()).counts
    return counts.tp, counts.fn, counts.fp


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (("Rebels in Mali", "MLI"), ("French troops", "FRA")),  # the same words
        (("Rebels ... in Mali", "MLI"), ("troops ... near", "FRA")),  # words left out; the state
        ((" Rebels  in Mali", "MLI"), ("soldiers", "FRA")),  # white space; the state alone
        (("gunmen", "MLI"), ("the French", "FRAMIL")),  # state of an unnamed actor; role in code
    ],
)
def test_sides_are_the_same_by_words_or_state(tmp_path, source, target):
    gold = record(TEXT, "FIGHT", [source], [target])
    assert score(tmp_path, gold, [("attack", ("e1",), ("e2",))]) == (1, 0, 0)


def test_direction_and_polarity_must_be_right(tmp_path):
    gold = record(TEXT, "FIGHT", [("Rebels", "MLI")], [("French troops", "FRA")])
    assert score(tmp_path, gold, [("attack", ("e2",), ("e1",))]) == (0, 1, 1)
    assert score(tmp_path, gold, [("praise", ("e1",), ("e2",))]) == (0, 1, 1)
    both = [("attack", ("e1",), ("e2",)), ("praise", ("e1",), ("e2",))]
    assert score(tmp_path, gold, both) == (1, 0, 1)


def test_participants_of_an_agreement_have_no_direction(tmp_path):
    gold = record(TEXT, "CONSULT", [("Rebels", "MLI")], [("French troops", "FRA")])
    assert score(tmp_path, gold, [("meet", ("e2", "e1"), ("e2", "e1"))]) == (1, 0, 0)
    assert score(tmp_path, gold, [("meet", ("e2",), ())]) == (0, 1, 1)


@pytest.mark.parametrize("kind", ["demand", "ask"])
def test_a_demand_of_the_older_types_is_any_request(tmp_path, kind):
    gold = record(TEXT, "DEMAND", [("Rebels", "MLI")], [("French troops", "FRA")])
    assert score(tmp_path, gold, [(kind, ("e1",), ("e2",))]) == (1, 0, 0)


def test_braces_around_a_record_are_not_its_text(tmp_path):
    (found,) = load(tmp_path, record("{France  left.}", "RETREAT", [("France", "FRA")], []))
    assert found.text == "France left."


@pytest.mark.parametrize("content", ["no json", '[{"text": "x", "source": [1], "event": "HUG"}]'])
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "gold.json"
    path.write_text(content, "utf-8")
    with pytest.raises(SourceError):
        load_plover(path)


def test_records_are_read_with_unnamed_actors(tmp_path):
    text = "Kenyan police arrested 30 students in Nairobi on Monday."
    gold = load(tmp_path, record(text, "COERCE", [("Kenyan police", "KEN")], [("students", "KEN")]))
    found = evaluate_plover(gold, AnalystExtractor(generic_actors=True), load_world())
    assert (found.counts.tp, found.missed) == (1, [])
    assert AnalystExtractor().read(Document(text)).events == ()
