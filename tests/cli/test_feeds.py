"""Event feeds through the command line: what goes in comes out, and the books are right."""

from __future__ import annotations

import gzip
import json
import shutil
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.store import open_store

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


POLECAT = (
    "Event ID\tEvent Date\tEvent Type\tActor Name\tActor Country\tRecipient Country\tSource\n"
    "a\t2022-03-01\tSANCTION\t\tUSA; FRA; GBR\tRUS; BLR\tAgency\n"
    "b\t2022-03-01\tSANCTION\t\tFRA\tRUS\tAgency\n"
    "c\t2022-03-01\tSANCTION\t\tFRA; XXX\tRUS; DEU\tAgency\n"
    "d\t2022-03-01\tSANCTION\t\tXXX; YYY\tRUS\tAgency\n"
    "e\tsoon\tSANCTION\t\tUSA; FRA\tRUS\tAgency\n"
)


def test_the_books_hold_where_rows_name_several_on_a_side(ingest, store, tmp_path, kg):
    (tmp_path / "week.txt").write_text(POLECAT)
    ran, (row,) = ingest("week.txt")
    assert (row["rows"], row["events"], row["merged"]) == (5, 2, 1)
    assert (row["filtered"], row["rejected"]) == (1, 1)
    assert row["further_events"] == 5  # six of row a, and one of row c that b does not tell
    assert row["pairs_left_out_by"] == {"no linked actor": 2}
    (listed,) = json.loads(kg("sources", "-s", store, "-f", "json").out)["rows"]
    assert listed["events"] == row["events"] + row["further_events"]
    with open_store(Path(store)) as opened:
        told = opened.select("SELECT ?r ?e { ?r tkg:ofEvent ?e ; a tkg:Row }").texts()
    rows, events = zip(*told, strict=True)
    assert (len(set(rows)), len(set(events))) == (9, 7)
    assert ran.code == 0


def test_the_columns_of_rows_that_name_several_are_those_of_the_triples(
    ingest, store, tmp_path, kg
):
    (tmp_path / "week.txt").write_text(POLECAT)
    ingest("week.txt")
    before = json.loads(kg("rifts", "-s", store, "-f", "json").out)["rows"]
    ran = kg("check", "--shacl", "-s", store)
    assert ran.code == 0, ran
    shutil.rmtree(f"{store}/columns")
    assert json.loads(kg("rifts", "-s", store, "-f", "json").out)["rows"] == before
    assert len(before) == 7


def test_what_such_rows_tell_is_said_in_words(kg, store, tmp_path):
    (tmp_path / "week.txt").write_text(POLECAT)
    said = kg("ingest", "week.txt", "-s", store).err
    assert "week.txt: 5 further events told by rows that name several on a side" in said
    assert "week.txt: 2 pairs of such rows left out: no linked actor" in said


def _zip(path, **members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return path


def test_members_of_an_archive_that_are_no_feed_are_told(ingest, feed, tmp_path):
    _zip(
        tmp_path / "all.zip",
        events_tab=feed.read_text(),
        a_md="# Note",
        b_md="x",
        c_pdf="y",
        d_md="",
    )
    ran, rows = ingest("all.zip")
    by = {row["outcome"]: row for row in rows}
    assert ran.code == 0
    assert by["added"]["events"] == 2
    assert by["skipped"]["input"] == "all.zip"
    assert by["skipped"]["remark"] == (
        "4 members are no feed and were not read (unpack the archive to read documents): "
        "a.md, b.md, c.pdf, …"
    )


def test_an_archive_without_feeds_in_a_folder_is_told_and_one_named_outright_fails(
    ingest, feed, tmp_path
):
    (tmp_path / "in").mkdir()
    _zip(tmp_path / "in" / "notes.zip", a_md="# Note")
    (tmp_path / "in" / "events.tab").write_text(feed.read_text())
    ran, rows = ingest("in")
    assert (ran.code, sorted(row["outcome"] for row in rows)) == (0, ["added", "skipped"])
    ran, rows = ingest("in/notes.zip")
    assert (ran.code, [row["outcome"] for row in rows]) == (1, ["failed"])


def test_with_a_kind_asked_for_the_members_that_fit_are_read(ingest, feed, tmp_path):
    _zip(tmp_path / "all.zip", readme_txt="About these events.", events_tab=feed.read_text())
    ran, rows = ingest("all.zip", "--feed", "icews")
    assert ran.code == 0
    assert {row["outcome"] for row in rows} == {"added", "skipped"}
    _zip(tmp_path / "none.zip", readme_txt="About these events.")
    ran, rows = ingest("none.zip", "--feed", "icews")
    assert (ran.code, [row["outcome"] for row in rows]) == (1, ["failed"])


@pytest.mark.parametrize("packing", ["plain", "gzip", "zip"])
def test_a_feed_from_standard_input_is_told_by_its_columns(kg, store, feed, tmp_path, packing):
    content = feed.read_bytes()
    if packing == "gzip":
        content = gzip.compress(content)
    if packing == "zip":
        content = _zip(tmp_path / "x.zip", events_tab=content).read_bytes()
    ran = kg("ingest", "-", "-s", store, "-f", "json", stdin=content)
    (row,) = json.loads(ran.out)["rows"]
    assert (row["outcome"], row["events"]) == ("added", 2)
    (listed,) = json.loads(kg("sources", "-s", store, "-f", "json").out)["rows"]
    assert listed["source"] == ("stdin/events.tab" if packing == "zip" else "stdin")


def test_two_feeds_from_standard_input_do_not_replace_each_other(kg, store, feed):
    kg("ingest", "-", "-s", store, stdin=feed.read_bytes())
    other = _rows((9, "Canada", "111", "France")).encode()
    ran = kg("ingest", "-", "-s", store, "-f", "json", stdin=other)
    assert json.loads(ran.out)["rows"][0]["outcome"] == "added"
    assert len(json.loads(kg("sources", "-s", store, "-f", "json").out)["rows"]) == 2


def test_a_mapped_feed_larger_than_a_document_may_be_comes_from_standard_input(kg, store, tmp_path):
    mapping = '[columns]\ndate = "day"\nsign = "sign"\nactor = "who"\nrecipient = "whom"\n'
    (tmp_path / "map.toml").write_text(f'name = "own"\ncoder = "me"\nconfidence = 0.5\n{mapping}')
    lines = "".join(
        f"2020-01-{n % 28 + 1:02d},-1,France,Germany,{'x' * 50}\n" for n in range(30_000)
    )
    content = ("day,sign,who,whom,note\n" + lines).encode()
    ran = kg("ingest", "-", "--map", "map.toml", "--max-size", "1", "-s", store, "-f", "json",
             stdin=content)  # fmt: skip
    (row,) = json.loads(ran.out)["rows"]
    assert (row["outcome"], row["rows"], row["events"]) == ("added", 30_000, 28)
    piped = kg("ingest", "-", "--max-size", "1", "-s", store, stdin=content)
    assert piped.code == 1
    assert "stdin is larger than 1 MB" in piped.err


def test_a_document_from_standard_input_is_read_as_before(kg, store):
    note = b"---\ntitle: Note\ndate: 2018-07-01\n---\nFrance criticised Germany.\n"
    ran = kg("ingest", "-", "-s", store, "-f", "json", stdin=note)
    (row,) = json.loads(ran.out)["rows"]
    assert (ran.code, row["outcome"], row["input"]) == (0, "added", "stdin")


def test_what_is_not_the_feed_asked_for_is_refused_by_its_name(kg, store):
    ran = kg("ingest", "-", "--feed", "icews", "-s", store, stdin=b"Just a note.\n")
    assert ran.code == 1
    assert "stdin does not have the columns of icews" in ran.err


@pytest.fixture
def site(feed, tmp_path):
    """A server on loopback: the feed as a file and zipped, and an address that asks for it."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "events.tab").write_text(feed.read_text())
    _zip(folder / "events.zip", events_tab=feed.read_text(), a_md="# Note")
    (folder / "export").write_text(feed.read_text())
    (folder / "articles.csv").write_text(
        'title,text,date\nTalks,"France met Germany.",2020-01-01\n'
    )
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing of its requests."""

    def log_message(self, *args):
        pass


def test_feeds_are_read_from_addresses(ingest, site, kg, store):
    ran, rows = ingest(f"{site}/events.tab#top", "--allow-private")
    assert (ran.code, rows[0]["outcome"], rows[0]["input"]) == (0, "added", f"{site}/events.tab")
    (listed,) = json.loads(kg("sources", "-s", store, "-f", "json").out)["rows"]
    assert listed["source"] == f"{site}/events.tab"
    _, rows = ingest(f"{site}/events.zip", "--allow-private")
    assert {row["outcome"]: row["input"] for row in rows} == {
        "skipped": f"{site}/events.zip",
        "added": f"{site}/events.zip/events.tab",
    }


def test_an_address_without_a_suffix_is_a_feed_when_one_says_so(ingest, site):
    _, rows = ingest(f"{site}/export?week=9", "--feed", "icews", "--allow-private")
    assert rows[0]["outcome"] == "added"


def test_articles_at_an_address_stay_documents(ingest, site):
    ran, rows = ingest(f"{site}/articles.csv", "--allow-private")
    assert (ran.code, rows[0]["outcome"]) == (0, "added")
    assert "feed" not in rows[0]


def test_addresses_of_ones_own_network_are_refused_for_feeds_too(ingest, site):
    ran, rows = ingest(f"{site}/events.tab")
    assert (ran.code, rows[0]["outcome"]) == (1, "failed")
    assert "is not a public address" in rows[0]["remark"]
    ran, rows = ingest(f"{site}/missing.csv", "--allow-private")
    assert (ran.code, len(rows)) == (1, 1)
    assert "404" in rows[0]["remark"]


def _tone(kg, store):
    rows = json.loads(kg("rifts", "-s", store, "--between", "us", "-f", "json").out)["rows"]
    return [(row["confrontations"], row["cooperations"]) for row in rows]


def test_an_act_that_only_a_feed_tells_can_be_judged_and_taken_back(ingest, feed, store, kg):
    ingest("events.tab")
    said = json.loads(kg("explain", "us,canada", "-s", store, "-f", "json").out)["rows"]
    event = said[0]["event"]
    assert _tone(kg, store) == [(1, 0)]
    made = kg("judgements", "add", "wrong", event[:8], "-s", store, "--author", "A", "-f", "json")
    assert made.code == 0, made
    assert _tone(kg, store) == []
    (row,) = json.loads(kg("judgements", "list", "-s", store, "-f", "json").out)["rows"]
    assert row["subjects"] == [f"United States → Canada: criticise, 2018-06-01 ({event})"]
    again = kg("judgements", "add", "right", event, "-s", store, "--author", "A")
    assert again.code == 0, again
    assert _tone(kg, store) == [(1, 0)]
    kg("judgements", "undo", "2", "-s", store, "--author", "A")
    kg("judgements", "undo", "1", "-s", store, "--author", "A")
    assert _tone(kg, store) == [(1, 0)]
    missing = kg("judgements", "add", "wrong", "00000000", "-s", store, "--author", "A")
    assert (missing.code, "no event '00000000'" in missing.err) == (1, True)


def test_review_says_that_it_does_not_ask_about_feeds(ingest, feed, store, kg):
    ingest("events.tab")
    ran = kg("review", "-s", store, "--author", "A")
    assert ran.code == 0
    assert "Not asked about: 2 events of feeds." in ran.err
    assert "Nothing to review." in ran.err
