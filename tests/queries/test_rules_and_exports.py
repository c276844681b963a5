from __future__ import annotations

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.namespaces import ID, PREFIXES, TKG
from kg.store.parameters import load_query

OA = "http://www.w3.org/ns/oa#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
RDF = PREFIXES["rdf"]


def construct(store, name):
    return set(store.construct(load_query(name).bound()))


def values(triples, subject, predicate):
    return {
        triple.object.value
        for triple in triples
        if triple.subject.value == subject and triple.predicate.value == predicate
    }


def derived(store):
    return {quad.triple for quad in store.quads() if "/derived/" in quad.graph_name.value}


def change(store, document, turtle, drop=()):
    """Add Turtle to a graph and drop the triples with these predicates from it."""
    prefixes = "".join(f"@prefix {p}: <{i}> .\n" for p, i in PREFIXES.items())
    added = parse(input=f"@base <{ID}> .\n{prefixes}{turtle}", format=RdfFormat.TURTLE)
    kept = {
        quad.triple
        for quad in store.quads(ID + document)
        if (quad.subject.value.removeprefix(ID), quad.predicate.value.removeprefix(TKG)) not in drop
    }
    store.replace({ID + document: kept | {quad.triple for quad in added}})


def polities(store, agent):
    triples = construct(store, "rules/sides")
    sides = {triple.subject.value for triple in triples if triple.object.value == ID + agent}
    return {
        (polity.removeprefix(ID), bloc.removeprefix(ID))
        for side in sides
        for polity in values(triples, side, TKG + "polity") or {""}
        for bloc in values(triples, side, TKG + "bloc") or {""}
    }


def test_the_rule_gives_the_derived_layer(store):
    assert construct(store, "rules/sides") == derived(store)


def test_the_rule_is_silent_about_unknown_polities(store):
    change(store, "document/d3", "", drop=[("document/d3#char=118,201;office-1", "body")])
    assert polities(store, "person/ida-holm") == {("", "")}


def test_a_former_office_gives_no_polity(store):
    mention = "<document/d3#char=118,201;office-1>"
    change(store, "document/d3", f'{mention} tkg:officeStatus "former" .')
    assert polities(store, "person/ida-holm") == {("", "")}


def test_on_the_day_of_a_handover_the_successor_speaks(store):
    other = "<event/old> a tkg:Event ; tkg:actor <person/kaja-kallas> ; "
    change(
        store,
        "document/d3",
        other + 'tkg:date "2024-07-23"^^xsd:date ; tkg:datePrecision "day" .',
    )
    triples = construct(store, "rules/sides")
    assert not any(triple.object.value.endswith("prime-minister-of-estonia") for triple in triples)
    change(
        store,
        "document/d3",
        other + 'tkg:date "2024-07-22"^^xsd:date ; tkg:datePrecision "day" .',
        drop=[("event/old", "date")],
    )
    assert ("state/estonia", "bloc/eu") in polities(store, "person/kaja-kallas")


def test_a_month_is_judged_by_its_last_day_and_a_leap_year_has_one_more(store):
    change(
        store,
        "document/d3",
        '<event/leap> a tkg:Event ; tkg:actor <state/uk> ; tkg:date "2020-02-01"^^xsd:date ; '
        'tkg:datePrecision "month" . <event/before> a tkg:Event ; tkg:actor <state/uk> ; '
        'tkg:date "2020-01-01"^^xsd:date ; tkg:datePrecision "month" .',
    )
    change(
        store,
        "graph/reference",
        "<membership/uk/nato/2020-02-29> a tkg:BlocMembership ; tkg:memberState <state/uk> ; "
        'tkg:bloc <bloc/nato> ; schema:startDate "2020-02-29"^^xsd:date .',
    )
    assert polities(store, "state/uk") == {("state/uk", "bloc/nato"), ("state/uk", "bloc/eu")}


def test_several_offices_speak_for_the_most_senior_one(store):
    change(
        store,
        "graph/reference",
        "<tenure/w/nsa> a tkg:Tenure ; org:member <person/mike-waltz> ; tkg:office <office/head> ; "
        'schema:startDate "2025-09-20"^^xsd:date . <office/head> a tkg:Office ; '
        'tkg:officeKind "head-of-state" ; tkg:represents <state/ukraine> .',
    )
    assert {polity for polity, _ in polities(store, "person/mike-waltz")} == {"state/ukraine"}


def test_the_nearest_polity_is_spoken_for(store):
    change(
        store,
        "graph/reference",
        "<state/greenland> a tkg:State ; tkg:partOf <state/denmark> . <state/denmark> a tkg:State ."
        "<organisation/ministry> a tkg:Organization ; tkg:partOf <organisation/government> ."
        "<organisation/government> a tkg:Organization ; tkg:partOf <state/greenland> .",
    )
    parties = "<state/greenland>, <organisation/ministry>, <organisation/club>"
    change(store, "document/d3", f"<event/new> a tkg:Event ; tkg:actor {parties} .")
    assert polities(store, "state/greenland") == {("state/greenland", "")}
    assert polities(store, "organisation/ministry") == {("state/greenland", "")}
    assert polities(store, "organisation/club") == {("", "")}


def test_web_annotations_quote_the_text_they_point_at(store):
    triples = construct(store, "exports/web-annotation")
    mention = ID + "document/d1#char=0,88;event-1"
    assert values(triples, mention, OA + "hasBody") == {ID + "event/clash"}
    assert values(triples, mention + ";target", OA + "hasSource") == {ID + "document/d1"}
    assert values(triples, mention + ";position", OA + "start") == {"0"}
    assert values(triples, mention + ";position", OA + "end") == {"88"}
    (quote,) = values(triples, mention + ";words", OA + "exact")
    assert quote.startswith("Kallas criticised")
    annotations = [triple for triple in triples if triple.object == NamedNode(OA + "Annotation")]
    assert len(annotations) == 11


def test_nif_contexts_hold_the_text_and_strings_lie_in_it(store):
    triples = construct(store, "exports/nif")
    document, mention = ID + "document/d2", ID + "document/d2#char=0,73;event-1"
    (text,) = values(triples, document, NIF + "isString")
    (anchor,) = values(triples, mention, NIF + "anchorOf")
    (begin,) = values(triples, mention, NIF + "beginIndex")
    (end,) = values(triples, mention, NIF + "endIndex")
    assert text[int(begin) : int(end)] == anchor
    assert values(triples, mention, NIF + "referenceContext") == {document}


def test_edges_count_an_event_once_however_many_documents_tell_it(store):
    triples = construct(store, "exports/edges")
    edges = {triple.subject.value for triple in triples}
    network = {
        (
            *(values(triples, edge, RDF + name).pop() for name in ("subject", "object", "value")),
            values(triples, edge, TKG + "sign").pop(),
        )
        for edge in edges
    }
    assert network == {
        (ID + "bloc/eu", ID + "state/us", "2", "-2"),
        (ID + "state/germany", ID + "state/us", "1", "1"),
        (ID + "state/us", ID + "state/germany", "1", "1"),
    }
