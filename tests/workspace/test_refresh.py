"""Refreshing the reference data from a real SPARQL server on loopback, filled with our own data."""

import http.client
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kg.cli.main import main
from kg.errors import ReferenceDataError, SourceError, UsageError
from kg.reference.world import load_world
from kg.workspace import overlay
from kg.workspace.endpoint import Endpoint
from kg.workspace.refresh import Action, compare

WORLD = load_world()
PREFIXES = """
PREFIX wd: <http://www.wikidata.org/entity/> PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX wikibase: <http://wikiba.se/ontology#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
OFFICE = "President of France"
MACRON = "Q3052772"


def statement(number, item, prop, value, *days, precision=11, rank="Normal"):
    """A Wikidata statement with its qualifiers, in the way Wikidata serves them."""
    start, end = (*days, "")[:2]
    text = f"wd:{item} p:{prop} wd:s{number} . wd:s{number} ps:{prop} wd:{value} ; "
    text += f"wikibase:rank wikibase:{rank}Rank . "
    for code, day in (("P580", start), ("P582", end)):
        if day:
            node = f"wd:v{number}{code}"
            text += (
                f"wd:s{number} pqv:{code} {node} . {node} wikibase:timePrecision {precision} ; "
                f'wikibase:timeValue "{day}T00:00:00Z"^^xsd:dateTime . '
            )
    return text


DATA = "".join((
    f'wd:Q1 rdfs:label "{OFFICE}"@en . wd:{MACRON} rdfs:label "Emmanuel Macron"@en . ',
    'wd:Q900 rdfs:label "Nemo Nautilus"@en . wd:Q901 rdfs:label "Ada \\"Quote\\" Byte"@en . ',
    statement(1, MACRON, "P39", "Q1", "2017-05-14", "2027-05-13"),  # closes an open tenure
    statement(2, "Q900", "P39", "Q1", "2027-05-13"),  # somebody new
    statement(3, "Q901", "P39", "Q1", "2040-01-01", precision=10),  # known to the month
    statement(4, "Q900", "P39", "Q1", "1990-01-01", "1980-01-01"),  # ends before it begins
    statement(5, "Q900", "P39", "Q1", "1970-01-01", "1971-01-01", rank="Deprecated"),
    statement(6, "Q30", "P463", "Q7184", "1949-04-04", "2031-02-03"),  # leaves NATO
))  # fmt: skip


@pytest.fixture(scope="module")
def server(sparql_server):
    """A real SPARQL server on loopback, filled with a small Wikidata of our own."""
    with sparql_server() as address:
        connection = http.client.HTTPConnection(address)
        update = f"{PREFIXES} INSERT DATA {{ {DATA} }}"
        kind = {"Content-Type": "application/sparql-update"}
        connection.request("POST", "/update", update, kind)
        assert connection.getresponse().status < 300
        connection.close()
        yield f"http://{address}/query"


@contextmanager
def through(server, trouble):
    """A proxy before it; ``trouble(number, body)`` gives (status, headers, body, length)."""
    seen = []

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append(dict(self.headers))
            target = urlsplit(server)
            connection = http.client.HTTPConnection(target.hostname, target.port)
            names = ("Accept", "Content-Type")
            connection.request("POST", target.path, asked, {n: self.headers[n] for n in names})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            status, headers, sent, length = trouble(len(seen), body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", answer.getheader("Content-Type"))
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{proxy.server_port}/query", seen
        finally:
            proxy.shutdown()
            thread.join()


def endpoint(url, **options):
    return Endpoint(url, pause=0, timeout=20, **options)


def france(world=WORLD):
    return world.find("France")[0].iri


def differences(server, world=WORLD, **options):
    return compare(world, endpoint(server, **options), france())


def test_differences_are_additions_and_closings_and_nothing_doubtful(server):
    found = {(d.action.value, d.holder_label): d for d in differences(server)}
    assert set(found) == {
        ("close", "Emmanuel Macron"), ("add", "Nemo Nautilus"), ("add", 'Ada "Quote" Byte')
    }  # fmt: skip
    macron = found["close", "Emmanuel Macron"]
    assert (macron.before, macron.end) == ("2017-05-14 to today", "2027-05-13")
    assert (macron.iri, macron.wikidata) == (WORLD.tenures_of(macron.holder)[-1].iri, "")
    assert found["add", 'Ada "Quote" Byte'].start == "2040-01"
    assert found["add", "Nemo Nautilus"].wikidata == "Q900"


def test_pages_of_any_size_give_the_same(server):
    assert differences(server, page=1) == differences(server, page=2) == differences(server)


def test_memberships_are_compared_too(server):
    (left,) = compare(WORLD, endpoint(server), WORLD.find("nato")[0].iri)
    assert (left.action, left.what_label, left.end) == (Action.CLOSE, "NATO", "2031-02-03")


def test_what_is_written_loads_as_an_overlay_and_leaves_nothing_to_say(server, tmp_path):
    own = tmp_path / "world.ttl"
    found = differences(server)
    overlay.apply(own, found, "test")
    world = load_world((own,))
    assert differences(server, world) == ()
    (nemo,) = world.find("Nemo Nautilus")
    assert nemo.wikidata == "Q900"
    assert (
        world.tenures_of(WORLD.find("Emmanuel Macron")[0].iri)[-1].end.isoformat() == "2027-05-13"
    )
    before = own.read_text("utf-8")
    overlay.apply(own, found, "test")
    assert own.read_text("utf-8") == before
    assert (tmp_path / "world.ttl.bak").read_text("utf-8") == before


def test_a_users_overlay_keeps_what_it_said_and_survives_what_cannot_be(server, tmp_path):
    own = tmp_path / "world.ttl"
    kept = "<https://w3id.org/transatlantic-kg/id/state/france> " + (
        '<http://www.w3.org/2004/02/skos/core#altLabel> "Hexagon"@en .\n'
    )
    own.write_text(kept, "utf-8")
    overlay.apply(own, differences(server), "test")
    assert load_world((own,)).find("Hexagon")[0].iri == france()
    own.write_text("broken", "utf-8")
    with pytest.raises(ReferenceDataError, match="not valid Turtle"):
        overlay.apply(own, differences(server), "test")
    assert own.read_text("utf-8") == "broken"
    with pytest.raises(UsageError):
        overlay.apply(tmp_path / "people.csv", differences(server), "test")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["world.ttl", "world.ttl.bak"]


def test_a_busy_server_is_asked_again_after_the_time_it_names(server):
    def busy(number, body):
        if number < 3:
            return (429, 503)[number - 1], {"Retry-After": "7"}, b"slow down", 9
        return 200, {}, body, len(body)

    waits = []
    with through(server, busy) as (url, seen):
        found = compare(WORLD, Endpoint(url, pause=0, sleep=waits.append), france())
    assert found == differences(server)
    assert waits[:2] == [7, 7]
    assert all(h["User-Agent"].startswith("transatlantic-kg/") for h in seen)


@pytest.mark.parametrize("promised", [True, False])
def test_an_answer_cut_off_half_way_changes_nothing(server, tmp_path, promised):
    def cut(number, body):
        half = body[: len(body) // 2]
        return 200, {}, half, len(body) if promised else len(half)

    with (
        through(server, cut) as (url, _),
        pytest.raises(SourceError, match="cut off") as caught,
    ):
        compare(WORLD, endpoint(url, attempts=2), france())
    assert "\n" not in caught.value.message
    assert caught.value.hint == "nothing was changed; try again later"


def test_a_server_that_refuses_is_not_pressed(server):
    with (
        through(server, lambda *_: (403, {}, b"go away", 7)) as (url, seen),
        pytest.raises(SourceError, match="answers 403: go away"),
    ):
        compare(WORLD, endpoint(url), france())
    assert len(seen) == 1


def test_the_command_shows_first_and_applies_on_demand(server, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_OVERLAY", raising=False)

    def kg(*words):
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["world", *words])
        captured = capsys.readouterr()
        return int(left.value.code or 0), captured.out, captured.err

    asked = ("update", "--endpoint", server, "--of", "france", "--pause", "0", "-f", "json")
    code, out, err = kg(*asked, "--out", "proposed.ttl")
    assert code == 0, err
    assert {row["action"] for row in json.loads(out)["rows"]} == {"add", "close"}
    assert load_world((Path("proposed.ttl"),)).find("Nemo Nautilus")
    assert kg(*asked, "--apply")[0] == 2  # whose overlay?
    Path("kg.toml").touch()
    assert kg(*asked, "--apply")[0] == 0
    code, out, _ = kg("show", "Nemo Nautilus", "--on", "2027-06-01", "-f", "json")
    assert json.loads(out)["rows"][0]["offices"][0]["office"] == OFFICE
    assert json.loads(kg(*asked)[1])["rows"] == []
