"""Show a document with everything that was found in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.files import target_of, write_whole
from kg.cli.output import Table, clean, complain, format_option, note, show
from kg.cli.values import PARTIAL_DATE
from kg.records import Reading
from kg.views.reading import (
    LEGEND,
    event_rows,
    heading,
    marked_lines,
    reading_page,
    reading_record,
)
from kg.workspace.reading import read_inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction import Extractor
    from kg.records import PartialDate

__all__ = ["read"]

WIDTH = 100  # columns when stdout is no terminal
COLUMNS = {
    "number": "#",
    "type": "Type",
    "actors": "Who",
    "recipients": "Whom",
    "modality": "Modality",
    "date": "Date",
    "issues": "Issue",
    "speaker": "Said by",
    "confidence": "Confidence",
    "rule": "Rule",
}


@click.command(epilog="Examples:  kg read article.txt  |  curl -s URL | kg read - --html out.html")
@click.argument("file", metavar="FILE|-")
@click.option("--date", "published", type=PARTIAL_DATE, help="Publication date of the document.")
@click.option("--model", help="Another spaCy pipeline that is installed here.")
@click.option(
    "--generic-actors",
    is_flag=True,
    help='Read unnamed actors ("Afghan rebels") and politics at home, too.',
)
@click.option("--html", "page", metavar="OUT", help='Write a page instead ("-" for stdout).')
@click.option("--force", is_flag=True, help="Overwrite OUT when it exists.")
@format_option
def read(
    file: str,
    published: PartialDate | None,
    model: str | None,
    generic_actors: bool,
    page: str | None,
    force: bool,
    format_: str,
) -> int:
    """Show a document with its actors, acts and speakers marked, and a table of the events.

    Nothing is stored. Without colour, [brackets] hold actors and {braces} the words that name
    an act; "not", "if" and "past" say that it did not, may, or did happen before.
    """
    target = target_of(page, force=force) if page else None
    readings, failed = [], False
    for found in read_inputs(
        [file],
        base=Path.cwd(),
        stdin=sys.stdin.buffer,
        published=published,
        model=model,
        extractor=_reader_of_groups(model) if generic_actors else None,
    ):
        if isinstance(found, Reading):
            readings.append(found)
            continue
        failed = True
        complain(found.error.message, found.error.hint)
    if page is not None and readings:
        write_whole(target, reading_page(readings).encode("utf-8"))
    elif readings:
        _show(readings, file, format_)
    return 1 if failed else 0


def _reader_of_groups(model: str | None) -> Extractor:
    """The reader that finds unnamed people and groups, too."""
    from kg.extraction.coder import AnalystExtractor  # noqa: PLC0415 - loads spaCy

    return AnalystExtractor(model, generic_actors=True)


def _show(readings: Sequence[Reading], file: str, format_: str) -> None:
    if format_ != "table":
        rows = [row for reading in readings for row in event_rows(reading)]
        extra = {"readings": [reading_record(reading) for reading in readings]}
        show(Table("read", rows, COLUMNS, {"file": file}, extra=extra), format_)
        return
    for reading in readings:
        _print(reading)
        rows = event_rows(reading)
        if rows:
            show(Table("read", rows, COLUMNS), format_)
        else:
            note("No event was found.")
    note(LEGEND)


def _print(reading: Reading) -> None:
    from kg.cli.terminal import console as new_console  # noqa: PLC0415 - only to draw

    console = new_console(WIDTH)
    console.print(heading(reading))
    console.print()
    for line in marked_lines(reading):
        console.print(line)
    if reading.offices:
        console.print()
    for office in reading.offices:
        holder = reading.by_id[office.holder].name
        status = f" ({office.status.value})" if office.status else ""
        said = clean(f"{holder}: {office.office}{status}, {office.body}")
        console.print(f"  {said}", markup=False)
