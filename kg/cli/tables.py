"""The rift and alliance tables."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from kg.analysis import Grouping, Level
from kg.cli.measuring import level_option, period_options
from kg.cli.output import (
    Table,
    format_option,
    known_on_option,
    no_rows,
    overlay_option,
    overlays,
    show,
    store_option,
)
from kg.cli.without import without_option
from kg.records import Status
from kg.workspace import open_graph
from kg.workspace.tables import DyadTable, TableOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kg.workspace import KnowledgeGraph

__all__ = ["alliances", "rifts"]

WEIGHT = {"rifts": "conflict", "alliances": "cooperation"}  # what each table is ranked by
QUOTED = 120  # characters of evidence in a table for people; other formats carry all of it


class Given(TypedDict):
    """The options both commands share, as click hands them over."""

    left: str | None
    right: str | None
    since: date | None
    until: date | None
    by: str
    level: str
    status: tuple[str, ...]
    min_confidence: float
    without: tuple[str, ...]
    limit: int
    fail_empty: bool
    known_on: date | None
    store: str
    format_: str


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed((
        click.option("--between", "left", metavar="NAME", help="One side: us, eu, Kaja Kallas …"),
        click.option("--and", "right", metavar="NAME", help="The other side."),
        period_options,
        click.option("--by", type=click.Choice([g.value for g in Grouping]), default="pair",
                     show_default=True, help="Split by pair, month or issue."),
        level_option,
        click.option("--status", type=click.Choice([s.value for s in Status]), multiple=True,
                     default=("realised",), show_default=True, help="Which events count."),
        click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0,
                     show_default=True, help="Leave weaker readings out."),
        without_option,
        click.option("-n", "--limit", type=click.IntRange(0), default=20, show_default=True,
                     help="Rows to print; 0 for all."),
        click.option("--fail-empty", is_flag=True, help="Exit code 4 when there is nothing."),
        known_on_option,
        overlay_option,
        store_option,
        format_option,
    )):  # fmt: skip
        command = option(command)
    return command


@click.command(epilog="Example:  kg rifts --between us --and eu --since 2025 --by issue")
@_options
def rifts(**given: Unpack[Given]) -> int:
    """Rank the pairs that confront each other, with balance, trend, issues and evidence."""
    asked = _asked(given)
    with open_graph(given["store"], known_on=given["known_on"], overlays=overlays()) as graph:
        table = graph.rifts(**_complete(asked, graph, given))
        return _print("rifts", table, given)  # reads the acts that it shows


@click.command(epilog="Example:  kg alliances --level bloc --since 2024 -f csv > allies.csv")
@_options
def alliances(**given: Unpack[Given]) -> int:
    """Rank the pairs that stand together, with balance, trend, issues and evidence."""
    asked = _asked(given)
    with open_graph(given["store"], known_on=given["known_on"], overlays=overlays()) as graph:
        table = graph.alliances(**_complete(asked, graph, given))
        return _print("alliances", table, given)  # reads the acts that it shows


def _asked(given: Given) -> TableOptions:
    if given["right"] and not given["left"]:
        raise click.UsageError("--and needs --between: kg rifts --between us --and eu")
    return TableOptions(
        left=given["left"],
        right=given["right"],
        since=given["since"],
        until=given["until"],
        by=Grouping(given["by"]),
        level=Level(given["level"]),
        statuses=tuple(Status(status) for status in given["status"]),
        min_confidence=given["min_confidence"],
    )


def _complete(asked: TableOptions, graph: KnowledgeGraph, given: Given) -> TableOptions:
    """What to leave out is only known with the store open."""
    if given["without"]:
        asked["without"] = graph.leaving_out(given["without"])
    return asked


def _print(command: str, table: DyadTable, given: Given) -> int:
    columns = {
        **({} if given["by"] == "pair" else {"group": given["by"].title()}),
        "a": "Party",
        "b": "Party",
        "confrontations": "Confront.",
        "cooperations": "Cooper.",
        WEIGHT[command]: "Weight",
        "balance": "Balance",
        "trend": "Trend",
        "issues": "Issues",
        "sources": "Sources",
        "quote": "Strongest evidence",
        "event": "Event",
    }
    notes = list(table.notes)
    rows = table.records(given["limit"] or None)
    if len(rows) < len(table.dyads):
        notes.append(f"{len(table.dyads) - len(rows)} more rows; --limit 0 prints all.")
    if given["format_"] == "table":
        rows = [
            {**row, "quote": shorten(row["quote"] or "", QUOTED, placeholder=" …")} for row in rows
        ]
    parameters = {k: v for k, v in given.items() if k not in ("format_", "fail_empty")}
    printed = Table(command, rows, columns, parameters, notes)
    show(printed, given["format_"])
    return no_rows(printed, given["fail_empty"])
