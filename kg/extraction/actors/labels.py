"""What the labels of turns tell: "The Prime Minister (Keir Starmer):" says who holds an office."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extraction.actors.spots import Sort
from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.extraction.actors.draft import Draft
    from kg.extraction.actors.referents import Referents

__all__ = ["name_holders", "note_home"]

_BETWEEN = re.compile(r"(?: (?:for|of|and) [^()\n]{2,60}?)?\s*\(")


def name_holders(found: Draft) -> None:
    """Give the title before the brackets of a label to whoever is named inside them."""
    for line in found.lines:
        for office, holder in pairwise(line.spots[:] if line.label else ()):
            if office.sort is not Sort.DESCRIPTION or holder.sort is not Sort.PERSON:
                continue
            between = found.text[line.units[office.last - 1].end : line.units[holder.first].start]
            if holder.last <= line.label and _BETWEEN.fullmatch(between):
                holder.titles = [*office.titles, *holder.titles]
                line.spots.remove(office)


def note_home(referents: Referents, speaker: tuple[str, ...]) -> None:
    """Remember which state a speaker's office is of: "the President" is theirs if they agree."""
    actors = referents.world.actors
    for key in speaker:
        for polity in referents.served(referents.by_key[key]):
            if polity in actors and actors[polity].kind is ActorKind.STATE:
                referents.speakers_homes.add(polity)
