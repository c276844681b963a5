"""Who is who on a day: ``kg world show | offices | members``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.output import (
    Table,
    format_option,
    overlay_option,
    overlays,
    share_defaults,
    show,
)
from kg.cli.values import DATE
from kg.reference.world import load_world
from kg.workspace import who

if TYPE_CHECKING:
    from datetime import date

__all__ = ["world"]

_on = click.option("--on", type=DATE, help="The day to look at; without it, all of history.")


@click.group(
    epilog='Examples:  kg world show "Kaja Kallas" --on 2023-06-01  |  kg world members nato'
)
@click.pass_context
def world(ctx: click.Context) -> None:
    """Look up people, offices and memberships in the reference data, by date.

    Intervals are half-open: "until" is the first day on which it no longer holds.
    """
    share_defaults(ctx)


@world.command("show", epilog='Example:  kg world show "Kaja Kallas" --on 2023-06-01')
@click.argument("name")
@_on
@overlay_option
@format_option
def show_(name: str, on: date | None, format_: str) -> None:
    """Show everybody of a name, and which offices they held."""
    found = who.show(load_world(overlays()), name, on)
    rows = [asdict(match) for match in found]
    if format_ not in ("json", "jsonl"):
        rows = [
            {**row, "office": held["office"], "for": held["polity"], "since": held["since"],
             "until": held["until"]}
            for row in rows
            for held in (row["offices"] or [dict.fromkeys(("office", "polity", "since", "until"))])
        ]  # fmt: skip
    keys = ("label", "kind", "polity", "office", "for", "since", "until", "wikidata")
    columns = {key: key.capitalize() for key in keys} | {"label": "Name"}
    show(Table("world show", rows, columns, {"name": name, "on": on}), format_)


@world.command("offices", epilog="Example:  kg world offices --of eu --on 2026-02-14")
@click.option("--of", required=True, metavar="NAME", help="A state, bloc or institution.")
@_on
@overlay_option
@format_option
def offices(of: str, on: date | None, format_: str) -> None:
    """List the offices that speak for a polity, and who holds them."""
    rows = [asdict(held) for held in who.offices(load_world(overlays()), of, on)]
    columns = {"office": "Office", "person": "Holder", "since": "Since", "until": "Until"}
    show(Table("world offices", rows, columns, {"of": of, "on": on}), format_)


@world.command("members", epilog="Example:  kg world members nato --on 1999-03-12")
@click.argument("bloc")
@_on
@overlay_option
@format_option
def members(bloc: str, on: date | None, format_: str) -> None:
    """List the members of a bloc or format."""
    reference = load_world(overlays())
    rows = [
        {
            "member": reference.label(m.state),
            "member_iri": m.state,
            "since": m.start,
            "until": m.end,
        }
        for m in who.members(reference, bloc, on)
    ]
    columns = {"member": "Member", "since": "Since", "until": "Until"}
    show(Table("world members", rows, columns, {"bloc": bloc, "on": on}), format_)
