"""Questions in SPARQL: a file, a question of ours by name, or a text."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kg.cli.output import clean, note, store_option
from kg.store.base import Rows, Triples
from kg.store.parameters import ParameterisedQuery, load_query, parse_query, query_names
from kg.store.results import serialise, table
from kg.workspace import open_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["query"]

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")
NOTHING_FOUND = 4
SLOW = 5.0  # seconds
SLOW_HINT = (
    "Still asking. Over very many events 'kg rifts', 'kg timeline' and other measures answer in "
    "seconds from columns; for SPARQL a server such as Virtuoso is faster (--store URL)."
)


@click.command(
    epilog="Examples:  kg query confrontations --param since=2026-01-01  |  "
    "kg query --text 'SELECT DISTINCT ?e WHERE { ?e a tkg:Confrontation }' -f csv"
)
@click.argument("question", required=False, metavar="FILE|NAME|-")
@click.option("--text", help="The query itself; our prefixes need not be declared.")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE",
              help="A value for a parameter of the query.")  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="List the questions that come with kg.")
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), help="Stop after this many seconds."
)
@click.option("--fail-empty", is_flag=True, help="Exit code 4 when there is nothing.")
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), default="table",
              show_default=True, help="How to print the answer.")  # fmt: skip
@store_option
def query(
    question: str | None,
    text: str | None,
    params: tuple[str, ...],
    listing: bool,
    timeout: float | None,
    fail_empty: bool,
    format_: str,
    store: str,
) -> int:
    """Ask in SPARQL 1.1, with a query file, one of our questions by name, or --text.

    The default graph is the union of all named graphs, each statement in it once.
    """
    if listing:
        _list()
        return 0
    asked = _asked(question, text)
    sparql = asked.bound(_values(params))
    with open_graph(store) as graph, _patience(store):
        result = graph.query(sparql, timeout=timeout)
    if format_ == "table":
        _print(*table(result))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(serialise(result, format_))
        sys.stdout.buffer.flush()
    empty = isinstance(result, Rows | Triples) and not len(result)
    if empty and format_ == "table":
        note("Nothing found.")
    return NOTHING_FOUND if empty and fail_empty else 0


@contextmanager
def _patience(store: str) -> Iterator[None]:
    """Say after a while what would be faster; a server is left to its own advice."""
    local = not store.startswith(("http://", "https://"))
    timer = threading.Timer(SLOW, note, (SLOW_HINT,))
    timer.daemon = True
    if local:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _asked(question: str | None, text: str | None) -> ParameterisedQuery:
    if (question is None) == (text is None):
        raise click.UsageError("give either a query file (or name) or --text, and only one of them")
    if text is not None:
        return parse_query(text)
    assert question is not None
    if question == "-":
        return parse_query(sys.stdin.read(), "stdin")
    return load_query(question)


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.UsageError(f"--param takes NAME=VALUE, not {param!r}")
        values[name] = value
    return values


def _list() -> None:
    for name in query_names():
        click.echo(f"{name:28s}{load_query(name).summary}")


def _print(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    """A table for people: full cells, folded to the width of the terminal."""
    from kg.cli.output import Table, show  # noqa: PLC0415 - shares its table

    records = [dict(zip(columns, map(clean, row), strict=True)) for row in rows]
    if records:
        show(Table("query", records, {name: name for name in columns}), "table")
