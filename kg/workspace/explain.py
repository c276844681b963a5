"""Open a number up: the events behind it and the sentences behind the events."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.analysis import Level, SignedEvent, between, labels
from kg.errors import NotFoundError, UsageError
from kg.namespaces import ID
from kg.workspace.tables import actor_iri
from kg.workspace.told_acts import Told

if TYPE_CHECKING:
    from kg.reference.world import World
    from kg.store.base import Reader

__all__ = ["Explanation", "Link", "explain", "pair_of"]

MOST = 500  # events of a pair that are read in full where feeds tell very many


_LINKS = """
SELECT DISTINCT ?document ?confidence ?reason WHERE {
  ?mention a tkg:ActorMention ; tkg:ofActor ?actor ; tkg:inDocument ?document ;
    tkg:linkConfidence ?confidence ; tkg:linkReason ?reason .
}"""


@dataclass(frozen=True, slots=True)
class Link:
    """How sure it is that a document means an actor, from 0 to 1, and what that rests on."""

    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was asked about, its events by date (unknown last), and labels to print them with.

    ``links`` tells for (document IRI, actor IRI) why that document is taken to mean that actor.
    """

    subject: str
    events: tuple[SignedEvent, ...]
    labels: dict[str, str]
    links: dict[tuple[str, str], Link]

    def _repr_html_(self) -> str:
        """The table inside a notebook."""
        from kg.workspace.showing import events_html  # noqa: PLC0415 - only in a notebook

        return events_html(self.subject, self.events, self.labels)


def explain(store: Reader, world: World, wanted: str) -> Explanation:
    """The events behind ``wanted`` with all their evidence, whatever their status.

    Args:
        store: where to look.
        world: to recognise the names of a pair.
        wanted: an event's IRI or id (or at least six digits of it), or a pair such as "us,eu",
            "us-eu" or "France / Germany".

    Raises:
        NotFoundError: no such event, or nothing between the pair.
        UsageError: neither an event nor a pair.
    """
    names = labels(store)
    told = Told(store, names, most=MOST, with_wrong=True)
    key = wanted.strip().removeprefix(ID).removeprefix("event/")
    if re.fullmatch(r"[0-9a-f]{6,16}", key):
        found = told.starting(f"{ID}event/{key}")
        if found:
            return Explanation(found[0].label, _by_date(found), names, _links(store, found))
        raise NotFoundError(
            f"no event {wanted!r} in this store", "kg rifts -f json lists event ids"
        )
    left, right = pair_of(world, names, wanted)
    counted, count = told.tied(between(left, right, Level.POLITY))
    found = [*told.whole(counted).values()]
    subject = f"{names.get(left, left)} - {names.get(right, right)}"
    if not found:
        raise NotFoundError(f"nothing between {subject} in this store")
    if count > len(found):
        subject += f" (the {len(found)} heaviest of {count} events)"
    return Explanation(subject, _by_date(found), names, _links(store, found))


def _links(store: Reader, events: list[SignedEvent]) -> dict[tuple[str, str], Link]:
    agents = sorted({party.agent for event in events for party in event.parties})
    return {
        (document, agent): Link(float(confidence), reason)
        for agent in agents
        for document, confidence, reason in store.select(
            _LINKS, {"actor": NamedNode(agent)}
        ).texts()
    }


def _by_date(events: list[SignedEvent]) -> tuple[SignedEvent, ...]:
    return tuple(sorted(events, key=lambda e: (str(e.date or "9999"), -e.weight, e.iri)))


def pair_of(world: World, names: dict[str, str], wanted: str) -> tuple[str, str]:
    """Two IRIs from "a,b", "a / b" or "a-b" (tried at each hyphen, for names may hold some).

    Raises:
        UsageError: it is no pair, or nobody is called so.
    """
    for separator in (",", "/", "|", " - ", "–"):
        left, found, right = wanted.partition(separator)
        if found and left.strip() and right.strip():
            return (
                actor_iri(world, names, left.strip()),
                actor_iri(world, names, right.strip()),
            )
    for hyphen in re.finditer("-", wanted):
        try:
            return (
                actor_iri(world, names, wanted[: hyphen.start()]),
                actor_iri(world, names, wanted[hyphen.end() :]),
            )
        except UsageError:
            continue
    raise UsageError(
        f"{wanted!r} is neither an event nor a pair",
        "give an event's id, or two names with a comma: us,eu",
    )
