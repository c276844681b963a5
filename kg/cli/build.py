"""Commands that change or check a store: ingest, forget, check."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from kg.cli.output import (
    Table,
    complain,
    format_option,
    note,
    overlay_option,
    overlays,
    show,
    store_option,
)
from kg.cli.reports import ingest_table, tell_rejects, watched
from kg.cli.values import DATE, PARTIAL_DATE, UNTIL
from kg.documents.draft import Stated
from kg.workspace import open_graph
from kg.workspace.ingest import Outcome, ReadOptions

if TYPE_CHECKING:
    from kg.records import PartialDate
    from kg.workspace.finding import FeedOptions

__all__ = ["check", "forget", "ingest"]

VALIDATION_FAILED = 3
FEEDS = ("gdelt1", "gdelt2", "gdelt-renamed", "mentions", "gkg", "icews", "polecat",
         "un-votes", "un-issues", "un-rollcalls")  # fmt: skip
"""As ``kg.feeds.KINDS``, which would take half a second to import for ``--help``."""


@click.command(
    epilog="Examples:  kg ingest article.txt 'notes/*.md' pages/  |  curl -s URL | kg ingest -  |  "
    "kg ingest 20250221.export.CSV.zip --only us,eu"
)
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|PATTERN|URL|-...")
@click.option("--date", "published", type=PARTIAL_DATE, help="Publication date of all inputs.")
@click.option("--title", default="", help="Title of all inputs.")
@click.option("--outlet", default="", help="Who published them.")
@click.option("--author", default="", help="Who wrote them.")
@click.option("--language", default="", help="Their language, such as en or de.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="For tables of articles: which column is text, title, date, outlet, url …",
)
@click.option(
    "--library",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A BibTeX or CSL-JSON file with what is known about the files.",
)
@click.option("--follow", is_flag=True, help="For feeds: read the page behind each entry.")
@click.option("--allow-private", is_flag=True, help="Also read addresses of one's own network.")
@click.option(
    "--max-size",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="Largest document, in MB.",
)
@click.option("--feed", "kind", type=click.Choice(FEEDS), help="Take the files for this feed.")
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take the files for event tables with the columns this TOML file describes.",
)
@click.option(
    "--only", default="", metavar="NAMES", help='Of feeds, only rows with one of: "us,eu,nato".'
)
@click.option("--since", type=DATE, help="Of feeds, only rows from this day on.")
@click.option("--until", type=UNTIL, help="Of feeds, only rows up to this day.")
@click.option("--root-only", is_flag=True, help="Of GDELT, only what the lead of a report tells.")
@click.option(
    "--private", is_flag=True, help="Of feeds, count citizens, business, media … for their country."
)
@click.option(
    "--rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where rows of feeds go that cannot be read.  [default: beside the store]",
)
@click.option("--read-on", type=DATE, help="Day to record as the day of reading.  [default: today]")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=1, show_default=True,
              help="Processes to read with.")  # fmt: skip
@click.option(
    "--engine",
    type=click.Choice(("local", "spark")),
    default="local",
    show_default=True,
    help="Where to read: here, or on an Apache Spark cluster.",
)
@click.option("--master", default="local[*]", show_default=True, help="Spark's cluster.")
@click.option(
    "--shards", type=click.Path(path_type=Path), help="Folder Spark writes to; see kg load."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress bar.")
@overlay_option
@store_option
@format_option
def ingest(**given: Unpack[Given]) -> int:
    """Read documents and event feeds: files, folders, patterns, addresses, or "-" for stdin.

    A document that is there already is left alone; an edited one replaces its own share. One
    that cannot be read is reported, and the others are read all the same (exit code 1). Tables
    of GDELT, ICEWS, POLECAT and votes in the United Nations are known by their columns.
    """
    options = _options(given)
    if given["engine"] == "spark":
        return _on_spark(given, options)
    with (
        open_graph(given["store"], write=True, overlays=overlays()) as graph,
        watched(given["quiet"]) as watch,
    ):
        read_on = given["read_on"] or _source_date()
        feeds = _feed_options(given)
        if watch:
            feeds["progress"] = watch.rows
        reports = graph.ingest(given["inputs"], read_on=read_on, feeds=feeds, **options)
        done = list(watch.documents(reports) if watch else reports)
    show(ingest_table(done, given["store"]), given["format_"])
    for report in done:
        tell_rejects(report, given["format_"])
    failed = [report for report in done if report.outcome is Outcome.FAILED]
    for report in failed:
        assert report.problem is not None
        complain(report.problem.message, report.problem.hint)
    return 1 if failed else 0


class Given(TypedDict):
    """The options of ``kg ingest`` as click hands them over."""

    inputs: tuple[str, ...]
    published: PartialDate | None
    title: str
    outlet: str
    author: str
    language: str
    columns: tuple[str, ...]
    library: Path | None
    follow: bool
    allow_private: bool
    max_size: int
    kind: str | None
    mapping: Path | None
    only: str
    since: date | None
    until: date | None
    root_only: bool
    private: bool
    rejects: Path | None
    read_on: date | None
    jobs: int
    engine: str
    master: str
    shards: Path | None
    quiet: bool
    store: str
    format_: str


def _options(given: Given) -> ReadOptions:
    columns = {}
    for column in given["columns"]:
        field, equals, name = column.partition("=")
        if not equals:
            raise click.UsageError(f"--column takes FIELD=NAME, not {column!r}")
        columns[field] = name
    stated = Stated(
        published=given["published"],
        title=given["title"],
        outlet=given["outlet"],
        author=given["author"],
        language=given["language"],
        columns=columns,
        follow=given["follow"],
        allow_private=given["allow_private"],
    )
    return ReadOptions(
        stdin=sys.stdin.buffer,
        stated=stated,
        library=given["library"],
        max_bytes=given["max_size"] * 1024 * 1024,
        jobs=given["jobs"],
    )


def _on_spark(given: Given, options: ReadOptions) -> int:
    from kg.cli.shards import ingest_on_spark  # noqa: PLC0415 - only with the engine spark

    if given["shards"] is None:
        raise click.UsageError("--engine spark needs --shards FOLDER to write to")
    return ingest_on_spark(
        given["inputs"],
        shards=given["shards"],
        master=given["master"],
        base=Path(given["store"]).absolute().parent,
        read_on=given["read_on"] or _source_date() or date.today(),
        feeds=_feed_options(given),
        options=options,
        format_=given["format_"],
    )


def _source_date() -> date | None:
    """The day reproducible builds ask for: https://reproducible-builds.org/specs/source-date-epoch."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else None


def _feed_options(given: Given) -> FeedOptions:
    if given["kind"] and given["mapping"]:
        raise click.UsageError("--feed and --map exclude each other")
    return {
        "kind": given["kind"] or "",
        "mapping": given["mapping"],
        "only": given["only"],
        "since": given["since"],
        "until": given["until"],
        "root_only": given["root_only"],
        "private": given["private"],
        "rejects": given["rejects"],
    }


@click.command(epilog="Example:  kg forget article.txt")
@click.argument("document", metavar="DOCUMENT")
@store_option
@format_option
def forget(document: str, store: str, format_: str) -> None:
    """Remove a document (by id, path or title) and exactly its share of the graph."""
    with open_graph(store, write=True, overlays=overlays()) as graph:
        row = graph.forget(document)
    shown = {"document": row.id, "source": row.source, "title": row.title, "events": row.events}
    columns = {"document": "Forgotten", "source": "Source", "title": "Title", "events": "Events"}
    show(Table("forget", [shown], columns, {"store": store, "document": document}), format_)


@click.command(epilog="Example:  kg check --shacl -f json")
@click.option("--shacl", is_flag=True, help="Also validate with the SHACL shapes (slow).")
@click.option("--reference", is_flag=True, help="Also tell gaps in the reference data.")
@overlay_option
@store_option
@format_option
def check(shacl: bool, reference: bool, store: str, format_: str) -> int:
    """Check the store against its rules; exit code 3 when one is violated."""
    with open_graph(store, overlays=overlays()) as graph:
        report = graph.check(shacl=shacl, reference=reference)
    rows = [asdict(finding) for finding in report.findings]
    columns = {"check": "Check", "severity": "Severity", "subject": "Subject", "message": "Message"}
    if rows or format_ != "table":
        show(Table("check", rows, columns, {"store": store, "shacl": shacl}), format_)
    word = "passed" if report.passed else "failed"
    note(f"{len(report.checks)} checks {word}, {len(rows)} findings.")
    return 0 if report.passed else VALIDATION_FAILED
