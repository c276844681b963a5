"""Who may talk to the server, and what its answers let a browser do."""

from __future__ import annotations

import pytest

OPEN = ("/sparql", "/.well-known/void")


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:8765", "127.0.0.1.evil.test", "", "[::1", "localhost.evil"]
)
@pytest.mark.parametrize("path", ["/", "/sparql", "/static/app.css"])
def test_a_foreign_host_name_is_turned_away(server, host, path):
    said = server.ask(path, Host=host)
    assert said.status in (400, 421)
    assert "security-policy" not in said.text


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:99", "127.0.0.1:1", "[::1]:80", "192.168.1.5"]
)
def test_its_own_names_and_plain_addresses_are_fine(server, host):
    assert server.ask("/sparql", Host=host).status == 200


def test_another_name_can_be_allowed(start):
    server = start("--allow-host", "atlas.example")
    assert server.ask("/sparql", Host="atlas.example:80").status == 200
    assert server.ask("/sparql", Host="other.example").status == 421


def test_every_answer_forbids_inline_scripts_and_framing(server):
    for path in ("/", "/sparql", "/no-such-page", "/query", "/matrix"):
        policy = server.ask(path).headers["content-security-policy"]
        scripts = next(p for p in policy.split("; ") if p.startswith("script-src"))
        assert scripts == "script-src 'self'"
        assert "frame-ancestors 'none'" in policy
        assert server.ask(path).headers["x-content-type-options"] == "nosniff"


def test_no_origin_may_read_unless_it_was_asked_for(server):
    for path in OPEN:
        said = server.ask(path, Origin="http://127.0.0.1:3333")
        assert "access-control-allow-origin" not in said.headers


def test_an_origin_that_was_asked_for_may_read_data_but_no_pages(start):
    origin = "http://127.0.0.1:3333"
    server = start("--cors", origin)
    for path in OPEN:
        said = server.ask(path, Origin=origin)
        assert said.headers["access-control-allow-origin"] == origin
        assert "Origin" in said.headers["vary"]
        other = server.ask(path, Origin="https://evil.test")
        assert "access-control-allow-origin" not in other.headers
    before = server.ask("/sparql", "OPTIONS", Origin=origin, Access_Control_Request_Method="POST",
                        Access_Control_Request_Headers="content-type")  # fmt: skip
    assert before.status == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "access-control-allow-origin" not in server.ask("/", Origin=origin).headers


@pytest.mark.parametrize("path", [
    "/static/../settings.py", "/static/..%2f..%2fsettings.py", "/static/%2e%2e/app.py",
    "/static//etc/passwd", "/static/", "/static/app.css/..", "/../../etc/passwd",
    "/document?id=/etc/passwd", "/document?id=..%2f..%2fetc%2fpasswd",
])  # fmt: skip
def test_no_path_of_a_request_reaches_a_file(server, path):
    said = server.ask(path)
    assert said.status == 404
    assert "root:" not in said.text
    assert "import" not in said.text
