"""What to leave out of an analysis, in the words of a user."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from kg.analysis import labels
from kg.analysis.acts import acts
from kg.analysis.acts.feeds import feed_rows
from kg.analysis.without import Without
from kg.errors import NotFoundError, UsageError
from kg.namespaces import ID, document_iri
from kg.records import Status
from kg.reference.schemes import issues
from kg.workspace.catalogue import find_document, source_rows
from kg.workspace.tables import actor_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.store.base import Reader
    from kg.workspace.tables import Reference

__all__ = ["KINDS", "leaving_out"]

KINDS = ("event", "actor", "source", "issue")


def leaving_out(store: Reader, world: Reference, wanted: Iterable[str]) -> Without:
    """What to leave out.

    Args:
        store: where it lies.
        world: to recognise the names of actors.
        wanted: "event:ID", "actor:NAME", "source:NAME" (a document's or feed's id or path, or an
            outlet's name) or "issue:CODE".

    Raises:
        UsageError: a kind, actor, source or issue that there is none of.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for text in wanted:
        kind, colon, name = text.partition(":")
        if not colon or kind not in KINDS or not name.strip():
            hint = "event:ID, actor:NAME, source:NAME or issue:CODE, such as actor:us"
            raise UsageError(f"{text!r} names nothing to leave out", f"write {hint}")
        found[kind].add(name.strip())
    sources = _sources(store, found["source"]) if found["source"] else ()
    return Without(
        events=frozenset(map(_event, found["event"])),
        actors=frozenset(actor_iri(world(), labels(store), name) for name in found["actor"]),
        sources=frozenset(sources),
        issues=frozenset(map(_issue, found["issue"])),
    )


def _event(wanted: str) -> str:
    key = wanted.removeprefix(ID).removeprefix("event/")
    if not re.fullmatch(r"[0-9a-f]+", key):
        raise UsageError(f"{wanted!r} is no event", "kg explain shows the ids of events")
    return f"{ID}event/{key}"


def _issue(wanted: str) -> str:
    if wanted not in issues():
        tops = sorted({issue.top for issue in issues().values()})
        raise UsageError(f"no issue is called {wanted!r}", f"choose among {', '.join(tops)}")
    return wanted


def _sources(store: Reader, wanted: Iterable[str]) -> Iterable[str]:
    """Documents and feeds by IRI, outlets by name."""
    documents, feeds = source_rows(store), feed_rows(store)
    outlets = {row.outlet.casefold() for row in documents}
    ways: tuple[Callable[[str], str | None], ...] = (
        lambda name: next((f.iri for f in feeds if name in (f.iri, f.id, f.source)), None),
        lambda name: name if name.casefold() in outlets else None,
        lambda name: _document(name, documents),
        lambda name: name if name.casefold() in _told_by(store) else None,
    )
    for name in sorted(wanted):
        found = next(filter(None, (way(name) for way in ways)), None)
        if found is None:
            raise UsageError(
                f"no source is called {name!r}",
                "give a document's or feed's id or path, or an outlet's name: kg sources",
            )
        yield found


def _document(name: str, rows: tuple[object, ...]) -> str | None:
    try:
        return document_iri(find_document(rows, name).id)  # type: ignore[arg-type]
    except NotFoundError:
        return None


def _told_by(store: Reader) -> frozenset[str]:
    """The outlets of feeds and documents, in lower case."""
    names = acts(store, tuple(Status)).tellings.select(pl.col("outlet").cast(pl.String).unique())
    return frozenset(name.casefold() for name in names.collect()["outlet"].drop_nulls())
