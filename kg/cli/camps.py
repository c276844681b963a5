"""Who stands in which camp, how sure that is, who holds it together, and how it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import click

from kg.cli.balance_options import CAMPS
from kg.cli.measuring import (
    Given,
    asked,
    floor_options,
    level_option,
    opened,
    parameters,
    period_options,
    where_option,
)
from kg.cli.output import Table, no_rows, show

if TYPE_CHECKING:
    from kg.analysis.balance import Frustration
    from kg.workspace.cohesion import Camps, CampsOverTime

__all__ = ["camps"]

NOW = {
    "camp": "Camp", "name": "Name", "support": "Support", "inside": "Weight inside",
    "across": "Across", "betweenness": "Betweenness", "parts": "Holds together",
}  # fmt: skip
OVER_TIME = {
    "window": "Window", "camp": "Camp", "size": "Size", "members": "Members", "joined": "Joined",
    "left": "Left", "agreement": "As before", "frustration": "Frustr.", "optimal": "Optimal",
}  # fmt: skip
NAMED = 12  # members of a camp that a table for people names


@click.command(epilog="Example:  kg camps --by year --camps free --min-events 3")
@click.option("--camps", "limit_", type=CAMPS, default="2", show_default=True, metavar="K|free",
              help="At most K camps, or any number.")  # fmt: skip
@click.option("--by", type=click.Choice(["month", "quarter", "year"]),
              help="Follow the camps through time.")  # fmt: skip
@click.option("--window", type=click.IntRange(1), metavar="DAYS", help="Through sliding windows.")
@click.option("--step", type=click.IntRange(1), metavar="DAYS",
              help="From one sliding window to the next; a quarter of it by default.")  # fmt: skip
@click.option("--time-limit", type=click.FloatRange(0, min_open=True), default=20.0,
              show_default=True, help="Seconds to divide; then the best found.")  # fmt: skip
@level_option
@where_option
@period_options
@floor_options(40)
def camps(
    limit_: int,
    by: str | None,
    window: int | None,
    step: int | None,
    time_limit: float,
    **given: Unpack[Given],
) -> int:
    """Show who stands in which camp, how sure that is, and who holds it together."""
    if step and not window:
        raise click.UsageError("--step needs --window: kg camps --window 365 --step 90")
    asked_with = {"camps": limit_ or "free", "by": by, "window": window, "step": step,
                  "time_limit": time_limit, **parameters(given)}  # fmt: skip
    if by or window:
        return _over_time(limit_ or None, by, window, step, time_limit, asked_with, given)
    with opened(given) as graph:
        found = graph.camps(limit_ or None, time_limit, **asked(given, graph))
    rows = _rows(found)
    shown = rows[: given["limit"] or None]
    notes = [_sentence(found.division), *found.notes]
    if len(shown) < len(rows):
        notes.append(f"{len(rows) - len(shown)} more rows; --limit 0 prints all.")
    names = found.network.names()
    spans = [
        {"a": names[one.a], "b": names[one.b], "weight": one.weight, "across": one.across,
         "smaller": one.smaller}
        for one in found.bridges
    ]  # fmt: skip
    facts = {"bridges": spans, "camps": [list(camp) for camp in found.division.camps]}
    table = Table("camps", shown, NOW, asked_with, notes, facts)
    show(table, given["format_"])
    return no_rows(table, given["fail_empty"])


def _rows(found: Camps) -> list[dict[str, Any]]:
    names = found.network.names()
    rows = []
    for one in found.standings:
        support = found.support.get(one.iri)
        rows.append(
            {
                "camp": one.camp,
                "name": names[one.iri],
                "iri": one.iri,
                "support": None if support is None else round(support, 4),
                "inside": round(one.inside, 3),
                "across": round(one.across, 3),
                "betweenness": round(one.betweenness, 4),
                "parts": one.parts,
            }
        )
    return sorted(rows, key=lambda row: (row["camp"], -row["inside"], row["name"]))


def _sentence(division: Frustration) -> str:
    value, total = float(division.value), float(division.total)
    proof = "proven optimal" if division.optimal else f"at least {float(division.lower_bound):g}"
    return f"{len(division.camps)} camps; frustration {value:g} of {total:g}: {proof}."


def _over_time(
    k: int | None,
    by: str | None,
    window: int | None,
    step: int | None,
    time_limit: float,
    asked_with: dict[str, Any],
    given: Given,
) -> int:
    from kg.analysis.time import Unit  # noqa: PLC0415 - --help needs none of it
    from kg.cli.progress import working  # noqa: PLC0415
    from kg.workspace.cohesion import camps_over_time  # noqa: PLC0415

    with opened(given) as graph, working("Dividing") as progress:
        found = camps_over_time(
            graph.store, k, Unit(by or "year"), window, step,
            time_limit=time_limit, progress=progress, **asked(given, graph),
        )  # fmt: skip
    rows = _steps(found)
    shown = rows[: given["limit"] or None]
    notes = list(found.notes)
    if len(shown) < len(rows):
        notes.append(f"{len(rows) - len(shown)} more rows; --limit 0 prints all.")
    if given["format_"] == "table":
        shown = [{**row, "members": _few(row["members"])} for row in shown]
    table = Table("camps", shown, OVER_TIME, asked_with, notes)
    show(table, given["format_"])
    return no_rows(table, given["fail_empty"])


def _steps(found: CampsOverTime) -> list[dict[str, Any]]:
    return [
        {
            "window": window.label,
            "since": window.since,
            "until": window.until,
            "camp": number,
            "size": len(members),
            "members": list(members),
            "joined": list(one.joined.get(number, ())),
            "left": list(one.left.get(number, ())),
            "agreement": None if one.agreement is None else round(one.agreement, 4),
            "frustration": float(division.value),
            "lower_bound": float(division.lower_bound),
            "optimal": division.optimal,
        }
        for window, division, one in zip(
            found.windows, found.divisions, found.followed, strict=True
        )
        for number, members in one.camps.items()
    ]


def _few(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
