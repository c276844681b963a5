"""The log of judgements in a store: reading it, adding to it, and what it comes to.

Like the resolver of nomenklatura (https://github.com/opensanctions/nomenklatura), the log keeps
decisions apart from the data they are about. An undo is an entry of its own, and can be undone too.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from itertools import product
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import NotFoundError, UsageError
from kg.graph.terms import integer, iri, plain, term
from kg.judgements.records import Decisions, Judgement, Verdict
from kg.namespaces import ID, graph_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.base import Reader, Store

__all__ = ["GRAPH", "Log", "Signature", "append", "read_log"]

T = TypeVar("T")
GRAPH = graph_iri("judgements")
PREFIX = f"{ID}judgement/"


@dataclass(frozen=True, slots=True)
class Log:
    """All entries in the order in which they were made."""

    entries: tuple[Judgement, ...] = ()

    def find(self, wanted: str) -> Judgement:
        """The entry of a number, an IRI, or the first digits of an identifier.

        Raises:
            NotFoundError: there is none.
            UsageError: there are several.
        """
        key = wanted.strip().removeprefix(PREFIX).removeprefix("judgement/")
        if key.isdecimal() and len(key) < 6:
            found = [entry for entry in self.entries if entry.number == int(key)]
        else:
            found = [e for e in self.entries if key and e.iri.removeprefix(PREFIX).startswith(key)]
        if len(found) > 1:
            raise UsageError(f"{wanted!r} names {len(found)} judgements", "give more of its digits")
        if not found:
            raise NotFoundError(
                f"no judgement {wanted!r} in this store", "kg judgements list shows what there is"
            )
        return found[0]

    def undone(self) -> dict[str, Judgement]:
        """IRI of an entry that no longer stands → the entry that took it back."""
        undone: dict[str, Judgement] = {}
        for entry in reversed(self.entries):
            if entry.verdict is Verdict.UNDO and entry.iri not in undone:
                undone.setdefault(entry.undoes, entry)
        return undone

    def standing(self) -> tuple[Judgement, ...]:
        """The decisions that were not taken back, in order."""
        undone = self.undone()
        return tuple(
            e for e in self.entries if e.verdict is not Verdict.UNDO and e.iri not in undone
        )

    def decisions(self) -> Decisions:
        """What the standing entries come to; of two about the same thing the later holds."""
        events: dict[str, Verdict] = {}
        pairs: dict[tuple[str, str], Verdict] = {}
        links: dict[tuple[str, str], Verdict] = {}
        for entry in self.standing():
            if entry.verdict.compares:
                for one, other in product(entry.subjects, entry.others):
                    if one != other:
                        pairs[min(one, other), max(one, other)] = entry.verdict
            elif entry.document:
                links.update({(entry.document, actor): entry.verdict for actor in entry.subjects})
            else:
                events.update(dict.fromkeys(entry.subjects, entry.verdict))
        return Decisions(
            wrong=_those(events, Verdict.WRONG),
            right=_those(events, Verdict.RIGHT),
            same=_those(pairs, Verdict.SAME),
            different=_those(pairs, Verdict.DIFFERENT),
            wrong_links=_those(links, Verdict.WRONG),
            right_links=_those(links, Verdict.RIGHT),
        )


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, why, and when (now, if nothing is said)."""

    author: str
    note: str = ""
    at: datetime | None = None


def read_log(store: Reader, known_on: date | None = None) -> Log:
    """The log of a store.

    Args:
        store: where it lies.
        known_on: leave out entries made after this day (in UTC).
    """
    described: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in store.quads(GRAPH):
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            described[subject.value][quad.predicate.value].append(value.value)
    entries = (_entry(subject, values) for subject, values in described.items())
    kept = (e for e in entries if e and (known_on is None or e.at.date() <= known_on))
    return Log(tuple(sorted(kept, key=lambda e: (e.number, e.iri))))


def append(
    store: Store,
    verdict: Verdict,
    subjects: Iterable[str] = (),
    others: Iterable[str] = (),
    *,
    by: Signature,
    document: str = "",
    undoes: str = "",
) -> Judgement:
    """Add one entry and give it back; nothing that is there is touched.

    Args:
        store: open for writing.
        verdict: what was decided.
        subjects: IRIs of what is judged; none for an undo.
        others: IRIs of what it is compared with, for "same" and "different".
        by: who decides, when and why.
        document: IRI of the document in which a link to an actor is judged.
        undoes: IRI of the entry that an undo takes back.

    Raises:
        UsageError: a comparison of fewer than two things, an undo of what is already undone, or
            nobody who decides.
    """
    log = read_log(store)
    judged, compared = tuple(sorted(set(subjects))), tuple(sorted(set(others)))
    if verdict.compares and (not judged or not compared or judged == compared):
        raise UsageError(f"{verdict.value} needs two different things to compare")
    if not by.author.strip():
        raise UsageError("a judgement needs an author", "give --author NAME or set KG_AUTHOR")
    if undoes and (before := log.undone().get(undoes)):
        raise UsageError(
            f"judgement {log.find(undoes).number} was already undone by {before.author} "
            f"on {before.at:%Y-%m-%d}; nothing was changed",
            f"kg judgements undo {before.number} brings it back",
        )
    moment = (by.at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    number = max((entry.number for entry in log.entries), default=0) + 1
    made = Judgement(
        *("", number, verdict, judged, compared, document),
        *(by.author.strip(), moment, by.note, undoes),
    )
    content = json.dumps([str(getattr(made, field.name)) for field in fields(made)])
    entry = Judgement(
        PREFIX + hashlib.sha256(content.encode()).hexdigest()[:16],
        *(getattr(made, field.name) for field in fields(made)[1:]),
    )
    kept = {quad.triple for quad in store.quads(GRAPH)}
    store.replace({GRAPH: kept | set(_triples(entry))})
    return entry


def _triples(entry: Judgement) -> Iterator[Triple]:
    node = iri(entry.iri)
    moment = Literal(entry.at.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=term("xsd:dateTime"))
    yield Triple(node, term("rdf:type"), term("tkg:Judgement"))
    yield Triple(node, term("tkg:sequence"), integer(entry.number))
    yield Triple(node, term("tkg:verdict"), plain(entry.verdict.value))
    yield Triple(node, term("tkg:judgedAt"), moment)
    yield Triple(node, term("dcterms:creator"), plain(entry.author))
    for subject in entry.subjects:
        yield Triple(node, term("tkg:judges"), iri(subject))
    for other in entry.others:
        yield Triple(node, term("tkg:comparedWith"), iri(other))
    if entry.document:
        yield Triple(node, term("tkg:judgedIn"), iri(entry.document))
    if entry.note:
        yield Triple(node, term("skos:note"), plain(entry.note))
    if entry.undoes:
        yield Triple(node, term("tkg:undoes"), iri(entry.undoes))


def _entry(subject: str, values: dict[str, list[str]]) -> Judgement | None:
    """None for a node that is no complete judgement: somebody else's triples do no harm."""

    def all_of(name: str) -> tuple[str, ...]:
        return tuple(sorted(values.get(term(name).value, ())))

    def one(name: str) -> str:
        return next(iter(all_of(name)), "")

    try:
        return Judgement(
            iri=subject,
            number=int(one("tkg:sequence")),
            verdict=Verdict(one("tkg:verdict")),
            subjects=all_of("tkg:judges"),
            others=all_of("tkg:comparedWith"),
            document=one("tkg:judgedIn"),
            author=one("dcterms:creator"),
            at=datetime.fromisoformat(one("tkg:judgedAt")),
            note=one("skos:note"),
            undoes=one("tkg:undoes"),
        )
    except ValueError:
        return None


def _those(found: dict[T, Verdict], verdict: Verdict) -> frozenset[T]:
    return frozenset(thing for thing, decided in found.items() if decided is verdict)
