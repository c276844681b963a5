"""Fill the record that views draw from: nodes, events at three levels, quotes in their context."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.analysis import Level, Party, SignedEvent, labels, side_keys
from kg.namespaces import ID, entity_iri
from kg.reference.schemes import event_types, issues
from kg.views.model import EventView, IssueView, MentionView, NodeView, Sides
from kg.views.notebook import ShownAtlas
from kg.workspace.camps import camps_views
from kg.workspace.catalogue import source_rows
from kg.workspace.told import MOST, ROWS, Row, events_to_show, evidence, heaviest, row_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis import Evidence
    from kg.reference.world import World
    from kg.store.base import Reader

__all__ = ["atlas_view"]

SHOWN_BLOCS = frozenset(entity_iri("bloc", name) for name in ("eu", "nato", "g7"))
CONTEXT = 240  # characters of context on each side of a quote

_TEXTS = "SELECT DISTINCT ?document ?text WHERE { ?document a tkg:Document ; tkg:text ?text }"

_KIND = "SELECT DISTINCT ?kind WHERE { ?thing a ?kind }"


def atlas_view(store: Reader, world: World, title: str) -> ShownAtlas:
    """Everything the store holds, arranged for drawing; events of every status are included.

    Where feeds tell very many acts, the heaviest are drawn, and the view says so.
    """
    names = labels(store)
    texts = {row[0]: row[1] for row in store.select(_TEXTS).texts()}
    events, total = events_to_show(store, names, most=MOST)
    drawn = tuple(_event(event, names, texts) for event in events)
    part = heaviest(len(events), total)
    return ShownAtlas(
        title=title,
        nodes=_nodes(store, world, events, drawn, names),
        events=drawn,
        generated_from=_summary(store, drawn, part),
        subtitle=f"The {part}" if part else "",
        camps=camps_views(drawn),
    )


def _summary(
    store: Reader, events: tuple[EventView, ...], part: str
) -> tuple[tuple[str, str], ...]:
    every = source_rows(store)
    rows = [row for row in every if not row.is_feed]
    feeds = [row for row in every if row.is_feed]
    dates = sorted(event.date for event in events if event.date)
    period = f"{dates[0]} to {dates[-1]}" if dates else "no dated event"
    readers = sorted({f"{row.read_by[0]} {row.read_by[1]}" for row in rows})
    coders = sorted({f"{feed.read_by[0]} {feed.read_by[1]}" for feed in feeds})
    length = sum(feed.length for feed in feeds)
    told = [
        ("Feeds", f"{len(feeds)} ({length:,} row{'' if length == 1 else 's'})"),
        ("Coded by", ", ".join(coders)),
    ]
    return (
        ("Documents", str(len(rows))),
        *(told[:1] if feeds else ()),
        ("Events", part or str(len(events))),
        ("Period", period),
        ("Read by", ", ".join(readers) or "nothing yet"),
        *(told[1:] if feeds else ()),
    )


def _event(event: SignedEvent, names: dict[str, str], texts: dict[str, str]) -> EventView:
    kinds = event_types()
    top = kinds.get(event.event_class)
    fine = kinds.get(event.type)
    return EventView(
        id=event.iri.removeprefix(f"{ID}event/"),
        type=fine.label if fine else event.type,
        event_class=top.label if top else event.event_class,
        sign=event.sign,
        intensity=event.intensity,
        person=_sides(event, Level.PERSON),
        polity=_sides(event, Level.POLITY),
        bloc=_sides(event, Level.BLOC),
        status=event.status.value,
        date=str(event.date) if event.date else None,
        issues=tuple(_issue(code) for code in event.issues),
        place=", ".join(event.places),
        venue=", ".join(event.venues),
        confidence=event.confidence,
        mentions=tuple(_mentions(event, names, texts)),
    )


def _issue(code: str) -> IssueView:
    concepts = issues()
    if code not in concepts:
        return IssueView(code, code)
    one = concepts[code]
    if one.is_top:
        return IssueView(code, one.label)
    return IssueView(code, one.label, one.top, concepts[one.top].label)


def _sides(event: SignedEvent, level: Level) -> Sides:
    keys = side_keys(level)
    by_role: dict[str, set[str]] = {"actor": set(), "recipient": set()}
    for party in event.parties:
        by_role[party.role] |= keys(party, _opposite(event, party))
    return Sides(tuple(sorted(by_role["actor"])), tuple(sorted(by_role["recipient"])))


def _opposite(event: SignedEvent, party: Party) -> tuple[Party, ...]:
    """Those on the other side; in a joint act everybody else. Nobody: the party itself."""
    others = tuple(o for o in event.parties if o.role != party.role and o.agent != party.agent)
    return others or (Party("", "", None),)


def _mentions(
    event: SignedEvent, names: dict[str, str], texts: dict[str, str]
) -> Iterator[MentionView]:
    """Sentences first, then rows of feeds; of very many rows only the first with their fields."""
    rows = 0
    for piece in evidence(event):
        row = row_of(piece)
        if row is None:
            yield _mention(piece, names, texts.get(piece.document, ""))
        else:
            rows += 1
            yield _row(event, piece, row, row.fields if rows <= ROWS else ())


def _mention(piece: Evidence, names: dict[str, str], text: str) -> MentionView:
    before = text[max(0, piece.start - CONTEXT) : piece.start]
    after = text[piece.end : piece.end + CONTEXT]
    if piece.start > CONTEXT:
        before = before.partition(" ")[2]
    if piece.end + CONTEXT < len(text):
        after = after.rpartition(" ")[0]
    return MentionView(
        quote=piece.quote,
        before=before,
        after=after,
        title=piece.title,
        outlet=piece.outlet,
        published=str(piece.published) if piece.published else None,
        source=shown(piece.source),
        document=piece.document.removeprefix(f"{ID}document/"),
        start=piece.start,
        end=piece.end,
        modality=piece.modality,
        speaker=names.get(piece.speaker, "") if piece.speaker else "",
        confidence=piece.confidence,
        extractor=piece.extractor,
        story=piece.story,
    )


def _row(
    event: SignedEvent, piece: Evidence, row: Row, fields: tuple[tuple[str, str], ...]
) -> MentionView:
    """The row of a feed: what it says in words, with its fields."""
    return MentionView(
        quote=event.label,
        title=row.file,
        outlet=piece.outlet,
        source=shown(piece.source),
        document=piece.document.removeprefix(f"{ID}document/"),
        start=piece.start,
        end=piece.start,
        modality=piece.modality,
        confidence=piece.confidence,
        extractor=piece.extractor,
        story=piece.story,
        row=row.label,
        fields=fields,
    )


def _nodes(
    store: Reader,
    world: World,
    events: tuple[SignedEvent, ...],
    drawn: tuple[EventView, ...],
    names: dict[str, str],
) -> tuple[NodeView, ...]:
    polities: dict[str, str] = {}
    blocs: dict[str, set[str]] = defaultdict(set)
    offices: dict[str, set[str]] = defaultdict(set)
    for party in (party for event in events for party in event.parties):
        polities.setdefault(party.agent, party.polity or "")
        for iri in (party.agent, party.polity or party.agent):
            blocs[iri].update(names.get(b, b) for b in SHOWN_BLOCS & {*party.blocs} if b != iri)
        offices[party.agent].update(names.get(office, office) for office in party.offices)
    used = sorted({
        iri
        for event in drawn
        for sides in (event.person, event.polity, event.bloc)
        for iri in sides.actors + sides.recipients
    })  # fmt: skip
    return tuple(
        NodeView(
            id=iri,
            label=names.get(iri) or world.label(iri),
            kind=_kind(store, world, iri),
            polity=names.get(polities.get(iri, ""), ""),
            blocs=tuple(sorted(blocs[iri])),
            offices=tuple(sorted(offices[iri])),
        )
        for iri in used
    )


def _kind(store: Reader, world: World, iri: str) -> str:
    """person, state, bloc or organisation; whatever is none of the first three is the last."""
    known = world.actors.get(iri)
    if known:
        kind = known.kind.value
    else:
        types = sorted(row[0] for row in store.select(_KIND, {"thing": NamedNode(iri)}).texts())
        kind = types[-1].rpartition("#")[2].lower() if types else ""
    return kind if kind in ("person", "state", "bloc") else "organisation"
