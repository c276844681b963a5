from __future__ import annotations

import io
import json
import random
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.views.html import html_page, layout, write_html
from kg.views.html.layout import positions
from kg.views.html.page import json_block
from kg.views.html.payload import display_label, payload, short_keys
from kg.views.model import AtlasView, EventView, NodeView, Sides


class Tags(HTMLParser):
    """Every start tag with its attributes, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page)
    return parser.found


def test_hostile_text_adds_no_element_and_no_attribute(samples):
    calm = AtlasView("calm", samples.NODES, (), (("a", "b"),), "calm")
    # The policy names hashes of our own files, so even it is the same.
    assert tags(html_page(samples.hostile())) == tags(html_page(calm))


def test_the_page_refers_to_nothing_outside_itself(samples):
    for tag, attributes in tags(html_page(samples.small())):
        assert "src" not in attributes, tag
        assert (attributes.get("href") or "#").startswith(("#", "data:")), tag


def test_the_policy_forbids_connections_and_foreign_scripts(samples):
    (policy,) = re.findall(
        r'Content-Security-Policy" content="([^"]+)"', html_page(samples.small())
    )
    policy = policy.replace("&#39;", "'")
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy


def test_equal_views_give_equal_pages_whatever_the_order(samples):
    view = samples.small()
    turned = AtlasView(
        view.title, view.nodes[::-1], view.events[::-1], view.generated_from, view.subtitle
    )
    assert html_page(view) == html_page(turned)


def test_a_page_can_be_written_to_a_path_and_to_a_stream(samples, tmp_path):
    stream = io.StringIO()
    write_html(samples.hostile(), stream)
    write_html(samples.hostile(), tmp_path / "a.html")
    assert (tmp_path / "a.html").read_bytes().decode("utf-8") == stream.getvalue()
    with pytest.raises(SourceError, match="cannot write"):
        write_html(samples.small(), tmp_path / "missing" / "a.html")


def test_an_empty_view_gives_a_page():
    assert "<title>Nothing yet</title>" in html_page(AtlasView("Nothing yet", (), ()))


@settings(deadline=None)  # the first example pays for imports
@given(st.recursive(st.text() | st.floats(allow_nan=False), st.lists))
def test_a_json_block_holds_the_value_and_no_markup(value):
    block = str(json_block(value))
    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block) == value


def test_pairs_know_their_events_by_direction(samples):
    packed = payload(samples.small())
    keys = [row[0] for row in packed.data["actors"]]
    polity = packed.data["levels"].index("polity")
    edges = {
        (keys[edge["from"]], keys[edge["to"]]): edge
        for edge in packed.edges
        if edge["level"] == polity
    }
    events = [(row[6], row[3]) for row in packed.data["events"]]  # date, sign
    clash = edges["eu", "us"]
    told = sorted(events[index][0] for index in clash["out"])
    assert told == ["", "2025-11", "2026-01-10", "2026-02-14", "2026-03-01"]
    assert (clash["back"], clash["both"]) == ([], [])
    meeting = edges["france", "ukraine"]
    assert [events[index][1] for index in meeting["both"]] == [0]


def test_a_word_that_occurs_often_stands_once_in_the_page(samples):
    page = html_page(samples.large(actors=20, events=300))
    assert page.count("criticise") <= 2
    assert page.count("A spokesman") == 1


def test_nodes_carry_no_title_that_pyvis_could_turn_into_markup(samples):
    assert not [node for node in payload(samples.hostile()).nodes if "title" in node]


def test_short_keys_are_unique_and_fit_for_an_address():
    ids = ["https://x/id/state/us", "https://y/us", "https://x/id/bloc/eu", "n7", "a b", "ü"]
    keys = short_keys(ids)
    assert keys == ["n0", "n1", "eu", "n3", "n4", "n5"]


def test_labels_on_the_canvas_are_short_and_free_of_controls():
    assert display_label("a\u202eb\x00c\ud800") == "abc"
    assert len(display_label("x" * 10_000)) == 26


def test_an_event_cannot_name_somebody_who_is_not_there():
    lonely = EventView("e", "warn", "threaten", -1, -4, Sides(("a",), ("b",)))
    with pytest.raises(ValueError, match="unknown node: b"):
        AtlasView("", (NodeView("a", "A", "state"),), (lonely,))


def test_layout_is_repeatable_and_keeps_nodes_apart():
    edges = [(0, n, 1.0) for n in range(1, 30)] + [(n, n + 1, 2.0) for n in range(1, 29, 3)]
    first = positions(40, edges)
    assert first == positions(40, edges)
    assert len(set(first)) == 40
    assert max(max(abs(x), abs(y)) for x, y in first) < 3000
    assert positions(0, []) == []
    assert positions(1, []) == [(0, 0)]


def test_neighbours_lie_closer_than_strangers():
    edges = [(a, b, 1.0) for a in range(5) for b in range(a)]
    edges += [(a, b, 1.0) for a in range(5, 10) for b in range(5, a)]
    spots = positions(10, [*edges, (0, 5, 1.0)])

    def gap(a, b):
        return ((spots[a][0] - spots[b][0]) ** 2 + (spots[a][1] - spots[b][1]) ** 2) ** 0.5

    within = [gap(a, b) for a, b, _ in edges]
    across = [gap(a, b) for a in range(1, 5) for b in range(6, 10)]
    assert 1.5 * sum(within) / len(within) < sum(across) / len(across)


def test_the_mesh_pushes_as_the_sum_over_all_pairs_does():
    dice = np.random.default_rng(1)
    place, mass = dice.uniform(-100, 100, (900, 2)), dice.integers(1, 6, 900).astype(float)
    exact, fast = layout._push(place, mass), layout._Mesh().push(place, mass)
    error = np.linalg.norm(fast - exact, axis=1) / np.linalg.norm(exact, axis=1)
    assert np.median(error) < 0.05


def test_twenty_thousand_nodes_find_their_communities():
    dice = random.Random(2)
    edges = [(n, (n + 20 * dice.randrange(1, 100)) % 20_000, 1.0) for n in range(20_000)] * 2
    spots = np.array(positions(20_000, edges, rounds=60))
    assert len({tuple(spot) for spot in spots.tolist()}) > 19_000
    assert np.array_equal(spots, positions(20_000, edges, rounds=60))
    within = np.linalg.norm(spots - spots[[b for _, b, _ in edges[:20_000]]], axis=1)
    anybody = np.linalg.norm(spots - np.roll(spots, 7, axis=0), axis=1)
    assert np.median(within) < 0.6 * np.median(anybody)
