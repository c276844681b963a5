"""Every check finds what it is for, and nothing in the sound store."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from kg.namespaces import ID, PREFIXES
from kg.store.parameters import load_query, query_names
from kg.store.results import table

HEAD = "@base <" + ID + "> .\n" + "".join(f"@prefix {p}: <{i}> .\n" for p, i in PREFIXES.items())
CLASH = "<document/d1#char=0,88;event-1>"
CLAIM = "<document/d3#char=177,200;claim-1>"
MEMBER = "<membership/uk/eu/1973-01-01>"
TENURE = "<tenure/friedrich-merz/federal-chancellor-of-germany/2025-05-06>"

# check: (added Turtle, patterns removed (subject, property), message)
FAULTS = [
    ("spans", f"{CLASH} tkg:end 9999 .", [(CLASH, "tkg:end")], "impossible"),
    ("spans", f"{CLASH} tkg:end 87 .", [(CLASH, "tkg:end")], "another length"),
    ("spans", f"{CLASH} tkg:start -1 .", [(CLASH, "tkg:start")], "impossible"),
    ("quotes", f'{CLAIM} tkg:quote "the Tariffs a fair levy" .', [(CLAIM, "tkg:quote")], "else"),
    ("mentions", "", [(CLASH, "tkg:inDocument")], "without a document"),
    ("mentions", "", [(CLASH, "tkg:start")], "without start"),
    ("mentions", "", [(CLASH, "tkg:quote")], "without a quote"),
    ("mentions", "", [(CLASH, "prov:wasGeneratedBy")], "no run"),
    ("mentions", "", [(CLAIM, "tkg:claimant")], "of nothing"),
    ("mention-values", f'{CLASH} tkg:modality "surely" .', [], "unknown modality"),
    ("mention-values", "", [(CLASH, "tkg:modality")], "without a modality"),
    ("mention-values", f"{CLASH} tkg:confidence 1.5 .", [], "outside 0 to 1"),
    ("event-evidence", "<event/new> a tkg:Event .", [], "without evidence"),
    ("events", "", [("<event/denied>", "rdfs:label")], "without a label"),
    ("events", "", [("<event/denied>", "tkg:eventType")], "without a type"),
    ("events", "", [("<event/denied>", "tkg:eventClass")], "without a class"),
    ("events", "", [("<event/denied>", "tkg:sign")], "without a sign"),
    ("events", "", [("<event/denied>", "tkg:intensity")], "without an intensity"),
    ("events", "", [("<event/denied>", "tkg:status")], "without a status"),
    (
        "events",
        "",
        [("<event/denied>", "tkg:actor"), ("<event/denied>", "tkg:recipient")],
        "without a party",
    ),
    ("events", '<event/denied> tkg:status "maybe" .', [], "unknown status"),
    ("events", '<event/denied> tkg:status "realised" .', [], "two statuses"),
    ("event-signs", "<event/deal> tkg:sign -1 .", [("<event/deal>", "tkg:sign")], "not that of"),
    ("event-signs", "<event/deal> a tkg:Confrontation .", [], "not negative"),
    ("event-signs", "<event/deal> a tkg:Consultation .", [], "not 0"),
    ("event-signs", "<event/clash> a tkg:Cooperation .", [], "not positive"),
    ("event-signs", "<event/deal> tkg:intensity 9.0 .", [], "intensity is not"),
    ("event-signs", "<event/deal> tkg:eventClass type:accuse .", [], "not the broad type"),
    ("event-status", f'{CLASH} tkg:modality "negated" .', [], "otherwise"),
    ("vocabulary", "<event/deal> tkg:issue issue:football .", [], "in no vocabulary"),
    ("vocabulary", "<event/deal> tkg:eventType type:dance .", [], "in no vocabulary"),
    ("actors", "<event/deal> tkg:actor <person/nobody> .", [], "no kind"),
    ("actors", "<event/deal> tkg:actor <person/x> . <person/x> a tkg:Person .", [], "no|without"),
    ("dates", "", [("<event/deal>", "tkg:datePrecision")], "without a precision"),
    ("dates", "", [("<event/deal>", "tkg:date")], "without a date"),
    ("dates", '<event/deal> tkg:datePrecision "week" .', [], "unknown precision"),
    ("dates", '<event/deal> tkg:date "2026-02-03"^^xsd:date .', [], "first day"),
    ("dates", '<event/clash> tkg:date "2026-02-15"^^xsd:date .', [], "two dates"),
    ("dates", '<event/deal> tkg:date "2026-02-01T00:00:00Z"^^xsd:dateTime .', [], "no xsd:date"),
    ("sides", "<s> a tkg:Side ; tkg:ofEvent <event/gone> .", [], "no longer there"),
    ("sides", "<s> a tkg:Side ; tkg:ofEvent <event/deal> .", [], "without a known role"),
    (
        "sides",
        '<s> a tkg:Side ; tkg:ofEvent <event/clash> ; tkg:role "actor" ; tkg:agent <state/us> .',
        [],
        "does not take part",
    ),
    ("sides", "<event/clash> tkg:actor <state/us> .", [], "no side was derived"),
    ("sides", "<s> a tkg:Side ; tkg:office <office/x> .", [], "no polity"),
    ("sides", "<s> a tkg:Side ; tkg:polity <person/x> .", [], "no state or bloc"),
    ("documents", "", [("<document/d1>", "tkg:text")], "without its text"),
    ("documents", "<document/d1> tkg:length 5 .", [], "not that of the text"),
    ("documents", "", [("<document/d1>", "tkg:readOn")], "the day it was read"),
    ("tenures", "", [(TENURE, "org:member")], "of nobody"),
    ("tenures", "", [(TENURE, "tkg:office")], "of no office"),
    ("tenures", f"{TENURE} org:member <state/us> .", [], "no known person"),
    ("tenures", f"{TENURE} tkg:office <state/us> .", [], "not known"),
    ("tenures", f'{TENURE} schema:endDate "2025-05-06"^^xsd:date .', [], "before it begins"),
    ("memberships", "", [(MEMBER, "tkg:memberState")], "of nobody"),
    ("memberships", "", [(MEMBER, "tkg:bloc")], "in nothing"),
    ("memberships", f"{MEMBER} tkg:bloc <state/us> .", [], "no bloc"),
    ("memberships", f'{MEMBER} schema:endDate "1970-01-01"^^xsd:date .', [], "before it begins"),
    (
        "memberships",
        "<membership/uk/eu/2019> a tkg:BlocMembership ; tkg:memberState <state/uk> ; "
        'tkg:bloc <bloc/eu> ; schema:startDate "2019-01-01"^^xsd:date .',
        [],
        "overlap",
    ),
    ("names", '<state/usa> a tkg:State ; skos:prefLabel "United States"@en .', [], "share"),
    ("names", '<state/us> skos:prefLabel "America"@en .', [], "two preferred names"),
]


def turtle(text):
    return {quad.triple for quad in parse(input=HEAD + text, format=RdfFormat.TURTLE)}


def found(store, name):
    _, rows = table(store.query(load_query(f"checks/{name}").bound()))
    return [row[0] for row in rows]


def test_every_check_has_a_fault_here():
    assert {name for name, *_ in FAULTS} == set(query_names("checks"))


@pytest.mark.parametrize("name", query_names("checks"))
def test_a_sound_store_passes(store, name):
    assert found(store, name) == []


@pytest.mark.parametrize(("name", "added", "removed", "message"), FAULTS)
def test_a_fault_is_found(store, name, added, removed, message):
    graphs = {graph: {quad.triple for quad in store.quads(graph)} for graph in store.graphs()}
    for subject, property_ in removed:
        (pattern,) = turtle(f"{subject} {property_} 0 .")
        for graph, triples in graphs.items():
            graphs[graph] = {
                triple
                for triple in triples
                if (triple.subject, triple.predicate) != (pattern.subject, pattern.predicate)
            }
    graphs[ID + "graph/fault"] = turtle(added)
    store.replace(graphs)
    problems = found(store, name)
    assert problems
    assert any(part in " ".join(problems) for part in message.split("|"))
