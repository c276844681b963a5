"""The rift and alliance tables."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Unpack

import click

from kg.analysis import Grouping
from kg.cli.measuring import Given as Shared
from kg.cli.measuring import (
    asked,
    confidence_option,
    fail_empty_option,
    level_option,
    limit_option,
    opened,
    period_options,
    status_option,
    store_options,
    taking,
)
from kg.cli.output import Table, no_rows, show
from kg.cli.without import without_option

if TYPE_CHECKING:
    from kg.workspace import KnowledgeGraph
    from kg.workspace.tables import DyadTable, TableOptions

__all__ = ["alliances", "rifts"]

WEIGHT = {"rifts": "conflict", "alliances": "cooperation"}  # what each table is ranked by
QUOTED = 120  # characters of evidence in a table for people; other formats carry all of it


class Given(Shared):
    """The options both commands share, as click hands them over."""

    left: str | None
    right: str | None
    by: str


_options = taking(
    click.option("--between", "left", metavar="NAME", help="One side: us, eu, Kaja Kallas …"),
    click.option("--and", "right", metavar="NAME", help="The other side."),
    period_options,
    click.option("--by", type=click.Choice([g.value for g in Grouping]), default="pair",
                 show_default=True, help="Split by pair, month or issue."),
    level_option,
    status_option,
    confidence_option,
    without_option,
    limit_option(20),
    fail_empty_option,
    store_options,
)  # fmt: skip


@click.command(epilog="Example:  kg rifts --between us --and eu --since 2025 --by issue")
@_options
def rifts(**given: Unpack[Given]) -> int:
    """Rank the pairs that confront each other, with balance, trend, issues and evidence."""
    _check(given)
    with opened(given) as graph:
        table = graph.rifts(**_options_of(given, graph))
        return _print("rifts", table, given)  # reads the acts that it shows


@click.command(epilog="Example:  kg alliances --level bloc --since 2024 -f csv > allies.csv")
@_options
def alliances(**given: Unpack[Given]) -> int:
    """Rank the pairs that stand together, with balance, trend, issues and evidence."""
    _check(given)
    with opened(given) as graph:
        table = graph.alliances(**_options_of(given, graph))
        return _print("alliances", table, given)  # reads the acts that it shows


def _check(given: Given) -> None:
    if given["right"] and not given["left"]:
        raise click.UsageError("--and needs --between: kg rifts --between us --and eu")


def _options_of(given: Given, graph: KnowledgeGraph) -> TableOptions:
    options: TableOptions = {
        **asked(given, graph),  # type: ignore[typeddict-unknown-key]  # those of a network that it has
        "left": given["left"],
        "right": given["right"],
        "by": Grouping(given["by"]),
    }
    return options


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
