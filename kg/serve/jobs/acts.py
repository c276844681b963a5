"""Single events out of a store of any size, and the names on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.analysis import told_events
from kg.analysis.events import signed_events
from kg.analysis.told import decided, known
from kg.judgements import read_log
from kg.namespaces import ID
from kg.records import Status
from kg.reference.schemes import event_types, issues
from kg.store.base import Reader
from kg.store.sparql import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Literal, Quad
    from rdflib import Dataset

    from kg.analysis import SignedEvent
    from kg.serve.worker import Child
    from kg.store.base import Result

__all__ = ["Card", "Who", "card", "cards", "event_of", "full", "label", "short"]

SMALL = 4000  # events up to which all are read at once, so that one act of several counts once

_ANY = f"SELECT ?event WHERE {{ ?event a tkg:Event }} LIMIT {SMALL + 1}"
_NAME = """
SELECT ?name WHERE {
  { ?thing skos:prefLabel ?name FILTER(LANG(?name) IN ("", "en")) }
  UNION { ?thing rdfs:label ?name }
} ORDER BY ?name LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Who:
    """A party of an event, to be shown and followed."""

    id: str
    name: str
    office: str = ""
    polity: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An event in brief.

    Attributes:
        id: short id of the event.
        label, kind, tone: sentence about it, its type's label, and plus, minus or zero.
        date: as far as it is known, "" when not.
        actors, recipients: the two sides.
        issues: (code, label).
        status: realised, hypothetical or negated.
        confidence: from 0 to 1.
        quote, title, outlet, document: of the best sentence; the document's short id.
        sources: independent ones.
        judged: right, wrong or "".
        value: its contribution to a balance.
    """

    id: str
    label: str
    kind: str
    tone: str
    date: str
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    issues: tuple[tuple[str, str], ...]
    status: str
    confidence: float
    quote: str
    title: str
    outlet: str
    document: str
    sources: int
    judged: str
    value: float


def short(iri: str) -> str:
    """An IRI without what all ours begin with; others stay whole."""
    return iri.removeprefix(ID)


def full(wanted: str) -> str:
    """The opposite of ``short``."""
    return wanted if ":" in wanted else ID + wanted


def label(child: Child, iri: str) -> str:
    """The name of anything, by the reference data or else by the documents."""
    names: dict[str, str] = child.remembered("names", dict)
    if iri not in names:
        world = child.graph.world
        if iri in world.actors or iri in world.offices:
            names[iri] = world.label(iri)
        else:
            rows = child.graph.store.select(_NAME, {"thing": NamedNode(iri)}).texts()
            names[iri] = rows[0][0] if rows else short(iri)
    return names[iri]


def event_of(child: Child, iri: str) -> SignedEvent | None:
    """The act an event is or belongs to; None when there is no such event."""
    acts = _acts(child)
    if acts is not None:
        return acts.get(iri)
    store = child.graph.store
    decisions = child.remembered("decisions", lambda: read_log(store).decisions())
    same = child.remembered("known", lambda: known(store, decisions))
    found = signed_events(_Focused(store, NamedNode(iri)), tuple(Status))
    return next(iter(decided(found, decisions, same)), None)


def cards(child: Child, iris: Iterable[str], most: int) -> tuple[Card, ...]:
    """The first ``most`` acts of these events, each once, in their order."""
    found: dict[str, Card] = {}
    for iri in iris:
        event = event_of(child, iri)
        if event is not None and event.iri not in found:
            found[event.iri] = card(child, event)
            if len(found) == most:
                break
    return tuple(found.values())


def card(child: Child, event: SignedEvent) -> Card:
    """An event in brief."""
    kind, concepts, best = event_types().get(event.type), issues(), event.best

    def side(role: str) -> tuple[Who, ...]:
        return tuple(
            Who(
                short(party.agent),
                label(child, party.agent),
                ", ".join(label(child, office) for office in party.offices),
                label(child, party.polity) if party.polity not in (None, party.agent) else "",
            )
            for party in event.parties
            if party.role == role
        )

    return Card(
        id=short(event.iri).removeprefix("event/"),
        label=event.label,
        kind=kind.label if kind else event.type,
        tone={1: "plus", -1: "minus"}.get(event.sign, "zero"),
        date=str(event.date or ""),
        actors=side("actor"),
        recipients=side("recipient"),
        issues=tuple((c, concepts[c].label if c in concepts else c) for c in event.issues),
        status=event.status.value,
        confidence=event.confidence,
        quote=best.quote if best else "",
        title=best.title if best else "",
        outlet=best.outlet if best else "",
        document=short(best.document).removeprefix("document/") if best else "",
        sources=event.independent_sources,
        judged=event.judged,
        value=event.signed_weight,
    )


def _acts(child: Child) -> dict[str, SignedEvent] | None:
    """All acts by the IRIs they stand for; None in a store with too many."""

    def read() -> dict[str, SignedEvent] | None:
        store = child.graph.store
        if len(store.select(_ANY)) > SMALL:
            return None
        acts = told_events(store, tuple(Status), with_wrong=True)
        return {iri: act for act in acts for iri in act.iris}

    found: dict[str, SignedEvent] | None = child.remembered("acts", read)
    return found


class _Focused(Reader):
    """A store as if it held one event only, for queries that name their event ``?event``."""

    def __init__(self, store: Reader, event: NamedNode) -> None:
        self._store, self._event = store, event
        self.location = store.location

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, NamedNode | Literal] | None = None,
        *,
        timeout: float | None = None,
    ) -> Result:
        """See ``Reader.query``."""
        given: dict[str, Any] = dict(bindings or {})
        if any(token.text == "?event" for token in tokens(sparql)):
            given["event"] = self._event
        elif "?signature" in sparql:  # which documents copy which takes all of them to say
            return self._store.query("SELECT ?document ?signature WHERE { FILTER(false) }")
        return self._store.query(sparql, given, timeout=timeout)

    def graphs(self) -> tuple[str, ...]:
        """See ``Reader.graphs``."""
        return self._store.graphs()

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """See ``Reader.quads``."""
        return self._store.quads(graph)

    def dataset(self) -> Dataset:
        """See ``Reader.dataset``."""
        return self._store.dataset()

    def close(self) -> None:
        """The store goes on."""
