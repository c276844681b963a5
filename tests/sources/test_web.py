"""Pages from the web, served by a real server on loopback."""

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.documents import parse
from kg.errors import SourceError, UnreadableError
from kg.sources import RawItem, SourceProblem, collect
from kg.sources.web import fetch

PAGE = (
    "<html><head><title>Talks</title></head><body><p>Kallas traf Rubio in Köln.</p></body></html>"
)
STOP = threading.Event()


class Site(BaseHTTPRequestHandler):
    """A site with a page for each thing that can go wrong."""

    def do_GET(self):
        name = self.path.strip("/").partition("?")[0].rpartition("/")[2].replace("-", "_")
        getattr(self, f"page_{name}", self.page_missing)()

    def log_message(self, *args):
        pass

    def answer(self, data: bytes, kind: str = "text/html", status: int = 200, **headers: str):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", headers.pop("length", str(len(data))))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def page_missing(self):
        self.answer(b"nothing here", status=404)

    def page_talks(self):
        self.answer(PAGE.encode("latin-1"), "text/html; charset=ISO-8859-1")

    def page_notes(self):
        self.answer(b"# Talks\n\nKallas met *Rubio*.", "text/markdown")

    def page_mislabelled(self):
        self.answer(PAGE.encode(), "text/plain")

    def page_packed(self):
        self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def page_bomb(self):
        self.answer(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")

    def page_brotli(self):
        self.answer(b"x", Content_Encoding="br")

    def page_large(self):
        self.answer(b"x" * 2_000_000)

    def page_cut(self):
        self.answer(PAGE.encode(), length="5000")

    def page_slow(self):
        self.answer(PAGE.encode(), length="5000")
        while not STOP.wait(0.05):
            self.wfile.write(b" ")
            self.wfile.flush()

    def page_silent(self):
        STOP.wait(10)

    def page_moved(self):
        self.answer(b"", status=301, Location="/2026/02/14/talks?x=1#top")

    def page_circle(self):
        self.answer(b"", status=302, Location="/circle")

    def page_to_file(self):
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def page_broken(self):
        self.answer(b"", status=500)

    def page_nonsense(self):
        self.wfile.write(b"this is not HTTP\r\n\r\n")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    STOP.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.handle_error = lambda *_: None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    STOP.set()
    server.shutdown()
    thread.join()
    server.server_close()


def get(url: str, **options):
    return fetch(url, **({"max_bytes": 1_000_000, "allow_private": True} | options))


def test_a_page_becomes_a_document_with_its_address(site):
    (item,) = collect([site + "moved"], base=Path.cwd(), allow_private=True)
    assert isinstance(item, RawItem), item.error
    assert item.source == site + "2026/02/14/talks?x=1"
    assert (item.media_type, item.charset) == ("text/html", "iso-8859-1")
    document = parse(item)
    assert (document.text, document.title) == ("Kallas traf Rubio in Köln.", "Talks")
    assert (str(document.published), document.published_origin) == ("2026-02-14", "url")
    assert document.outlet == "127.0.0.1"


@pytest.mark.parametrize(
    ("name", "kind"), [("notes", "text/markdown"), ("mislabelled", "text/html")]
)
def test_what_a_page_is(site, name, kind):
    (item,) = collect([site + name], base=Path.cwd(), allow_private=True)
    assert item.media_type == kind


def test_packed_pages_are_unpacked(site):
    assert get(site + "packed").data.decode() == PAGE


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing", "404"),
        ("broken", "500"),
        ("circle", "more than 5 times"),
        ("to-file", "only http and https"),
        ("large", "larger than"),
        ("bomb", "larger than"),
        ("brotli", "packed in an unknown way"),
        ("cut", "too early"),
        ("nonsense", "cannot read"),
    ],
)
def test_what_cannot_be_read_is_told(site, name, words):
    with pytest.raises(SourceError, match=words) as caught:
        get(site + name)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("name", ["slow", "silent"])
def test_slow_servers_are_left_when_the_time_is_up(site, name):
    with pytest.raises(SourceError, match=r"longer than 0\.3 seconds"):
        get(site + name, seconds=0.3)


def test_addresses_in_ones_own_network_are_refused_unless_allowed(site):
    (found,) = collect([site + "talks"], base=Path.cwd())
    assert isinstance(found, SourceProblem)
    assert "not a public address" in found.error.message
    port = site.rstrip("/").rpartition(":")[2]
    for host in (
        "localhost",
        "[::1]",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "169.254.169.254",
    ):
        with pytest.raises(SourceError, match=r"not a public address|cannot read"):
            get(f"http://{host}:{port}/talks", allow_private=False)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a",
        "http://",
        "https://:443/",
        "http://user:secret@127.0.0.1/",
        "http://127.0.0.1:99999/",
        "http://[::1/",
        "http://127.0.0.1:1/",
    ],
)
def test_bad_addresses(url):
    with pytest.raises(SourceError) as caught:
        get(url, seconds=5)
    assert "secret" not in caught.value.message


def test_a_secure_address_is_not_read_insecurely(site):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"https://127.0.0.1:{closed.getsockname()[1]}/"
    with pytest.raises(SourceError, match="cannot read"):
        get(url)
    with pytest.raises(SourceError, match="cannot read"):
        get(site.replace("http:", "https:") + "talks")


def test_a_server_that_hangs_up(site):
    def hang_up(server: socket.socket) -> None:
        server.accept()[0].close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=hang_up, args=[server])
        thread.start()
        with pytest.raises(SourceError):
            get(f"http://127.0.0.1:{server.getsockname()[1]}/")
        thread.join()


def test_errors_of_size_are_of_their_own_kind(site):
    with pytest.raises(UnreadableError):
        get(site + "large")
