"""What the compliance suite does not see: servers that fail, refuse or dawdle."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import QueryError, StoreError
from kg.store import open_store
from kg.store.remote import update_url

YES = (200, "application/sparql-results+json", b'{"head":{},"boolean":true}')
FACT = Triple(NamedNode("http://x/s"), NamedNode("http://x/p"), Literal("o"))


@contextmanager
def answering(*answers):
    """A server that gives these answers in turn, the last one for ever; yields URL and log."""
    log, queue = [], list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            log.append((self.path, parse_qs(body.decode()), dict(self.headers)))
            answer = queue.pop(0) if len(queue) > 1 else queue[0]
            if callable(answer):
                answer()
                return
            status, kind, content = answer
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/query", log
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("http://h:7878/query", "http://h:7878/update"),
        ("http://h/fuseki/ds/query", "http://h/fuseki/ds/update"),
        ("http://h/repositories/kg", "http://h/repositories/kg/statements"),
        ("https://h/sparql", "https://h/sparql"),
    ],
)
def test_update_url_is_known_for_usual_servers(query, update):
    assert update_url(query) == update


def test_update_url_can_be_given(monkeypatch):
    monkeypatch.setenv("KG_UPDATE_URL", "http://h/secret")
    assert update_url("http://h/query") == "http://h/secret"


def test_nobody_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(StoreError, match="cannot reach") as caught:
        open_store(f"http://127.0.0.1:{port}/query")
    assert "running" in caught.value.hint


def test_no_host():
    with pytest.raises(StoreError, match="not the URL"):
        open_store("http:///query")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((500, "text/plain", b"out of\nmemory"), r"error \(500\): out of memory"),
        ((404, "text/html", b"<h1>nothing</h1>"), "404"),
        ((302, "text/html", b""), "302"),
        ((401, "text/plain", b""), "refuses access"),
        ((403, "text/plain", b""), "refuses access"),
        ((200, "text/html", b"<html>Welcome</html>"), "as a SPARQL endpoint does"),
        ((200, "application/sparql-results+json", b'{"head":'), "as a SPARQL endpoint does"),
        ((200, "application/sparql-results+json", b"\xff"), "as a SPARQL endpoint does"),
    ],
)
def test_strange_answers_are_one_clear_line(answer, message):
    with answering(answer) as (url, _), pytest.raises(StoreError, match=message) as caught:
        open_store(url)
    assert "\n" not in caught.value.message


def test_a_graph_in_no_known_format_is_an_error():
    with answering(YES, (200, "text/html", b"<p>")) as (url, _):
        store = open_store(url)
        with pytest.raises(StoreError, match="as a SPARQL endpoint does"):
            store.construct("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")


def test_a_connection_dropped_during_an_update_is_an_error():
    no = (200, "application/sparql-results+json", b'{"head":{},"boolean":false}')
    ok = (204, "text/plain", b"")
    none = (200, "application/n-triples", b"")
    with answering(YES, ok, no, ok, none, lambda: None) as (url, log):
        store = open_store(url, write=True)
        with pytest.raises(StoreError, match="cannot reach"):
            store.replace({"http://x/g": [FACT]})
    assert "INSERT DATA" in log[-1][1]["update"][0]


def test_a_slow_query_is_given_up():
    release = threading.Event()
    with answering(YES, release.wait) as (url, _):
        store = open_store(url)
        with pytest.raises(QueryError, match=r"stopped after 0\.05 seconds"):
            store.ask("ASK {}", timeout=0.05)
        release.set()


def test_known_prefixes_are_declared_to_the_server():
    with answering(YES) as (url, log):
        open_store(url).ask("ASK { ?e a tkg:Event }")
    assert log[-1][1]["query"][0].startswith("PREFIX tkg: <https://")


def test_password_comes_from_netrc(tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ann password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    with answering(YES) as (url, log):
        open_store(url)
    assert log[0][2]["Authorization"] == "Basic YW5uOnNlY3JldA=="


def test_a_server_that_unites_the_graphs_itself_gets_no_union_from_us():
    folder = str(Path(sys.executable).parent)
    program = shutil.which("oxigraph", path=folder) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("needs the server of the package oxigraph: pip install oxigraph")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve", "--bind", address, "--union-default-graph"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            assert b"Listening" in server.stdout.readline()
            with open_store(f"http://{address}/query", write=True) as store:
                store.replace({"http://x/g": [FACT]})
                store.replace({"http://x/g": []})
                store.replace({"http://x/g": [FACT]})
                rows = store.select("SELECT ?s { ?s ?p ?o }")
                assert rows.texts() == (("http://x/s",),)
                assert store.graphs() == ("http://x/g",)
        finally:
            server.terminate()
