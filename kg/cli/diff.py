"""What changed between two dates."""

from __future__ import annotations

from collections import Counter
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Unpack

import click

from kg.cli.measuring import (
    Given,
    asked,
    event_id,
    floor_options,
    level_option,
    opened,
    parameters,
    where_option,
)
from kg.cli.output import Table, no_rows, show
from kg.cli.values import UNTIL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kg.analysis.time import Change, Difference

__all__ = ["diff"]

QUOTED = 100  # characters of a sentence in a table for people
EXPLAINED = 3  # acts of each change that are listed


@click.command(epilog="Example:  kg diff 2018-01 2019-01 --min-events 3")
@click.argument("before", type=UNTIL, metavar="DATE")
@click.argument("after", type=UNTIL, metavar="DATE")
@click.option("--window", type=click.IntRange(1), default=365, show_default=True, metavar="DAYS",
              help="Days up to either date that are compared.")  # fmt: skip
@click.option("--all", "all_", is_flag=True, help="Ties that hardly changed, too.")
@level_option
@where_option
@floor_options(40)
def diff(before: date, after: date, window: int, all_: bool, **given: Unpack[Given]) -> int:
    """Show which ties appeared, ended or flipped between two dates, and the acts behind it."""
    from kg.workspace.network import quotes  # noqa: PLC0415 - --help needs none of it

    with opened(given) as graph:
        found = graph.diff(before, after, window, **asked(given, graph))
        changes = [c for c in found.changes if all_ or c.kind.value != "same"]
        shown = changes[: given["limit"] or None]
        said = quotes(graph.store, (change.events[0] for change in shown if change.events))
    rows = [_row(change, found.labels, said) for change in shown]
    if given["format_"] == "table":
        rows = [{**row, "quote": shorten(row["quote"], QUOTED, placeholder=" …")} for row in rows]
    columns = {
        "change": "Change", "a": "Party", "b": "Party", "before": "Before", "after": "After",
        "moved": "Tone moved", "quote": "Act behind it", "event": "Event",
    }  # fmt: skip
    asked_with = {"before": before, "after": after, "window": window, **parameters(given)}
    counts = Counter(change.kind.value for change in found.changes)
    table = Table(
        "diff", rows, columns, asked_with, _notes(found, counts, len(changes) - len(shown)),
        {"before": found.before.label, "after": found.after.label, "counts": dict(counts)},
    )  # fmt: skip
    show(table, given["format_"])
    return no_rows(table, given["fail_empty"])


def _row(change: Change, labels: Mapping[str, str], said: Mapping[str, str]) -> dict[str, Any]:
    events = [event_id(event) for event in change.events]
    return {
        "change": change.kind.value,
        "a": labels.get(change.a, change.a),
        "b": labels.get(change.b, change.b),
        "a_iri": change.a,
        "b_iri": change.b,
        "before": change.before,
        "after": change.after,
        "tone_before": round(change.tone_before, 4),
        "tone_after": round(change.tone_after, 4),
        "moved": round(change.moved, 4),
        "quote": said.get(change.events[0], "") if change.events else "",
        "event": ", ".join(events[:EXPLAINED]),
        "events": events,
    }


def _notes(found: Difference, counts: Mapping[str, int], hidden: int) -> list[str]:
    said = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items())) or "none"
    notes = [f"{found.before.label} and {found.after.label}; ties: {said}.", *found.notes]
    if hidden:
        notes.append(f"{hidden} more rows; --limit 0 prints all.")
    return notes
