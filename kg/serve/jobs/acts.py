"""Single events out of a store of any size, and the names on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.analysis.acts.details import events_in_full
from kg.namespaces import ID
from kg.records import Status
from kg.reference.schemes import event_types, issues
from kg.serve.jobs.records import Card, Who
from kg.store.base import Reader
from kg.workspace.told import events_to_show, evidence, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Literal, Quad
    from rdflib import Dataset

    from kg.analysis import SignedEvent
    from kg.serve.child import Child
    from kg.store.base import Result

__all__ = [
    "Names",
    "card",
    "cards",
    "event_of",
    "events_of",
    "full",
    "label",
    "narrowed",
    "short",
]

SMALL = 4000  # events up to which all are read at once, so that one act of several counts once

_ANY = f"SELECT ?event WHERE {{ ?event a tkg:Event }} LIMIT {SMALL + 1}"
_ALL_DOCUMENTS = "?document a tkg:Document ."
_TELLING = """
SELECT DISTINCT ?document WHERE { ?mention tkg:ofEvent ?event ; tkg:inDocument ?document }"""
_NAME = """
SELECT ?name WHERE {
  { ?thing skos:prefLabel ?name FILTER(LANG(?name) IN ("", "en")) }
  UNION { ?thing rdfs:label ?name }
} ORDER BY ?name LIMIT 1"""


class Names(Mapping[str, str]):
    """IRI → label, looked up when asked for; as a collection it holds nothing."""

    def __init__(self, child: Child) -> None:
        self._child = child

    def __getitem__(self, iri: str) -> str:
        return label(self._child, iri)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


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
    return events_of(child, [iri]).get(iri)


def cards(child: Child, iris: Iterable[str], most: int) -> tuple[Card, ...]:
    """The first ``most`` acts of these events, each once, in their order."""
    ordered = list(dict.fromkeys(iris))
    known = events_of(child, ordered if _acts(child) is not None else ordered[:most])
    found: dict[str, Card] = {}
    for iri in ordered:
        event = known.get(iri)
        if event is not None and event.iri not in found:
            found[event.iri] = card(child, event)
            if len(found) == most:
                break
    return tuple(found.values())


def card(child: Child, event: SignedEvent) -> Card:
    """An event in brief."""
    kind, concepts = event_types().get(event.type), issues()
    best = next(iter(evidence(event)), None)
    row = row_of(best) if best else None

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
        quote=event.said or "",
        title=row.label if row else best.title if best else "",
        outlet=best.outlet if best else "",
        document="" if best is None or row else short(best.document).removeprefix("document/"),
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
        acts, _ = events_to_show(store, Names(child), tuple(Status), SMALL, with_wrong=True)
        return {iri: act for act in acts for iri in act.iris}

    found: dict[str, SignedEvent] | None = child.remembered("acts", read)
    return found


def events_of(child: Child, iris: Sequence[str]) -> Mapping[str, SignedEvent]:
    """The acts of these events; in a large store each event for itself."""
    acts = _acts(child)
    if acts is not None:
        return acts
    found = events_in_full(narrowed(child, iris), iris, Names(child))
    return {event.iri: event for event in found}


def narrowed(child: Child, events: Iterable[str]) -> Reader:
    """The store, to read these events in full from: quick however large it is."""
    store = child.graph.store
    documents = {
        row[0]
        for iri in events
        for row in store.select(_TELLING, {"event": NamedNode(iri)}).texts()
    }
    return _Narrow(store, sorted(documents))


class _Narrow(Reader):
    """A store for reading a few events: of its documents it knows only those that tell them."""

    def __init__(self, store: Reader, documents: Sequence[str]) -> None:
        self._store, self.location = store, store.location
        self._values = f"VALUES ?document {{ {' '.join(str(NamedNode(d)) for d in documents)} }}"

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, NamedNode | Literal] | None = None,
        *,
        timeout: float | None = None,
    ) -> Result:
        """See ``Reader.query``."""
        narrow = sparql.replace(_ALL_DOCUMENTS, f"{self._values} {_ALL_DOCUMENTS}")
        return self._store.query(narrow, bindings, timeout=timeout)

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
