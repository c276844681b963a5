"""The documents, and one of them with everything marked that was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import NotFoundError
from kg.namespaces import document_iri
from kg.records import ActorKind
from kg.serve.jobs.acts import cards, label, short
from kg.views.reading import Layer, Mark, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.serve.child import Child
    from kg.serve.jobs.records import Card
    from kg.workspace.catalogue import SourceRow

__all__ = ["DocumentView", "Run", "document", "documents"]

LONGEST = 400_000  # characters of a text that are shown

_DOCUMENT = """
SELECT ?title ?outlet ?author ?source ?issued ?precision ?text ?read WHERE {
  ?document a tkg:Document ; tkg:text ?text ; tkg:readOn ?read .
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:publisher ?outlet }
  OPTIONAL { ?document dcterms:creator ?author }
  OPTIONAL { ?document dcterms:source ?source }
  OPTIONAL { ?document dcterms:issued ?issued ; tkg:datePrecision ?precision }
} LIMIT 1"""
_ACTORS = """
SELECT DISTINCT ?start ?end ?actor WHERE {
  ?mention tkg:inDocument ?document ; a tkg:ActorMention ; tkg:start ?start ; tkg:end ?end ;
    tkg:ofActor ?actor .
}"""
_OFFICES = """
SELECT DISTINCT ?start ?end WHERE {
  ?mention tkg:inDocument ?document ; a tkg:OfficeMention ; tkg:start ?start ; tkg:end ?end .
}"""
_EVENTS = """
SELECT DISTINCT ?start ?end ?event ?modality ?quote ?trigger WHERE {
  ?mention tkg:inDocument ?document ; a tkg:EventMention ; tkg:start ?start ; tkg:end ?end ;
    tkg:ofEvent ?event ; tkg:modality ?modality ; tkg:quote ?quote .
  OPTIONAL { ?mention tkg:trigger ?trigger }
}"""
_LENGTHS = {"day": 10, "month": 7, "year": 4}


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style.

    Attributes:
        text: the words.
        classes: names of styles.
        tip: what they mean, "" for nothing.
        target: (page, id) to open, or None.
        events: numbers of the events whose naming words begin here.
    """

    text: str
    classes: str
    tip: str
    target: tuple[str, str] | None
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document; ``cut`` says that its text goes on."""

    id: str
    title: str
    outlet: str
    author: str
    source: str
    published: str
    read_on: str
    runs: tuple[Run, ...]
    events: tuple[Card, ...]
    actors: tuple[tuple[str, str, str, int], ...]
    cut: bool


def documents(child: Child) -> tuple[SourceRow, ...]:
    """All documents, the latest first."""
    return tuple(reversed(child.graph.sources()))


def document(child: Child, wanted: str) -> DocumentView:
    """A document by its id.

    Raises:
        NotFoundError: there is none.
    """
    store = child.graph.store
    try:
        node = NamedNode(document_iri(wanted))
    except ValueError as error:
        raise NotFoundError("there is no such document") from error
    rows = store.select(_DOCUMENT, {"document": node}).texts()
    if not rows:
        raise NotFoundError("there is no such document", "it may have been read anew or removed")
    title, outlet, author, source, issued, precision, text, read = rows[0]
    told = sorted(
        (int(start), int(end), event, modality, quote, trigger)
        for start, end, event, modality, quote, trigger in store.select(
            _EVENTS, {"document": node}
        ).texts()
    )
    found = [(int(s), int(e), a) for s, e, a in store.select(_ACTORS, {"document": node}).texts()]
    offices = [(int(s), int(e)) for s, e in store.select(_OFFICES, {"document": node}).texts()]
    events = cards(child, dict.fromkeys(row[2] for row in told), len(told) + 1)
    view = _Marker(child, told, events)
    shown = text[:LONGEST]
    marks = [mark for mark in view.marks(found, offices) if mark.end <= len(shown)]
    return DocumentView(
        wanted,
        title,
        outlet,
        author,
        source.rpartition("/")[2] if source.startswith("/") else source,
        issued[: _LENGTHS.get(precision, 10)],
        read[:10],
        tuple(view.runs(shown, marks)),
        events,
        _counted(child, found),
        len(text) > LONGEST,
    )


class _Marker:
    """Makes marks of rows, and runs of marks."""

    def __init__(
        self,
        child: Child,
        told: list[tuple[int, int, str, str, str, str]],
        events: tuple[Card, ...],
    ) -> None:
        self._child, self._told = child, told
        self._cards = {f"event/{card.id}": card for card in events}
        self._number = {card.id: number for number, card in enumerate(events, 1)}
        self._modality = {row[2]: row[3] for row in told}
        self._event: list[str] = []

    def marks(
        self, actors: list[tuple[int, int, str]], offices: list[tuple[int, int]]
    ) -> Iterator[Mark]:
        """Sentences, naming words, actors, offices; events by their place in ``_event``."""
        for start, end, event, _, quote, trigger in self._told:
            self._event.append(event)
            yield Mark(start, end, Layer.EVIDENCE)
            at = quote.find(trigger) if trigger else -1
            if at >= 0:
                at += start
                yield Mark(at, at + len(trigger), Layer.ACT, events=(len(self._event) - 1,))
        for start, end, actor in actors:
            yield Mark(start, end, Layer.ACTOR, actor)
        for start, end in offices:
            yield Mark(start, end, Layer.OFFICE)

    def runs(self, text: str, marks: list[Mark]) -> Iterator[Run]:
        """The text in runs, each with the innermost thing it leads to."""
        for piece in pieces(text, marks):
            classes: set[str] = set()
            tips: list[str] = []
            target: tuple[str, str] | None = None
            for mark in piece.inside:
                names, tip, leads = self._shown(mark)
                classes |= names
                tips += [tip] if tip else []
                target = leads or target
            starts = (n for mark in piece.opens if mark.layer is Layer.ACT for n in mark.events)
            numbers = dict.fromkeys(self._numbered(n) for n in starts)
            yield Run(
                piece.text,
                " ".join(sorted(classes)),
                "; ".join(dict.fromkeys(tips)),
                target,
                tuple(n for n in numbers if n),
            )

    def _shown(self, mark: Mark) -> tuple[set[str], str, tuple[str, str] | None]:
        if mark.layer is Layer.ACTOR:
            kind = _kind(mark.entity)
            name = label(self._child, mark.entity)
            return {"actor", kind}, f"{name}, {kind}", ("actor", short(mark.entity))
        if mark.layer is Layer.ACT:
            event = self._event[mark.events[0]]
            card = self._cards.get(short(event))
            modality = self._modality[event]
            tone, kind = (card.tone, card.kind) if card else ("zero", "act")
            target = ("event", short(event).removeprefix("event/"))
            return {"act", tone, modality}, f"{kind} ({modality})", target
        return {mark.layer.name.lower()}, "", None

    def _numbered(self, place: int) -> int:
        return self._number.get(short(self._event[place]).removeprefix("event/"), 0)


def _kind(iri: str) -> str:
    """The kind that our identifiers tell; "other" for those of others."""
    kind = short(iri).partition("/")[0]
    kinds = {one.value for one in ActorKind}
    return {"venue": "conference"}.get(kind, kind if kind in kinds else "other")


def _counted(
    child: Child, found: list[tuple[int, int, str]]
) -> tuple[tuple[str, str, str, int], ...]:
    counts: dict[str, int] = {}
    for _, _, actor in sorted(found):
        counts[actor] = counts.get(actor, 0) + 1
    rows = [(short(iri), label(child, iri), _kind(iri), n) for iri, n in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row[3], row[1], row[0])))
