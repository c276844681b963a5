"""The cast of a document: which token stands for whom, and which polity each belongs to."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.namespaces import entity_iri
from kg.records import ActorKind, Entity
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from datetime import date

    from kg.extraction.annotation import Annotated
    from kg.reference.world import World

__all__ = ["Cast"]

_PREFIXES = {
    "anglo": "british",
    "franco": "french",
    "russo": "russian",
    "sino": "chinese",
    "greco": "greek",
}
_TITLES = re.compile(
    r"(?:the )?(?:Heads? of (?:State|Government)|Leaders"
    r"|(?:Foreign |Defen[cs]e |Finance )?Ministers)\b"
)
_LEADING = frozenset(("head-of-state", "head-of-government", "institution-head"))
_ORGANS = frozenset(("GOV", "MIL", "COP", "SPY"))
_ACTING = frozenset(
    (ActorKind.PERSON, ActorKind.STATE, ActorKind.BLOC, ActorKind.ORGANIZATION, ActorKind.OTHER)
)


@cache
def _surfaces(world: World, wanted: AliasKind) -> dict[str, str]:
    """Surface forms of one kind in lower case → IRI of the polity they belong to."""
    found: dict[str, str] = {}
    for surface, iri, kind in world.surfaces():
        if kind is wanted:
            found.setdefault(surface.lower(), iri)
    return found


@cache
def _adjectives(world: World) -> dict[str, str]:
    """National adjectives, with the first parts of compounds ("Anglo-French")."""
    found = dict(_surfaces(world, AliasKind.ADJECTIVE))
    for prefix, adjective in _PREFIXES.items():
        if adjective in found:
            found.setdefault(prefix, found[adjective])
    return found


class Cast:
    """Actors by token.

    Attributes:
        entities: the document's entities, grown by polities that only an adjective names.
        voices: token → ids, for words that mean the authors of the document.
    """

    def __init__(self, annotated: Annotated, world: World) -> None:
        self.annotated = annotated
        self.world = world
        self.entities: dict[str, Entity] = dict(annotated.entities)
        self._by_reference = {e.reference: e.id for e in self.entities.values() if e.reference}
        self._mentioned = {span.start for e in self.entities.values() for span in e.mentions}
        self._adjectives = _adjectives(world)
        self._metonyms = _surfaces(world, AliasKind.METONYM)
        self._on = annotated.document.published.first if annotated.document.published else None
        self._body = {o.holder: o.body_reference or o.body for o in annotated.offices}
        self._polity: dict[str, str] = {}
        self._principals = self._behind_titles()
        self.voices: dict[int, tuple[str, ...]] = {}
        self._acting: dict[tuple[str, ...], tuple[str, ...]] = {}

    def _behind_titles(self) -> dict[str, tuple[str, ...]]:
        """For "the Heads of State and Government of NATO" taken for a name: whom they speak for."""
        found: dict[str, tuple[str, ...]] = {}
        for i, ids in sorted(self.annotated.actors.items()):
            for x in ids:
                entity = self.entities.get(x)
                if entity is None or x in found or entity.reference:
                    continue
                if _TITLES.match(entity.name):
                    found[x] = self._after(i, x)
        return {x: ids for x, ids in found.items() if ids}

    def _after(self, i: int, own: str) -> tuple[str, ...]:
        """The actors named next in the sentence of token ``i``."""
        last = self.annotated.sentence_of(i).last
        for j in range(i + 1, min(i + 12, last)):
            ids = tuple(x for x in self.annotated.actors.get(j, ()) if x != own)
            if ids:
                return ids
        return ()

    def at(self, i: int) -> tuple[str, ...]:
        """Ids of the acting entities that a token stands for; adjectives count ("French")."""
        ids = self.voices.get(i) or self.annotated.actors.get(i)
        if ids:
            if ids not in self._acting:
                found = (x for x in self.behind(ids) if self.entities[x].kind in _ACTING)
                self._acting[ids] = tuple(found)
            return self._acting[ids]
        if i in self.annotated.places or i in self.annotated.venues:
            return ()
        word = self.annotated.doc[i].text
        if not word[:1].isupper():
            return ()
        parts = [word.lower()] if word.lower() in self._adjectives else word.lower().split("-")
        irid = [self._adjectives.get(part) for part in parts]
        return tuple(dict.fromkeys(self._polity_entity(iri, i) for iri in irid if iri))

    def behind(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Known entities, with whom "the Heads of State of NATO" speak for in their place."""
        found = (y for x in ids for y in self._principals.get(x, (x,)))
        return tuple(dict.fromkeys(x for x in found if x in self.entities))

    def state(self, slug: str) -> tuple[str, ...]:
        """The entity of a state, by the last part of its IRI."""
        iri = str(entity_iri("state", slug))
        return (self._polity_entity(iri, 0),) if iri in self.world.actors else ()

    def metonym(self, i: int, named_at: int | None = None) -> tuple[str, ...]:
        """The polity a capital stands for where it can only be acting ("Paris refused").

        Args:
            i: token of the capital.
            named_at: token that is to count as its mention, when the capital is a place, too.
        """
        if i not in self.annotated.places:
            return ()
        iri = self._metonyms.get(self.annotated.places[i].lower())
        at = i if named_at is None else named_at
        return (self._polity_entity(iri, at),) if iri else ()

    def _polity_entity(self, iri: str, i: int) -> str:
        found = self._by_reference.get(iri)
        if found is None:
            actor = self.world.actors[iri]
            found = f"a{len(self.entities) + 1}"
            span = self.annotated.span_of(i)
            free = span.start not in self._mentioned  # a capital may be a mention of the town
            self.entities[found] = Entity(
                found, actor.label, actor.kind, (span,) if free else (), iri
            )
            self._by_reference[iri] = found
        return found

    def used(self, ids: set[str]) -> tuple[Entity, ...]:
        """The document's own entities and those of the additional ones that are used."""
        own = self.annotated.entities
        return tuple(e for e in self.entities.values() if e.id in own or e.id in ids)

    def polity(self, entity_id: str) -> str:
        """IRI (or name) of the state or bloc an entity speaks for, "" when unknown."""
        if entity_id not in self._polity:
            self._polity[entity_id] = self._find_polity(self.entities[entity_id])
        return self._polity[entity_id]

    def _find_polity(self, entity: Entity) -> str:
        if entity.reference:
            direct = self.world.polity_of(entity.reference)
            if direct:
                return direct
        if entity.kind is ActorKind.PERSON:
            return self._persons_polity(entity, self._on)
        return self._named(entity.of) if entity.of else ""

    def _named(self, name: str) -> str:
        found = [a for a in self.world.find(name) if a.is_polity]
        return found[0].iri if found else name

    def _persons_polity(self, entity: Entity, on: date | None) -> str:
        body = self._body.get(entity.id, "")
        if body:
            actor = self.world.actors.get(body)
            return (self.world.polity_of(body) or body) if actor else self._named(body)
        if entity.reference and on is not None:
            for tenure in self.world.tenures_of(entity.reference, on):
                return self.world.offices[tenure.office].represents or ""
            held = self.world.tenures_of(entity.reference)
            past = {self.world.offices[t.office].represents or "" for t in held}
            return past.pop() if len(past) == 1 else ""
        return ""

    def principal(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Ministries and administrations replaced by the state they act for, where it is named."""
        found = []
        for x in ids:
            iri = self.polity(x) if self.entities[x].kind is ActorKind.ORGANIZATION else ""
            actor = self.world.actors.get(iri)
            state = self._by_reference.get(iri) if actor and actor.kind is ActorKind.STATE else None
            found.append(state or x)
        return tuple(dict.fromkeys(found))

    def behind_deeds(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Whose deed it is: ministers and envoys act for their state, heads act themselves."""
        found = [(x,) if self._heads(x) else self.behind_persons((x,)) for x in ids]
        return tuple(dict.fromkeys(y for one in found for y in one))

    def _heads(self, x: str) -> bool:
        """True for somebody who leads a state, a government or an institution."""
        reference = self.entities[x].reference
        if self.entities[x].kind is not ActorKind.PERSON or not reference:
            return False
        tenures = self.world.tenures_of(reference, self._on)
        return any(self.world.offices[t.office].kind in _LEADING for t in tenures)

    def behind_persons(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Persons replaced by the state or bloc they speak for, where the document names it."""
        found = []
        for x in self.principal(ids):
            person = self.entities[x].kind is ActorKind.PERSON
            found.append((self._by_reference.get(self.polity(x)) if person else None) or x)
        return tuple(dict.fromkeys(found))

    def persons(self, ids: tuple[str, ...]) -> bool:
        """True when all of some entities are persons, and there are any."""
        return bool(ids) and all(self.entities[x].kind is ActorKind.PERSON for x in ids)

    def homeland(self, ids: tuple[str, ...], i: int) -> tuple[str, ...]:
        """The states or blocs that persons speak for: whom "his country" at token ``i`` means."""
        found = []
        for x in ids:
            iri = self.polity(x) if self.entities[x].kind is ActorKind.PERSON else ""
            actor = self.world.actors.get(iri)
            if actor is not None and actor.is_polity:
                found.append(self._polity_entity(iri, i))
        return tuple(dict.fromkeys(found))

    def blocs(self, state: str, on: date | None) -> tuple[str, ...]:
        """IRIs of the blocs a state belonged to on a day, or when the document appeared."""
        day = on or self._on
        return self.world.blocs_of(state, day) if day else ()

    def allied(self, one: set[str], two: set[str]) -> bool:
        """True when both speak for one and the same state or bloc, or are the same."""
        if one & two:
            return True
        if self.annotated.generic and not self._one_voice(one | two):
            return False
        first = {self.polity(x) for x in one} - {""}
        second = {self.polity(x) for x in two} - {""}
        return len(first) == 1 and first == second

    def _one_voice(self, ids: set[str]) -> bool:
        """True when a state or its organs are among them, and no other unnamed people."""
        found = [self.entities[x] for x in sorted(ids)]
        states = any(
            entity.kind in (ActorKind.STATE, ActorKind.BLOC) or entity.sector in _ORGANS
            for entity in found
        )
        return states and not any(e.sector and e.sector not in _ORGANS for e in found)

    def concerned(self, hit: tuple[str, ...], own: tuple[str, ...]) -> bool:
        """True when what hits the ones concerns the others: allies, or a bloc's member."""
        if self.allied(set(hit), set(own)):
            return True
        polities = {self.polity(x) for x in hit} - {""}
        return any(polities & set(self.blocs(self.polity(y), None)) for y in own if self.polity(y))

    def internal(self, actors: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
        """True when both sides belong to one and the same state: politics at home."""
        if not recipients or self.annotated.generic:
            return False
        sides = {self.polity(x) for x in (*actors, *recipients)}
        if len(sides) != 1 or "" in sides:
            return False
        polity = sides.pop()
        actor = self.world.actors.get(polity)
        return actor is not None and actor.kind is ActorKind.STATE
