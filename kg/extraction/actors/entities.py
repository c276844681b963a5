"""Referents become entities with ids, and everything is hung on the parsed document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.draft import Line, spots_in
from kg.extraction.actors.metonyms import is_location
from kg.extraction.actors.offices import office_statements
from kg.extraction.actors.spots import Sort, Spot
from kg.extraction.annotation import Annotated, Sentence
from kg.records import ActorKind, Entity

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from kg.extraction.actors.coreference import Pronouns
    from kg.extraction.actors.draft import Draft
    from kg.extraction.actors.masking import Masked
    from kg.extraction.actors.referents import Referents
    from kg.records import Document

__all__ = ["build"]


def _record(line: Line, spot: Spot, referents: Referents) -> None:
    """Write down a spot's mention, and those of the spots inside it."""
    if len(spot.keys) == 1:
        referent = referents.by_key[spot.keys[0]]
        named = spot.nominal and spot.sort is not Sort.ADJECTIVE
        (referent.mentions if named else referent.traces).append(spot.span(line.units))
    for inner in spot.inner:
        nested = spot.nominal and spot.keys and spot.name[0] <= inner.first < spot.name[1]
        if not nested and inner.keys:
            _record(line, inner, referents)


def _mentions(found: Draft, referents: Referents) -> None:
    for referent in referents.by_key.values():
        referent.mentions.clear()
        referent.traces.clear()
    for line in found.lines:
        for spot in spots_in(line):
            _record(line, spot, referents)


def _unnamed_actors(
    doc: Doc, masked: Masked, referents: Referents, keys: dict[int, tuple[str, ...]]
) -> set[str]:
    """Actors without any mention get one: the first adjective, official or pronoun for them.

    Returns:
        the keys of these actors.
    """
    implied = set()
    for referent in referents.by_key.values():
        if referent.traces and not referent.mentions:
            referent.mentions.append(min(referent.traces))
            implied.add(referent.key)
    for index in sorted(keys):
        for key in keys[index] if len(keys[index]) == 1 else ():
            referent = referents.by_key[key]
            if not referent.mentions and doc[index].dep_ not in ("nmod:poss", "poss"):
                referent.mentions.append(masked.offsets[index])
                implied.add(key)
    return implied


def _entities(document: Document, referents: Referents) -> tuple[dict[str, Entity], dict[str, str]]:
    """Entities by id ("e1" … in order of first mention) and the id for each key."""
    named = sorted(
        (r for r in referents.by_key.values() if r.mentions), key=lambda r: (min(r.mentions), r.key)
    )
    ids = {referent.key: f"e{number}" for number, referent in enumerate(named, 1)}
    entities = {}
    for referent in named:
        spans = tuple(document.span(*m) for m in sorted(set(referent.mentions)))
        entities[ids[referent.key]] = Entity(
            id=ids[referent.key],
            name=referent.name,
            kind=referent.kind,
            mentions=spans,
            reference=referent.iri,
            of=referent.of,
            members=tuple(ids[m] for m in referent.members if m in ids),
            sector=referent.sector,
        )
    return entities, ids


def _sentences(
    document: Document, masked: Masked, speakers: list[tuple[str, ...]], ids: dict[str, str]
) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(
            span=document.span(line.segment.start, line.segment.end),
            first=first,
            last=last,
            kind=line.segment.kind if line.label or line.segment.kind != "turn" else "prose",
            speaker=tuple(ids[key] for key in speaker if key in ids),
            quoted=line.segment.quoted,
        )
        for (line, first, last), speaker in zip(masked.lines, speakers, strict=True)
    )


def build(  # noqa: PLR0913, PLR0917 - the parts of an annotated document
    document: Document,
    found: Draft,
    masked: Masked,
    doc: Doc,
    referents: Referents,
    linked: dict[int, tuple[str, ...]],
    pronouns: Pronouns,
    speakers: list[tuple[str, ...]],
) -> Annotated:
    """The annotated document."""
    _mentions(found, referents)
    keys = {**linked, **pronouns.keys}
    implied = _unnamed_actors(doc, masked, referents, keys)
    entities, ids = _entities(document, referents)
    annotated = Annotated(
        document=document,
        doc=doc,
        offsets=masked.offsets,
        sentences=_sentences(document, masked, speakers, ids),
        entities=entities,
        offices=office_statements(document, found, referents, ids),
    )
    implied |= {key for key, referent in referents.by_key.items() if referent.sector}
    annotated.implied.update(ids[key] for key in implied if key in ids)
    for index, spot in sorted(masked.adjectives.items()):
        annotated.adjectives[index] = tuple(ids[key] for key in spot.keys if key in ids)
    for index in sorted(keys):
        _hang(annotated, masked, doc, index, keys[index], ids, referents.world.label)
    for index, sure in pronouns.confidence.items():
        if index in annotated.actors:
            annotated.link_confidence[index] = sure
    return annotated


def _hang(
    annotated: Annotated,
    masked: Masked,
    doc: Doc,
    index: int,
    keys: tuple[str, ...],
    ids: dict[str, str],
    place_name: Callable[[str], str],
) -> None:
    """Put one token's actors, place or venue on the annotated document."""
    known = tuple(ids[key] for key in keys if key in ids)
    if not known:
        return
    entity = annotated.entities[known[0]]
    if entity.kind is ActorKind.PLACE:
        annotated.towns[index] = known
    if entity.kind not in (ActorKind.PLACE, ActorKind.CONFERENCE):
        annotated.actors[index] = known
    spot = masked.spots.get(index)
    if spot is None:
        return
    if spot.sort is Sort.VENUE and spot.place_key:
        annotated.places[index] = place_name(spot.place_key)
    if len(known) == 1:
        _locate(annotated, index, entity, located=is_location(doc[index]))
    if spot.nominal or any(inner.nominal for inner in spot.inner):
        annotated.nominal.add(index)
    if spot.confidence < 1:
        annotated.link_confidence[index] = spot.confidence


def _locate(annotated: Annotated, index: int, entity: Entity, *, located: bool) -> None:
    """Write down where a token says that something happens."""
    if entity.kind is ActorKind.PLACE or (entity.kind is ActorKind.STATE and located):
        annotated.places[index] = entity.name
    elif entity.kind is ActorKind.CONFERENCE or (
        located and entity.kind in (ActorKind.ORGANIZATION, ActorKind.BLOC)
    ):
        annotated.venues[index] = entity.name
