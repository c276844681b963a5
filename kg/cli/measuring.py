"""Options that the measures over a store share, and what they are turned into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

import click

from kg.analysis import Level
from kg.cli.output import (
    format_option,
    known_on_option,
    overlay_option,
    overlays,
    store_option,
)
from kg.cli.values import DATE, UNTIL
from kg.cli.without import without_option
from kg.records import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kg.workspace import KnowledgeGraph
    from kg.workspace.network import NetworkOptions

__all__ = [
    "Evidence",
    "Given",
    "asked",
    "confidence_option",
    "event_id",
    "explain_option",
    "fail_empty_option",
    "floor_options",
    "half_life_option",
    "issue_option",
    "level_option",
    "limit_option",
    "opened",
    "parameters",
    "period_options",
    "status_option",
    "store_options",
    "taking",
    "where_option",
]


class Evidence(TypedDict, total=False):
    """What counts, and where from, as click hands it over."""

    since: date | None
    until: date | None
    level: str
    where: str
    issue: str | None
    status: tuple[str, ...]
    min_confidence: float
    min_events: int
    min_sources: int
    half_life: float | None
    without: tuple[str, ...]
    fail_empty: bool
    known_on: date | None
    store: str
    format_: str


class Given(Evidence, total=False):
    """The shared options, with how many rows to print."""

    limit: int


level_option = click.option(
    "--level",
    type=click.Choice([level.value for level in Level]),
    default="polity",
    show_default=True,
    help="Who counts as a party.",
)
where_option = click.option(
    "--ties",
    "where",
    type=click.Choice(["all", "inside", "between"]),
    default="all",
    show_default=True,
    help="Acts inside the EU, between it and others, or all.",
)
issue_option = click.option("--issue", metavar="CODE", help="Only acts about this issue.")
status_option = click.option(
    "--status",
    type=click.Choice([status.value for status in Status]),
    multiple=True,
    default=("realised",),
    show_default=True,
    help="Which events count.",
)
confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave weaker readings out.",
)
half_life_option = click.option(
    "--half-life",
    type=click.FloatRange(0, min_open=True),
    metavar="DAYS",
    help="Days after which an act counts half.",
)
fail_empty_option = click.option(
    "--fail-empty", is_flag=True, help="Exit code 4 when there is nothing."
)


def limit_option(limit: int) -> Any:
    """--limit with the number of rows that are printed by default."""
    return click.option("-n", "--limit", type=click.IntRange(0), default=limit,
                        show_default=True, help="Rows to print; 0 for all.")  # fmt: skip


def taking(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Add options to a command, in their order."""

    def add(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def _explained(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from kg.cli.explanations import EXPLANATIONS  # noqa: PLC0415 - rarely asked for

        click.echo(EXPLANATIONS[ctx.info_name or ""])
        ctx.exit(0)


explain_option = click.option(
    "--explain",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_explained,
    help="Print what is computed, and its limits.",
)


period_options = taking(
    click.option("--since", type=DATE, help="First day: YYYY, YYYY-MM or YYYY-MM-DD."),
    click.option("--until", type=UNTIL, help="Last day, included."),
)
store_options = taking(known_on_option, overlay_option, store_option, format_option)


def floor_options(limit: int) -> Callable[[Any], Any]:
    """Add what evidence counts, and where to read from and print to.

    Args:
        limit: rows that are printed by default.
    """
    return taking(
        issue_option,
        confidence_option,
        click.option("--min-events", type=click.IntRange(1), default=1, show_default=True,
                     help="Fewer signed acts draw no tie."),
        click.option("--min-sources", type=click.IntRange(1), default=1, show_default=True,
                     help="Fewer independent sources draw no tie."),
        without_option,
        limit_option(limit),
        fail_empty_option,
        explain_option,
        store_options,
    )  # fmt: skip


def opened(given: Evidence) -> KnowledgeGraph:
    """The graph that the options name."""
    from kg.workspace import open_graph  # noqa: PLC0415 - --help needs no store

    return open_graph(given["store"], known_on=given["known_on"], overlays=overlays())


def asked(given: Evidence, graph: KnowledgeGraph) -> NetworkOptions:
    """The options as the library takes them; those a command has not got are left out.

    Args:
        given: what the user wrote.
        graph: knows who is meant by --without.
    """
    found: Any = {
        name: given[name]
        for name in ("since", "until", "issue", "min_confidence", "min_events", "min_sources",
                     "half_life")
        if name in given
    }  # fmt: skip
    if given.get("without"):
        found["without"] = graph.leaving_out(given["without"])
    if "status" in given:
        found["statuses"] = tuple(Status(status) for status in given["status"])
    if "level" in given:
        found["level"] = Level(given["level"])
    if "where" in given:
        from kg.analysis.network import Where  # noqa: PLC0415 - as above

        found["where"] = Where(given["where"])
    options: NetworkOptions = found
    return options


def parameters(given: Evidence) -> dict[str, Any]:
    """What the rows were asked with, for machine readers."""
    left_out = ("format_", "fail_empty", "limit")
    return {name: value for name, value in given.items() if name not in left_out}


def event_id(iri: str) -> str:
    """An event as it is typed: its id without the address."""
    from kg.namespaces import ID  # noqa: PLC0415 - as above

    return iri.removeprefix(f"{ID}event/")
