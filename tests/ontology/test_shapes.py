"""The shapes accept a sound sample, refuse each kind of damage, and the sample is consistent."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
from pyshacl import validate
from rdflib import RDF, Graph, URIRef

from kg.namespaces import TKG
from kg.resources import ontology_dir

SAMPLE = (Path(__file__).parent / "data" / "sample.ttl").read_text("utf-8")
ONTOLOGY = ontology_dir()


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes.ttl")


def complaints(data: Graph, shapes: Graph) -> str:
    """The report's text, "" when everything conforms."""
    conforms, _, text = validate(data, shacl_graph=shapes, inference="none", advanced=False)
    return "" if conforms else text


def test_sound_sample_conforms(shapes: Graph) -> None:
    assert complaints(Graph().parse(data=SAMPLE, format="turtle"), shapes) == ""


def test_shapes_are_shapes() -> None:
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    validate(Graph(), shacl_graph=shapes, meta_shacl=True)  # raises when a shape is malformed


@pytest.mark.parametrize(
    ("sound", "damaged", "message"),
    [
        ("tkg:start 3 ; tkg:end 9", "tkg:start 9 ; tkg:end 3", "The span ends before"),
        ("tkg:start 3 ; tkg:end 9", "tkg:start 9 ; tkg:end 9", "The span ends before"),
        ("tkg:start 3 ; tkg:end 9", "tkg:start 4 ; tkg:end 10", "not what the document says"),
        ("tkg:start 3 ; tkg:end 9", "tkg:start -3 ; tkg:end 9", "a whole number from 0"),
        ("tkg:end 51", "tkg:end 50", "not what the document says"),
        ('tkg:quote "Kallas"', 'tkg:quote "Kaljas"', "not what the document says"),
        ('tkg:modality "asserted"', 'tkg:modality "sure"', "asserted, background"),
        ("tkg:confidence 0.9", "tkg:confidence 1.9", "decimal from 0 to 1"),
        ("tkg:length 51", "tkg:length 52", "not the length of tkg:text"),
        ("9f86d081", "9F86D081", "64 hexadecimal digits"),
        ('"2026-02-16"^^xsd:date', '"2026-02-16"', "day on which it was read"),
        ("tkg:sign -1", "tkg:sign 2", "-1, 0 or 1"),
        ("tkg:sign -1", "tkg:sign 1", "does not fit the sign"),
        ("tkg:intensity -2.0", "tkg:intensity -12.0", "from -10 to 10"),
        ('tkg:status "realised"', 'tkg:status "real"', "realised, hypothetical or negated"),
        ('tkg:date "2026-02-14"^^xsd:date ; ', "", "needs its precision"),
        (
            "tkg:actor <person/kaja-kallas> ; tkg:recipient <state/us> ;",
            "",
            "needs an actor or a recipient",
        ),
        ("tkg:EventMention", "tkg:ActorMention", "No sentence tells this event"),
        ('tkg:role "actor"', 'tkg:role "source"', "tkg:role is actor or recipient"),
        ("tkg:polity <bloc/eu>", "tkg:polity <bloc/eu>, <state/us>", "at most one polity"),
        ('tkg:polarity "conflict"', 'tkg:polarity "bad"', "tkg:polarity is conflict"),
        ('tkg:officeStatus "former"', 'tkg:officeStatus "ex"', "former, then or designate"),
        ('"2029-12-01"^^xsd:date', '"2024-12-01"^^xsd:date', "on the day, it begins"),
        ('"2029-12-01"^^xsd:date', '"2020-12-01"^^xsd:date', "on the day, it begins"),
        ('"2029-12-01"^^xsd:date', '"2029"', "The end is at most one xsd:date"),
        ("org:member <person/kaja-kallas>", "org:member <state/us>", "exactly one holder"),
        ('"Kaja Kallas"@en', '"Kaja Kallas"@en, "K. Kallas"@en', "exactly one skos:prefLabel"),
        ('skos:prefLabel "Tallinn"@en', 'tkg:metonym "T"@en', "Has no name"),
        ('schema:gender "female"', 'schema:gender "f"', '"female" or "male"'),
        ('tkg:iso3 "USA"', 'tkg:iso3 "usa"', "three capital letters"),
        ("tkg:partOf <bloc/eu>", "tkg:partOf <place/munich>", "one state, bloc or organisation"),
        ("tkg:represents <bloc/eu> ;", "", "represents exactly one state or bloc"),
        ('tkg:officeKind "commissioner"', 'tkg:officeKind "boss"', "one of the kinds"),
        ("tkg:bloc <bloc/eu> ; schema", "tkg:bloc <state/us> ; schema", "in exactly one bloc"),
    ],
)
def test_each_damage_is_named(shapes: Graph, sound: str, damaged: str, message: str) -> None:
    assert sound in SAMPLE
    data = Graph().parse(data=SAMPLE.replace(sound, damaged), format="turtle")
    assert message in complaints(data, shapes)


def test_vocabularies_conform(shapes: Graph) -> None:
    data = Graph()
    for name in ("event-types.ttl", "issues.ttl"):
        data.parse(ONTOLOGY / name)
    assert complaints(data, shapes) == ""


def test_reference_data_conform(shapes: Graph) -> None:
    data = Graph()
    for path in sorted((ONTOLOGY / "reference").glob("*.ttl")):
        data.parse(path)
    assert len(data) > 0
    assert complaints(data, shapes)[:2000] == ""


def test_ontology_and_sample_are_consistent_in_owl_rl() -> None:
    data = Graph().parse(data=SAMPLE, format="turtle")
    for name in ("core.ttl", "align.ttl"):
        data.parse(ONTOLOGY / name)
    assert inconsistencies(data) == []
    kallas = URIRef("https://w3id.org/transatlantic-kg/id/person/kaja-kallas")
    assert (kallas, RDF.type, URIRef(TKG + "Actor")) in data


def test_owl_rl_notices_a_person_who_is_a_bloc() -> None:
    wrong = "<bloc/eu> a tkg:Person, tkg:Bloc ;"
    data = Graph().parse(data=SAMPLE.replace("<bloc/eu> a tkg:Bloc ;", wrong), format="turtle")
    data.parse(ONTOLOGY / "core.ttl")
    assert inconsistencies(data) != []


def inconsistencies(data: Graph) -> list[str]:
    """Close the graph under OWL 2 RL and return the errors that the closure found."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
    error = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return sorted(str(message) for message in data.objects(None, error))
