"""Every term that is used is declared, and every declared term is explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef

from kg.namespaces import PREFIXES, TKG
from kg.reference.schemes import event_types, issues
from kg.resources import ontology_dir, queries_dir

ONTOLOGY = ontology_dir()
FILES = ("core.ttl", "align.ttl", "event-types.ttl", "issues.ttl", "shapes.ttl")
KINDS = (OWL.Class, OWL.DatatypeProperty, OWL.ObjectProperty)
TOPS = [
    *("agree", "consult", "support", "cooperate", "aid", "concede", "retreat", "request", "accuse"),
    *("reject", "threaten", "sanction", "protest", "mobilize", "coerce", "assault"),
]
ISSUES = [
    *("defence-spending", "ukraine-support", "trade-tariffs", "digital-regulation", "china"),
    *("greenland-arctic", "iran", "middle-east", "climate", "energy", "human-rights-values"),
    *("un-multilateralism", "migration", "russia-sanctions", "nato-cohesion", "tech-ai"),
    *("nuclear", "intelligence", "elections-interference", "other"),
]


@pytest.fixture(scope="module")
def core() -> Graph:
    return Graph().parse(ONTOLOGY / "core.ttl")


def declared(core: Graph) -> set[str]:
    return {
        str(term).removeprefix(TKG)
        for kind in KINDS
        for term in core.subjects(RDF.type, kind)
        if str(term).startswith(TKG)
    }


def sources() -> list[Path]:
    package = Path(__file__).resolve().parents[2] / "kg"
    python = [path for path in package.rglob("*.py") if "_data" not in path.parts]
    turtle = list(ONTOLOGY.rglob("*.ttl"))
    return sorted([*python, *turtle, *queries_dir().rglob("*.rq")])


def test_every_term_in_use_is_declared(core: Graph) -> None:
    known = declared(core)
    # a name that goes on with {…} is put together at run time, and a lone "tkg:" is a prefix
    pattern = re.compile(r"""(?<![\w-])tkg:([A-Za-z][\w-]*)(?![\w{-])|\bTKG \+ "([A-Za-z]\w*)\"""")
    unknown = {
        f"{path.name}: tkg:{name}"
        for path in sources()
        for found in pattern.finditer(path.read_text("utf-8"))
        if (name := found[1] or found[2]) not in known
    }
    assert sorted(unknown) == []


def test_every_declared_term_has_label_comment_and_example(core: Graph) -> None:
    for name in sorted(declared(core)):
        term = URIRef(TKG + name)
        for predicate in (RDFS.label, RDFS.comment, SKOS.example):
            values = list(core.objects(term, predicate))
            assert len(values) == 1, f"tkg:{name} has {len(values)} values of {predicate}"
            assert str(values[0]).strip()
        assert sum((term, RDF.type, kind) in core for kind in KINDS) == 1


def test_domains_ranges_and_superclasses_lead_to_declared_terms(core: Graph) -> None:
    known = declared(core)
    predicates = (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, OWL.disjointWith)
    for predicate in predicates:
        for subject, target in core.subject_objects(predicate):
            if str(target).startswith(TKG):
                assert str(target).removeprefix(TKG) in known, subject


def test_every_used_namespace_is_spelt_as_in_the_package() -> None:
    ours = {**PREFIXES, "sh": "http://www.w3.org/ns/shacl#"}
    for path in sorted(ONTOLOGY.rglob("*.ttl")):
        for prefix, iri in re.findall(r"@prefix (\w+): <([^>]*)>", path.read_text("utf-8")):
            assert ours.get(prefix, iri) == iri, f"{path.name} spells {prefix}: differently"


@pytest.mark.parametrize("name", ["core.ttl", "align.ttl", "event-types.ttl", "issues.ttl"])
def test_files_have_no_blank_nodes_and_a_version(name: str) -> None:
    graph = Graph().parse(ONTOLOGY / name)
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]
    assert list(graph.objects(None, OWL.versionInfo)) != []


def test_every_file_parses() -> None:
    assert all(len(Graph().parse(ONTOLOGY / name)) > 0 for name in FILES)


def test_event_types_have_the_sixteen_tops_and_consistent_signs() -> None:
    types = event_types()
    assert [name for name, kind in types.items() if kind.is_top] == sorted(TOPS)
    crossing = {n for n, kind in types.items() if kind.sign != types[kind.top].sign}
    # a demand is a hostile request, and a frosty meeting is no friendly one
    assert crossing == {"demand", "insist", "tense-talks"}
    assert types["demand"].sign == -1
    for kind in types.values():
        assert types[kind.top].is_top
        assert kind.intensity * kind.sign > 0 or kind.sign == kind.intensity == 0
        assert kind.definition.endswith(".")
        assert kind.examples
        assert all(re.fullmatch(r"\d{2,4}", code) for code in kind.cameo)


def test_graver_acts_weigh_more() -> None:
    weight = {name: kind.intensity for name, kind in event_types().items()}
    scale = ["invade", "impose-sanctions", "refuse", "criticise", "regret", "ask", "meet", "praise"]
    scale += ["agree", "share-intelligence", "send-arms"]
    assert sorted(scale, key=weight.__getitem__) == scale


def test_fine_types_and_their_tops_share_no_label() -> None:
    labels = [kind.label for kind in event_types().values()]
    assert len(labels) == len(set(labels))


def test_issues_have_twenty_tops_and_keywords_that_decide() -> None:
    found = issues()
    assert sorted(name for name, issue in found.items() if issue.is_top) == sorted(ISSUES)
    keywords = [keyword for issue in found.values() for keyword in issue.keywords]
    assert len(keywords) == len(set(keywords)), "a keyword belongs to one issue only"
    assert all(keyword == keyword.lower().strip() for keyword in keywords)
    for top in ISSUES:
        assert sum(len(i.keywords) for i in found.values() if i.top == top) >= 30, top
        assert top == "other" or sum(i.top == top for i in found.values()) >= 2, top


@pytest.mark.parametrize(
    ("words", "top"),
    [
        ("aluminium tariffs", "trade-tariffs"),
        ("digital services act", "digital-regulation"),
        ("nord stream", "energy"),
        ("burden-sharing", "defence-spending"),
        ("two percent of gdp", "defence-spending"),
        ("intermediate-range", "nuclear"),
        ("missile shield", "nuclear"),
        ("suez", "middle-east"),
        ("aukus", "nato-cohesion"),
        ("peace plan", "ukraine-support"),
        ("snapback", "iran"),
        ("pituffik", "greenland-arctic"),
    ],
)
def test_telling_words_lead_to_their_issue(words: str, top: str) -> None:
    assert [issue.top for issue in issues().values() if words in issue.keywords] == [top]
