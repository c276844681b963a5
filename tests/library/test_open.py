"""The library in the words of the command line."""

from __future__ import annotations

import pytest

import kg
from kg.errors import StoreError

TEXT = (
    "WASHINGTON, 12 March 2025 - The United States imposed tariffs on Canada on Tuesday. "
    "France condemned Russia.\n"
)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    return str(path)


def test_reading_asking_and_forgetting_need_one_object(tmp_path, new_store, article):
    with kg.open(new_store(tmp_path / "a.kg")) as graph:
        assert graph.rifts().dyads == ()
        (report,) = graph.ingest([article])
        assert report.events >= 1
        assert graph.rifts().dyads
        graph.forget(report.document)
        assert graph.rifts().dyads == ()


def test_asking_locks_nobody_out(tmp_path, new_store):
    place = new_store(tmp_path / "a.kg")
    with kg.open(place) as one, kg.open(place) as other:
        assert one.sources() == other.sources() == ()


def test_a_graph_of_the_past_is_for_reading(tmp_path, new_store, article):
    from datetime import date

    with (
        kg.open(new_store(tmp_path / "a.kg"), known_on=date(2020, 1, 1)) as graph,
        pytest.raises(StoreError, match="for reading only"),
    ):
        list(graph.ingest([article]))


def test_a_table_goes_into_frames_and_networks(tmp_path, new_store, article):
    with kg.open(new_store(tmp_path / "a.kg")) as graph:
        list(graph.ingest([article]))
        table = graph.rifts()
        frame = table.to_polars()
        assert frame["a"].to_list() == [row["a"] for row in table.records()]
        assert frame["confrontations"].sum() == sum(d.confrontations for d in table.dyads)
        network = table.to_networkx()
        assert network.number_of_edges() == frame.height
        assert {"balance", "quote"} <= set(next(iter(network.edges(data=True)))[2])


def test_a_table_goes_into_pandas(tmp_path, new_store, article):
    pytest.importorskip("pandas")
    with kg.open(new_store(tmp_path / "a.kg")) as graph:
        list(graph.ingest([article]))
        assert list(graph.alliances().to_pandas().columns) == []
        assert {"a", "b", "balance"} <= set(graph.rifts().to_pandas().columns)
