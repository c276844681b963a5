"""Quads that another engine wrote: whole files or nothing."""

from __future__ import annotations

import gzip

import pytest

import kg
from kg.errors import SourceError, UnreadableError
from kg.namespaces import ID

LINE = f'<{ID}x> <{ID}says> "a > b <c> .\\n" <{ID}document/1> .\n'


@pytest.fixture
def graph(tmp_path, new_store):
    with kg.open(new_store(tmp_path / "a.kg")) as opened:
        yield opened


def test_lines_go_into_their_graphs(tmp_path, graph):
    (tmp_path / "a.nq").write_text(LINE)
    assert graph.load([tmp_path / "a.nq"]).added == {f"{ID}document/1"}
    assert [quad.object.value for quad in graph.store.quads(f"{ID}document/1")] == ["a > b <c> .\n"]


@pytest.mark.parametrize(
    "line", ["nonsense\n", '<a> <b> "c" .\n', '<a> <b> "c" <http://elsewhere/> .\n', LINE[:-3]]
)
def test_a_line_that_is_no_quad_of_ours_loads_nothing(tmp_path, graph, line):
    (tmp_path / "a.nq").write_text(LINE + line)
    with pytest.raises(UnreadableError, match="no quad of ours"):
        graph.load([tmp_path])
    assert f"{ID}document/1" not in graph.store.graphs()


def test_a_file_cut_short_loads_nothing(tmp_path, graph):
    whole = gzip.compress(LINE.encode() * 1000, mtime=0)
    (tmp_path / "a.nq.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableError, match="cannot read"):
        graph.load([tmp_path / "a.nq.gz"])
    assert f"{ID}document/1" not in graph.store.graphs()


def test_a_folder_without_quads_is_an_error(tmp_path, graph):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="no N-Quads"):
        graph.load([tmp_path / "empty"])
