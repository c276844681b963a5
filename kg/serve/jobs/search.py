"""Full-text search: an SQLite FTS5 index beside the server, made anew when the store changes."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from kg.serve.jobs.acts import short
from kg.serve.problems import OutOfTime
from kg.store.oxigraph import OxigraphReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.serve.child import Child

__all__ = ["CLOSE", "OPEN", "Found", "Hit", "build", "search"]

OPEN, CLOSE = "\ue000", "\ue001"
"""Private characters around a hit in an excerpt; never in the index itself."""

WORDS = 12  # of a question that are looked at
SECONDS = 5.0  # that a search may take
MOST = 500  # hits that are counted

_DOCUMENTS = """
SELECT DISTINCT ?document ?title ?text ?outlet ?issued WHERE {
  ?document a tkg:Document ; tkg:text ?text .
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:publisher ?outlet }
  OPTIONAL { ?document dcterms:issued ?issued }
}"""
_EVENTS = """
SELECT DISTINCT ?event ?label ?quote ?sign ?date WHERE {
  ?mention a tkg:EventMention ; tkg:quote ?quote ; tkg:ofEvent ?event .
  ?event rdfs:label ?label ; tkg:sign ?sign .
  OPTIONAL { ?event tkg:date ?date }
}"""
_NEWCOMERS = """
SELECT DISTINCT ?actor ?label WHERE {
  ?mention a tkg:ActorMention ; tkg:ofActor ?actor . ?actor rdfs:label ?label .
}"""
_TABLE = """
CREATE VIRTUAL TABLE found USING fts5(kind UNINDEXED, id UNINDEXED, about UNINDEXED, name, body,
  tokenize = "unicode61 remove_diacritics 2")"""
_SEARCH = f"""
SELECT id, about, snippet(found, 3, '{OPEN}', '{CLOSE}', '…', 24),
  snippet(found, 4, '{OPEN}', '{CLOSE}', '…', 40)
FROM found WHERE found MATCH ? AND kind = ? ORDER BY bm25(found, 0, 0, 0, 8.0, 1.0), id
LIMIT ? OFFSET ?"""  # noqa: S608 - our own constants
_COUNT = "SELECT COUNT(*) FROM (SELECT 1 FROM found WHERE found MATCH ? AND kind = ? LIMIT ?)"

Row = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: id, a line about it, name and excerpt with ``OPEN`` and ``CLOSE``."""

    id: str
    about: str
    name: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of each kind (actor, event, document), and how many there are at most."""

    hits: dict[str, tuple[Hit, ...]]
    counts: dict[str, int]


def build(child: Child, path: str) -> int:
    """Write the index to ``path``, whole or not at all; gives the number of entries."""
    part = Path(f"{path}.part")
    part.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(part)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        database.execute(_TABLE)
        count = 0
        for row in _rows(child):
            database.execute("INSERT INTO found VALUES (?, ?, ?, ?, ?)", row)
            count += 1
        database.commit()
        database.execute("INSERT INTO found(found) VALUES ('optimize')")
        database.commit()
    part.replace(path)
    return count


def search(child: Child, path: str, words: str, kind: str, page: int, size: int) -> Found:
    """Look the words up; all of them must occur, the last may be a beginning.

    Args:
        child: only for its deadline.
        path: of the index.
        words: what to look for; "words in quotes" are a phrase.
        kind: actor, event, document, or "" for the first few of each.
        page: from 0.
        size: hits on a page.

    Raises:
        OutOfTime: it was stopped.
    """
    asked = _question(words)
    kinds = (kind,) if kind else ("actor", "event", "document")
    if not asked:
        return Found(dict.fromkeys(kinds, ()), dict.fromkeys(kinds, 0))
    until = min(time.monotonic() + SECONDS, child.deadline)
    address = f"{Path(path).as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as database:
        database.set_progress_handler(lambda: time.monotonic() > until, 20_000)
        try:
            hits, counts = {}, {}
            for one in kinds:
                rows = database.execute(_SEARCH, (asked, one, size, page * size))
                hits[one] = tuple(Hit(*row) for row in rows)
                ((counts[one],),) = database.execute(_COUNT, (asked, one, MOST))
        except sqlite3.OperationalError as error:
            raise OutOfTime(SECONDS) from error
    return Found(hits, counts)


def _question(words: str) -> str:
    """The words as an FTS5 expression in which nothing but quoted strings occurs."""
    parts = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', words):
        found = re.findall(r"\w+", phrase or word)
        if found:
            parts.append(f'"{" ".join(found)}"')
    if not parts:
        return ""
    open_end = re.search(r"\w$", words) is not None
    return " ".join(parts[:WORDS]) + ("*" if open_end and len(parts) <= WORDS else "")


def _rows(child: Child) -> Iterator[Row]:
    world = child.graph.world
    for actor in world.actors.values():
        yield _row("actor", actor.iri, actor.kind.value, actor.label, "; ".join(actor.aliases))
    for iri, name in _select(child, _NEWCOMERS):
        if iri not in world.actors:
            yield _row("actor", iri, "only in documents", name, "")
    signs = {"-1": "−", "0": "·", "1": "+"}
    for event, name, quote, sign, date in _select(child, _EVENTS):
        yield _row("event", event, f"{signs.get(sign, '')} {date[:10] or 'undated'}", name, quote)
    for document, title, text, outlet, issued in _select(child, _DOCUMENTS):
        about = " · ".join(filter(None, (issued[:10], outlet)))
        yield _row("document", document, about, title or "Untitled", text)


def _row(kind: str, iri: str, about: str, name: str, body: str) -> Row:
    clean = str.maketrans({OPEN: " ", CLOSE: " ", "\0": " "})
    identifier = short(iri).removeprefix(f"{kind}/") if kind != "actor" else short(iri)
    return kind, identifier, about.translate(clean), name.translate(clean), body.translate(clean)


def _select(child: Child, query: str) -> Iterable[tuple[str, ...]]:
    """Rows as texts, one by one where the engine lets us."""
    store = child.graph.store
    if not isinstance(store, OxigraphReader):
        yield from store.select(query).texts()
        return
    answer = store.engine.query(query, prefixes=PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)
    for solution in answer:
        yield tuple("" if term is None else str(getattr(term, "value", "")) for term in solution)
