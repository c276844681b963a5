"""Judgements in the words of a user: ids and names instead of IRIs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis import labels, told_events
from kg.errors import NotFoundError, UsageError
from kg.judgements import Judgement, Verdict, append, read_log
from kg.namespaces import ID, document_iri
from kg.records import Status
from kg.workspace.catalogue import find_document, source_rows
from kg.workspace.tables import actor_iri
from kg.workspace.told import feeds_of
from kg.workspace.told_acts import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.analysis import SignedEvent
    from kg.judgements import Signature
    from kg.reference.world import World
    from kg.store.base import Reader, Store

__all__ = ["JudgementRow", "dormant", "judge", "judgement_rows", "undo"]

EVENT = f"{ID}event/"
SHORTEST = 6  # digits of an event's id

_EXISTS = "SELECT DISTINCT ?event WHERE { ?event a tkg:Event }"
_DOCUMENTS = "SELECT DISTINCT ?document WHERE { ?document a tkg:Document }"


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One entry of the log as it is listed; ``subjects`` and ``others`` are labels with ids."""

    number: int
    id: str
    verdict: str
    subjects: tuple[str, ...]
    others: tuple[str, ...]
    document: str
    author: str
    at: str
    note: str
    standing: bool
    undone_by: int | None
    undoes: int | None


def judge(
    store: Store,
    world: World,
    verdict: Verdict,
    wanted: Sequence[str],
    by: Signature,
    document: str = "",
) -> Judgement:
    """Write down a decision about events, or about actors.

    Args:
        store: open for writing.
        world: to recognise the names of actors.
        verdict: same or different (of two), right or wrong (of one).
        wanted: an event's id (six digits of it or more) or IRI, or an actor's name. All of the
            events that count as one act with it are meant, unless both are already one act.
        by: who decides, and why.
        document: the document in which an actor is meant or not, by id, path or title.

    Raises:
        NotFoundError: no such event or document.
        UsageError: the wrong number of things, an event compared with an actor, an actor judged
            without a document, or several events that an id may mean.
    """
    needed = 2 if verdict.compares else 1
    if len(wanted) != needed:
        raise UsageError(f"{verdict.value} takes {needed}, not {len(wanted)}")
    acts = told_events(store, tuple(Status), with_wrong=True)
    names = labels(store)
    coded = Told(store, names).starting if feeds_of(store) else None
    things = [_thing(acts, coded, world, names, word) for word in wanted]
    kinds = {iris[0].startswith(EVENT) for _, iris in things}
    if len(kinds) > 1:
        raise UsageError("an event and an actor cannot be compared")
    inside = ""
    if kinds == {False} and not verdict.compares:
        if not document:
            raise UsageError("whom a document means can only be judged for that document",
                             "add --in DOCUMENT")  # fmt: skip
        inside = document_iri(find_document(source_rows(store), document).id)
    if len(things) == 1:
        return append(store, verdict, things[0][1], by=by, document=inside)
    (one, first), (other, second) = things
    if set(first) & set(second):
        first, second = (one,), (other,)
    return append(store, verdict, first, second, by=by)


def undo(store: Store, wanted: str, by: Signature) -> Judgement:
    """Take a judgement back by a further entry; an undo taken back brings it back.

    Raises:
        NotFoundError: no such judgement.
        UsageError: it is already undone; nothing is changed.
    """
    entry = read_log(store).find(wanted)
    return append(store, Verdict.UNDO, by=by, undoes=entry.iri)


def judgement_rows(store: Reader) -> tuple[JudgementRow, ...]:
    """The log, first entry first."""
    log, names = read_log(store), labels(store)
    told = {iri: act.label for act in told_events(store, tuple(Status), with_wrong=True)
            for iri in act.iris} if log.entries else {}  # fmt: skip
    told |= _coded_labels(store, names, log.entries, told)
    numbers = {entry.iri: entry.number for entry in log.entries}
    undone = log.undone()

    def named(iris: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            f"{told.get(iri, 'gone')} ({iri.removeprefix(EVENT)})"
            if iri.startswith(EVENT)
            else names.get(iri, iri.removeprefix(ID))
            for iri in iris
        )

    return tuple(
        JudgementRow(
            number=entry.number,
            id=entry.iri.rpartition("/")[2],
            verdict=entry.verdict.value,
            subjects=named(entry.subjects),
            others=named(entry.others),
            document=entry.document.removeprefix(document_iri("")),
            author=entry.author,
            at=entry.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            note=entry.note,
            standing=entry.iri not in undone,
            undone_by=undone[entry.iri].number if entry.iri in undone else None,
            undoes=numbers.get(entry.undoes),
        )
        for entry in log.entries
    )


def _coded_labels(
    store: Reader,
    names: dict[str, str],
    entries: Sequence[Judgement],
    told: Mapping[str, str],
) -> dict[str, str]:
    """Labels of the events in a log that only feeds tell."""
    named = {iri for entry in entries for iri in (*entry.subjects, *entry.others)}
    unknown = sorted(iri for iri in named - told.keys() if iri.startswith(EVENT))
    if not unknown or not feeds_of(store):
        return {}
    from kg.analysis.acts.details import events_in_full  # noqa: PLC0415 - loads Polars

    return {event.iri: event.label for event in events_in_full(store, unknown, names)}


def dormant(store: Reader) -> tuple[tuple[Judgement, str], ...]:
    """Standing judgements about what is no longer in the store, each with the missing IRI.

    They do nothing until a document that brings it back is read again.
    """
    log = read_log(store).standing()
    if not log:
        return ()
    there = {row[0] for query in (_EXISTS, _DOCUMENTS) for row in store.select(query).texts()}
    kinds = (EVENT, document_iri(""))
    return tuple(
        (entry, iri)
        for entry in log
        for iri in (*entry.subjects, *entry.others, entry.document)
        if iri.startswith(kinds) and iri not in there
    )


def _thing(
    acts: tuple[SignedEvent, ...],
    coded: Callable[[str], list[SignedEvent]] | None,
    world: World,
    names: dict[str, str],
    wanted: str,
) -> tuple[str, tuple[str, ...]]:
    """The IRI that was meant, and all IRIs of the act it belongs to; an actor is just itself.

    Args:
        acts: what documents tell.
        coded: finds what feeds tell, too, by the beginning of an IRI; None without feeds.
        world: to recognise the names of actors.
        names: labels, likewise.
        wanted: what was typed.
    """
    key = wanted.strip().removeprefix(EVENT).removeprefix("event/")
    digits = all(char in "0123456789abcdef" for char in key)
    if digits and len(key) >= SHORTEST:
        told = (*acts, *(coded(EVENT + key) if coded else ()))
        found = {iri: act for act in told for iri in act.iris if iri.startswith(EVENT + key)}
        if len(found) > 1:
            raise UsageError(f"{wanted!r} names {len(found)} events", "give more of its digits")
        for iri, act in found.items():
            return iri, act.iris
        if any(char.isdigit() for char in key):
            raise NotFoundError(f"no event {wanted!r} in this store", "kg explain shows event ids")
    iri = actor_iri(world, names, wanted)
    return iri, (iri,)
