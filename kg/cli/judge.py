"""Decide what the rules cannot: ``kg review`` asks, ``kg judgements`` keeps the log."""

from __future__ import annotations

import csv
import getpass
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from kg.cli.output import (
    Table,
    clean,
    format_option,
    note,
    overlay_option,
    overlays,
    share_defaults,
    show,
    store_option,
)
from kg.judgements import Signature, Verdict
from kg.workspace import open_graph
from kg.workspace.review import BELOW, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.judgements import Judgement
    from kg.workspace import KnowledgeGraph
    from kg.workspace.judging import JudgementRow
    from kg.workspace.review import Question

__all__ = ["judgements", "review"]

COLUMNS = {
    "number": "#",
    "verdict": "Verdict",
    "subjects": "About",
    "others": "Compared with",
    "document": "In",
    "author": "By",
    "at": "At",
    "note": "Note",
    "standing": "Standing",
    "undone_by": "Undone by",
    "undoes": "Undoes",
    "id": "Id",
}
# What may be typed; the first letter is enough, and "accept" and "reject" are other words.
WORDS = {
    "accept": Verdict.RIGHT,
    "right": Verdict.RIGHT,
    "reject": Verdict.WRONG,
    "wrong": Verdict.WRONG,
    "same": Verdict.SAME,
    "different": Verdict.DIFFERENT,
    "a": Verdict.RIGHT,
    "r": Verdict.WRONG,
    "s": Verdict.SAME,
    "d": Verdict.DIFFERENT,
}
SPELT = {
    Verdict.RIGHT: "(a)ccept",
    Verdict.WRONG: "(r)eject",
    Verdict.SAME: "(s)ame",
    Verdict.DIFFERENT: "(d)ifferent",
}

_author = click.option(
    "--author", envvar="KG_AUTHOR", help="Who decides.  [default: $KG_AUTHOR, else your login name]"
)
_note = click.option("--note", "why", default="", help="Why, in your own words.")


def _who(author: str | None) -> str:
    if author:
        return author
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise click.UsageError("nobody is known to decide; give --author NAME") from error


@click.command(
    epilog="Examples:  kg review --topic duplicates  |  printf 'same\\nquit\\n' | kg review"
)
@click.option("--topic", "topics", type=click.Choice([topic.value for topic in Topic]),
              multiple=True, help="Only these questions.  [default: all]")  # fmt: skip
@click.option("--below", type=click.FloatRange(0, 1), default=BELOW, show_default=True,
              help="Ask about events that the reader is less sure of.")  # fmt: skip
@click.option("--answers", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Read the answers from a file, one per line.")  # fmt: skip
@_author
@_note
@overlay_option
@store_option
def review(
    topics: tuple[str, ...],
    below: float,
    answers: Path | None,
    author: str | None,
    why: str,
    store: str,
) -> None:
    """Walk through what is doubtful and decide: accept, reject, same, different, skip, undo, quit.

    Every decision is stored at once, with your name and the time; kg judgements undo takes it back.
    """
    by = Signature(_who(author), why)
    with open_graph(store, write=True, overlays=overlays()) as graph:
        asked = graph.questions(tuple(Topic(topic) for topic in topics) or None, below)
        if coded := graph.unasked():
            note(
                f"Not asked about: {coded:,} event{'s' * (coded != 1)} of feeds. Judge one by "
                "its id (kg explain shows it): kg judgements add wrong ID."
            )
        if not asked:
            note("Nothing to review.")
            return
        if answers is None:
            _walk(graph, asked, by, _lines(sys.stdin))
            return
        with answers.open(encoding="utf-8") as file:
            _walk(graph, asked, by, _lines(file))


def _lines(source: TextIO) -> Callable[[], str | None]:
    """The next answer, None at the end of the input."""

    def ask() -> str | None:
        line = source.readline()
        return line.strip().lower() if line else None

    return ask


def _walk(
    graph: KnowledgeGraph,
    asked: tuple[Question, ...],
    by: Signature,
    ask: Callable[[], str | None],
) -> None:
    made: list[tuple[int, Judgement]] = []
    decided = index = 0
    while index < len(asked):
        question = asked[index]
        _show(index + 1, len(asked), question)
        word = ask()
        if word is None or word in ("q", "quit"):
            break
        if word in ("u", "undo"):
            if not made:
                note("Nothing to undo yet.")
                continue
            index, last = made.pop()
            graph.undo(last.iri, by=by)
            decided -= 1
        elif word in ("", "k", "skip"):
            index += 1
        elif (verdict := WORDS.get(word)) in question.choices:
            assert verdict is not None
            made.append((index, graph.answer(question, verdict, by=by)))
            decided += 1
            index += 1
        else:
            note(f"{word[:40]!r} is no answer here.")
    note(f"{decided} decided, {len(asked) - decided} left open.")


def _show(number: int, total: int, question: Question) -> None:
    click.echo()
    click.echo(click.style(f"[{number}/{total}] {clean(question.text[0])}", bold=True))
    for line in question.text[1:]:
        indent = len(line) - len(line.lstrip())
        click.echo(" " * indent + clean(line))
    choices = ", ".join(SPELT[verdict] for verdict in question.choices)
    click.echo(f"{choices}, s(k)ip, (u)ndo, (q)uit", err=True)


@click.group(epilog="Examples:  kg judgements list  |  kg judgements undo 3")
@click.pass_context
def judgements(ctx: click.Context) -> None:
    """Keep the log of decisions: list, export, add, undo. Nothing in it is ever removed."""
    share_defaults(ctx)


@judgements.command("list", epilog="Example:  kg judgements list -f json")
@store_option
@format_option
def list_(store: str, format_: str) -> None:
    """List all decisions, and which of them stand."""
    rows = [asdict(row) for row in _rows(store)]
    columns = COLUMNS
    if format_ == "table":
        columns = {name: heading for name, heading in COLUMNS.items() if name != "id"}
    show(Table("judgements list", rows, columns, {"store": store}), format_)


@judgements.command("export", epilog="Example:  kg judgements export decisions.csv")
@click.argument("out", metavar="OUT")
@click.option("--force", is_flag=True, help="Overwrite OUT when it exists.")
@store_option
def export(out: str, force: bool, store: str) -> None:
    """Write the log as CSV to OUT ("-" for stdout)."""
    target = None if out == "-" else Path(out)
    if target is not None and target.exists() and not force:
        raise click.UsageError(f"{out} exists; --force overwrites it")
    rows = _rows(store)
    if target is None:
        _write(rows, sys.stdout)
        return
    with target.open("w", encoding="utf-8", newline="") as file:
        _write(rows, file)
    note(f"Wrote {target} ({len(rows)} judgements).")


@judgements.command("add", epilog="Example:  kg judgements add same 4f0c2a91 77b0e6c2 --note wire")
@click.argument("verdict", type=click.Choice([v.value for v in Verdict if v is not Verdict.UNDO]))
@click.argument("things", nargs=-1, required=True, metavar="EVENT|ACTOR...")
@click.option("--in", "document", default="", metavar="DOCUMENT",
              help="For an actor: the document that does or does not mean it.")  # fmt: skip
@_author
@_note
@overlay_option
@store_option
@format_option
def add(
    verdict: str,
    things: tuple[str, ...],
    document: str,
    author: str | None,
    why: str,
    store: str,
    format_: str,
) -> None:
    """Decide: two events (or actors) are the same or different; one is right or wrong."""
    with open_graph(store, write=True, overlays=overlays()) as graph:
        by = Signature(_who(author), why)
        made = graph.judge(Verdict(verdict), *things, by=by, document=document)
        _confirm(graph, made, store, format_)


@judgements.command("undo", epilog="Example:  kg judgements undo 3 --note 'read it again'")
@click.argument("judgement", metavar="NUMBER|ID")
@_author
@_note
@store_option
@format_option
def undo(judgement: str, author: str | None, why: str, store: str, format_: str) -> None:
    """Take a decision back by a further entry; the log keeps both."""
    with open_graph(store, write=True, overlays=overlays()) as graph:
        made = graph.undo(judgement, by=Signature(_who(author), why))
        _confirm(graph, made, store, format_)


def _confirm(graph: KnowledgeGraph, made: Judgement, store: str, format_: str) -> None:
    rows = [asdict(row) for row in graph.judgements() if row.number == made.number]
    show(Table("judgements", rows, COLUMNS, {"store": store}), format_)


def _rows(store: str) -> tuple[JudgementRow, ...]:
    with open_graph(store) as graph:
        return graph.judgements()


def _write(rows: tuple[JudgementRow, ...], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in rows)


def _cells(row: JudgementRow) -> Iterator[str]:
    for name in COLUMNS:
        value = getattr(row, name)
        text = "; ".join(value) if isinstance(value, tuple) else str("" if value is None else value)
        # a spreadsheet would run this as a formula
        yield f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
