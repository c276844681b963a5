"""``kg read``: what a user sees of a document, in the terminal, as a page and as JSON."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import (
    ActorKind,
    Document,
    Entity,
    EventMention,
    Issue,
    Modality,
    OfficeStatement,
    Reading,
)
from kg.views.reading import Layer, Mark, marked_lines, marks, pieces, reading_page, reading_record

WIRE = (
    "PARIS, 12 March 2025 - France accused Russia of blackmail on Tuesday.\n\n"
    "Foreign Minister Jean-Noël Barrot said that Poland had asked Washington for help. "
    "Germany did not criticise the United States.\n"
)


@pytest.fixture
def wire(tmp_path):
    path = tmp_path / "wire.txt"
    path.write_text(WIRE, "utf-8")
    return str(path)


def sample(text=None):
    text = text or "Ann Lee said that France might attack <b>Spain</b> & Co."
    document = Document(text=text, title="<script>alert(1)</script>", source='a"b.txt')

    def span(words):
        start = text.index(words)
        return document.span(start, start + len(words))

    entities = (
        Entity("e1", "Ann Lee", ActorKind.PERSON, (span("Ann Lee"),)),
        Entity("e2", "France", ActorKind.STATE, (span("France"),)),
        Entity("e3", "<b>Spain</b>", ActorKind.STATE, (span("<b>Spain</b>"),)),
    )
    event = EventMention(
        type="criticise",
        actors=("e2",),
        recipients=("e3",),
        evidence=document.span(0, len(text)),
        trigger=span("attack"),
        modality=Modality.HYPOTHETICAL,
        confidence=0.5,
        rule="accuse.<1>",
        issues=(Issue("other"),),
        speaker="e1",
    )
    office = OfficeStatement("e1", "judge", "Spain", span("Ann Lee"))
    return Reading(document, "analyst", "1", entities, (office,), (event,))


# --- the command -------------------------------------------------------------------------------


def test_brackets_show_actors_and_acts_without_colour(kg, wire):
    ran = kg("read", wire)
    flat = " ".join(ran.out.split())
    assert ran.code == 0
    assert re.search(r"\[France e\d+\] \{accused #\d+\} \[Russia e\d+\]", flat)
    assert re.search(r"\{[^{}]*criticise #\d+ not\}", flat)
    assert re.search(r"Jean-Noël Barrot e\d+ says #\d+\]", flat)
    assert "\x1b[" not in ran.out
    assert "did not happen" in ran.err


def test_table_under_the_text_names_both_sides_and_the_modality(kg, wire):
    ran = kg("read", wire)
    row = next(line for line in ran.out.splitlines() if re.match(r"\s*\d+\s+accuse\b", line))
    assert re.search(r"France\s+Russia\s+asserted", row)


def test_colour_on_demand_and_never_against_no_color(kg, wire, monkeypatch):
    assert "\x1b[" in kg("--color", "read", wire).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in kg("read", wire).out


def test_json_carries_the_whole_reading_with_spans(kg, wire):
    data = json.loads(kg("read", wire, "-f", "json").out)
    (reading,) = data["readings"]
    text = reading["document"]["text"]
    assert data["command"] == "read"
    assert reading["document"]["published"] == "2025-03-12"
    assert set(reading) == {
        "document", "extractor", "version", "entities", "offices", "events", "claims"
    }  # fmt: skip
    spans = [m for e in reading["entities"] for m in e["mentions"]]
    spans += [e["trigger"] for e in reading["events"]] + [e["evidence"] for e in reading["events"]]
    assert spans
    assert all(text[s["start"] : s["end"]] == s["text"] for s in spans)
    ids = {entity["id"] for entity in reading["entities"]}
    assert all(set(e["actors"]) | set(e["recipients"]) <= ids for e in reading["events"])
    assert [row["number"] for row in data["rows"]] == [e["number"] for e in reading["events"]]


def test_standard_input_and_date(kg):
    ran = kg("read", "-", "--date", "2020-05", "-f", "json", stdin=b"France thanked Italy.")
    document = json.loads(ran.out)["readings"][0]["document"]
    assert (document["source"], document["published"]) == ("stdin", "2020-05")


def test_nothing_found_is_said(kg):
    ran = kg("read", "-", stdin=b"The soup was warm and the bread was fresh.")
    assert ran.code == 0
    assert "The soup was warm" in ran.out
    assert "No event was found." in ran.err


def test_missing_file_is_one_clear_line(kg):
    ran = kg("read", "nowhere.txt")
    assert ran.code == 1
    assert "nowhere.txt" in ran.err
    assert "Traceback" not in ran.err


def test_unknown_model_is_one_clear_line(kg, wire):
    ran = kg("read", wire, "--model", "no_such_pipeline")
    assert ran.code == 1
    assert "no_such_pipeline" in ran.err
    assert "Traceback" not in ran.err


def test_page_is_written_whole_and_not_over_another(kg, wire, tmp_path):
    out = tmp_path / "page.html"
    first = kg("read", wire, "--html", str(out))
    assert (first.code, first.out) == (0, "")
    before = out.read_bytes()
    assert kg("read", wire, "--html", str(out)).code == 2
    assert kg("read", wire, "--html", str(out), "--force").code == 0
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["page.html", "wire.txt"]


def test_control_characters_of_a_document_never_reach_the_terminal(kg):
    hostile = "France accused \x1b[31mRussia\u202e of lies.".encode()
    out = kg("read", "-", stdin=hostile).out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_one_line_of_200_kilobytes_is_shown(kg):
    ran = kg("read", "-", stdin=b"the sea was calm and " * 10_000)
    assert ran.code == 0
    assert " ".join(ran.out.split()).count("the sea was calm") == 10_000


def test_a_reader_of_the_pipe_may_leave_early(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("The sea was calm. France thanked Italy.\n\n" * 3000, "utf-8")
    command = [sys.executable, "-m", "kg.cli", "read", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 0
    assert b"Traceback" not in said


# --- the page ----------------------------------------------------------------------------------


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.ids, self.links, self.policy = [], [], [], ""
        self.words = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        assert not any(name.startswith("on") or name == "src" for name in values)

    def handle_data(self, data):
        self.words.append(data)


def parsed(readings):
    reader = Reader()
    reader.feed(reading_page(readings))
    return reader


def test_page_runs_nothing_loads_nothing_and_escapes_everything():
    page = parsed([sample()])
    assert not {"script", "b", "iframe", "img", "link", "object"} & set(page.tags)
    assert page.policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "<b>Spain</b>" in "".join(page.words)
    assert "<script>alert(1)</script>" in "".join(page.words)


def test_every_link_of_a_page_leads_somewhere_even_with_two_documents():
    page = parsed([sample(), sample()])
    assert page.links
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert len(page.ids) == len(set(page.ids))


@given(st.text(min_size=1))
def test_any_text_makes_a_page(text):
    reading = Reading(Document(text=text, title=text), "analyst", "1")
    assert not {"script", "img"} & set(parsed([reading]).tags)
    "".join(line.plain for line in marked_lines(reading))


# --- marks -------------------------------------------------------------------------------------


@given(
    st.text(min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 20), st.sampled_from(Layer)), max_size=8),
)
def test_pieces_joined_are_the_text_and_every_mark_opens_and_closes_once(text, wanted):
    found = {
        Mark(start, min(start + length, len(text)), layer)
        for start, length, layer in wanted
        if start < len(text)
    }
    cut = list(pieces(text, found))
    assert "".join(piece.text for piece in cut) == text
    assert all(piece.text for piece in cut)
    opened = [mark for piece in cut for mark in piece.opens]
    closed = [mark for piece in cut for mark in piece.closes]
    assert len(opened) == len(closed) == len(found)
    assert set(opened) == set(closed) == found


def test_the_speaker_is_marked_where_he_speaks():
    speaking = [m for m in marks(sample()) if m.layer is Layer.ACTOR and m.events]
    assert [(mark.entity, mark.events) for mark in speaking] == [("e1", (1,))]


def test_modality_is_a_word_after_the_act():
    (line,) = marked_lines(sample())
    assert line.plain == (
        "[Ann Lee e1 says #1] said that [France e2] might {attack #1 if} [<b>Spain</b> e3] & Co."
    )


def test_record_is_plain_and_stable():
    record = reading_record(sample())
    assert json.loads(json.dumps(record)) == record
    assert record["events"][0]["class"] == "accuse"
    assert record["events"][0]["status"] == "hypothetical"
    assert record["offices"][0]["status"] == "current"


def test_unnamed_actors_are_read_on_demand_only(kg):
    text = b"Afghan rebels attacked Kabul."
    plain = json.loads(kg("read", "-", "-f", "json", stdin=text).out)
    asked = json.loads(kg("read", "-", "--generic-actors", "-f", "json", stdin=text).out)
    assert not any("sector" in e for e in plain["readings"][0]["entities"])
    found = [e for e in asked["readings"][0]["entities"] if "sector" in e]
    assert [(e["name"], e["of"], e["sector"]) for e in found] == [
        ("Afghan rebels", "Afghanistan", "REB")
    ]
    assert [row["type"] for row in asked["rows"]] == ["attack"]
