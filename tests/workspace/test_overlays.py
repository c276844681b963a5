"""A user's own people and offices, wherever the reference data are used."""

from datetime import date

import pytest

from kg.errors import ReferenceDataError
from kg.namespaces import entity_iri, graph_iri
from kg.records import ActorKind, Entity, EventMention, Modality, PartialDate, Reading
from kg.workspace import open_graph
from kg.workspace.ingest import Outcome

TABLE = (
    "person,office,polity,start\nNemo Nautilus,Minister of the Seas of France,France,2026-01-01\n"
)
TEXT = "Nautilus criticised Germany.\n"


class Hand:
    """Reads the one sentence above as somebody would by hand."""

    name, version = "hand", "1"

    def read_many(self, documents, jobs=1):
        for document in documents:
            person = Entity("e0", "Nemo Nautilus", ActorKind.PERSON, (document.span(0, 8),),
                            entity_iri("person", "Nemo Nautilus"))  # fmt: skip
            state = Entity("e1", "Germany", ActorKind.STATE, (document.span(20, 27),),
                           entity_iri("state", "germany"))  # fmt: skip
            event = EventMention("criticise", ("e0",), ("e1",), document.span(0, 28),
                                 document.span(9, 19), Modality.ASSERTED, 0.8, "hand",
                                 PartialDate(2026, 2, 1))  # fmt: skip
            yield Reading(document, self.name, self.version, (person, state), (), (event,))


def ingest(graph, folder):
    return [r.outcome for r in graph.ingest([str(folder / "a.txt")], read_on=date(2026, 3, 1))]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "people.csv").write_text(TABLE, "utf-8")
    return tmp_path


def test_somebody_of_an_overlay_acts_in_office_and_is_stored_with_the_reference_data(folder):
    with open_graph(
        folder / "a.kg", write=True, extractor=Hand(), overlays=(folder / "people.csv",)
    ) as graph:
        assert ingest(graph, folder) == [Outcome.ADDED]
        (event,) = graph.explain("France, Germany").events
        actor = next(party for party in event.parties if party.role == "actor")
        assert actor.polity == entity_iri("state", "france")
        found = graph.store.select(
            f"SELECT ?l {{ GRAPH <{graph_iri('reference')}> {{ ?p skos:prefLabel ?l }} "
            'FILTER(?l = "Nemo Nautilus"@en) }'
        )
        assert len(found) == 1
        assert ingest(graph, folder) == [Outcome.UNCHANGED]
        size = graph.store.size()
    with open_graph(folder / "a.kg", write=True, extractor=Hand()) as plain:
        assert ingest(plain, folder) == [Outcome.REPLACED]  # other reference data, read again
        assert plain.store.size() < size


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("bad.ttl", "this is no Turtle", "bad.ttl:1: is not valid Turtle"),
        ("late.csv", TABLE.replace("start", "start,end").replace("-01\n", "-01,2025-01-01\n"),
         "ends before it begins"),
        ("alias.csv", TABLE.replace("Nemo Nautilus", "Kaja-Kallas"), "would get the IRI of"),
        ("missing.ttl", None, "cannot be read"),
    ],
)  # fmt: skip
def test_a_bad_overlay_is_told_in_one_line_and_nothing_is_lost(folder, name, content, problem):
    with open_graph(folder / "a.kg", write=True, extractor=Hand()) as graph:
        ingest(graph, folder)
        before = graph.store.size()
    if content is not None:
        (folder / name).write_text(content, "utf-8")
    with (
        open_graph(
            folder / "a.kg", write=True, extractor=Hand(), overlays=(folder / name,)
        ) as graph,
        pytest.raises(ReferenceDataError, match=problem) as caught,
    ):
        ingest(graph, folder)
    assert "\n" not in caught.value.message
    with open_graph(folder / "a.kg") as graph:
        assert graph.store.size() == before
