"""What a report says about documents that were really read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import kg
from kg.errors import NotFoundError, UsageError

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def graph():
    with kg.open(":memory:") as graph:
        list(graph.ingest([str(EXAMPLES)], read_on=date(2026, 3, 1)))
        yield graph


def test_a_pair_has_its_sentences_and_their_sources(graph):
    report = graph.report("us,ukraine")
    assert "United States" in report.title
    assert "Ukraine" in report.title
    quotes = {entry.quote.text for entry in report.confrontations}
    assert any("halted the delivery" in quote for quote in quotes)
    numbers = {source.number for source in report.sources}
    assert {entry.quote.source for entry in report.timeline} <= numbers
    assert all(entry.sign < 0 for entry in report.confrontations)
    assert all(entry.sign > 0 for entry in report.agreements)


def test_too_little_evidence_gives_no_figure_but_the_reason(graph):
    report = graph.report("us,eu")
    (tone,) = [figure for figure in report.figures if figure.name == "Tone"]
    assert tone.value == "not known"
    assert "too little to say" in tone.detail
    assert "cannot be said" in report.summary[1]


def test_the_counts_are_those_of_the_table(graph):
    (dyad,) = graph.rifts(left="us", right="eu").dyads
    events = graph.report("us,eu").figures[0]
    assert events.value == str(dyad.confrontations + dyad.cooperations + dyad.consultations)
    assert f"−{dyad.confrontations} confrontation" in events.detail


@pytest.mark.parametrize("subject", ["nato", "Donald Trump", "issue:trade-tariffs", "germany"])
def test_actors_blocs_and_issues_have_reports(graph, subject):
    report = graph.report(subject)
    assert report.figures[3].name in ("Counterparts", "Pairs")
    assert report.timeline
    assert any("silence is no evidence" in sentence for sentence in report.unknown)


def test_an_issue_has_all_below_it(graph):
    steel = graph.report("issue:trade-tariffs")
    assert {label for entry in steel.timeline for label in entry.issues} >= {"Trade and tariffs"}


def test_a_period_leaves_out_what_is_not_surely_in_it_and_says_so(graph):
    whole, part = graph.report("us"), graph.report("us", since=date(2025, 1, 1))
    assert 0 < len(part.timeline) < len(whole.timeline)
    assert all(entry.date >= "2025" for entry in part.timeline)
    assert any("may lie in the period or not" in sentence for sentence in part.unknown)


def test_what_changed_names_the_two_periods(graph):
    report = graph.report("us", since=date(2021, 7, 1), until=date(2021, 12, 31))
    assert report.changes[0] == (
        "Compared are 2021-07-01 to 2021-12-31 and 2020-12-29 to 2021-06-30."
    )
    assert any("before." in sentence for sentence in report.changes[1:])


def test_what_cannot_be_reported_is_said_in_one_line(graph):
    with pytest.raises(NotFoundError, match="no event is told"):
        graph.report("us,eu", since=date(1950, 1, 1), until=date(1950, 12, 31))
    with pytest.raises(UsageError, match="no issue is called"):
        graph.report("issue:nonsense")
    with pytest.raises(UsageError, match="nobody called"):
        graph.report("Nobody Atall")
    with pytest.raises(UsageError, match="both sides are the same"):
        graph.report("us,us")


def test_the_command_writes_what_the_file_name_asks_for(graph, tmp_path, new_store):
    from click.testing import CliRunner

    from kg.cli.main import kg as command

    pytest.importorskip("matplotlib", reason="needs the extra report")
    store = new_store(tmp_path / "a.kg")
    with kg.open(store) as written:
        list(written.ingest([str(EXAMPLES)], read_on=date(2026, 3, 1)))
    out = tmp_path / "us.md"
    run = CliRunner().invoke(command, ["report", "us", "-o", str(out), "--store", str(store)])
    assert run.exit_code == 0, run.output
    assert out.read_text("utf-8").startswith("# United States")
    run = CliRunner().invoke(command, ["report", "us", "-o", str(out), "--store", str(store)])
    assert "exists" in run.output
    words = ["report", "us", "-f", "md", "-o", "-", "--store", str(store)]
    run = CliRunner().invoke(command, words)
    assert run.stdout.startswith("# United States")
