"""Who is who on a day: looking up the reference data, without any store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import NotFoundError
from kg.records import ActorKind, Precision
from kg.reference.model import AliasKind
from kg.resolution.spelling import respelt

if TYPE_CHECKING:
    from datetime import date

    from kg.reference.model import Actor, Membership, Tenure
    from kg.reference.world import World

__all__ = ["Held", "Match", "members", "offices", "one", "show"]


@dataclass(frozen=True, slots=True)
class Held:
    """An office somebody held: labels and days as far as they are known ("2021-12").

    What only documents say is known ``at_least_on`` the days they were published; ``evidence`` are
    their sentences.
    """

    person: str
    person_iri: str
    office: str
    polity: str
    since: str | None
    until: str | None
    blocs: tuple[str, ...] = ()
    at_least_on: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody or something of a given name.

    Attributes:
        iri, label, kind, wikidata, aliases: as in the reference data.
        polity: label of the polity it is or belongs to; for a person, those spoken for that day.
        offices: held on the day, or ever; latest first.
        blocs: labels of the blocs that polity belonged to on the day; empty without a day.
        told: only documents know of it.
    """

    iri: str
    label: str
    kind: str
    wikidata: str
    aliases: tuple[str, ...]
    polity: str
    offices: tuple[Held, ...]
    blocs: tuple[str, ...]
    told: bool = False


def show(world: World, name: str, on: date | None = None) -> tuple[Match, ...]:
    """Everybody of a name, and in which offices on a day.

    Args:
        world: the reference data.
        name: name, alias, code, or surname.
        on: the day; None for all offices ever held.

    Raises:
        NotFoundError: nobody is called that.
    """
    found = world.find(name) or _by_surname(world, name) or _respelt(world, name)
    if not found:
        raise NotFoundError(
            f"the reference data know nobody called {name!r}",
            "try another spelling, or add people of your own: docs/reference/reference-data.md",
        )
    return tuple(_match(world, actor, on) for actor in found)


def offices(world: World, of: str, on: date | None = None) -> tuple[Held, ...]:
    """The offices that represent a polity (or are posts in an organisation) and their holders."""
    iri = one(world, of).iri
    concerned = [o for o in world.offices.values() if iri in (o.represents, o.post_in)]
    tenures = (tenure for office in concerned for tenure in world.holders(office.iri, on))
    return tuple(
        sorted((_held(world, t, on) for t in tenures), key=lambda h: (h.office, h.since or ""))
    )


def members(world: World, bloc: str, on: date | None = None) -> tuple[Membership, ...]:
    """Memberships of a bloc on a day, or ever, by label of the member."""
    iri = one(world, bloc).iri
    found = [m for m in world.memberships if m.bloc == iri and (on is None or m.covers(on))]
    return tuple(sorted(found, key=lambda m: (world.label(m.state), m.start or m.end)))


def one(world: World, name: str) -> Actor:
    """The best match of a name that is no place; NotFoundError when there is none."""
    found = [actor for actor in world.find(name) if actor.kind is not ActorKind.PLACE]
    if not found:
        raise NotFoundError(f"the reference data know no {name!r}", "for example: eu, nato, us")
    return found[0]


def _by_surname(world: World, name: str) -> tuple[Actor, ...]:
    folded = name.casefold()
    iris = {
        iri
        for text, iri, kind in world.surfaces()
        if kind is AliasKind.FAMILY_NAME and text.casefold() == folded
    }
    return tuple(world.actors[iri] for iri in sorted(iris))


def _respelt(world: World, name: str) -> tuple[Actor, ...]:
    found = respelt(name, world)
    return (found[0],) if found else ()


def _match(world: World, actor: Actor, on: date | None) -> Match:
    held = tuple(_held(world, tenure, on) for tenure in reversed(world.tenures_of(actor.iri, on)))
    polity = world.polity_of(actor.iri)
    spoken_for = tuple(dict.fromkeys(h.polity for h in held)) if on else ()
    return Match(
        iri=actor.iri,
        label=actor.label,
        kind=actor.kind.value,
        wikidata=actor.wikidata,
        aliases=actor.aliases,
        polity=world.label(polity) if polity else ", ".join(spoken_for),
        offices=held,
        blocs=_blocs(world, polity, on),
    )


def _held(world: World, tenure: Tenure, on: date | None) -> Held:
    office = world.offices[tenure.office]
    return Held(
        person=world.label(tenure.person),
        person_iri=tenure.person,
        office=office.label,
        polity=world.label(office.represents),
        since=_known(tenure.start, tenure.start_precision),
        until=_known(tenure.end, tenure.end_precision),
        blocs=_blocs(world, office.represents, on),
    )


def _blocs(world: World, polity: str | None, on: date | None) -> tuple[str, ...]:
    if polity is None or on is None:
        return ()
    return tuple(world.label(bloc) for bloc in world.blocs_of(polity, on))


def _known(day: date | None, precision: Precision) -> str | None:
    if day is None:
        return None
    return day.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[precision]]
