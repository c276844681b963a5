"""A document's share of the graph."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.graph import background_graphs, document_share
from kg.graph.terms import decimal, plain, term
from kg.namespaces import TKG, derived_graph, document_iri, entity_iri, graph_iri
from kg.records import (
    ActorKind,
    Claim,
    Document,
    Entity,
    EventMention,
    Issue,
    Modality,
    PartialDate,
    Polarity,
    Reading,
)
from kg.reference.world import load_world
from kg.resolution import link
from kg.store import open_store

TEXT = "Washington rebuked Berlin at the summit in The Hague. It later did not rebuke Berlin."


def share(text: str = TEXT, when: str | None = "2025-06-25", source: str = "a.txt"):
    document = Document(text, "T", PartialDate(2025, 6, 26), "option", "Wire", source=source)
    reading = Reading(
        document, "hand", "1",
        entities=(
            Entity("u", "United States", ActorKind.STATE, (document.span(0, 10),),
                   entity_iri("state", "us")),
            Entity("g", "Germany", ActorKind.STATE, (document.span(19, 25),),
                   entity_iri("state", "germany")),
        ),
        events=(
            EventMention("criticise", ("u",), ("g",), document.span(0, 53), document.span(11, 18),
                         Modality.ASSERTED, 0.75, "hand",
                         PartialDate.parse(when) if when else None,
                         venue="NATO summit", place="The Hague",
                         issues=(Issue("defence-spending"),)),
        ),
        claims=(Claim("u", "defence-spending", Polarity.CONFLICT, document.span(0, 53)),),
    )  # fmt: skip
    return document, document_share(link(reading, load_world()), date(2026, 1, 1))


def rows(contents, query):
    with open_store(None, write=True) as store:
        store.replace(contents)
        return store.select(query).texts()


def test_the_share_lies_in_two_graphs_named_after_the_document():
    document, made = share()
    assert set(made.graphs) == {document_iri(document.id), derived_graph(document.id)}


def test_an_event_can_be_asked_with_sides_place_venue_issue_and_sentence():
    _, made = share()
    (row,) = rows(
        made.graphs,
        """SELECT DISTINCT ?polity ?place ?venue ?issue ?quote ?start ?end ?confidence WHERE {
          ?e a tkg:Confrontation ; tkg:recipient id:state/germany ; tkg:place/rdfs:label ?place ;
            tkg:venue/rdfs:label ?venue ; tkg:issue ?issue ; tkg:status "realised" ;
            tkg:date "2025-06-25"^^xsd:date ; tkg:datePrecision "day" .
          ?m tkg:ofEvent ?e ; tkg:quote ?quote ; tkg:start ?start ; tkg:end ?end ;
            tkg:confidence ?confidence .
          ?s tkg:ofEvent ?e ; tkg:role "actor" ; tkg:polity ?polity }""".replace(
            "id:state/germany", f"<{entity_iri('state', 'germany')}>"
        ),
    )
    assert row[1:3] == ("The Hague", "NATO summit")
    assert row[0] == entity_iri("state", "us")
    assert row[4] == TEXT[int(row[5]) : int(row[6])]
    assert Decimal(row[7]) == Decimal("0.75")


def test_an_unknown_date_leaves_no_triple():
    _, made = share(when=None)
    assert not rows(made.graphs, "SELECT ?d WHERE { ?e a tkg:Event ; tkg:date ?d }")


def test_the_same_reading_gives_the_same_triples_in_the_same_order():
    assert share()[1].graphs == share()[1].graphs


def test_the_path_is_not_part_of_a_documents_identity():
    assert share(source="a.txt")[0].id == share(source="b.txt")[0].id


def test_the_background_holds_ontology_and_reference():
    graphs = background_graphs()
    assert set(graphs) == {graph_iri("ontology"), graph_iri("reference")}
    subjects = {triple.subject for triple in graphs[graph_iri("reference")]}
    assert NamedNode(entity_iri("state", "us")) in subjects


def test_every_term_in_a_share_is_declared_in_the_ontology():
    declared = {str(triple.subject) for triple in background_graphs()[graph_iri("ontology")]}
    used = {
        str(node)
        for triples in share()[1].graphs.values()
        for triple in triples
        for node in (triple.predicate, triple.object)
        if str(node).startswith(f"<{TKG}")
    }
    assert not used - declared


@given(st.text())
def test_any_text_makes_a_literal_that_can_be_stored(text):
    with open_store(None, write=True) as store:
        subject = term("tkg:thing")
        from pyoxigraph import Triple

        store.replace({graph_iri("x"): [Triple(subject, term("tkg:text"), plain(text))]})
        assert store.size() == 1


@pytest.mark.parametrize(
    ("value", "lexical"), [(0.85, "0.85"), (4, "4.0"), (-7.2, "-7.2"), (0, "0.0")]
)
def test_decimals_are_canonical(value, lexical):
    assert decimal(value).value == lexical
