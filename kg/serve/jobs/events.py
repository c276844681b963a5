"""An event with everything that tells it, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.analysis.identity import RULES
from kg.errors import NotFoundError
from kg.namespaces import ID
from kg.serve.jobs.acts import card, event_of, full, label, short
from kg.serve.jobs.columns import newest, shown
from kg.workspace.atlas import SHOWN_BLOCS
from kg.workspace.told import ROWS, Row, evidence, row_of

if TYPE_CHECKING:
    from kg.analysis import Evidence, SignedEvent
    from kg.serve.child import Child
    from kg.serve.jobs.records import Card

__all__ = ["EventView", "Telling", "event", "new_confrontations"]

MOST_ROWS = 500  # rows of feeds shown of one event
_CONTEXT = 260  # characters on each side of a quote
_TEXT = "SELECT ?text WHERE { ?document tkg:text ?text } LIMIT 1"


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence that tells the event.

    Attributes:
        quote, before, after: the words and those around them.
        outlet, title, published, source: of the document; "" when unknown.
        document, start: where it stands.
        modality, confidence, extractor: how it was read.
        speaker: (short id, name) of whoever reports the act, None when the outlet itself does.
        speaks_for: polities and main blocs the speaker stood for on the day of publication.
        row: of the row of a feed, where it stands and who coded it; its quote says what the act
            is. "" for a sentence.
        fields: (name, value) of the row's columns.
    """

    quote: str
    before: str
    after: str
    outlet: str
    title: str
    published: str
    source: str
    document: str
    start: int
    modality: str
    confidence: float
    extractor: str
    speaker: tuple[str, str] | None
    speaks_for: tuple[str, ...]
    row: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EventView:
    """An event.

    Attributes:
        card: in brief.
        event_class: label of its class.
        intensity: on Goldstein's scale.
        places, venues: names.
        tellings: outlet → its sentences, by outlet.
        merged: (short id, label, date, why) of the other events that count as one act with it.
        iri: of the event.
        hidden: how many more rows of feeds tell it.
    """

    card: Card
    event_class: str
    intensity: float
    places: tuple[str, ...]
    venues: tuple[str, ...]
    tellings: dict[str, tuple[Telling, ...]]
    merged: tuple[tuple[str, str, str, str], ...]
    iri: str
    hidden: int = 0


def event(child: Child, wanted: str) -> EventView:
    """An event by its short id, with those that count as one act with it.

    Raises:
        NotFoundError: there is none.
    """
    iri = full(wanted if ":" in wanted else f"event/{wanted.removeprefix('event/')}")
    try:
        found = event_of(child, NamedNode(iri).value)
    except ValueError:
        found = None
    if found is None:
        raise NotFoundError("there is no such event", "it may have gone with its document")
    tellings: dict[str, list[Telling]] = {}
    listed = 0
    for piece in sorted(evidence(found), key=lambda e: (e.coded, e.outlet or "~", -e.confidence)):
        row = row_of(piece)
        listed += row is not None
        if row and listed > MOST_ROWS:
            continue
        told = _row(found, piece, row, listed <= ROWS) if row else _telling(child, piece)
        tellings.setdefault(piece.outlet, []).append(told)
    return EventView(
        card(child, found),
        found.event_class,
        found.intensity,
        found.places,
        found.venues,
        {outlet: tuple(said) for outlet, said in tellings.items()},
        tuple(
            (short(m.event).removeprefix("event/"), m.label, str(m.date or ""), RULES[m.rule])
            for m in found.merges
        ),
        found.iri,
        max(0, listed - MOST_ROWS),
    )


def new_confrontations(child: Child, most: int) -> tuple[tuple[Card, str], ...]:
    """The confrontations that came to be known last, each with the day it did."""
    found = newest(child, -1, most)
    acts = shown(child, [number for number, _ in found])
    return tuple(zip(acts, (day for _, day in found), strict=True))


def _telling(child: Child, piece: Evidence) -> Telling:
    text = _text(child, piece.document)
    before = text[max(0, piece.start - _CONTEXT) : piece.start]
    after = text[piece.end : piece.end + _CONTEXT]
    if piece.start > _CONTEXT:
        before = before.partition(" ")[2]
    if piece.end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0]
    speaker = piece.speaker
    return Telling(
        piece.quote,
        before,
        after,
        piece.outlet,
        piece.title,
        str(piece.published or ""),
        piece.source,
        piece.document.removeprefix(f"{ID}document/"),
        piece.start,
        piece.modality,
        piece.confidence,
        piece.extractor,
        (short(speaker), label(child, speaker)) if speaker else None,
        _speaks_for(child, piece) if speaker else (),
    )


def _row(found: SignedEvent, piece: Evidence, row: Row, whole: bool) -> Telling:
    """The row of a feed: what the act is, where that is written, and with ``whole`` its fields."""
    return Telling(
        found.label,
        "",
        "",
        piece.outlet,
        row.file,
        "",
        piece.source,
        "",
        piece.start,
        piece.modality,
        piece.confidence,
        piece.extractor,
        None,
        (),
        row.label,
        row.fields if whole else (),
    )


def _speaks_for(child: Child, piece: Evidence) -> tuple[str, ...]:
    world, day = child.graph.world, piece.published.first if piece.published else None
    assert piece.speaker is not None
    if day is None:
        return ()
    own = world.polity_of(piece.speaker)
    polities = [own] if own else []
    polities += [world.offices[t.office].represents for t in world.tenures_of(piece.speaker, day)]
    blocs = (bloc for polity in polities for bloc in world.blocs_of(polity, day))
    shown = [bloc for bloc in blocs if bloc in SHOWN_BLOCS]
    return tuple(dict.fromkeys(world.label(iri) for iri in (*polities, *shown)))


def _text(child: Child, document: str) -> str:
    rows = child.graph.store.select(_TEXT, {"document": NamedNode(document)}).texts()
    return rows[0][0] if rows else ""
