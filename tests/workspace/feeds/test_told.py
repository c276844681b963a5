"""What only feeds tell is in every export and report, with its rows in words people can read."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import networkx as nx
import pytest

import kg
from kg.analysis import labels, told_events
from kg.judgements import Signature, Verdict, append
from kg.records import Status
from kg.views.formats import exporter
from kg.views.html import html_page
from kg.views.report import render
from kg.workspace.told import events_to_show, heaviest, row_of

HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tPublisher\n"
)
ROW = "{0}\t2018-06-{0:02d}\t{1}\tNA\t{1}\t{4}\t{2}\t-2\t{3}\tNA\t{3}\ts{0}\tAgency\n"
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}"
ACTS = (
    (1, "United States", "111", "Canada", "Criticize"),
    (2, "United States", "193", "Canada", HOSTILE),
    (3, "Canada", "057", "United States", "Sign an agreement"),
    (4, "France", "051", "Germany", "Praise"),
)
NOTE = "---\ntitle: Note\ndate: 2018-07-01\n---\nFrance criticised Germany.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("told")
    (path / "events.tab").write_text(HEADER + "".join(ROW.format(*act) for act in ACTS))
    (path / "note.md").write_text(NOTE)
    return path


@pytest.fixture(scope="module")
def graph(folder):
    with kg.open(":memory:") as graph:
        list(graph.ingest([str(folder / "events.tab")], read_on=date(2026, 3, 1)))
        yield graph


@pytest.fixture(scope="module")
def both(folder):
    with kg.open(":memory:") as graph:
        list(graph.ingest([str(folder)], read_on=date(2026, 3, 1)))
        yield graph


def _shown(graph, **more):
    store = graph._store
    return events_to_show(store, labels(store), **more)


def test_without_feeds_it_is_what_the_documents_tell(folder):
    with kg.open(":memory:") as graph:
        list(graph.ingest([str(folder / "note.md")], read_on=date(2026, 3, 1)))
        events, total = _shown(graph, most=0)
        assert events == told_events(graph._store, tuple(Status))
        assert total == len(events) == 1


def test_documents_and_feeds_are_shown_together(both):
    events, total = _shown(both)
    assert total == len(events) == 5
    assert [event.iri for event in events] == sorted(event.iri for event in events)
    assert sum(piece.coded for event in events for piece in event.evidence) == 4


def test_of_many_the_heaviest_are_shown_and_said_to_be(graph, monkeypatch):
    events, total = _shown(graph, most=1)
    assert (len(events), total) == (1, 4)
    assert events[0].weight == max(event.weight for event in _shown(graph)[0])
    assert heaviest(5000, 994_687) == "5,000 heaviest of 994,687 acts"
    monkeypatch.setattr("kg.workspace.atlas.MOST", 2)
    view = graph.view()
    assert len(view.events) == 2
    assert ("Events", "2 heaviest of 4 acts") in view.generated_from
    assert view.subtitle == "The 2 heaviest of 4 acts"


def test_a_row_is_read_as_fields(graph):
    (piece,) = next(e.evidence for e in _shown(graph)[0] if "Germany" in e.label)
    row = row_of(piece)
    assert row.label.startswith("row 4 of events.tab, coded by ICEWS")
    assert ("Source Name", "France") in row.fields
    assert ("CAMEO Code", "051") in row.fields


def test_judged_wrong_is_left_out_unless_asked_for(folder):
    with kg.open(":memory:") as graph:
        list(graph.ingest([str(folder / "events.tab")], read_on=date(2026, 3, 1)))
        event = next(e for e in _shown(graph)[0] if "Germany" in e.label)
        append(graph._store, Verdict.WRONG, [event.iri], by=Signature("me"))
        assert event.iri not in {e.iri for e in _shown(graph)[0]}
        found, total = _shown(graph, with_wrong=True)
        assert {e.iri: e.judged for e in found}[event.iri] == "wrong"
        assert (len(found), total) == (4, 3)


def test_the_page_has_the_acts_and_no_raw_record(graph):
    page = html_page(graph.view())
    assert "row 1 of events.tab, coded by ICEWS" in page
    assert "Source Name" in page
    assert "<img src=x" not in page
    assert '\\"Source Name\\":' not in page  # a record in braces, quoted once more


def test_networks_and_tables_have_the_acts(graph):
    view = graph.view()
    network = nx.parse_graphml(exporter("graphml").render(view), force_multigraph=True)
    assert network.number_of_edges() == 4
    edge = next(data for *_, data in network.edges(data=True) if data["event_type"] == "praise")
    assert edge["document"].startswith("row 4 of events.tab, coded by")
    assert edge["quote"].startswith("France → Germany: praise")
    rows = list(csv.DictReader(io.StringIO(exporter("csv").render(view))))
    assert {row["title"].partition(",")[0] for row in rows} == {
        f"row {n} of events.tab" for n in range(1, 5)
    }
    lines = [json.loads(line) for line in exporter("jsonl").render(view).splitlines()]
    assert ["Source Name", "France"] in lines[-1]["mentions"][0]["fields"]
    assert exporter("gexf").render(view).count("<edge ") == 4


def test_a_report_counts_and_quotes_what_feeds_tell(graph):
    report = graph.report("us,canada")
    assert report.figures[0].value == "3"
    assert report.figures[1].value == "3"
    assert {entry.sign for entry in report.timeline} == {-1, 1}
    (entry,) = report.agreements
    assert entry.quote.row.startswith("row 3 of events.tab, coded by ICEWS")
    assert entry.quote.text.startswith("Canada → United States")
    assert [source.title for source in report.sources] == ["events.tab"]
    assert any("1 feed." in said for said in report.unknown)
    assert "documents and feeds" in report.summary[0]


def test_a_report_of_both_counts_as_the_table_does(both):
    for left, right in (("us", "canada"), ("france", "germany")):
        (dyad,) = both.rifts(left=left, right=right).dyads
        figures = {figure.name: figure for figure in both.report(f"{left},{right}").figures}
        signs = (dyad.confrontations, dyad.cooperations, dyad.consultations)
        assert figures["Events"].value == str(sum(signs)), (left, right)
        assert f"−{dyad.confrontations} confrontation" in figures["Events"].detail


def test_a_report_over_too_many_says_what_it_counts(graph, monkeypatch):
    monkeypatch.setattr("kg.workspace.told_acts.COUNTED", 1)
    report = graph.report("canada")
    assert "Counted are the 1 heaviest of 3 acts; lighter ones are left out." in report.summary
    assert report.figures[0].value == "1"


@pytest.mark.parametrize("form", ["html", "md", "docx"])
def test_every_form_of_a_report_lists_the_fields_and_lets_no_markup_in(graph, form):
    if form == "docx":
        docx = pytest.importorskip("docx", reason="needs the extra report")
    made = render(graph.report("us,canada"), form)
    if form == "docx":
        text = "\n".join(p.text for p in docx.Document(io.BytesIO(made)).paragraphs)
    else:
        text = made.decode()
        assert "<img src=x" not in text
    assert re.search(r"row 1 of events\\?\.tab, coded by ICEWS", text)
    assert "Source Country" in text
    assert '{"Event ID"' not in text
