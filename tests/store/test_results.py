from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import FormatError
from kg.namespaces import ID, TKG
from kg.store import Rows, Triples
from kg.store.results import serialise, shorten, table

XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = Rows(
    ("who", "said", "on"),
    (
        (
            NamedNode(ID + "person/kaja-kallas"),
            Literal('He said "no",\nthen <b>left</b> – Ü', language="en"),
            Literal("2026-02-14", datatype=NamedNode(XSD + "date")),
        ),
        (NamedNode("http://example.org/x"), None, None),
    ),
)
GRAPH = Triples((Triple(NamedNode(TKG + "a"), NamedNode(TKG + "b"), Literal("c\n")),))


def test_json_follows_the_standard():
    assert json.loads(serialise(ROWS, "json")) == {
        "head": {"vars": ["who", "said", "on"]},
        "results": {
            "bindings": [
                {
                    "who": {"type": "uri", "value": ID + "person/kaja-kallas"},
                    "said": {
                        "type": "literal",
                        "value": 'He said "no",\nthen <b>left</b> – Ü',
                        "xml:lang": "en",
                    },
                    "on": {"type": "literal", "value": "2026-02-14", "datatype": XSD + "date"},
                },
                {"who": {"type": "uri", "value": "http://example.org/x"}},
            ]
        },
    }


def test_csv_reads_back():
    rows = list(csv.reader(io.StringIO(serialise(ROWS, "csv").decode(), newline="")))
    assert rows == [
        ["who", "said", "on"],
        [ID + "person/kaja-kallas", 'He said "no",\nthen <b>left</b> – Ü', "2026-02-14"],
        ["http://example.org/x", "", ""],
    ]


def test_tsv_has_one_line_a_row():
    lines = serialise(ROWS, "tsv").decode().splitlines()
    assert lines[0] == "?who\t?said\t?on"
    assert lines[2] == "<http://example.org/x>\t\t"
    assert len(lines) == 3


def test_xml_reads_back():
    root = ET.fromstring(serialise(ROWS, "xml"))
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert [item.get("name") for item in root.iter(space + "variable")] == ["who", "said", "on"]
    assert next(root.iter(space + "literal")).text == 'He said "no",\nthen <b>left</b> – Ü'


@pytest.mark.parametrize(
    ("style", "expected"),
    [("json", b'{"head":{},"boolean":true}\n'), ("csv", b"true"), ("tsv", b"true")],
)
def test_answers(style, expected):
    assert serialise(True, style) == expected
    assert b"<boolean>false</boolean>" in serialise(False, "xml")


def test_no_rows_still_have_a_head():
    assert serialise(Rows(("a", "b"), ()), "csv") == b"a,b\r\n"
    assert table(Rows(("a", "b"), ())) == (("a", "b"), ())


def test_graphs():
    assert serialise(GRAPH, "ntriples") == f'<{TKG}a> <{TKG}b> "c\\n" .\n'.encode()
    assert b"tkg:a tkg:b" in serialise(GRAPH, "turtle")


@pytest.mark.parametrize(("result", "style"), [(GRAPH, "csv"), (ROWS, "turtle"), (True, "pdf")])
def test_formats_that_do_not_fit_are_named_with_those_that_do(result, style):
    with pytest.raises(FormatError, match=r"graph|unknown") as caught:
        serialise(result, style)
    assert caught.value.hint.startswith("one of: ")


def test_table_for_people():
    head, rows = table(ROWS)
    assert head == ("who", "said", "on")
    assert rows[0][0] == "id:person/kaja-kallas"
    assert rows[1] == ("http://example.org/x", "", "")
    assert table(True) == (("answer",), (("yes",),))
    assert table(GRAPH) == (("subject", "predicate", "object"), (("tkg:a", "tkg:b", "c\n"),))


def test_iris_with_fragments_are_not_shortened():
    assert shorten(ID + "document/1#char=0,5") == ID + "document/1#char=0,5"
