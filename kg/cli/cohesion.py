"""How well a bloc keeps together, and who leaves its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import click

from kg.cli.measuring import Given, asked, floor_options, opened, parameters, period_options
from kg.cli.output import Table, no_rows, show

if TYPE_CHECKING:
    from kg.analysis.alliance import Cohesion, Member
    from kg.workspace.cohesion import Cohesions

__all__ = ["cohesion"]

MEMBERS = {
    "name": "Member", "inside": "Tone inside", "acts_inside": "Acts", "stance": "Stance outside",
    "acts": "Acts", "line": "Line of the others", "deviation": "Deviation",
}  # fmt: skip
GROUPS = {
    "group": "", "tone": "Tone inside", "low": "from", "high": "to", "acts": "Acts",
    "positive": "For", "neutral": "Neutral", "negative": "Against", "rice": "Rice",
    "agreement": "Agreement", "stray": "Strays most", "deviation": "Deviation",
}  # fmt: skip


@click.command(epilog="Example:  kg cohesion eu --toward us --by year")
@click.argument("bloc")
@click.option("--toward", metavar="NAME", help="The outsider that stances refer to; all without.")
@click.option("--by", type=click.Choice(["issue", "month", "quarter", "year"]),
              help="One row for each of these instead of one for each member.")  # fmt: skip
@period_options
@floor_options(40)
def cohesion(bloc: str, toward: str | None, by: str | None, **given: Unpack[Given]) -> int:
    """Show how well a BLOC such as eu keeps together, and which members leave its line."""
    with opened(given) as graph:
        found = graph.cohesion(bloc, toward, by, **asked(given, graph))
    whole = found.groups[0][1] if by is None else None
    rows = _members(found, whole) if whole else _groups(found)
    shown = rows[: given["limit"] or None]
    notes = list(found.notes)
    if whole:
        notes = [*_headline(found, whole), *notes]
    if len(shown) < len(rows):
        notes.append(f"{len(rows) - len(shown)} more rows; --limit 0 prints all.")
    columns = MEMBERS if whole else {**GROUPS, "group": str(by).title()}
    asked_with = {"bloc": bloc, "toward": toward, "by": by, **parameters(given)}
    table = Table("cohesion", shown, columns, asked_with, notes, _facts(whole) if whole else {})
    show(table, given["format_"])
    return no_rows(table, given["fail_empty"])


def _members(found: Cohesions, whole: Cohesion) -> list[dict[str, Any]]:
    rows = [_member(found, member) for member in whole.members]
    return sorted(rows, key=lambda row: (-abs(row["deviation"] or 0.0), row["name"]))


def _member(found: Cohesions, member: Member) -> dict[str, Any]:
    return {
        "name": found.labels.get(member.iri, member.iri),
        "iri": member.iri,
        "inside": _short(member.inside),
        "acts_inside": member.acts_inside,
        "stance": _short(member.stance),
        "acts": member.acts,
        "line": _short(member.line),
        "deviation": _short(member.deviation),
    }


def _groups(found: Cohesions) -> list[dict[str, Any]]:
    rows = []
    for group, one in found.groups:
        if not one.members:
            continue
        stray = one.stray
        rows.append(
            {
                "group": group,
                **_facts(one),
                "stray": found.labels.get(stray.iri, stray.iri) if stray else None,
                "deviation": _short(stray.deviation) if stray else None,
            }
        )
    return rows


def _facts(one: Cohesion) -> dict[str, Any]:
    low, high = one.interval or (None, None)
    return {
        "tone": _short(one.tone),
        "low": _short(low),
        "high": _short(high),
        "pairs": one.pairs,
        "acts": one.acts,
        "positive": one.stances[0],
        "neutral": one.stances[1],
        "negative": one.stances[2],
        "rice": _short(one.rice),
        "agreement": _short(one.agreement),
    }


def _headline(found: Cohesions, whole: Cohesion) -> list[str]:
    name = found.labels.get(found.bloc, found.bloc)
    toward = found.labels.get(found.target, found.target) or "outsiders"
    said = []
    if whole.tone is None or whole.interval is None:
        said.append(f"{name}: no signed act between members was read.")
    else:
        low, high = whole.interval
        said.append(
            f"Tone inside {name}: {whole.tone:.2f} (95 %: {low:.2f} to {high:.2f}), from "
            f"{whole.acts} acts between {whole.pairs} pairs of members."
        )
    positive, neutral, negative = whole.stances
    if positive + neutral + negative < 2:
        said.append(f"Too few members acted on {toward} often enough to speak of a line.")
    else:
        said.append(
            f"Members by stance towards {toward}: for {positive}, neutral {neutral}, against "
            f"{negative}; "
            f"agreement {whole.agreement:.2f}."
        )
    return said


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
