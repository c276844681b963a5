"""Event feeds through the command line: what goes in comes out, and the books are right."""

from __future__ import annotations

import gzip
import json

import pytest

HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tPublisher\n"
)
ROW = "{}\t2018-06-01\t{}\tNA\t{}\tx\t{}\t-2\t{}\tNA\t{}\t{}\tAgency\n"


def _rows(*rows):
    """(id, actor, code, recipient) → a table of ICEWS."""
    return HEADER + "".join(ROW.format(n, a, a, code, b, b, f"s{n}") for n, a, code, b in rows)


@pytest.fixture
def store(new_store, tmp_path):
    return str(new_store(tmp_path / "a.kg"))


@pytest.fixture
def ingest(kg, store):
    def run(*words):
        ran = kg("ingest", *words, "-s", store, "-f", "json")
        rows = json.loads(ran.out)["rows"] if ran.out else []
        for row in (row for row in rows if "rows" in row):
            parts = (row["events"], row["merged"], row["filtered"], row["rejected"])
            assert row["rows"] == sum(parts)
        return ran, rows

    return run


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "events.tab"
    path.write_text(
        _rows(
            (1, "United States", "111", "Canada"),
            (2, "United States", "111", "Canada"),
            (3, "France", "051", "Germany"),
            (4, "France", "010", "Germany"),
        )
        + "broken\n"
    )
    return path


def test_a_feed_is_stored_with_its_books(ingest, feed, tmp_path):
    ran, rows = ingest("events.tab")
    assert ran.code == 0
    (row,) = rows
    assert row["outcome"] == "added"
    assert (row["rows"], row["events"], row["merged"]) == (5, 2, 1)
    assert row["filtered_by"] == {"tells no act (statement, symbolic act)": 1}
    assert row["rejected_by"] == {"1 columns, not 13": 1}
    assert row["first_rejected"] == [{"row": 5, "reason": "1 columns, not 13"}]
    (line,) = (tmp_path / "a.kg.rejects.jsonl").read_text().splitlines()
    assert json.loads(line)["record"] == "broken"


def test_the_same_feed_again_changes_nothing_and_another_content_replaces_it(ingest, feed):
    ingest("events.tab")
    _, (row,) = ingest("events.tab")
    assert row["outcome"] == "unchanged"
    feed.write_text(_rows((9, "France", "051", "Germany")))
    _, (row,) = ingest("events.tab")
    assert (row["outcome"], row["events"]) == ("replaced", 1)


def test_only_period_and_rejects_are_options(ingest, feed, tmp_path):
    _, (row,) = ingest("events.tab", "--only", "us,nato", "--rejects", "bad.jsonl",
                       "--since", "2018-06")  # fmt: skip
    assert row["events"] == 2  # France and Germany belong to NATO
    assert (tmp_path / "bad.jsonl").exists()
    _, (row,) = ingest("events.tab", "--only", "us")
    assert row["events"] == 1
    assert row["filtered_by"]["none of the actors asked for"] == 1


def test_an_unknown_actor_is_a_usage_error(kg, feed, store):
    ran = kg("ingest", "events.tab", "--only", "ruritania", "-s", store)
    assert ran.code == 2
    assert "nobody called 'ruritania'" in ran.err


def test_a_truncated_file_is_one_line_and_nothing_stored(ingest, kg, store, tmp_path):
    content = _rows(*((n, "France", "051", "Germany") for n in range(20_000)))
    packed = gzip.compress(content.encode(), 1)
    (tmp_path / "cut.tab.gz").write_bytes(packed[: len(packed) * 3 // 4])
    ran, (row,) = ingest("cut.tab.gz")
    assert ran.code == 1
    assert row["outcome"] == "failed"
    assert "ends too early" in ran.err
    assert "Traceback" not in ran.err
    text = "SELECT (COUNT(*) AS ?n) { ?e a tkg:Event }"
    assert kg("query", "--text", text, "-s", store, "-f", "csv").out.split() == ["n", "0"]


def test_feeds_and_documents_are_read_side_by_side(ingest, feed, tmp_path):
    (tmp_path / "note.md").write_text("---\ntitle: Note\n---\nFrance criticised Germany.\n")
    _, rows = ingest("events.tab", "note.md")
    assert [(row["input"], row["outcome"]) for row in rows] == [
        ("events.tab", "added"),
        ("note.md", "added"),
    ]


def test_a_table_of_ones_own_by_a_mapping(ingest, tmp_path):
    (tmp_path / "own.csv").write_text("day,who,whom\n2024-01-02,France,Italy\n")
    (tmp_path / "map.toml").write_text(
        'confidence = 0.5\n[columns]\ndate = "day"\nactor = "who"\nrecipient = "whom"\n'
        '[constants]\ntype = "praise"\n'
    )
    _, (row,) = ingest("own.csv", "--map", "map.toml")
    assert (row["feed"], row["events"]) == ("map", 1)


def test_a_wrong_mapping_and_a_wrong_kind_say_so(kg, feed, store, tmp_path):
    (tmp_path / "map.toml").write_text("confidence = 2\n")
    ran = kg("ingest", "events.tab", "--map", "map.toml", "-s", store)
    assert ran.code == 2
    assert "map.toml" in ran.err
    ran = kg("ingest", "events.tab", "--feed", "gkg", "-s", store)
    assert ran.code == 1
    assert "does not have the columns of gkg" in ran.err


def test_why_rows_were_left_out_is_told_beside_the_table(kg, feed, store):
    ran = kg("ingest", "events.tab", "-s", store)
    assert "1 row filtered: tells no act" in ran.err
    assert "row 5 rejected: 1 columns, not 13" in ran.err


def test_a_folder_may_hold_feeds_and_documents(ingest, feed, tmp_path):
    (tmp_path / "in").mkdir()
    feed.rename(tmp_path / "in" / "events.tab")
    (tmp_path / "in" / "note.txt").write_text("France criticised Germany.")
    (tmp_path / "in" / "articles.csv").write_text("title,text\nA,B\n")
    _, rows = ingest("in")
    assert [row["input"] for row in rows] == ["in/events.tab", "in/note.txt"]


def test_a_folder_of_feeds_alone_needs_no_documents(ingest, feed, tmp_path):
    (tmp_path / "in").mkdir()
    feed.rename(tmp_path / "in" / "events.tab")
    ran, rows = ingest("in")
    assert ran.code == 0
    assert [row["outcome"] for row in rows] == ["added"]


def test_acts_of_a_feed_are_in_the_tables(ingest, feed, kg, store):
    ingest("events.tab")
    (row,) = json.loads(kg("rifts", "-s", store, "-f", "json").out)["rows"]
    assert (row["a"], row["b"], row["confrontations"]) == ("Canada", "United States", 1)
    (row,) = json.loads(kg("alliances", "-s", store, "-f", "json").out)["rows"]
    assert (row["a"], row["b"], row["cooperations"]) == ("France", "Germany", 1)
