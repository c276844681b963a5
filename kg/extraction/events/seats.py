"""Seats of venues: which city a conference or an institution is in, and what a title says of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.annotation import Annotated
    from kg.reference.world import World

__all__ = ["Seats"]

_DATELINE = re.compile(r"^\W*([A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,2})(?:,| \(|\s+[-–—])")
_WORD = re.compile(r"\w+")
_TOWN = re.compile(r" in (?:the )?[A-Z][\w'’ .-]*$", re.IGNORECASE)


@cache
def _conferences(world: World) -> tuple[tuple[str, str], ...]:
    """Names of recurring conferences in lower case, longest first, with their labels."""
    found = {
        (_plain(name), actor.label)
        for actor in world.actors.values()
        if actor.kind is ActorKind.CONFERENCE
        for name in (actor.label, *actor.aliases)
        if " " in name
    }
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))


def _plain(text: str) -> str:
    """Words only, in lower case."""
    return " ".join(_WORD.findall(text.lower()))


class Seats:
    """The venues of one document and the cities they are in."""

    def __init__(self, annotated: Annotated, world: World) -> None:
        self.annotated, self.world = annotated, world
        self.entities = {e.name: e for e in annotated.entities.values()}

    def kind(self, name: str) -> ActorKind | None:
        """What kind of entity a place or venue is."""
        entity = self.entities.get(name)
        return entity.kind if entity else None

    def label(self, venue: str) -> str:
        """The name of a venue without its town, as the reference data write it."""
        bare = _TOWN.sub("", venue) if self._city(f" {_plain(venue)}") else venue
        known = dict(_conferences(self.world))
        return known.get(_plain(bare), bare)

    def seat(self, venue: str) -> str:
        """The city of a conference, or of an organisation of state that acts as a venue."""
        world, entity = self.world, self.entities.get(venue)
        found = (world.actors[entity.reference],) if entity and entity.reference else ()
        for actor in found or world.find(venue):
            if actor.kind is ActorKind.CONFERENCE and actor.located_in:
                return world.actors[actor.located_in].label
            if actor.kind is ActorKind.ORGANIZATION:
                polity = world.actors.get(world.polity_of(actor.iri) or "")
                return polity.capital if polity and polity.kind is ActorKind.STATE else ""
        first = world.find(venue.split(" ", 1)[0]) if " " in venue else ()
        city = next((a.label for a in first if a.kind is ActorKind.PLACE), "")
        return city or self._city(f" {_plain(venue)}")

    def headed(self) -> tuple[str, str] | None:
        """Venue and city of the conference that title or headings name, if they do."""
        lines = ((s.kind, s.span.quote) for s in self.annotated.sentences)
        heads = [text for kind, text in lines if kind == "heading" or text.isupper()]
        title = self.annotated.document.title
        words = f" {' . '.join(_plain(text) for text in (title, *heads))} "
        venues = self.annotated.venues
        named = list(dict.fromkeys((_plain(venues[i]), venues[i]) for i in sorted(venues)))
        meetings = [pair for pair in named if self.kind(pair[1]) is ActorKind.CONFERENCE]
        for name, label in (*meetings, *_conferences(self.world)):
            if f" {name} " in words:
                return label, self.seat(label) or self._city(words)
        for name, label in named:
            if re.search(rf" (?:in|at|before) (?:the )?{re.escape(name)} ", words):
                return label, self.seat(label)
        return None

    def dateline(self) -> str:
        """The city a report is written from, when it is one."""
        found = _DATELINE.match(self.annotated.document.text)
        actors = self.world.find(found[1]) if found else ()
        return next((a.label for a in actors if a.kind is ActorKind.PLACE), "")

    def _city(self, words: str) -> str:
        """The city that plain words name after "in"."""
        for after in words.split(" in ")[1:]:
            following = after.split()
            for size in (3, 2, 1):
                for actor in self.world.find(" ".join(following[:size])):
                    if actor.kind is ActorKind.PLACE:
                        return actor.label
        return ""
