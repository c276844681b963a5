"""Votes of an assembly: into the store, out of it or of files, and who agrees with whom."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

import polars as pl

from kg.analysis.acts.feeds import feed_rows
from kg.analysis.votes import MEASURES, By, Voters, agreements, compare, measure
from kg.errors import KgError, NotFoundError, UsageError
from kg.feeds import Feed, Tally, feed_files
from kg.feeds.kinds.votes import CALLS, CAST, Assembly, read_votes
from kg.graph.bulk import FeedCounts, feed_lines
from kg.graph.votes import PREDICATES, roll_call_lines, vote_lines
from kg.namespaces import document_iri
from kg.records import ActorKind
from kg.workspace.books import books, drop_older
from kg.workspace.frames import Framed
from kg.workspace.ingest import Ingested, Outcome
from kg.workspace.tables import actor_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from kg.analysis.votes import Agreement, Comparison
    from kg.feeds import FeedFile, Reject
    from kg.reference.world import World
    from kg.store.base import Reader, Store

__all__ = ["VoteOptions", "VoteRow", "VoteTable", "ingest_votes", "stored_votes", "vote_table",
           "votes_in"]  # fmt: skip

_CODER = ("UN General Assembly roll calls", "1")
_CALLS = """
SELECT ?call ?date ?session ?issue WHERE {
  ?call a tkg:RollCall . OPTIONAL { ?call tkg:date ?date }
  OPTIONAL { ?call tkg:session ?session } OPTIONAL { ?call tkg:voteIssue ?issue }
}"""
_CAST = "SELECT ?call ?state WHERE { VALUES ?state { %s } ?call %s ?state }"


class VoteOptions(TypedDict, total=False):
    """What a table of votes can be asked with.

    Attributes:
        by: what to split by.
        since, until: first and last day.
        issue: only roll calls whose issue has these words in it.
    """

    by: By
    since: date | None
    until: date | None
    issue: str


@dataclass(frozen=True, slots=True)
class VoteRow:
    """How far two sides agree in one group (a year, an issue …)."""

    group: str
    found: Agreement


@dataclass(frozen=True, slots=True)
class VoteTable(Framed):
    """Agreement between two sides, with their labels and what a reader must know beside it."""

    one: str
    other: str
    rows: tuple[VoteRow, ...]
    notes: tuple[str, ...]

    def records(self) -> list[dict[str, Any]]:
        """One row a group: its name, the number of votes, and each measure."""
        return [
            {
                "group": row.group,
                "votes": round(row.found.votes),
                **{name: _rounded(measure(row.found, name)) for name in MEASURES},
            }
            for row in self.rows
        ]


def ingest_votes(
    store: Store,
    world: World,
    files: Sequence[FeedFile],
    *,
    read_on: date,
    source: Callable[[FeedFile], str],
    on_reject: Callable[[Reject], None] | None = None,
) -> Iterator[Ingested]:
    """Put the votes of tables that belong together into a store, as one feed, all or nothing.

    Args:
        store: open for writing.
        world: the reference data.
        files: of the kinds "un-votes", "un-rollcalls" and "un-issues".
        read_on: the day to record.
        source: where a file is from, as the store knows it.
        on_reject: gets the rows that cannot be read.
    """
    tallies = {file.part.name: Tally(on_reject=on_reject) for file in files}
    try:
        ids = [file.feed(source(file)).id for file in files]
        main = next((file for file in files if file.kind == "un-votes"), files[0])
        digest = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:20]
        feed = Feed(digest, "un-votes", _CODER, source(main))
        graph = document_iri(feed.id)
        if any(row.id == feed.id for row in feed_rows(store)):
            yield from (Ingested(name, Outcome.UNCHANGED, feed.id) for name in tallies)
            return
        assembly = read_votes([(file.part, file.layout) for file in files], world, tallies)
        store.discard([graph])  # what a killed forget left
        store.load(_blocks(graph, assembly, feed, read_on, world.version))
        outcome = Outcome.REPLACED if drop_older(store, feed) else Outcome.ADDED
    except KgError as error:
        yield from (Ingested(name, Outcome.FAILED, problem=error) for name in tallies)
        return
    for name, tally in tallies.items():
        kept = books(feed.kind, tally.coded, tally)
        yield Ingested(name, outcome, feed.id, events=tally.coded, books=kept)


def votes_in(paths: Iterable[Path], world: World) -> Assembly:
    """The votes in some files that belong together.

    Raises:
        SourceError: one cannot be read.
        UsageError: one holds no votes.
    """
    files = []
    for path in paths:
        found = [file for file in feed_files(path) if file.kind.startswith("un-")]
        if not found:
            hint = "needed are columns rcid, vote and a country, or rcid, session and date"
            raise UsageError(f"{path} holds no roll calls", hint)
        files += found
    return read_votes([(file.part, file.layout) for file in files], world, {})


def stored_votes(store: Reader, states: Iterable[str]) -> Assembly:
    """The votes of some states in a store.

    Raises:
        NotFoundError: it holds no roll calls.
    """
    rows = store.select(_CALLS).texts()
    if not rows:
        hint = "kg ingest reads tables of roll calls; or name them with --from"
        raise NotFoundError("this store holds no roll calls", hint)
    numbers = {iri: number for number, iri in enumerate(sorted({row[0] for row in rows}))}
    calls = (
        pl.DataFrame(rows, schema=["iri", "date", "session", "issue"], orient="row")
        .group_by("iri")
        .agg(
            pl.col("date", "session").first(),
            issues=pl.col("issue").filter(pl.col("issue") != "").unique().sort(),
        )
        .select(
            call=pl.col("iri").replace_strict(numbers),
            date=pl.col("date").str.to_date(strict=False),
            session="session",
            resolution=pl.lit(None, pl.String),
            title=pl.lit(None, pl.String),
            issues="issues",
        )
        .cast(CALLS)
        .sort("call")
    )
    wanted = " ".join(f"<{state}>" for state in sorted(set(states)))
    cast = [
        (numbers[call], state, vote)
        for vote, predicate in PREDICATES.items()
        for call, state in store.select(_CAST % (wanted, predicate)).texts()
    ]
    frame = pl.DataFrame(cast, schema=CAST, orient="row").unique(["call", "state"], keep="first")
    return Assembly(frame.sort("call", "state"), calls)


def vote_table(
    world: World,
    one: str,
    other: str,
    votes: Callable[[Iterable[str]], Assembly],
    options: VoteOptions,
) -> VoteTable:
    """How far two sides agree.

    Args:
        world: the reference data.
        one: name of a state or bloc.
        other: the other side's.
        votes: gives the votes of some states.
        options: see there.

    Raises:
        UsageError: a side is unknown, no state or bloc, or both are the same.
        NotFoundError: they never voted on the same roll call.
    """
    left, right = _voters(world, one), _voters(world, other)
    if left.iri == right.iri:
        raise UsageError(f"both sides are the same: {one} and {other}")
    assembly = votes(_states(world, left) | _states(world, right))
    calls = _chosen(assembly.calls, options)
    found = agreements(assembly.cast, calls, left, right, options.get("by", By.YEAR))
    if not found:
        raise NotFoundError(f"{one} and {other} have no roll call in common")
    undated = calls["date"].null_count()
    notes = (f"{undated} roll calls have no known date.",) if undated else ()
    rows = tuple(VoteRow(group, agreed) for group, agreed in found)
    return VoteTable(world.label(left.iri), world.label(right.iri), rows, notes)


def against_events(table: VoteTable, tone: dict[int, float], by: str) -> Comparison:
    """A table by year against the tone of events; see ``kg.analysis.votes.compare``."""
    pairs = ((int(row.group), measure(row.found, by)) for row in table.rows)
    return compare({year: value for year, value in pairs if value is not None}, tone)


def _blocks(
    graph: str, assembly: Assembly, feed: Feed, read_on: date, version: str
) -> Iterator[tuple[str, bytes]]:
    """The roll calls and votes; the feed itself last, which makes it known."""
    yield graph, roll_call_lines(assembly, feed)
    yield from ((graph, lines) for lines in vote_lines(assembly))
    yield graph, feed_lines(feed, FeedCounts(assembly.cast.height, 0), read_on, version)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _voters(world: World, name: str) -> Voters:
    iri = actor_iri(world, {}, name)
    kind = world.actors[iri].kind
    if kind not in (ActorKind.STATE, ActorKind.BLOC):
        raise UsageError(f"{name} is neither a state nor a bloc", "only states vote")
    return Voters(iri, world.members if kind is ActorKind.BLOC else None)


def _states(world: World, side: Voters) -> set[str]:
    if side.members is None:
        return {side.iri}
    return {m.state for m in world.memberships if m.bloc == side.iri}


def _chosen(calls: pl.DataFrame, options: VoteOptions) -> pl.DataFrame:
    since, until, issue = options.get("since"), options.get("until"), options.get("issue", "")
    if since:
        calls = calls.filter(pl.col("date") >= since)
    if until:
        calls = calls.filter(pl.col("date") <= until)
    if issue:
        named = pl.col("issues").list.join(" / ").str.to_lowercase()
        calls = calls.filter(named.str.contains(issue.lower(), literal=True))
    return calls
