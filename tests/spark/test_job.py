"""Spark gives what one process gives: same quads, each document once, whatever fails on the way."""

from __future__ import annotations

import gzip
import io
import shutil
import textwrap
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

import kg
from kg.errors import UsageError
from kg.namespaces import graph_iri
from kg.workspace import open_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("pyspark", reason="needs pyspark: pip install 'transatlantic-kg[spark]'")
if shutil.which("java") is None:
    pytest.skip("needs Java 17 or newer", allow_module_level=True)

from kg.spark.job import Written, write_shards
from kg.spark.task import Settings

DAY = date(2026, 1, 2)
CLUSTER = "local-cluster[2,1,1024]"
HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two reports, a copy of one of them, a feed, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "one.txt").write_text("March 12, 2025\n\nFrance condemned Russia in Paris.\n")
    (folder / "two.md").write_text("---\ndate: 2025-03-13\n---\n\nGermany criticised Hungary.\n")
    (folder / "copy.txt").write_bytes((folder / "one.txt").read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing more")
    rows = [
        f"{n}\t2018-06-01\tUnited States\t\tUnited States\tImpose embargo, boycott, or sanctions\t"
        f"163\t-8.0\t{name}\t\t{name}\t{n}\t1\tNews\t\t\t\t{name}\t\t"
        for n, name in enumerate(("Canada", "Mexico", "Canada"))
    ]
    (folder / "icews.tab").write_text("\n".join((HEADER, *rows)) + "\n")
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    """Where both stores would lie: sources are named relative to it."""
    return tmp_path_factory.mktemp("base")


@pytest.fixture(scope="module")
def alone(folder: Path, base: Path) -> list[str]:
    """What one process makes of it, as N-Quads."""
    with open_graph(base / "a.kg", write=True) as graph:
        list(graph.ingest([str(folder)], read_on=DAY))
        out = io.BytesIO()
        graph.store.dump(out, "nquads")
    background = tuple(f"<{graph_iri(name)}> ." for name in ("ontology", "reference"))
    return [line for line in out.getvalue().decode().splitlines() if not line.endswith(background)]


@pytest.fixture(scope="module")
def mark(tmp_path_factory) -> Iterator[Path]:
    """Workers load a hook: the first one that has read a file dies before it can say so."""
    hook = tmp_path_factory.mktemp("hook")
    (hook / "sitecustomize.py").write_text(
        textwrap.dedent(f"""
            import os, sys
            if "pyspark.daemon" in sys.orig_argv:
                import kg.spark.task as task
                read = task._read
                def dying(item, inputs, settings):
                    yield from read(item, inputs, settings)
                    try:
                        os.close(os.open({str(hook / "died")!r}, os.O_CREAT | os.O_EXCL))
                    except FileExistsError:
                        return
                    os._exit(1)
                task._read = dying
        """)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(hook))
        yield hook / "died"


@pytest.fixture(scope="module")
def shards(folder: Path, base: Path, mark: Path, tmp_path_factory) -> tuple[Path, Written]:
    out = tmp_path_factory.mktemp("out") / "shards"
    return out, write_shards([str(folder)], out, Settings(base, DAY), CLUSTER)


def test_two_workers_write_what_one_process_writes_though_one_dies(shards, alone, mark):
    out, done = shards
    texts = [gzip.decompress(path.read_bytes()).decode() for path in out.glob("quads/*.gz")]
    assert sorted(line for text in texts for line in text.splitlines()) == sorted(alone)
    assert done.quads == len(alone)
    assert mark.exists()
    assert not (out / "staged").exists()


def test_each_input_is_reported_and_a_copy_changes_nothing(shards):
    outcomes = {Path(report["name"]).name: report["outcome"] for report in shards[1].reports}
    assert outcomes["broken.pdf"] == "failed"
    assert sorted((outcomes["one.txt"], outcomes["copy.txt"])) == ["added", "unchanged"]


def test_dyads_count_an_event_once(shards):
    table = pl.read_parquet(shards[0] / "dyads" / "*.parquet").filter(pl.col("level") == "polity")
    found = {
        (Path(row["a"]).name, Path(row["b"]).name, row["month"]): row["confrontations"]
        for row in table.to_dicts()
    }
    assert found == {
        ("canada", "us", "2018-06"): 1,
        ("mexico", "us", "2018-06"): 1,
        ("france", "russia", None): 1,  # its day is not told
        ("germany", "hungary", None): 1,
    }


def test_what_cannot_work_is_said_at_once(folder, tmp_path):
    with pytest.raises(UsageError, match="standard input"):
        write_shards(["-"], tmp_path / "new", Settings(tmp_path, DAY))
    with pytest.raises(UsageError, match="exists"):
        write_shards([str(folder)], tmp_path, Settings(tmp_path, DAY))


def test_a_store_takes_the_shards_whole_and_only_once(shards, alone, base):
    with kg.open(base / "loaded.kg") as graph:
        first, again = graph.load([shards[0]]), graph.load([shards[0]])
        assert (first.quads, again.quads) == (len(alone), 0)
        assert again.kept == first.added
        out = io.BytesIO()
        graph.store.dump(out, "nquads")
        assert set(alone) <= set(out.getvalue().decode().splitlines())
        assert graph.rifts().dyads
