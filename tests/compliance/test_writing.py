from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.errors import FormatError, StoreError
from kg.namespaces import TKG

EX = "http://example.org/"
A, B = EX + "graph/a", EX + "graph/b"


def fact(subject, value, predicate="says"):
    return Triple(NamedNode(EX + subject), NamedNode(EX + predicate), Literal(value))


def dumped(store, kind="nquads", graph=None):
    out = io.BytesIO()
    store.dump(out, kind, graph)
    return out.getvalue()


def test_replace_gives_graphs_exactly_the_new_content(store):
    assert store.replace({A: [fact("x", "1"), fact("x", "2")]}) == (2, 0)
    assert store.replace({A: [fact("x", "2"), fact("x", "3")], B: [fact("y", "1")]}) == (2, 1)
    assert {quad.triple for quad in store.quads(A)} == {fact("x", "2"), fact("x", "3")}
    assert {quad.triple for quad in store.quads(B)} == {fact("y", "1")}


def test_replacing_by_the_same_changes_nothing(store):
    store.replace({A: [fact("x", "1")]})
    before = dumped(store)
    assert store.replace({A: [fact("x", "1"), fact("x", "1")]}) == (0, 0)
    assert dumped(store) == before


def test_other_graphs_are_left_alone(store):
    store.replace({A: [fact("x", "1")], B: [fact("x", "1")]})
    store.replace({A: [fact("x", "2")]}, remove=[EX + "graph/none"])
    assert {quad.triple for quad in store.quads(B)} == {fact("x", "1")}


def test_remove_drops_a_graph(store):
    store.replace({A: [fact("x", "1")], B: [fact("x", "1")]})
    assert store.replace({}, remove=[A]) == (0, 1)
    assert store.graphs() == (B,)


def test_a_graph_replaced_by_nothing_is_gone(store):
    store.replace({A: [fact("x", "1")]})
    assert store.replace({A: []}) == (0, 1)
    assert store.graphs() == ()


def test_a_graph_both_replaced_and_removed_stays(store):
    store.replace({A: [fact("x", "1")]})
    store.replace({A: [fact("x", "2")]}, remove=[A])
    assert [quad.triple for quad in store.quads()] == [fact("x", "2")]


def test_failing_input_changes_nothing(store):
    store.replace({A: [fact("x", "1")]})

    def broken():
        yield fact("x", "2")
        raise RuntimeError("the reader broke down")

    with pytest.raises(RuntimeError, match="broke down"):
        store.replace({B: [fact("y", "1")], A: broken()}, remove=[A])
    assert [quad.triple for quad in store.quads()] == [fact("x", "1")]


@pytest.mark.parametrize("where", ["subject", "object"])
def test_blank_nodes_are_refused(store, where):
    terms = {"subject": NamedNode(EX + "x"), "object": Literal("1")} | {where: BlankNode()}
    with pytest.raises(StoreError, match="blank nodes"):
        store.replace({A: [Triple(terms["subject"], NamedNode(EX + "says"), terms["object"])]})
    assert store.size() == 0


def test_a_graph_name_must_be_an_iri(store):
    with pytest.raises(StoreError, match="not an IRI"):
        store.replace({"a b": [fact("x", "1")]})


AWKWARD = [
    "",
    "\n\r\t\f\b\x00\x1f\x7f",
    "\\u0022 \\U00000022 \\\\u0022 \\",
    "'\"\"\"'''",
    "} } ; DROP ALL ; INSERT DATA { <a:a> <a:b> <a:c> } #",
    "Ü İ ß 中文 العربية עברית 👩‍👩‍👧 \u202e\u2066 e\u0301",
    "\ufffe\uffff\U0010ffff",
    "long " * 200_000,
]


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_awkward_text_comes_back_unchanged(store, text):
    store.replace({A: [fact("x", "old")]})
    store.replace({A: [fact("x", text)]})  # takes the way through an update request
    store.replace({B: [fact("y", text)]})  # takes the way through a plain insert
    assert [quad.object.value for quad in store.quads()] == [text, text]
    found = store.select(
        f"SELECT ?s {{ ?s <{EX}says> ?text }} ORDER BY ?s", {"text": Literal(text)}
    )
    assert found.texts() == ((EX + "x",), (EX + "y",))


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from([A, B, EX + "graph/c"]),
            st.sets(st.builds(fact, st.sampled_from("xyz"), st.text(max_size=5)), max_size=4),
        ),
        max_size=4,
    )
)
def test_any_sequence_of_replacements_leaves_what_a_dictionary_would(store, steps):
    store.replace({}, remove=store.graphs())
    expected = {}
    for step in steps:
        store.replace(step)
        expected |= step
    found = {name: {quad.triple for quad in store.quads(name)} for name in store.graphs()}
    assert found == {name: triples for name, triples in expected.items() if triples}
    union = store.construct("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    assert set(union) == {triple for triples in expected.values() for triple in triples}
    assert store.size() == sum(len(triples) for triples in expected.values())


def test_dump_is_sorted_and_independent_of_history(store):
    store.replace({B: [fact("z", "1")], A: [fact("x", "3")]})
    store.replace({A: [fact("y", "2"), fact("x", "1")]})
    assert dumped(store).decode().splitlines() == [
        f'<{EX}x> <{EX}says> "1" <{A}> .',
        f'<{EX}y> <{EX}says> "2" <{A}> .',
        f'<{EX}z> <{EX}says> "1" <{B}> .',
    ]


@pytest.mark.parametrize("kind", ["nquads", "trig", "jsonld", "turtle", "ntriples"])
def test_equal_content_gives_equal_bytes_in_every_format(store, kind):
    from kg.store import MemoryStore

    triples = [fact(name, f"line\n{name}") for name in "qwertyuiop"]
    store.replace({A: triples[:7], B: triples[3:]})
    with MemoryStore() as other:
        other.replace({B: reversed(triples)})
        other.replace({A: reversed(triples[:7]), B: reversed(triples[3:])})
        assert dumped(store, kind) == dumped(other, kind)


@pytest.mark.parametrize(("kind", "parser"), [("turtle", "turtle"), ("ntriples", "nt")])
def test_dumps_without_graphs_hold_the_union(store, kind, parser):
    store.replace({A: [fact("x", "1"), fact("x", "2")], B: [fact("x", "2"), fact("y", "3")]})
    expected = Graph()
    for quad in parse(dumped(store), format=RdfFormat.N_QUADS):
        expected.parse(data=f"{quad.triple} .", format="nt")
    assert isomorphic(Graph().parse(data=dumped(store, kind), format=parser), expected)
    assert len(expected) == 3


@pytest.mark.parametrize(
    ("kind", "parser"),
    [("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD), ("nquads", RdfFormat.N_QUADS)],
)
def test_dumps_with_graphs_read_back_equal(store, kind, parser):
    store.replace({A: [fact("x", "1")], B: [fact("x", "1"), fact("y", "\\ \n")]})
    assert set(parse(dumped(store, kind), format=parser)) == set(store.quads())


def test_one_graph_can_be_dumped(store):
    store.replace({A: [fact("x", "1")], B: [fact("y", "1")]})
    assert dumped(store, graph=B) == f'<{EX}y> <{EX}says> "1" <{B}> .\n'.encode()


def test_turtle_uses_our_prefixes(store):
    store.replace({A: [Triple(NamedNode(TKG + "x"), NamedNode(TKG + "y"), Literal("z"))]})
    assert b'tkg:x tkg:y "z"' in dumped(store, "turtle")


def test_unknown_dump_format_is_an_error(store):
    with pytest.raises(FormatError, match="pdf"):
        dumped(store, "pdf")
