"""Web pages: small ones that look real, and hostile ones."""

from pathlib import Path

import pytest

from kg.documents import parse
from kg.errors import UnreadableError
from kg.records import Document
from kg.sources import RawItem, collect

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> Document:
    (item,) = collect([str(PAGES / name)], base=PAGES)
    assert isinstance(item, RawItem)
    return parse(item)


def read(source: str | bytes, **stated) -> Document:
    data = source if isinstance(source, bytes) else source.encode()
    return parse(RawItem(data, "p.html", "p.html", ".html", "text/html"), **stated)


@pytest.mark.parametrize(
    ("name", "title", "date", "origin", "outlet", "author", "language"),
    [
        (
            *("news.html", "EU rejects Washington’s steel quota offer", "2018-05-30", "json-ld"),
            *("The Meridian Post", "Hannah Oyelaran, Piet van Houten", "en"),
        ),
        (
            *("statement.xhtml", "Joint statement on the Atlantic ports dialogue", "2021-06-15"),
            *("meta dcterms.issued", "Ministry of Foreign Affairs", "", "en"),
        ),
        (
            *("saved_blog.html", "Who gains from the leaks?", "2022-09-27", "url"),
            *("cableandanchor.example", "", "en"),
        ),
        ("live.html", "Summit live: leaders arrive", "None", "", "", "", "en"),
        (
            *("legacy.htm", "Schröder and Chirac reject a second resolution", "2003-03-05"),
            *("text dateline", "", "", "en"),
        ),
        ("german.html", "Berlin weist Vorwürfe zurück", "2019-12-21", "meta date", "", "", "de"),
        ("tiny.html", "", "None", "", "", "", ""),
    ],
)
def test_what_a_page_says_about_itself(name, title, date, origin, outlet, author, language):
    document = page(name)
    assert document.title == title
    assert (str(document.published), document.published_origin) == (date, origin)
    assert (document.outlet, document.author, document.language) == (outlet, author, language)
    assert (document.media_type, document.source) == ("text/html", name)


def test_the_main_text_and_nothing_else():
    text = page("news.html").text
    for wanted in (
        "turned down an American proposal",
        "national security of the United States.",
        "We do not want a trade war.",
        "\n• Brussels may file a complaint",
        "have not ruled out a compromise on cars.",
    ):
        assert wanted in text
    for unwanted in (
        *("Money", "Search", "cookies", "Share on", "Advertisement", "great journalism"),
        *("castles", "User4711", "rights reserved", "dataLayer", "tracking"),
    ):
        assert unwanted not in text


def test_paragraphs_stay_apart_in_pages_laid_out_by_tables():
    text = page("legacy.htm").text
    assert text.startswith("PARIS, March 5, 2003 –")
    assert "\n\nTony Blair, the British prime minister" in text


def test_short_pages_are_read_whole():
    assert page("tiny.html").text == "Kallas met Rubio."


BODY = (
    "<p>" + "The two sides met in Brussels and agreed on nothing at all, as they had feared. " * 4
)


LD = '<script type="application/ld+json">'


def facts(head: str, body: str = BODY) -> tuple[str, str]:
    document = read(f"<html><head>{head}</head><body><article>{body}</article></body></html>")
    return str(document.published), document.published_origin


def test_json_ld_outranks_meta_and_meta_outranks_time():
    json_ld = LD + '{"@type": "Report", "datePublished": "2020-01-03"}</script>'
    meta = '<meta property="article:published_time" content="2020-01-02T23:30:00-05:00">'
    time = '<time datetime="2020-01-01">1 January</time>'
    assert facts(json_ld + meta, time + BODY) == ("2020-01-03", "json-ld")
    assert facts(meta, time + BODY) == ("2020-01-02", "meta article:published_time")
    assert facts("", time + BODY) == ("2020-01-01", "time element")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:modified_time" content="2020-01-02">', BODY),
        ('<meta name="date" content="yesterday">', BODY),
        ('<script type="application/ld+json">{"dateModified":"2020-01-02"}</script>', BODY),
        ('<script type="application/ld+json">{not json}</script>', BODY),
        ("", '<time datetime="2020-01-01"></time><time datetime="2020-01-02"></time>' + BODY),
        ('<link rel="canonical" href="https://example.org/2020/13/45/x">', BODY),
        ("", BODY + "<p>It was 2 January 2020, and snowing.</p>"),
    ],
)
def test_what_is_no_publication_date(head, body):
    assert facts(head, body) == ("None", "")


def test_a_marked_time_among_several():
    times = (
        '<time datetime="2020-01-05"></time><time class="published" datetime="2020-01-02"></time>'
    )
    assert facts("", times + BODY) == ("2020-01-02", "time element")


def test_a_url_may_know_only_the_month():
    head = '<meta property="og:url" content="https://example.org/news/2020/01/the-talks">'
    assert facts(head) == ("2020-01", "url")


def test_scripts_never_become_text():
    document = read(
        '<html><body><p>Kallas met <b onclick="x()">Rubio</b><script>alert(1)</script>'
        '<img src=x onerror="alert(2)"> in Brussels &lt;script&gt;alert(3)&lt;/script&gt;.</p>'
    )
    assert document.text == "Kallas met Rubio in Brussels <script>alert(3)</script>."


@pytest.mark.parametrize(
    "source",
    ["", " ", "<!-- x -->", "<html><body></body></html>", "<script>x</script>", "<" * 1000],
)
def test_pages_without_text(source):
    with pytest.raises(UnreadableError):
        read(source)


N = 3_000


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * N + "words" + "</div>" * N,
        "<table><tr><td>" * N + "words",
        "<ul><li>" * N + "words",
        "<b><i>" * N + "words",
        "<p " + "a=b " * N + ">words",
        "<!--" * N,
        LD + "[" * 100_000 + "</script><p>words",
        LD + '{"@type": [[]], "author": [{}], "publisher": 7}</script><p>words',
        "<p>&#xD800;&#0;&#x110000;&bogus; words",
        "\0<p>wor\0ds\0",
        "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x [<!ENTITY a 'b'>]><p>words &a;",
        "<time datetime='9999-99-99'></time><meta name=date content='0000-00-00'><p>words",
        "<frameset><frame src=x></frameset>words",
        "<svg><p>words</svg></p></math><p>words",
    ],
)
def test_hostile_pages_give_text_or_a_clear_error(source):
    try:
        told = read(source).text
    except UnreadableError as error:
        told = error.message
    assert "words" in told or "p.html" in told or "wor" in told


def test_declared_charsets():
    head = b'<html><head><meta charset="windows-1250"></head><body><p>'
    assert read(head + "Łukasz przyjechał".encode("cp1250")).text == "Łukasz przyjechał"
    with pytest.raises(UnreadableError, match="byte offset"):
        read(b"<p>caf\xe9")
