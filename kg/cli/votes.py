"""How far two sides vote alike in the General Assembly of the United Nations."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

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
from kg.cli.values import DATE, UNTIL

if TYPE_CHECKING:
    from datetime import date

    from kg.analysis.votes import Comparison
    from kg.workspace import KnowledgeGraph
    from kg.workspace.votes import VoteTable

__all__ = ["votes"]

MEASURES = ("raw", "s", "kappa", "pi")
EXPLANATION = """\
Each vote is yes, abstain or no; abstaining lies between the other two.
raw    share of roll calls on which both did the same
S      1 - 2 * mean distance / largest distance (Signorino and Ritter 1999)
kappa  1 - observed / expected distance, expected from what each side does (Cohen 1960)
pi     the same, expected from what both together do (Scott 1955); for kappa and pi see Haege 2011,
       and Haege and Hug 2016: with near-consensus the raw share is high by chance
A bloc votes by its members of that day: each has an equal share of one vote a roll call, and no
state is compared with itself. --compare: Spearman's rank correlation of a year's agreement with the
tone of that year's acts (kg timeline --by year), its interval by a moving-block bootstrap, p by
permutation. Correlation is no cause, and both may follow a third thing."""


class Given(TypedDict):
    """The options, as click hands them over."""

    one: str
    other: str
    by: str
    files: tuple[Path, ...]
    since: date | None
    until: date | None
    issue: str
    compare: bool
    measure: str
    plot: Path | None
    explain: bool
    fail_empty: bool
    known_on: date | None
    store: str
    format_: str


@click.command(epilog="Example:  kg votes us eu --by decade --from UNVotes.csv --plot us-eu.svg")
@click.argument("one", metavar="NAME")
@click.argument("other", metavar="NAME")
@click.option("--by", type=click.Choice(["all", "year", "decade", "session", "issue"]),
              default="year", show_default=True, help="What to split by.")  # fmt: skip
@click.option("--from", "files", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
              help="Read these tables instead of the store; may be repeated.")  # fmt: skip
@click.option("--since", type=DATE, help="First day: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--until", type=UNTIL, help="Last day, included.")
@click.option("--issue", default="", metavar="WORDS", help="Only roll calls about this.")
@click.option("--compare", is_flag=True, help="Compare with the tone of events, year by year.")
@click.option("--measure", type=click.Choice(MEASURES), default="pi", show_default=True,
              help="Which measure to compare with events.")  # fmt: skip
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False),
              help="Also draw the table into this SVG file.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Print what is computed, and its limits.")
@click.option("--fail-empty", is_flag=True, help="Exit code 4 when there is nothing.")
@known_on_option
@overlay_option
@store_option
@format_option
def votes(**given: Unpack[Given]) -> int:
    """Compare how two states or blocs vote in the General Assembly of the United Nations.

    The votes come from the store, where kg ingest put them, or from tables named by --from.
    """
    if given["explain"]:
        click.echo(EXPLANATION)
        return 0
    if given["compare"] and given["by"] != "year":
        raise click.UsageError("--compare goes with --by year")
    with ExitStack() as stack:
        needs_store = given["compare"] or not given["files"]
        graph = stack.enter_context(_graph(given)) if needs_store else None
        table = _table(given, graph)
        compared = _compared(given, graph, table) if graph and given["compare"] else None
    rows = table.records()
    if compared:
        tone = {str(year): round(value, 4) for year, value in compared[1].items()}
        rows = [{**row, "tone": tone.get(row["group"])} for row in rows]
    if given["plot"]:
        _plot(given["plot"], table, rows)
    columns = {"group": given["by"].title(), "votes": "Votes", "raw": "Raw", "s": "S",
               "kappa": "Kappa", "pi": "Pi", **({"tone": "Tone"} if compared else {})}  # fmt: skip
    notes = [f"{table.one} and {table.other}; --explain says what the measures are.", *table.notes]
    extra: dict[str, Any] = {"one": table.one, "other": table.other}
    if compared:
        comparison, _ = compared
        notes.append(_said(comparison, given["measure"]))
        extra["comparison"] = _facts(comparison)
    hidden = ("format_", "fail_empty", "explain")
    parameters = {name: value for name, value in given.items() if name not in hidden}
    printed = Table("votes", rows, columns, parameters, notes, extra)
    show(printed, given["format_"])
    return no_rows(printed, given["fail_empty"])


def _graph(given: Given) -> KnowledgeGraph:
    from kg.workspace import open_graph  # noqa: PLC0415 - tables of one's own need no store

    return open_graph(given["store"], known_on=given["known_on"], overlays=overlays())


def _table(given: Given, graph: KnowledgeGraph | None) -> VoteTable:
    from kg.analysis.votes import By  # noqa: PLC0415 - --help needs none of it
    from kg.reference.world import load_world  # noqa: PLC0415
    from kg.workspace.votes import VoteOptions, stored_votes, vote_table, votes_in  # noqa: PLC0415

    world = graph.world if graph else load_world(overlays())
    options: VoteOptions = {
        "by": By(given["by"]),
        "since": given["since"],
        "until": given["until"],
        "issue": given["issue"],
    }
    if given["files"] or graph is None:
        found = votes_in(given["files"], world)
        return vote_table(world, given["one"], given["other"], lambda _: found, options)
    store = graph.store
    return vote_table(
        world, given["one"], given["other"], lambda states: stored_votes(store, states), options
    )


def _compared(
    given: Given, graph: KnowledgeGraph, table: VoteTable
) -> tuple[Comparison, dict[int, float]]:
    """The correlation with the tone of acts, and that tone by year."""
    from kg.analysis.time import Unit  # noqa: PLC0415
    from kg.workspace.votes import against_events  # noqa: PLC0415

    steps = graph.timeline(f"{given['one']},{given['other']}", Unit.YEAR).steps
    tone = {step.window.since.year: step.tone for step in steps if step.sources}
    return against_events(table, tone, given["measure"]), tone


def _facts(found: Comparison) -> dict[str, Any]:
    names = ("rho", "low", "high", "p", "lead", "lag")
    values = {name: getattr(found, name) for name in names}
    rounded = {name: None if one is None else round(one, 4) for name, one in values.items()}
    return {"years": list(found.years), **rounded}


def _said(found: Comparison, name: str) -> str:
    if found.rho is None:
        years = len(found.years)
        return f"{years} years with votes and acts: too few, or too alike, to compare."
    interval = "unknown" if found.low is None else f"{found.low:.2f} to {found.high:.2f}"
    return (
        f"Votes ({name}) and tone of acts over {len(found.years)} years: rank correlation "
        f"{found.rho:.2f} (95 % interval {interval}, p = {found.p:.3f})."
    )


def _plot(path: Path, table: VoteTable, rows: list[dict[str, Any]]) -> None:
    from kg.errors import SourceError  # noqa: PLC0415
    from kg.views.plot import plot_lines  # noqa: PLC0415

    names = {"raw": "raw", "s": "S", "kappa": "kappa", "pi": "pi", "tone": "tone of acts"}
    lines = {
        label: [row.get(name) for row in rows]
        for name, label in names.items()
        if any(row.get(name) is not None for row in rows)
    }
    groups = [row["group"] for row in rows]
    try:
        plot_lines(path, f"Votes in the General Assembly: {table.one} and {table.other}",
                   groups, lines)  # fmt: skip
    except OSError as error:
        raise SourceError(f"cannot write {path}: {error.strerror or error}") from error
