"""Reading on a cluster: the engine of ``kg ingest``, and ``kg load`` for what it wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import Table, format_option, note, overlay_option, overlays, show, store_option
from kg.workspace import open_graph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kg.workspace.finding import FeedOptions
    from kg.workspace.ingest import ReadOptions

__all__ = ["ingest_on_spark", "load"]


def ingest_on_spark(
    inputs: Sequence[str],
    *,
    shards: Path,
    master: str,
    base: Path,
    read_on: date,
    feeds: FeedOptions,
    options: ReadOptions,
    format_: str,
) -> int:
    """Read inputs on Spark into files, say what became of each, and give the exit code."""
    from kg.spark.job import write_shards  # noqa: PLC0415 - only with the engine spark
    from kg.spark.task import Settings  # noqa: PLC0415

    kept = {key: value for key, value in options.items() if key not in ("stdin", "jobs")}
    settings = Settings(base, read_on, kept, feeds, overlays())  # type: ignore[arg-type] # a subset
    written = write_shards(inputs, shards, settings, master)
    columns = {
        "name": "Input",
        "outcome": "Outcome",
        "events": "Events",
        "actors": "Actors",
        "problem": "Problem",
    }
    parameters = {"engine": "spark", "master": master, "shards": str(shards)}
    show(Table("ingest", written.reports, columns, parameters), format_)
    note(f"{written.quads} quads in {shards / 'quads'}; kg load {shards} takes them into a store.")
    return 1 if any(report["outcome"] == "failed" for report in written.reports) else 0


@click.command(epilog="Example:  kg load shards/ --store atlantic.kg")
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(path_type=Path)
)
@overlay_option
@store_option
@format_option
def load(paths: tuple[Path, ...], store: str, format_: str) -> None:
    """Load N-Quads that kg ingest --shards wrote; all of them, or none.

    Documents and feeds that the store knows already stay as they are.
    """
    with open_graph(store, write=True, overlays=overlays()) as graph:
        done = graph.load(paths)
    row = {"quads": done.quads, "added": len(done.added), "kept": len(done.kept)}
    columns = {"quads": "Quads added", "added": "Graphs added", "kept": "Graphs kept"}
    show(Table("load", [row], columns, {"store": store}), format_)
