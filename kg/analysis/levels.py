"""Roll events up to dyads of persons, polities or blocs, or between two chosen sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from kg.namespaces import entity_iri

if TYPE_CHECKING:
    from kg.analysis.records import Party, SignedEvent

__all__ = ["DEFAULT_CAMPS", "Keys", "Level", "between", "pairs", "side_keys"]

DEFAULT_CAMPS = (entity_iri("bloc", "eu"),)

Keys = Callable[["Party", "tuple[Party, ...]"], frozenset[str]]


class Level(StrEnum):
    """Who counts as a party: the person or body that acts, its state, or that state's blocs."""

    PERSON = "person"
    POLITY = "polity"
    BLOC = "bloc"


def side_keys(level: Level, camps: Sequence[str] = DEFAULT_CAMPS) -> Keys:
    """The function that says under which IRIs a party is counted at a level.

    Args:
        level: person, polity or bloc.
        camps: the blocs that count as parties of their own at the bloc level.
    """
    if level is Level.BLOC:
        return _camp_keys(frozenset(camps))
    return _agent if level is Level.PERSON else _polity


def _agent(party: Party, others: tuple[Party, ...]) -> frozenset[str]:
    return frozenset({party.agent})


def _polity(party: Party, others: tuple[Party, ...]) -> frozenset[str]:
    """A party nobody can place speaks for itself."""
    return frozenset({party.polity or party.agent})


def _camp_keys(camps: frozenset[str]) -> Keys:
    """The camps that set a party apart from the other side; its polity when none does.

    Germany stands for the European Union against the United States, but for itself against
    France.
    """

    @cache  # each party faces many
    def own(party: Party) -> frozenset[str]:
        return camps & frozenset(party.blocs)

    def keys(party: Party, others: tuple[Party, ...]) -> frozenset[str]:
        if not (mine := own(party)):
            return _polity(party, others)
        shared = frozenset.intersection(*(own(other) for other in others))
        return mine - shared or _polity(party, others)

    return keys


def between(left: str, right: str | None, level: Level) -> Keys:
    """Keys that gather everybody who stands for ``left`` or ``right``.

    A party stands for a side when it is that actor, speaks for that polity, or its polity
    belonged to that bloc on the day. Whoever stands for both counts for the one it is closer to
    (itself, then polity, then bloc). Without ``right`` all others that face ``left`` count at
    ``level``.
    """

    def closeness(party: Party, side: str) -> int:
        steps = (party.agent == side, party.polity == side, side in party.blocs)
        return steps.index(True) if True in steps else len(steps)

    @cache  # each party faces many
    def nearest(party: Party) -> frozenset[str]:
        near = {side: closeness(party, side) for side in (left, right) if side}
        side, distance = min(near.items(), key=lambda item: item[1])
        return frozenset({side}) if distance < 3 else frozenset()

    def keys(party: Party, others: tuple[Party, ...]) -> frozenset[str]:
        side = nearest(party)
        if side or right:
            return side
        faces_left = any(closeness(other, left) < 3 for other in others)
        return side_keys(level)(party, others) if faces_left else frozenset()

    return keys


def pairs(event: SignedEvent, keys: Keys) -> Iterator[tuple[str, str]]:
    """The unordered pairs an event ties, each once; a party is never paired with itself.

    In a joint act the participants stand on both sides, and all of them are paired.
    """
    actors = tuple(party for party in event.parties if party.role == "actor")
    recipients = tuple(party for party in event.parties if party.role == "recipient")
    found: set[tuple[str, str]] = set()
    for actor, recipient in product(actors, recipients):
        if actor.agent == recipient.agent:
            continue
        for a, b in product(keys(actor, (recipient,)), keys(recipient, (actor,))):
            if a != b:
                found.add((a, b) if a < b else (b, a))
    yield from sorted(found)
