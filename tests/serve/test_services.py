"""The reconciliation service as OpenRefine asks it, and the feed as a reader does."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import feedparser
import lxml.etree
import pytest

FORM = "application/x-www-form-urlencoded"
ATOM = "{http://www.w3.org/2005/Atom}"


def reconcile(server, queries, method="POST"):
    fields = urlencode({"queries": json.dumps(queries)})
    if method == "GET":
        said = server.ask(f"/reconcile?{fields}")
    else:
        said = server.ask("/reconcile", "POST", fields, Content_Type=FORM)
    assert said.status == 200, said.text
    return json.loads(said.body)


def test_the_manifest_says_all_that_version_0_2_requires(server):
    said = server.ask("/reconcile")
    manifest = json.loads(said.body)
    assert said.type == "application/json"
    assert manifest["versions"] == ["0.2"]
    assert manifest["name"]
    assert manifest["identifierSpace"].startswith("https://")
    assert manifest["schemaSpace"].startswith("https://")
    assert "{{id}}" in manifest["view"]["url"]
    assert {"url", "width", "height"} <= manifest["preview"].keys()
    for service in manifest["suggest"].values():
        path = service["service_path"] + "?prefix=o"
        assert service["service_url"] == server.origin
        assert json.loads(server.ask(path).body)["result"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_batch_is_answered_query_by_query(server, method):
    found = reconcile(
        server,
        {
            "q0": {"query": "Kaja Kallas"},
            "q1": {"query": "emmanuel macron", "type": "person", "limit": 3},
            "q2": {"query": "Xyzzy Plugh of Nowhere"},
        },
        method,
    )
    assert list(found) == ["q0", "q1", "q2"]
    first = found["q0"]["result"][0]
    assert first["id"] == "person/kaja-kallas"
    assert first["match"] is True
    assert first["score"] == 100
    assert first["type"] == [{"id": "person", "name": "Person"}]
    assert found["q1"]["result"][0]["id"] == "person/emmanuel-macron"
    assert len(found["q1"]["result"]) <= 3
    assert not any(candidate["match"] for candidate in found["q2"]["result"])


@pytest.mark.parametrize(("text", "identifier"), [
    ("USA", "state/us"), ("Q30", "state/us"), ("state/us", "state/us"), ("FRA", "state/france"),
    ("the EU", "bloc/eu"), ("Kallas, Kaja", "person/kaja-kallas"),
    ("Emanuel Macron", "person/emmanuel-macron"),
    ("Max Rubio", "person/max-rubio"),
])  # fmt: skip
def test_codes_spellings_orders_and_newcomers_are_found(server, text, identifier):
    rows = reconcile(server, {"q": {"query": text}})["q"]["result"]
    assert identifier in rows[0]["id"] or rows[0]["name"] == text


def test_types_and_properties_narrow_and_weigh(server):
    rows = reconcile(server, {"q": {"query": "Georgia", "type": "person"}})["q"]["result"]
    assert all(row["type"][0]["id"] == "person" for row in rows)
    query = {"query": "France", "properties": [{"pid": "iso3", "v": "DEU"}]}
    (row,) = [
        r for r in reconcile(server, {"q": query})["q"]["result"] if r["id"] == "state/france"
    ]
    assert row["score"] == 50
    assert not row["match"]
    query["properties"] = [{"pid": "iso3", "v": {"id": "FRA", "name": "FRA"}}]
    assert reconcile(server, {"q": query})["q"]["result"][0]["match"]


def test_a_table_is_extended_with_offices_of_a_day(server):
    asked = {
        "ids": ["person/angela-merkel", "state/uk", "person/nobody"],
        "properties": [
            {"id": "office", "settings": {"on": "2015-06-01"}},
            {"id": "bloc", "settings": {"on": "2015-06-01"}},
            {"id": "iso3"},
        ],
    }
    said = server.ask(
        "/reconcile", "POST", urlencode({"extend": json.dumps(asked)}), Content_Type=FORM
    )
    found = json.loads(said.body)
    assert [meta["id"] for meta in found["meta"]] == ["office", "bloc", "iso3"]
    rows = found["rows"]
    assert "Chancellor" in rows["person/angela-merkel"]["office"][0]["str"]
    assert {"id": "bloc/eu", "name": "European Union"} in rows["state/uk"]["bloc"]
    assert rows["state/uk"]["iso3"] == [{"str": "GBR"}]
    assert rows["person/nobody"] == {"office": [], "bloc": [], "iso3": []}
    proposed = json.loads(server.ask("/reconcile/properties?type=person&limit=2").body)
    assert proposed["type"] == "person"
    assert len(proposed["properties"]) == 2


def test_a_preview_can_be_framed_only_by_those_who_were_named(server):
    said = server.ask("/reconcile/preview?id=person/kaja-kallas")
    assert said.status == 200
    assert "Kaja Kallas" in said.text
    assert "frame-ancestors 'self'" in said.headers["content-security-policy"]
    assert server.ask("/reconcile/preview?id=person/nobody").status == 404


@pytest.mark.parametrize("fields", [
    {"queries": "{"}, {"queries": "[]"}, {"queries": '{"q": 1}'},
    {"queries": '{"q": {"query": 1}}'},
    {"queries": '{"q": {"query": "x", "limit": "many"}}'}, {"extend": "7"},
    {"extend": '{"ids": [], "properties": [{"id": "shoe-size"}]}'}, {"queries": "[" * 100_000},
])  # fmt: skip
def test_400_for_what_is_no_request_of_the_service(server, fields):
    said = server.ask("/reconcile", "POST", urlencode(fields), Content_Type=FORM)
    assert said.status == 400


def test_batches_are_bounded_and_jsonp_is_not_spoken(server):
    many = {f"q{n}": {"query": "x"} for n in range(51)}
    said = server.ask(f"/reconcile?{urlencode({'queries': json.dumps(many)})}")
    assert said.status == 413
    called = server.ask("/reconcile?callback=steal")
    assert called.type == "application/json"
    assert not called.text.startswith("steal")


def test_the_feed_is_valid_atom_with_stable_identifiers(server):
    said = server.ask("/feed.atom")
    assert (said.status, said.type) == (200, "application/atom+xml")
    root = lxml.etree.fromstring(said.body)
    assert root.tag == f"{ATOM}feed"
    for holder in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(holder.findall(f"{ATOM}{name}")) == 1
    identifiers = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(identifiers)) == len(identifiers) == 6
    assert all(one.startswith("https://w3id.org/transatlantic-kg/id/event/") for one in identifiers)
    assert server.ask("/feed.atom").body == said.body
    parsed = feedparser.parse(said.body)
    assert parsed.bozo == 0
    assert parsed.entries[0].updated == parsed.feed.updated == "2026-03-05T00:00:00Z"
    assert parsed.entries[0].title.startswith("United States → Germany")
    assert server.page(parsed.entries[0].link.removeprefix(server.origin)).status == 200


def test_feed_links_go_to_the_name_the_reader_used(server):
    said = server.ask("/feed.atom", Host=f"localhost:{server.port}")
    assert f"http://localhost:{server.port}/event?id=" in said.text
    assert quote("<") not in said.text
