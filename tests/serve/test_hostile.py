"""Hostile names, titles, quotes and IRIs: escaped on every page, executed on none."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlencode

import lxml.etree
import lxml.html
import pytest

PAGES = ("/", "/matrix?level=person&size=50", "/issues", "/issue?code=trade-tariffs", "/documents",
         "/review", "/search?q=rebuked", "/search?q=script", "/query", "/network",
         "/actor?id=state/germany", "/actor?id=javascript%3Awindow.__pwned%3D1")  # fmt: skip
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def crawled(server, most=120):
    """All pages that can be reached, as text by address."""
    seen, wait = {}, list(PAGES)
    while wait and len(seen) < most:
        path = wait.pop(0)
        if path in seen or path.startswith(("/network/", "/static/", "/feed", "/.well")):
            continue
        said = server.page(path)
        assert said.status == 200, (path, said.text[-600:])
        seen[path] = said.text
        tree = lxml.html.fromstring(said.text)
        wait += [a.partition("#")[0] for a in tree.xpath("//main//a/@href") if a.startswith("/")]
    return seen


@pytest.fixture(scope="module")
def pages(hostile):
    return crawled(hostile)


def test_the_pages_really_hold_the_attempts(pages, hostile_texts):
    assert len(pages) > 60
    kinds = {path.partition("?")[0] for path in pages}
    assert {"/actor", "/event", "/document", "/pair", "/search", "/review"} <= kinds
    text = "".join(pages.values())
    assert "&lt;script&gt;window.__pwned=1&lt;/script&gt;" in text
    assert "{{7*7}}{% raw %}" in text


def test_no_page_holds_a_script_a_handler_or_a_script_address_of_theirs(pages):
    for path, text in pages.items():
        tree = lxml.html.fromstring(text)
        for script in tree.iter("script"):
            assert script.get("src", "").startswith("/static/"), path
            assert not script.text, path
        for element in tree.iter(lxml.etree.Element):
            for name, value in element.attrib.items():
                assert not name.startswith("on"), (path, name)
                if name in ("href", "src", "action"):
                    assert value.startswith(("/", "#", "https://", "http://")), (path, value)
        assert not tree.xpath("//img | //svg[@onload] | //base | //object | //embed"), path


def test_no_page_holds_characters_that_reorder_or_break_it(pages):
    for path, text in pages.items():
        assert not BIDI.search(text), path
        assert "\0" not in text
        assert "\x07" not in text


def test_templates_in_texts_are_not_filled_in(pages):
    assert not any(">49<" in text or " 49{" in text for text in pages.values())


def test_long_names_are_cut(pages):
    assert "x" * 500 not in pages["/"]


@pytest.mark.parametrize("place", [
    "/search?q={}", "/actor?id={}", "/event?id={}", "/document?id={}", "/issue?code={}",
    "/pair?a={}&b=x", "/matrix?since={}", "/matrix?level={}", "/review?done={}", "/{}",
    "/search?kind={}", "/documents?page={}", "/reconcile/preview?id={}", "/query?query={}",
])  # fmt: skip
def test_what_a_request_says_is_never_markup(hostile, hostile_texts, place):
    for text in hostile_texts[:-1]:
        said = hostile.page(place.format(quote(text, safe="")))
        assert said.status < 500
        if said.type == "text/html":
            tree = lxml.html.fromstring(said.text)
            assert all(s.get("src", "").startswith("/static/") for s in tree.iter("script"))
            assert not tree.xpath("//img")
        else:
            assert said.headers["x-content-type-options"] == "nosniff"


def test_the_feed_stays_xml_and_the_services_stay_json(hostile, hostile_texts):
    root = lxml.etree.fromstring(hostile.ask("/feed.atom").body)
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) >= len(hostile_texts)
    for text in hostile_texts:
        queries = urlencode({"queries": json.dumps({"q": {"query": text}})})
        said = hostile.ask("/reconcile", "POST", queries,
                           Content_Type="application/x-www-form-urlencoded")  # fmt: skip
        assert said.type == "application/json"
        assert json.loads(said.body)["q"]["result"] is not None


def test_headers_cannot_be_split(hostile):
    for path in ("/review?done=1%0d%0aSet-Cookie:x=1", "/search?q=%0d%0aX-Evil:1"):
        said = hostile.page(path)
        assert "x-evil" not in said.headers
        assert "x=1" not in said.headers.get("set-cookie", "")
