"""The engines that tests/benchmarks/run.py compares say the same of the same rows."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import pytest

from kg.feeds import Tally, feed_files
from kg.reference.world import load_world

pytest.importorskip("duckdb")
sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import run
from feeds import morph, steps
from feeds.rows import write_rows

from queries import analyses, triples


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("benchmark")
    write_rows(path / "rows.export.CSV", 120)
    steps.ours(path)
    return path


@pytest.fixture(scope="module")
def said(folder):
    return {engine: run.answers(engine, folder / "ours.kg", 60, {}) for engine in analyses.ENGINES}


def test_every_engine_answers_all_eight_analyses_alike(said, capsys):
    for engine in analyses.ENGINES:
        assert all("rows" in said[engine][name] for name in analyses.DUCK), (engine, said[engine])
        assert min(said[engine][name]["rows"] for name in analyses.DUCK) > 0
    analyses.report(120, said, {})
    assert "- all answers agree" in capsys.readouterr().out


def test_an_engine_that_says_something_else_is_noticed(said, capsys):
    other = said | {"rdflib": said["rdflib"] | {"one bloc": {"cpu": 1.0, "rows": 1, "total": 0.5}}}
    analyses.report(120, other, {})
    assert "ANSWERS DIFFER: one bloc" in capsys.readouterr().out


def test_what_takes_too_long_is_a_dash_with_its_reason(said, capsys):
    late = {"why": "over 1 s", "peak": 5.0}
    analyses.report(120, said | {"sparql": said["sparql"] | {"ego network": late}}, {})
    out = capsys.readouterr().out
    assert "- sparql: ego network over 1 s" in out
    (line,) = [line for line in out.splitlines() if line.startswith("| ego network")]
    assert line.split(" | ")[3] == "-"


def test_a_query_out_of_time_is_ended():
    def endless():
        while True:
            pass

    assert triples._forked(endless, 0.2)["why"] == "over 0 s"


def test_what_cannot_end_in_time_is_not_asked_at_a_larger_size():
    small = {name: {"cpu": 0.1} for name in analyses.DUCK}
    small |= {"one bloc": {"cpu": 7.0}, "ego network": {"why": "over 60 s"}}
    assert analyses.hopeless(small, 10, 100, 60) == {
        "one bloc": "not asked: 7.0 s at 10 rows",
        "ego network": "not asked: over 60 s at 10 rows already",
    }


def test_the_columns_without_a_store_are_those_beside_one(folder, said):
    steps.view(folder)
    alone = analyses.columns(next((folder / "view.kg" / "columns").glob("all-realised.*")))
    for name in analyses.DUCK:
        assert alone[name]["rows"] == said["columns"][name]["rows"]
        assert alone[name]["total"] == pytest.approx(said["columns"][name]["total"])


def test_the_table_for_morph_kgc_holds_every_coded_row(folder):
    morph.write_table(folder)
    (file,) = feed_files(folder / "rows.export.CSV")
    coded = sum(batch.height for batch in file.batches(load_world(), Tally()))
    table = pl.read_csv(folder / "table.csv", infer_schema=False)
    assert table.height == coded > 100
    assert table["actor_side"].null_count() == table["event"].null_count() == 0
    rules = (folder / "mapping.ttl").read_text()
    assert all(f'rml:reference "{name}"' in rules for name in table.columns if name != "node")
