"""The measures over a store, from documents to tables."""

import json
from pathlib import Path

import pytest

from kg.cli.explanations import EXPLANATIONS
from kg.cli.main import COMMANDS

DOCS = Path(__file__).resolve().parents[2] / "docs"
STORIES = {
    "a.txt": "On 14 February 2025, the European Union criticised the United States over tariffs.\n",
    "b.txt": "On 15 March 2025, Germany and France signed an agreement on energy.\n",
    "c.txt": "On 3 April 2025, France praised the United States.\n",
    "e.txt": "On 16 March 2025, Germany praised Canada.\n",
    "d.txt": "On 6 May 2025, Germany condemned Russia.\n",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory, template):
    import shutil

    from kg.workspace import open_graph

    folder = tmp_path_factory.mktemp("measures")
    path = shutil.copytree(template, folder / "atlantic.kg")
    for name, text in STORIES.items():
        (folder / name).write_text(text, "utf-8")
    with open_graph(path, write=True) as graph:
        list(graph.ingest([str(folder / name) for name in STORIES]))
    return str(path)


def asked(kg, *words):
    ran = kg(*words, "-f", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_a_pair_through_time_with_sentences_and_a_line(kg, store):
    data = asked(kg, "timeline", "us,eu", "-s", store)
    rows = data["rows"]
    assert [row["window"] for row in rows] == ["2025-02", "2025-03", "2025-04"]
    assert [row["sign"] for row in rows] == ["-", "", "+"]
    assert rows[2]["flip"] == "to cooperation"
    assert "praised" in rows[2]["quote"]
    assert len(rows[2]["because"]) == 1
    assert len(data["sparkline"]) == 3
    ran = kg("timeline", "us,eu", "-s", store)
    assert data["sparkline"] in ran.err


def test_what_changed_between_two_dates(kg, store):
    data = asked(kg, "diff", "2025-02", "2025-05", "--window", "59", "-s", store)
    changes = {(row["a"], row["b"]): row["change"] for row in data["rows"]}
    assert changes["European Union", "United States"] == "ended"
    assert changes["Germany", "Russia"] == "appeared"
    ran = kg("diff", "2025-05", "2025-02", "-s", store)
    assert ran.code in {1, 2}
    assert "is not before" in ran.err


def test_the_network_as_table_and_as_files(kg, store, tmp_path):
    data = asked(kg, "network", "-s", store)
    found = {(row["source"], row["target"]): row["weight"] for row in data["rows"]}
    assert found["Germany", "Russia"] < 0 < found["Canada", "Germany"]
    assert kg("network", "-s", store, "--out", "net.graphml").code == 0
    assert kg("network", "-s", store, "--out", "net.graphml").code == 2
    assert kg("network", "-s", store, "--acts", "--out", "acts.jsonl").code == 0
    assert "<graphml" in (tmp_path / "net.graphml").read_text("utf-8")
    acts = [json.loads(line) for line in (tmp_path / "acts.jsonl").read_text("utf-8").splitlines()]
    assert {act["joint"] for act in acts} == {True, False}


def test_leaving_something_out_is_as_if_it_had_never_been_read(kg, store):
    data = asked(kg, "network", "-s", store, "--without", "actor:germany")
    assert not any("Germany" in (row["source"], row["target"]) for row in data["rows"])
    data = asked(kg, "balance", "-s", store, "--without", "actor:russia", "--chance", "0")
    assert "Russia" not in str(data["camps"])


def test_camps_and_cohesion(kg, store):
    data = asked(kg, "camps", "-s", store)
    camp = {row["name"]: row["camp"] for row in data["rows"]}
    assert camp["Germany"] == camp["Canada"] != camp["Russia"]
    steps = asked(kg, "camps", "--by", "month", "-s", store)["rows"]
    assert {row["window"] for row in steps} == {"2025-02", "2025-03", "2025-04", "2025-05"}
    data = asked(kg, "cohesion", "eu", "-s", store)
    members = {row["name"]: row for row in data["rows"]}
    assert members["Germany"]["inside"] > 0
    assert data["tone"] > 0
    assert asked(kg, "cohesion", "eu", "--by", "month", "--toward", "us", "-s", store)["rows"]


def test_the_graph_as_it_was_known(kg, store):
    ran = kg("balance", "-s", store, "--known-on", "2000-01-01", "--fail-empty")
    assert ran.code == 4


@pytest.mark.parametrize("words", [
    ("timeline", "us,us"),
    ("timeline", "us,eu", "--step", "5"),
    ("timeline", "nonsense"),
    ("cohesion", "us"),
    ("network", "--issue", "gossip"),
    ("network", "--acts"),
    ("camps", "--step", "5"),
])  # fmt: skip
def test_mistakes_are_told_in_a_line(kg, store, words):
    ran = kg(*words, "-s", store)
    assert ran.code in (1, 2)
    assert "Error:" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", sorted(EXPLANATIONS))
def test_every_explanation_is_printed_and_is_in_the_reference_too(kg, name):
    assert name in COMMANDS
    ran = kg(name, "--explain")
    assert ran.code == 0
    assert ran.out == EXPLANATIONS[name] + "\n"
    assert EXPLANATIONS[name] in (DOCS / "reference" / "measures.md").read_text("utf-8")
