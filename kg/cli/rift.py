"""How two sides stand towards each other, with what it rests on; or all pairs in order."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Unpack

import click

from kg.cli.measuring import (
    Evidence,
    asked,
    confidence_option,
    explain_option,
    fail_empty_option,
    half_life_option,
    issue_option,
    level_option,
    opened,
    parameters,
    period_options,
    status_option,
    store_options,
    taking,
)
from kg.cli.output import Table, no_rows, show
from kg.cli.without import without_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.workspace import KnowledgeGraph
    from kg.workspace.rift import PairTable, RiftOptions, TwoSides

__all__ = ["rift"]

FIGURES = {"figure": "Figure", "of": "Of", "value": "Value", "low": "Low", "high": "High"}
STRETCHES = {
    "window": "Window", "tone": "Tone", "tone_low": "Low", "tone_high": "High",
    "rift": "Rift", "rift_low": "Low", "rift_high": "High", "events": "Events",
    "stories": "Stories", "sources": "Sources", "abstained": "Abstained",
}  # fmt: skip
DRIVERS = {
    "issue": "Issue", "contribution": "Adds to the tone", "events": "Events",
    "cooperation": "Cooper.", "conflict": "Conflict",
}  # fmt: skip
ACTS = {
    "moved": "Moves the tone by", "date": "Date", "label": "Act", "quote": "Evidence",
    "outlet": "Outlet", "event": "Event",
}  # fmt: skip
PAIRS = {
    "a": "Party", "b": "Party", "tone": "Tone", "low": "Low", "high": "High",
    "forward": "→", "backward": "←", "q_value": "q", "surprise": "Surprise",
    "events": "Events", "stories": "Stories", "sources": "Sources",
}  # fmt: skip
MOST_PAIRS, MOST_ACTS = 20, 5  # printed unless --limit says otherwise
ALL = 1_000_000  # acts
QUOTED = 90  # characters of a sentence in a table for people; other formats carry all of it


class Given(Evidence):
    """The options, as click hands them over."""

    by: str | None
    weights: str
    alpha: float
    seed: int
    limit: int | None


_options = taking(
    period_options,
    click.option("--by", type=click.Choice(["month", "quarter", "year"]),
                 help="A row for each; two sides only."),
    level_option,
    issue_option,
    status_option,
    confidence_option,
    without_option,
    half_life_option,
    click.option("--weights", type=click.Choice(["evidence", "equal"]), default="evidence",
                 show_default=True, help="How much each pair of members counts."),
    click.option("--alpha", type=click.FloatRange(0), default=5.0, show_default=True,
                 help="Points of intensity that pull a tone towards 0."),
    click.option("--seed", type=click.IntRange(0), default=0, show_default=True,
                 help="Of everything drawn at random."),
    click.option("-n", "--limit", type=click.IntRange(0),
                 help="Pairs (20) or acts (5) to print; 0 for all."),
    fail_empty_option,
    explain_option,
    store_options,
)  # fmt: skip


@click.command(epilog="Example:  kg rift us,eu --since 2018 --until 2018 --by quarter")
@click.argument("pair", required=False)
@_options
def rift(pair: str | None, **given: Unpack[Given]) -> int:
    """Measure the rift between two sides such as us,eu: with interval, changes, drivers, sources.

    Without a PAIR: the tone of all pairs, the darkest first.
    """
    if given["by"] and not pair:
        raise click.UsageError("--by needs a pair: kg rift us,eu --by month")
    with opened(given) as graph:
        options = _asked(graph, given)
        if pair:
            left, right = _sides(pair)
            return _print_sides(graph.rift(left, right, **options), pair, given)
        return _print_pairs(graph.tones(**options), given)


def _sides(pair: str) -> tuple[str, str]:
    left, comma, right = (part.strip() for part in pair.partition(","))
    if not comma or not left or not right:
        raise UsageError(f"{pair!r} is no pair", "give two names with a comma: us,eu")
    return left, right


def _asked(graph: KnowledgeGraph, given: Given) -> RiftOptions:
    from kg.analysis.time import Unit  # noqa: PLC0415 - --help needs none of it

    options: RiftOptions = {
        **asked(given, graph),  # type: ignore[typeddict-unknown-key]  # those of a network that it has
        "by": Unit(given["by"]) if given["by"] else None,
        "alpha": given["alpha"],
        "equal": given["weights"] == "equal",
        "seed": given["seed"],
        "most": MOST_ACTS if given["limit"] is None else given["limit"] or ALL,
    }
    return options


def _print_sides(found: TwoSides, pair: str, given: Given) -> int:
    from kg.cli.rift_report import (  # noqa: PLC0415 - --help needs none of it
        driver_rows,
        event_rows,
        facts,
        figure_rows,
        headline,
        stretch_rows,
    )

    asked = {"pair": pair, **parameters(given)}
    tables = [Table("rift", figure_rows(found), FIGURES, asked, (), facts(found))]
    if given["by"]:
        rows = stretch_rows(found)
        tables = [Table("rift", rows, STRETCHES, asked, (), facts(found)), tables[0]]
    if given["format_"] not in ("table", "markdown"):
        tables = tables[:1]  # the rest is in the facts
    elif not found.abstained:
        acts = [
            {**row, "quote": shorten(row["quote"] or "", QUOTED, placeholder=" …")}
            for row in event_rows(found)
        ]
        tables += [Table("rift", driver_rows(found), DRIVERS), Table("rift", acts, ACTS)]
    tables[-1].notes += headline(found)
    for table in tables if not found.abstained or given["by"] else tables[-1:]:
        show(table, given["format_"])
    return no_rows(tables[0], given["fail_empty"])


def _print_pairs(table: PairTable, given: Given) -> int:
    told = [pair for pair in table.pairs if pair.tone]
    silent = [table.record(pair) for pair in table.pairs if not pair.tone]
    limit = MOST_PAIRS if given["limit"] is None else given["limit"]
    shown = [table.record(pair) for pair in told[: limit or None]]
    notes = list(table.notes)
    if len(shown) < len(told):
        notes.append(f"{len(told) - len(shown)} more pairs; --limit 0 prints all.")
    if silent:
        first = silent[0]
        notes.append(
            f"{len(silent)} pairs are left out for want of evidence, such as {first['a']} - "
            f"{first['b']}: {first['abstained']}."
        )
    extra = {"abstained": silent} if given["format_"] == "json" else None
    printed = Table("rift", shown, PAIRS, parameters(given), notes, extra)
    show(printed, given["format_"])
    return no_rows(printed, given["fail_empty"])
