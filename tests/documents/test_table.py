"""Tables and feeds of articles."""

import csv
import functools
import io
import json
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.documents import parse_all
from kg.errors import UnreadableError
from kg.records import Document
from kg.sources import RawItem, SourceProblem, collect

ROWS = [
    {
        "Headline": "Talks, at last",
        "Body": "Kallas met Rubio.\n\nThey disagreed.",
        "Date": "2026-02-14",
        "Source": "Post",
        "url": "https://e.org/1",
    },
    {
        "Headline": "",
        "Body": "“Rubio” met Kallas; again.",
        "Date": "03/04/2026",
        "Source": "",
        "url": "",
    },
]


def item(data: str, media_type: str, suffix: str = "") -> RawItem:
    return RawItem(data.encode(), "a", "a", suffix, media_type)


def as_csv(rows, **options) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0], **options)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def check_rows(found):
    assert [type(one) for one in found] == [Document, Document]
    first, second = found
    assert (first.title, first.text, first.outlet) == (
        "Talks, at last",
        "Kallas met Rubio.\n\nThey disagreed.",
        "Post",
    )
    assert str(first.published) == "2026-02-14"
    assert (first.source, second.source) == ("a#https://e.org/1", "a#2")
    assert (second.published, second.published_origin) == (None, "")


@pytest.mark.parametrize(
    ("delimiter", "suffix"), [(",", ".csv"), (";", ".csv"), ("\t", ".tsv"), ("|", ".csv")]
)
def test_tables_with_the_usual_columns(delimiter, suffix):
    found = list(parse_all(item(as_csv(ROWS, delimiter=delimiter), "text/csv", suffix)))
    check_rows(found)
    assert found[0].published_origin == "column Date"


@pytest.mark.parametrize(
    "text",
    ["\n".join(json.dumps(row) for row in ROWS), json.dumps(ROWS), json.dumps(ROWS, indent=1)],
)
def test_json_as_lines_or_as_a_list(text):
    check_rows(list(parse_all(item(text, "application/x-ndjson"))))


def test_columns_by_name():
    rows = [{"was": "Kallas met Rubio.", "wann": "2026", "text": "not this"}]
    columns = {"text": "was", "date": "WANN"}
    (found,) = parse_all(item(as_csv(rows), "text/csv"), columns=columns)
    assert (found.text, str(found.published)) == ("Kallas met Rubio.", "2026")
    nested = json.dumps(
        {"meta": {"when": "2026-02"}, "paragraphs": ["Kallas met", "Rubio."], "n": 1}
    )
    columns = {"text": "paragraphs", "date": "meta.when"}
    (found,) = parse_all(item(nested, "application/json"), columns=columns)
    assert (found.text, str(found.published)) == ("Kallas met, Rubio.", "2026-02")


@pytest.mark.parametrize("columns", [{}, {"text": "gone"}])
def test_a_table_without_a_text_lists_its_columns(columns):
    (problem,) = parse_all(item("a,b\n1,2\n", "text/csv"), columns=columns)
    assert isinstance(problem, SourceProblem)
    assert "a, b" in problem.error.hint


def test_bad_rows_are_reported_by_number_and_cost_no_others():
    text = "text,title\nKallas met Rubio.,One\ntoo,many,cells\n,Empty\nRubio met Kallas.,Four\n\n"
    found = list(parse_all(item(text, "text/csv")))
    assert [type(one) for one in found] == [Document, SourceProblem, SourceProblem, Document]
    assert "row 2 has 3 columns, not 2" in found[1].error.message
    assert found[2].name == "a#3"


def test_bad_lines_are_reported_by_number_and_cost_no_others():
    text = '{"text": "Kallas met Rubio."}\n{broken\n[1]\n{"no": "text"}\n{"text": "Once more."}\n'
    found = list(parse_all(item(text, "application/x-ndjson")))
    assert [type(one) for one in found] == [Document, *[SourceProblem] * 3, Document]
    assert [one.name for one in found[1:4]] == ["a#2", "a#3", "a#4"]


def test_very_long_fields():
    (found,) = parse_all(item(as_csv([{"text": "word " * 100_000}]), "text/csv"))
    assert len(found.text) == 499_999
    assert csv.field_size_limit() == 131_072


def test_html_in_cells():
    (found,) = parse_all(
        item(as_csv([{"text": "<p>Kallas met <b>Rubio</b>.</p><p>Again.</p>"}]), "text/csv")
    )
    assert found.text == "Kallas met Rubio.\n\nAgain."


def test_tables_are_read_when_named_and_not_found_in_folders(tmp_path):
    (tmp_path / "a.csv").write_text("text\nKallas met Rubio.\n")
    (tmp_path / "b.txt").write_text("Rubio met Kallas.")
    found = list(collect([str(tmp_path)], base=tmp_path))
    assert [one.source for one in found] == ["b.txt"]
    (found,) = collect([str(tmp_path / "a.csv")], base=tmp_path)
    assert found.media_type == "text/csv"


RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Meridian Post</title><language>en-gb</language>
<item><title>Talks &amp; tea</title><link>https://e.org/1</link>
<pubDate>Fri, 13 Feb 2026 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Kallas met <b>Rubio</b>.</p><p>Again.<script>x()</script></p>]]>
</content:encoded></item>
<item><title>Only a headline about the talks</title><guid>urn:2</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Meridian Post</title>
<entry><title>Talks &amp; tea</title><link href="https://e.org/1"/><id>urn:1</id>
<published>2026-02-13T23:30:00-05:00</published><author><name>Jane Doe</name></author>
<content type="html">&lt;p&gt;Kallas met Rubio.&lt;/p&gt;&lt;p&gt;Again.&lt;/p&gt;</content></entry>
<entry><title>Only a headline about the talks</title><id>urn:2</id></entry></feed>"""


@pytest.mark.parametrize("source", [RSS, ATOM])
@pytest.mark.parametrize("suffix", [".xml", ".rss"])
def test_feeds(tmp_path, source, suffix):
    pytest.importorskip("feedparser", reason="the extra feeds is not installed")
    (tmp_path / f"feed{suffix}").write_text(source)
    (raw,) = collect([str(tmp_path / f"feed{suffix}")], base=tmp_path)
    first, second = parse_all(raw)
    assert (first.title, first.text) == ("Talks & tea", "Kallas met Rubio.\n\nAgain.")
    assert (str(first.published), first.published_origin) == ("2026-02-13", "feed entry")
    assert (first.outlet, first.source) == ("The Meridian Post", f"feed{suffix}#https://e.org/1")
    assert (second.text, second.published) == ("Only a headline about the talks", None)


@pytest.mark.parametrize(
    "source",
    [
        "<x/>",
        "not xml",
        "<rss><channel><title>empty</title></channel></rss>",
        '<!DOCTYPE x [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></rss>',
    ],
)
def test_what_is_no_feed(source):
    pytest.importorskip("feedparser", reason="the extra feeds is not installed")
    (problem,) = parse_all(item(source, "application/xml"))
    assert isinstance(problem, SourceProblem)
    assert isinstance(problem.error, UnreadableError)


def test_the_pages_behind_a_feed(tmp_path):
    pytest.importorskip("feedparser", reason="the extra feeds is not installed")
    page = "<html><body><article><p>Kallas met Rubio, in full.</p></article></body></html>"
    (tmp_path / "one.html").write_text(page)
    (tmp_path / "two.png").write_bytes(b"\x89PNG")
    handler = functools.partial(QuietHandler, directory=tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        site = f"http://127.0.0.1:{server.server_port}"
        entries = "".join(
            f"<item><title>{name}</title><link>{site}/{name}</link>"
            f"<pubDate>Fri, 13 Feb 2026 23:30:00 GMT</pubDate></item>"
            for name in ("one.html", "two.png", "gone.html")
        )
        feed = item(
            f"<rss><channel><title>Post</title>{entries}</channel></rss>", "application/xml"
        )
        found = list(parse_all(feed, follow=True, allow_private=True))
        refused = list(parse_all(feed, follow=True))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    kinds = [type(one) for one in found]
    assert kinds == [Document, SourceProblem, Document, SourceProblem, Document]
    documents = [one for one in found if isinstance(one, Document)]
    assert [one.text for one in documents] == ["Kallas met Rubio, in full.", "two.png", "gone.html"]
    assert {(str(one.published), one.outlet) for one in documents} == {("2026-02-13", "Post")}
    assert documents[0].source == f"a#{site}/one.html"
    assert "404" in found[3].error.message
    assert next(one.name for one in refused if isinstance(one, SourceProblem)) == f"{site}/one.html"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass
