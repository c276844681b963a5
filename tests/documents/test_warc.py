"""Web archives, as crawlers write them (ISO 28500): records, each packed on its own."""

import gzip

import pytest

from kg.documents import parse_all
from kg.errors import UnreadableError
from kg.records import Document
from kg.sources import RawItem, SourceProblem, collect

pytest.importorskip("warcio", reason="the extra warc is not installed")


def archive(pages: list[tuple[str, str, str, bytes]], *, packed: bool = True) -> bytes:
    """Pages as (address, status, content type, content), after a record about the crawl."""
    records = [("WARC-Type: warcinfo", "application/warc-fields", b"software: test")]
    for address, status, kind, content in pages:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = f"WARC-Type: response\r\nWARC-Target-URI: {address}"
        records.append((head, "application/http; msgtype=response", answer))
    parts = []
    for number, (head, kind, block) in enumerate(records):
        lines = [
            *("WARC/1.0", head, f"WARC-Record-ID: <urn:uuid:{number}>"),
            *("WARC-Date: 2024-01-01T00:00:00Z", f"Content-Type: {kind}"),
            f"Content-Length: {len(block)}",
        ]
        record = "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
        parts.append(gzip.compress(record, mtime=0) if packed else record)
    return b"".join(parts)


PAGES = [
    (
        *("https://www.example.org/2026/02/14/talks", "200 OK", "text/html; charset=ISO-8859-1"),
        "<html><title>Talks</title><p>Kallas traf Rubio in Köln.</p>".encode("latin-1"),
    ),
    ("https://example.org/logo.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://example.org/old", "301 Moved", "text/html", b"<p>moved</p>"),
    ("https://example.org/bad", "200 OK", "text/html", b"<p>caf\xe9</p>"),
    ("https://example.org/note.txt", "200 OK", "text/plain", b"Rubio met Kallas."),
]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_become_documents_with_their_addresses(tmp_path, name):
    (tmp_path / name).write_bytes(archive(PAGES, packed=name.endswith("gz")))
    (item,) = collect([str(tmp_path)], base=tmp_path)
    found = list(parse_all(item))
    assert [type(one) for one in found] == [Document, SourceProblem, Document]
    page, problem, note = found
    assert (page.text, page.title) == ("Kallas traf Rubio in Köln.", "Talks")
    assert page.source == f"{name}#https://www.example.org/2026/02/14/talks"
    assert (str(page.published), page.published_origin) == ("2026-02-14", "url")
    assert page.outlet == "example.org"
    assert problem.name.endswith("#https://example.org/bad")
    assert (note.text, note.published) == ("Rubio met Kallas.", None)


def test_the_pages_before_the_damage_are_read():
    data = archive([PAGES[0]] * 3)
    found = list(parse_all(RawItem(data[:-20], "a", "a", ".warc.gz", "application/warc")))
    assert isinstance(found[0], Document)
    assert len(found) >= 3


@pytest.mark.parametrize("data", [b"no archive", archive([]), archive([PAGES[1]])])
def test_archives_without_pages(data):
    (found,) = parse_all(RawItem(data, "a", "a", ".warc", "application/warc"))
    assert isinstance(found, SourceProblem)
    assert isinstance(found.error, UnreadableError)
