"""The timeline of a pair."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any, Unpack

import click

from kg.cli.drawing import scale, sparkline
from kg.cli.measuring import (
    Given,
    asked,
    event_id,
    floor_options,
    opened,
    parameters,
    period_options,
)
from kg.cli.output import Table, no_rows, show

if TYPE_CHECKING:
    from kg.analysis.time import Step
    from kg.workspace.timeline import Timeline

__all__ = ["timeline"]

QUOTED = 90  # characters of a sentence in a table for people
SIGNS = {-1: "-", 0: "", 1: "+"}


@click.command(epilog="Example:  kg timeline us,eu --by quarter --since 2018")
@click.argument("pair")
@click.option("--by", type=click.Choice(["month", "quarter", "year"]), default="month",
              show_default=True, help="The windows.")  # fmt: skip
@click.option("--window", type=click.IntRange(1), metavar="DAYS", help="Sliding windows instead.")
@click.option("--step", type=click.IntRange(1), metavar="DAYS",
              help="From one sliding window to the next; a quarter of it by default.")  # fmt: skip
@period_options
@floor_options(0)
def timeline(
    pair: str, by: str, window: int | None, step: int | None, **given: Unpack[Given]
) -> int:
    """Show what passed between a PAIR such as us,eu, window by window, and where it turned."""
    from kg.analysis.time import Unit  # noqa: PLC0415 - --help needs none of it
    from kg.workspace.network import quotes  # noqa: PLC0415

    if step and not window:
        raise click.UsageError("--step needs --window: kg timeline us,eu --window 90 --step 30")
    with opened(given) as graph:
        found = graph.timeline(pair, Unit(by), window, step, **asked(given, graph))
        said = quotes(graph.store, filter(None, map(_told, found.steps)))
    rows = _rows(found, said)
    shown = rows[-given["limit"] :]
    notes = list(found.notes)
    if len(shown) < len(rows):
        notes.append(f"{len(rows) - len(shown)} earlier rows; --limit 0 prints all.")
    line = sparkline(row["tone"] if row["sources"] else None for row in rows)
    if rows and given["format_"] == "table":
        shown = [{**row, "quote": shorten(row["quote"], QUOTED, placeholder=" …")} for row in shown]
        names = [found.labels.get(side, side) for side in (found.a, found.b)]
        notes.insert(0, f"Tone of {names[0]} - {names[1]}, oldest first: {line}")
    columns = {
        "window": "Window", "confrontations": "Confront.", "scale": "conflict │ cooperation",
        "cooperations": "Cooper.", "tone": "Tone", "sign": "Sign", "flip": "Turned",
        "sources": "Sources", "quote": "Act that weighs most", "event": "Event",
    }  # fmt: skip
    facts = {"sparkline": line, "a": found.a, "b": found.b}
    asked_with = {"pair": pair, "by": by, "window": window, "step": step, **parameters(given)}
    table = Table("timeline", shown, columns, asked_with, notes, facts)
    show(table, given["format_"])
    return no_rows(table, given["fail_empty"])


def _told(step: Step) -> str:
    """The act to quote: what made it turn, else what weighs most."""
    return next(iter((*step.because, *step.events)), "")


def _rows(found: Timeline, said: dict[str, str]) -> list[dict[str, Any]]:
    most = max((max(s.conflict, s.cooperation) for s in found.steps), default=0.0)
    return [
        {
            **row,
            "scale": scale(step.conflict, step.cooperation, most),
            "sign": SIGNS[step.sign],
            "flip": ("to cooperation" if step.sign > 0 else "to conflict") if step.flipped else "",
            "quote": said.get(_told(step), ""),
            "event": event_id(_told(step)),
        }
        for row, step in zip(found.records(), found.steps, strict=True)
    ]
