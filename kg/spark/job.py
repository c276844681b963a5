"""The driver: share out the files, keep one copy of each document, write quads, ties and dyads."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError, UsageError
from kg.reference.world import load_world
from kg.sources import named_files
from kg.workspace.finding import find_feeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.spark.task import Settings

__all__ = ["Written", "write_shards"]

_TOGETHER = ("gdelt", "mentions", "gkg")  # kinds whose files refer to one another
_SLICES = 4  # items in hand for each core, so that all finish at about the same time


@dataclass(frozen=True, slots=True)
class Written:
    """What a job wrote.

    Attributes:
        reports: one for each document, feed or failed input, as ``kg ingest -f json`` says it.
        quads: number of quads.
        dyads: number of rows of ``dyads``.
    """

    reports: tuple[dict[str, Any], ...]
    quads: int
    dyads: int


def write_shards(
    inputs: Sequence[str], folder: Path, settings: Settings, master: str = "local[*]"
) -> Written:
    """Read inputs on a Spark cluster and write the graph as files.

        folder/quads/part-*.txt.gz     N-Quads of the named graphs, each document once
        folder/ties/part-*.parquet     a row for each event, document and pair (``task.TIES``)
        folder/dyads/part-*.parquet    pairs by level and month: numbers, conflict, cooperation

    A task that fails is tried again by Spark, and what it wrote before does not count: parts are
    committed when their task ends. Files that are read in one process stay together: all of GDELT
    when its mentions or pages are among them.

    Args:
        inputs: files, folders, patterns and addresses that every worker can reach.
        folder: where to write, reachable by every worker, too; must not exist yet.
        settings: how to read.
        master: Spark's name for the cluster, such as "local[4]" or "spark://host:7077".

    Raises:
        UsageError: Spark or Java is missing, the folder exists, or standard input is to be read.
        StoreError: the job failed.
    """
    if "-" in inputs:
        raise UsageError("workers cannot read standard input", "save it to a file first")
    if folder.exists():
        raise UsageError(f"{folder} exists", "name a folder that does not")
    items = list(_items(inputs, settings))
    session = _session(master)
    try:
        return _run(session, items, folder, settings)
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        if type(error).__module__.startswith(("pyspark", "py4j")):
            line = str(error).strip().splitlines()[-1]
            raise StoreError(f"the Spark job failed: {line}") from error
        raise
    finally:
        session.stop()


def _items(inputs: Sequence[str], settings: Settings) -> Iterator[tuple[int, list[str]]]:
    """Numbered groups of files; a document that comes twice belongs to the first."""
    found = find_feeds(inputs, lambda: load_world(settings.overlays), settings.feeds)
    paths: dict[str, list[str]] = {}
    for feed in found.feeds:
        paths.setdefault(str(feed.part.path), []).append(feed.kind)
    linked = [path for path, kinds in paths.items() if any(k.startswith(_TOGETHER) for k in kinds)]
    helpers = any(kind in ("gkg", "mentions") for kinds in paths.values() for kind in kinds)
    groups = [linked] if helpers else [[path] for path in linked]
    groups += [[path] for path in paths if path not in linked]
    groups += [[path] for path in dict.fromkeys(named_files(found.documents))]
    groups += [[problem.name] for problem in found.problems]
    yield from enumerate(group for group in groups if group)


def _session(master: str) -> Any:
    try:
        sql = import_module("pyspark.sql")
        import_module("pyarrow")
    except ImportError as error:
        hint = "pip install 'transatlantic-kg[spark]'"
        raise UsageError("the engine spark needs pyspark, which is not installed", hint) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        session = (
            sql.SparkSession.builder.master(master)
            .appName("transatlantic-kg")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower())
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
            .getOrCreate()
        )
    except Exception as error:
        hint = "is Java 17 or newer installed, and the master's name right?"
        raise UsageError(f"Spark does not start with master {master}", hint) from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def _run(
    session: Any, items: list[tuple[int, list[str]]], folder: Path, settings: Settings
) -> Written:
    from kg.spark.task import ITEMS, PARTS, parts  # noqa: PLC0415 - needs pyarrow

    schema = import_module("pyspark.sql.pandas.types").from_arrow_schema(PARTS)
    slices = max(1, min(len(items), session.sparkContext.defaultParallelism * _SLICES))
    given = session.createDataFrame(items, ITEMS).repartition(slices, "item")
    staged = str(folder / "staged")
    given.mapInArrow(partial(parts, settings=settings), schema).write.parquet(staged)
    read = session.read.parquet(staged)
    owned = _owned(read)
    quads = owned.where("quads IS NOT NULL").select("quads")
    quads.write.option("compression", "gzip").text(str(folder / "quads"))
    ties = owned.where("level IS NOT NULL").drop("item", "report", "quads")
    ties.write.parquet(str(folder / "ties"))
    dyads = _dyads(session.read.parquet(str(folder / "ties")))
    dyads.write.parquet(str(folder / "dyads"))
    lines = session.read.text(str(folder / "quads")).count()
    written = Written(_reports(read), lines, session.read.parquet(str(folder / "dyads")).count())
    shutil.rmtree(staged)
    return written


def _owned(read: Any) -> Any:
    """The rows of each document as its first item read them."""
    owners = read.where("quads IS NOT NULL").groupBy("document").agg({"item": "min"})
    return read.join(owners, "document").where("item = `min(item)`").drop("min(item)")


def _dyads(ties: Any) -> Any:
    """Pairs by level and month; an event that several documents tell counts once, as the surest."""
    best = ties.groupBy("level", "a", "b", "event").agg(
        *(_as(f"first({name})", name) for name in ("day", "sign", "intensity")),
        _as("max(confidence)", "confidence"),
    )
    weight = "abs(intensity) * confidence"
    return (
        best.selectExpr("*", "date_format(day, 'yyyy-MM') AS month")
        .groupBy("level", "a", "b", "month")
        .agg(
            _as("count_if(sign < 0)", "confrontations"),
            _as("count_if(sign > 0)", "cooperations"),
            _as("count_if(sign = 0)", "consultations"),
            _as(f"sum(CASE WHEN sign < 0 THEN {weight} ELSE 0D END)", "conflict"),
            _as(f"sum(CASE WHEN sign > 0 THEN {weight} ELSE 0D END)", "cooperation"),
        )
    )


def _as(expression: str, name: str) -> Any:
    return import_module("pyspark.sql.functions").expr(expression).alias(name)


def _reports(read: Any) -> tuple[dict[str, Any], ...]:
    """In the order of the items; a document that an earlier item read is unchanged."""
    rows = read.where("report IS NOT NULL").select("item", "document", "report").collect()
    seen: set[str] = set()
    reports = []
    for row in sorted(rows, key=lambda row: (row["item"], row["report"])):
        report = json.loads(row["report"])
        if row["document"] and row["document"] in seen:
            report |= {"outcome": "unchanged", "events": 0, "actors": 0}
        seen.add(row["document"])
        reports.append(report)
    return tuple(reports)
