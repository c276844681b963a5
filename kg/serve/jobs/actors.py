"""An actor: who it is, the offices over time, and its latest events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import NotFoundError
from kg.records import ActorKind
from kg.serve.jobs.acts import SMALL, cards, full, label, short
from kg.serve.jobs.columns import number_of, of_party, shown
from kg.workspace import who
from kg.workspace.newcomers import stated_offices

if TYPE_CHECKING:
    from kg.serve.child import Child
    from kg.serve.jobs.records import Card
    from kg.workspace.who import Held

__all__ = ["ActorView", "actor", "actor_events"]

_KIND = "SELECT ?kind WHERE { ?actor a ?kind } LIMIT 10"
_EVENTS = """
SELECT DISTINCT ?event ?date WHERE {
  { ?event tkg:actor ?who } UNION { ?event tkg:recipient ?who }
  UNION { ?side tkg:polity ?who ; tkg:ofEvent ?event }
  UNION { ?side tkg:bloc ?who ; tkg:ofEvent ?event }
  OPTIONAL { ?event tkg:date ?date }
} ORDER BY DESC(?date) ?event LIMIT 2000"""
_IS_PARTY = "ASK { { ?event tkg:actor ?who } UNION { ?event tkg:recipient ?who } }"


@dataclass(frozen=True, slots=True)
class ActorView:
    """Somebody.

    Attributes:
        id, name, kind: short id, label, and person, state, bloc, organisation ….
        aliases: other names.
        wikidata: its item, or "".
        part_of: short id and name of what it belongs to, or None.
        offices: held by this person, or that represent this polity; latest first.
        blocs: for a state, the blocs it belongs to on ``on``; for a bloc its members: (id, name).
        told: only documents know it.
        on: the day the blocs, members and current holders are those of.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    wikidata: str
    part_of: tuple[str, str] | None
    offices: tuple[Held, ...]
    blocs: tuple[tuple[str, str], ...]
    told: bool
    on: str


def actor(child: Child, wanted: str, on: str) -> ActorView:
    """An actor of the reference data or of the documents.

    Args:
        child: what to ask.
        wanted: its short id.
        on: a day; for persons it does not matter.

    Raises:
        NotFoundError: there is none.
    """
    iri, world, day = full(wanted), child.graph.world, date.fromisoformat(on)
    known = world.actors.get(iri)
    if known is None:
        return _told(child, iri, on)
    if known.kind is ActorKind.PERSON:
        found = who.show(world, iri)[0].offices
    else:
        found = who.offices(world, iri, day) if known.is_polity else ()
    is_bloc = known.kind is ActorKind.BLOC
    blocs = world.members(iri, day) if is_bloc else world.blocs_of(iri, day)
    above = known.part_of
    return ActorView(
        short(iri),
        known.label,
        known.kind.value,
        known.aliases,
        known.wikidata,
        (short(above), world.label(above)) if above else None,
        found,
        tuple((short(bloc), world.label(bloc)) for bloc in blocs),
        told=False,
        on=on,
    )


def actor_events(child: Child, wanted: str, most: int) -> tuple[Card, ...]:
    """The latest events an actor takes part in, itself or by those who speak for it.

    In a large store they come from the columns, which know no events with one side only.
    """
    if number_of(child) > SMALL:
        return shown(child, of_party(child, full(wanted), most), every=True)
    rows = child.graph.store.select(_EVENTS, {"who": NamedNode(full(wanted))}).texts()
    return cards(child, (row[0] for row in rows), most)


def _told(child: Child, iri: str, on: str) -> ActorView:
    """Somebody whom only documents know."""
    store = child.graph.store
    try:
        node = NamedNode(iri)
    except ValueError as error:
        raise NotFoundError("there is no such actor") from error
    kinds = {
        row[0].rpartition("#")[2].lower() for row in store.select(_KIND, {"actor": node}).texts()
    }
    named = [kind.value for kind in ActorKind if kind.value in kinds]
    if not named and not store.ask(_IS_PARTY, {"who": node}):
        raise NotFoundError("there is no such actor", "search for a name")
    stated = [one for one in stated_offices(store) if one.person == iri]
    held = tuple(
        who.Held(one.name, iri, one.office, one.body_name, str(one.published or "") or None, None)
        for one in stated
    )
    return ActorView(
        short(iri), label(child, iri), named[0] if named else "actor", (), "", None, held, (),
        told=True, on=on,
    )  # fmt: skip
