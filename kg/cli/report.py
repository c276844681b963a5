"""``kg report``: a dossier about a pair, an actor, a bloc or an issue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.analysis import Level
from kg.cli.files import target_of, write_whole
from kg.cli.output import known_on_option, overlay_option, overlays, store_option
from kg.cli.values import DATE, UNTIL

if TYPE_CHECKING:
    from datetime import date

__all__ = ["report"]

FORMATS = ("html", "md", "docx")


@click.command(
    epilog="Examples:  kg report us,eu -o us-eu.html  |  kg report issue:trade-tariffs -f md -o -"
)
@click.argument("subject", metavar="SUBJECT")
@click.option("-o", "--out", metavar="OUT", default=None,
              help='File to write, "-" for stdout; else named after SUBJECT.')  # fmt: skip
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), default=None,
              help="Format; by default what OUT ends in, else html.")  # fmt: skip
@click.option("--since", type=DATE, help="First day that counts.")
@click.option("--until", type=UNTIL, help="Last day that counts.")
@click.option("--level", type=click.Choice([level.value for level in Level]), default="polity",
              show_default=True, help="Who counts as a counterpart.")  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite OUT when it exists.")
@known_on_option
@overlay_option
@store_option
def report(
    subject: str,
    out: str | None,
    format_: str | None,
    since: date | None,
    until: date | None,
    level: str,
    force: bool,
    known_on: date | None,
    store: str,
) -> None:
    """Write a dossier about SUBJECT: figures, charts, sentences, sources, and what is not known.

    SUBJECT is a pair ("us,eu"), somebody ("Kaja Kallas", "nato") or an issue
    ("issue:trade-tariffs"). The page is made for printing; a browser makes a PDF of it.
    """
    chosen = format_ or _ending(out) or "html"
    target = target_of(out or f"{_stem(subject)}.{chosen}", force=force)
    from kg.views.report import render  # noqa: PLC0415 - only when a report is made
    from kg.workspace import open_graph  # noqa: PLC0415

    with open_graph(store, known_on=known_on, overlays=overlays()) as graph:
        view = graph.report(subject, since=since, until=until, level=Level(level))
    write_whole(target, render(view, chosen))


def _ending(out: str | None) -> str | None:
    ending = Path(out or "").suffix.lower().lstrip(".")
    ending = {"htm": "html", "markdown": "md"}.get(ending, ending)
    return ending if ending in FORMATS else None


def _stem(subject: str) -> str:
    """A file name: letters, digits and hyphens of the subject."""
    words = "".join(char if char.isalnum() else " " for char in subject).split()
    return "-".join(words).lower()[:80] or "report"
