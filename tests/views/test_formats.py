from __future__ import annotations

import csv
import io
import json
from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import FormatError, SourceError
from kg.views.formats import EXPORTERS, exporter, exporter_for
from kg.views.formats.network import as_network, clean
from kg.views.formats.table import COLUMNS
from kg.views.model import AtlasView, EventView, NodeView, Sides

READERS = {
    "graphml": lambda text: nx.parse_graphml(text, force_multigraph=True),
    "gexf": lambda text: nx.read_gexf(io.BytesIO(text.encode("utf-8"))),
}


def content(graph: nx.MultiDiGraph) -> tuple[dict, list]:
    """Nodes and edges, free of what readers add (edge ids, node labels of their own)."""
    nodes = {node: dict(data) for node, data in graph.nodes(data=True)}
    edges = [
        (a, b, {k: v for k, v in data.items() if k not in ("id", "key")})
        for a, b, data in graph.edges(data=True)
    ]
    return nodes, sorted(edges, key=lambda edge: (edge[2].get("event", ""), edge[:2]))


@pytest.mark.parametrize("name", ["graphml", "gexf"])
@pytest.mark.parametrize("level", ["person", "polity", "bloc"])
def test_a_network_survives_the_round_trip(samples, name, level):
    view = samples.small()
    again = READERS[name](EXPORTERS[name].render(view, level))
    assert content(again) == content(as_network(view, level))


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_hostile_text_survives_but_for_what_xml_forbids(samples, name):
    again = READERS[name](EXPORTERS[name].render(samples.hostile()))
    assert sorted({data["label"] for _, data in again.nodes(data=True)}) == sorted(
        {clean(text) for text in samples.HOSTILE}
    )


@settings(deadline=None)  # the first example pays for imports
@given(st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_any_text_gives_files_that_parsers_accept(label, quote):
    nodes = (NodeView("a", label, "state"), NodeView("b", quote, "state"))
    sides = Sides(("a",), ("b",))
    view = AtlasView(quote, nodes, (EventView("e", label, quote, -1, -3, sides, sides, sides),))
    for name, read in READERS.items():
        graph = read(EXPORTERS[name].render(view))
        assert graph.nodes["a"].get("label", "") == clean(label)


def test_a_joint_act_is_one_edge(samples):
    graph = as_network(samples.small(), "polity")
    found = graph.get_edge_data(samples.FRANCE, samples.UKRAINE_STATE)
    assert [data["joint"] for data in found.values()] == [True]
    assert not graph.has_edge(samples.UKRAINE_STATE, samples.FRANCE)


def test_weights_are_positive_with_the_sign_apart_and_days_span_what_the_date_can_mean(samples):
    graph = as_network(samples.small(), "polity")
    by_event = {data["event"]: data for *_, data in graph.edges(data=True)}
    assert (by_event["e001"]["sign"], by_event["e001"]["weight"]) == (-1, 4.0)
    assert (by_event["e004"]["start"], by_event["e004"]["end"]) == ("2025-11-01", "2025-11-30")
    assert "start" not in by_event["e003"]
    assert 'timeformat="date"' in EXPORTERS["gexf"].render(samples.small())


def test_any_graph_can_be_written_and_the_callers_stays_as_it_was():
    graph = nx.Graph(made=date(2026, 1, 2))
    graph.add_edge(1, 2, weight=-2.5, note=None, day=date(2026, 1, 2), tags=["x", "y"])
    graph.add_edge(2, 3, weight=np.float64(1.5), count=np.int64(3))
    for name, read in READERS.items():
        again = read(EXPORTERS[name].render(graph))
        *_, data = next(iter(again.edges("1", data=True)))
        assert (data["weight"], data["sign"], data["tags"]) == (2.5, -1, "x; y")
    assert graph.edges[1, 2]["weight"] == -2.5
    assert "sign" not in graph.edges[1, 2]


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_equal_views_give_equal_files_whatever_the_order(samples, name):
    view = samples.small()
    turned = AtlasView(
        view.title, view.nodes[::-1], view.events[::-1], view.generated_from, view.subtitle
    )
    assert EXPORTERS[name].render(view) == EXPORTERS[name].render(turned)


def test_csv_has_a_row_for_each_sentence_and_no_formula(samples):
    rows = list(csv.reader(io.StringIO(EXPORTERS["csv"].render(samples.hostile()), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + len(samples.HOSTILE)
    cells = [cell for row in rows[1:] for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell.lstrip()[:1] in ("=", "@", "+")]


def test_csv_tells_events_without_a_sentence_too():
    sides = Sides(("a",), ("b",))
    nodes = (NodeView("a", "A", "state"), NodeView("b", "B", "state"))
    view = AtlasView("", nodes, (EventView("e1", "warn", "threaten", -1, -4.4, sides),))
    (row,) = csv.DictReader(io.StringIO(EXPORTERS["csv"].render(view), newline=""))
    assert (row["actors"], row["recipients"], row["intensity"], row["date"]) == (
        "A",
        "B",
        "-4.4",
        "",
    )


def test_json_lines_keep_every_sentence_with_its_place(samples):
    first, *rest = (
        json.loads(line) for line in EXPORTERS["jsonl"].render(samples.small()).splitlines()
    )
    assert len(rest) == 5
    assert (first["date"], first["precision"]) == ("2025-11", "month")
    assert first["person"]["actors"] == [
        {"id": samples.KALLAS, "label": "Kaja Kallas", "kind": "person"}
    ]
    assert first["mentions"][0]["quote"] == "Sentence number 4 says so."
    assert (first["mentions"][0]["start"], first["mentions"][0]["end"]) == (100, 130)


def test_formats_are_found_by_name_and_by_file_name(tmp_path):
    assert exporter("GEXF").name == "gexf"
    assert exporter_for(tmp_path / "x.GraphML").name == "graphml"
    with pytest.raises(FormatError) as caught:
        exporter("xlsx")
    assert "graphml, gexf, csv, jsonl" in str(caught.value.hint)
    with pytest.raises(FormatError):
        exporter_for(tmp_path / "x.docx")


def test_a_file_that_cannot_be_written_is_said_in_one_line(samples, tmp_path):
    EXPORTERS["csv"].write(samples.small(), tmp_path / "ok.csv")
    assert (tmp_path / "ok.csv").read_bytes().count(b"\r\n") == 7
    with pytest.raises(SourceError, match="cannot write"):
        EXPORTERS["csv"].write(samples.small(), tmp_path / "missing" / "x.csv")
