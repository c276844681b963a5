"""What ``kg ingest`` says while it reads and when it is done."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.cli.output import Table, clean, note
from kg.workspace.ingest import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.progress import Progress, TaskID

    from kg.workspace.ingest import Ingested

__all__ = ["Watch", "ingest_table", "tell_rejects", "watched"]


class Watch:
    """Lines on stderr that tell how far the reading is: documents counted, feeds with time left."""

    def __init__(self, documents: Progress, feeds: Progress) -> None:
        self._documents, self._feeds = documents, feeds
        self._tasks: dict[str, TaskID] = {}
        self._counting: TaskID | None = None

    def rows(self, name: str, rows: int, share: float) -> None:
        """So many rows of a feed have been read, this share of all."""
        if name not in self._tasks:
            self._tasks[name] = self._feeds.add_task(clean(name), total=1.0, rows="", rate="")
        task = self._tasks[name]
        elapsed = self._feeds.tasks[self._feeds.task_ids.index(task)].elapsed or 0.0
        rate = f"{rows / elapsed:,.0f}/s" if elapsed > 1 else ""
        self._feeds.update(task, completed=share, rows=f"{rows:,} rows", rate=rate)

    def documents(self, reports: Iterable[Ingested]) -> Iterator[Ingested]:
        """The reports, counted as they come."""
        for report in reports:
            if self._counting is None:
                self._counting = self._documents.add_task("documents", total=None)
            self._documents.update(self._counting, advance=1, description=clean(report.name))
            yield report


@contextmanager
def watched(quiet: bool) -> Iterator[Watch | None]:
    """A ``Watch`` when somebody watches: stderr is a terminal, and quiet was not asked for."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console, Group  # noqa: PLC0415 - loaded only when somebody watches
    from rich.live import Live  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    documents = Progress(
        SpinnerColumn(), MofNCompleteColumn(), "{task.description}", TimeElapsedColumn()
    )
    feeds = Progress(
        "{task.description}",
        BarColumn(),
        TextColumn("{task.fields[rows]}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Live(Group(feeds, documents), console=Console(stderr=True), transient=True):
        yield Watch(documents, feeds)


def ingest_table(done: list[Ingested], store: str) -> Table:
    """One row for each input; with the books in place of other columns when it holds feeds."""
    rows = [_row(report) for report in done]
    columns = {
        "input": "Input",
        "outcome": "Outcome",
        "document": "Document",
        "events": "Events",
        "actors": "Actors",
        "remark": "Remark",
    }
    if any(report.books for report in done):
        books = ("rows", "events", "merged", "filtered", "rejected")
        columns = {
            "input": "Input",
            "outcome": "Outcome",
            **{name: name.title() for name in books},
            **({"remark": "Remark"} if any(row["remark"] for row in rows) else {}),
        }
    return Table("ingest", rows, columns, {"store": store})


def tell_rejects(report: Ingested, format_: str) -> None:
    """Why rows of a feed were left out, and the first that cannot be read; JSON has it all."""
    books = report.books
    if books is None or format_ in ("json", "jsonl"):
        return
    for reason, count in sorted(books.filtered.items(), key=lambda item: (-item[1], item[0])):
        note(f"{report.name}: {_rows(count)} filtered: {reason}")
    if books.further:
        what = f"{_count(books.further, 'further event')} told by rows that name several on a side"
        note(f"{report.name}: {what}")
    for reason, count in sorted(books.pairs.items(), key=lambda item: (-item[1], item[0])):
        note(f"{report.name}: {_count(count, 'pair')} of such rows left out: {reason}")
    for row, reason in books.first:
        note(f"{report.name}: row {row} rejected: {reason}")
    more = sum(books.rejected.values()) - len(books.first)
    if more > 0:
        note(f"{report.name}: {_rows(more)} more rejected")


def _rows(count: int) -> str:
    return _count(count, "row")


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _row(report: Ingested) -> dict[str, Any]:
    new = report.outcome in (Outcome.ADDED, Outcome.REPLACED)
    books = report.books
    row: dict[str, Any] = {
        "input": report.name,
        "outcome": report.outcome.value,
        "document": report.document or None,
        "events": report.events if new else None,
        "actors": report.actors if new and books is None else None,
        "remark": report.problem.message if report.problem else report.remark,
    }
    if books:
        row |= {
            "feed": books.kind,
            "rows": books.rows,
            "merged": books.merged,
            "filtered": sum(books.filtered.values()),
            "rejected": sum(books.rejected.values()),
            "filtered_by": dict(books.filtered),
            "rejected_by": dict(books.rejected),
            "further_events": books.further,
            "pairs_left_out_by": dict(books.pairs),
            "first_rejected": [{"row": number, "reason": why} for number, why in books.first],
        }
    return row
