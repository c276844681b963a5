"""Who is who on a day: ``kg world show | offices | members``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kg.cli.output import (
    Table,
    format_option,
    note,
    overlay_option,
    overlays,
    share_defaults,
    show,
)
from kg.cli.values import DATE
from kg.errors import StoreError
from kg.reference.world import load_world
from kg.workspace import open_graph, who

if TYPE_CHECKING:
    from datetime import date

__all__ = ["world"]

WIKIDATA = "https://query.wikidata.org/sparql"
_HELD = ("office", "polity", "since", "until", "at_least_on")
OWN = Path("world.ttl")  # beside kg.toml

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
@click.option("-s", "--store", metavar="PATH|URL", help="Also look in the documents read there.")
@overlay_option
@format_option
def show_(name: str, on: date | None, store: str | None, format_: str) -> None:
    """Show everybody of a name, and which offices they held.

    People whom only documents know, and what these say of their offices, need --store.
    """
    found = _found(name, on, store)
    rows = [asdict(match) for match in found]
    if format_ not in ("json", "jsonl"):
        rows = [
            {**row, "office": held["office"], "for": held["polity"], "since": held["since"],
             "until": held["until"], "at_least_on": held["at_least_on"]}
            for row in rows
            for held in (row["offices"] or [dict.fromkeys(_HELD)])
        ]  # fmt: skip
    keys = ("label", "kind", "polity", "office", "for", "since", "until", "wikidata")
    columns = {key: key.capitalize() for key in keys} | {"label": "Name"}
    if any(match.told for match in found):
        columns["at_least_on"] = "At least on"
    show(Table("world show", rows, columns, {"name": name, "on": on}), format_)


def _found(name: str, on: date | None, store: str | None) -> tuple[who.Match, ...]:
    if store is None:
        return who.show(load_world(overlays()), name, on)
    source = click.get_current_context().get_parameter_source("store")
    try:
        graph = open_graph(store, overlays=overlays())
    except StoreError:
        if source is not ParameterSource.DEFAULT_MAP:
            raise
        return who.show(load_world(overlays()), name, on)  # kg.toml names a store to come
    with graph:
        return graph.who(name, on)


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


@world.command("update", epilog="Example:  kg world update --of germany --out proposed.ttl")
@click.option("--endpoint", metavar="URL", default=WIKIDATA, show_default=True,
              help="A SPARQL endpoint with the data model of Wikidata.")  # fmt: skip
@click.option("--of", metavar="NAME", help="Only the offices of a polity, or members of a bloc.")
@click.option("--since", type=DATE, help="Leave out what ended before this day.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
              help="Write what would change as an overlay, to be reviewed.")  # fmt: skip
@click.option("--apply", "applying", is_flag=True,
              help="Write it into your overlay, or world.ttl beside kg.toml.")  # fmt: skip
@click.option("--pause", type=click.FloatRange(0, 60), default=1.0, show_default=True,
              help="Seconds between two requests.")  # fmt: skip
@overlay_option
@format_option
def update(
    endpoint: str,
    of: str | None,
    since: date | None,
    out: Path | None,
    applying: bool,
    pause: float,
    format_: str,
) -> None:
    """Show tenures and memberships that Wikidata knows better, and apply them on demand.

    Nothing is written without --out or --apply, and the data of the package never are.
    """
    from kg.workspace import overlay  # noqa: PLC0415 - only for this command
    from kg.workspace.endpoint import Endpoint  # noqa: PLC0415
    from kg.workspace.refresh import compare  # noqa: PLC0415

    target = _own_overlay() if applying else None
    if out is not None and out.exists():
        raise click.UsageError(f"{out} exists; name another file")
    reference = load_world(overlays())
    polity = who.one(reference, of).iri if of else None
    found = compare(reference, Endpoint(endpoint, pause=pause), polity, since)
    keys = ("action", "holder_label", "what_label", "before", "start", "end", "wikidata")
    headings = ("Do", "Who", "What", "Now", "Since", "Until", "New person")
    parameters = {"endpoint": endpoint, "of": of, "since": since}
    rows = [asdict(difference) for difference in found]
    show(Table("world update", rows, dict(zip(keys, headings, strict=True)), parameters), format_)
    origin = f"Taken from {endpoint}"
    if out is not None:
        out.write_text(overlay.turtle(found, origin), "utf-8")
        note(f"Wrote {out}: {len(found)} differences. Use it with --overlay {out}.")
    if target is not None and found:
        overlay.apply(target, found, origin, overlays())
        note(f"Wrote {len(found)} differences into {target}.")
    elif out is None and found:
        note(f"{len(found)} differences; --out FILE writes them down, --apply puts them to use.")


def _own_overlay() -> Path:
    """The file that --apply writes to."""
    given = overlays()
    if given:
        return given[-1]
    if Path("kg.toml").is_file():
        return OWN
    raise click.UsageError(
        "--apply needs to know your overlay: name it with --overlay or $KG_OVERLAY, "
        "or make a kg.toml here"
    )
