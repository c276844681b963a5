"""Rows to stdout in the format the user asked for; everything else goes to stderr."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.values import UNTIL
from kg.views.embedding import printed

__all__ = [
    "FORMATS",
    "Table",
    "clean",
    "complain",
    "format_option",
    "known_on_option",
    "no_rows",
    "note",
    "overlay_option",
    "overlays",
    "share_defaults",
    "show",
    "store_option",
]

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "markdown")
SCHEMA = 1
NOTHING_FOUND = 4

Row = Mapping[str, Any]

# Control characters and bidirectional overrides could rewrite the user's terminal.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

store_option = click.option(
    "-s",
    "--store",
    envvar="KG_STORE",
    default="atlantic.kg",
    show_default=True,
    metavar="PATH|URL",
    help="Where the graph lives.",
)


def _remember(ctx: click.Context, _: click.Parameter, value: tuple[Path, ...]) -> None:
    own = Path("world.ttl")  # beside kg.toml, where kg world update --apply writes
    found = value or ((own,) if own.is_file() and Path("kg.toml").is_file() else ())
    ctx.find_root().meta["kg.overlays"] = found


overlay_option = click.option(
    "--overlay",
    type=click.Path(path_type=Path),
    multiple=True,
    envvar="KG_OVERLAY",
    expose_value=False,
    callback=_remember,
    help="Your own Turtle or CSV file on top of the reference data; may be repeated.",
)


def overlays() -> tuple[Path, ...]:
    """The files named by --overlay, $KG_OVERLAY or kg.toml, else world.ttl beside kg.toml."""
    found: tuple[Path, ...] = click.get_current_context().find_root().meta.get("kg.overlays", ())
    return found


def share_defaults(ctx: click.Context) -> None:
    """Let what kg.toml says about a group hold for each of its commands."""
    if ctx.default_map is not None and isinstance(ctx.command, click.Group):
        ctx.default_map = dict.fromkeys(ctx.command.commands, ctx.default_map)


known_on_option = click.option(
    "--known-on",
    type=UNTIL,
    help="Leave out what was read or judged after this day.",
)

format_option = click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to print the rows.",
)


class Table:
    """Rows with a name, printable columns and the facts a machine reader needs.

    Args:
        command: name of the command, part of the JSON.
        rows: one mapping per row; JSON carries all of it.
        columns: key → heading of the columns shown in tables and CSV.
        parameters: what the rows were asked with.
        notes: sentences the reader must know (undated events left out …); stderr, or JSON.
        extra: further top-level members of the JSON.
    """

    def __init__(
        self,
        command: str,
        rows: Sequence[Row],
        columns: Mapping[str, str],
        parameters: Mapping[str, Any] | None = None,
        notes: Sequence[str] = (),
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        self.command, self.rows, self.columns = command, list(rows), dict(columns)
        self.parameters, self.notes = dict(parameters or {}), list(notes)
        self.extra = dict(extra or {})


def clean(text: object) -> str:
    """Text for a terminal: one line, without control characters or direction overrides."""
    return _UNSAFE.sub("", " ".join(str(text).split()))


def note(message: str) -> None:
    """Say something beside the data, on stderr."""
    click.echo(clean(message), err=True)


def complain(message: str, hint: str | None) -> None:
    """What is wrong, and on a line of its own what to do about it, on stderr."""
    note(f"Error: {message}")
    if hint:
        note(f"Hint: {hint}")


def no_rows(table: Table, fail_empty: bool) -> int:
    """Exit code 4 for an empty table when the user asked for it, else 0."""
    return NOTHING_FOUND if fail_empty and not table.rows else 0


def show(table: Table, format_: str) -> None:
    """Print a table to stdout."""
    if format_ == "json":
        click.echo(_json(table))
        return
    if format_ == "jsonl":
        for row in table.rows:
            click.echo(json.dumps(row, ensure_ascii=False, default=str))
    elif format_ in ("csv", "tsv"):
        click.echo(_separated(table, "\t" if format_ == "tsv" else ","), nl=False)
    elif format_ == "markdown":
        click.echo(_markdown(table))
    else:
        _rich(table)
    for sentence in table.notes:
        note(sentence)


def _json(table: Table) -> str:
    document = {
        "schema": SCHEMA,
        "command": table.command,
        "parameters": table.parameters,
        "notes": table.notes,
        "rows": table.rows,
        **table.extra,
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=str)


def _cell(value: object) -> str:
    return clean(printed(value))


def _separated(table: Table, delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_spreadsheet(row.get(key)) for key in table.columns])
    return out.getvalue()


def _spreadsheet(value: object) -> str:
    """Text that a spreadsheet would run as a formula gets a leading apostrophe."""
    text = _cell(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@" and text else text


def _markdown(table: Table) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    lines = [line(list(table.columns.values())), line(["---"] * len(table.columns))]
    lines += [line([_cell(row.get(key)) for key in table.columns]) for row in table.rows]
    return "\n".join(lines)


def _rich(table: Table) -> None:
    """A table for people; as wide as it needs to be when stdout is no terminal."""
    from rich import box  # noqa: PLC0415 - loaded only when a table is drawn
    from rich.table import Table as RichTable  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from kg.cli.terminal import console  # noqa: PLC0415

    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    numeric = {
        key: bool(table.rows)
        and all(isinstance(r.get(key), int | float | None) for r in table.rows)
        for key in table.columns
    }
    for key, heading in table.columns.items():
        drawn.add_column(heading, justify="right" if numeric[key] else "left", overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(_cell(row.get(key))) for key in table.columns))
    if table.rows:
        console().print(drawn)
    else:
        note("Nothing found.")
