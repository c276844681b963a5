"""Who a row means: people, polities and organisations of the reference data.

A row names a side by some of: a name, a country, a known group, sectors. In this order it means
1. a person of that name who holds an office of that country (or of a bloc it belongs to) that day;
2. a state, bloc or organisation of that name, if it belongs to that country;
3. the known group;
4. the country, if it is named itself or by somebody whose sector acts for it.
Anybody else is left out, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from kg.feeds.vocabulary import countries, cow_codes, groups
from kg.records import ActorKind

if TYPE_CHECKING:
    from datetime import date

    from kg.reference.world import World

__all__ = ["NOBODY", "PRIVATE", "SIDE", "UNKNOWN", "Actors", "Side"]

UNKNOWN = "no linked actor"
NOBODY = "only one side named"
PRIVATE = "private actor (citizens, business, media …)"
SIDE = ("name", "country", "group", "speaks")
"""What a row says about a side, as columns with the side in front: ``actor_name`` …"""


@dataclass(frozen=True, slots=True)
class Side:
    """One side as a row describes it.

    Attributes:
        name: as the feed spells it, "" when it has none.
        country: code or name of a country, "" when it has none.
        group: code of a known group, "".
        speaks: whether its sector acts for its country; true for the country itself.
    """

    name: str
    country: str
    group: str
    speaks: bool


@dataclass(slots=True)
class Actors:
    """Looks sides up; remembers what it found.

    Args:
        world: the reference data.
        private: whether private actors stand for their country all the same.
    """

    world: World
    private: bool = False
    _known: dict[Side, tuple[tuple[str, str], tuple[str, ...]]] = field(
        default_factory=dict, init=False
    )
    _people: dict[tuple[str, str, date], str] = field(default_factory=dict, init=False)
    _index: _Names | None = field(default=None, init=False)

    def resolve(self, rows: pl.DataFrame, side: str) -> pl.DataFrame:
        """Add the column ``side`` (IRI or null) and ``side`` + "_why" (reason or null).

        Args:
            rows: with "date" and the columns ``SIDE`` (see there), null for nothing.
            side: "actor" or "recipient".
        """
        keys = [f"{side}_{part}" for part in SIDE]
        sides = rows.select(keys).unique(maintain_order=True)
        lasting = [self._known_side(Side(*row)) for row in _filled(sides)]
        found = sides.with_columns(
            _answers(side, [answer for answer, _ in lasting]),
            pl.Series("people", [bool(people) for _, people in lasting], pl.Boolean),
        ).unnest(side)
        rows = rows.join(found, on=keys, how="left", nulls_equal=True, maintain_order="left")
        asked = rows.filter("people").select(*keys, "date").unique(maintain_order=True)
        if not asked.height:
            return rows.drop("people")
        whom = [self.find(Side(*row[:-1]), row[-1]) for row in _filled(asked)]
        dated = asked.with_columns(_answers("then", whom))
        rows = rows.join(
            dated, on=[*keys, "date"], how="left", nulls_equal=True, maintain_order="left"
        )
        then = pl.col("then").struct
        known = pl.col("people") & pl.col("then").is_not_null()
        return rows.with_columns(
            pl.when(known).then(then.field("iri")).otherwise(side).alias(side),
            pl.when(known).then(then.field("why")).otherwise(f"{side}_why").alias(f"{side}_why"),
        ).drop("people", "then")

    def find(self, side: Side, on: date | None) -> tuple[str, str]:
        """The IRI of a side on a day, and "" or the reason why there is none."""
        answer, people = self._known_side(side)
        if people and on is not None:
            country = self.country(side.country)
            for person in people:
                if self._in_office(person, country, on):
                    return person, ""
        return answer

    def country(self, named: str) -> str:
        """The IRI of a country (or Europe) by code or name; "" when unknown."""
        return self._names.countries.get(named.casefold(), "") if named else ""

    def known(self, named: str) -> str | None:
        """``country``, with None for the unknown."""
        return self.country(named) or None

    @property
    def _names(self) -> _Names:
        if self._index is None:
            self._index = _Names(self.world)
        return self._index

    def _known_side(self, side: Side) -> tuple[tuple[str, str], tuple[str, ...]]:
        """IRI and reason of a side on any day, and the people it may mean instead."""
        if side not in self._known:
            lasting, people = self._lasting(side)
            is_iri = lasting.startswith("http")
            self._known[side] = ((lasting, "") if is_iri else ("", lasting)), people
        return self._known[side]

    def _lasting(self, side: Side) -> tuple[str, tuple[str, ...]]:
        """What a side means on any day (IRI or reason), and the people it may mean instead."""
        if not (side.name or side.country or side.group):
            return NOBODY, ()
        if side.name in self.world.actors:  # named by a mapping, for any day
            return side.name, ()
        name = side.name.casefold()
        people = self._names.people.get(name, ())
        country = self.country(side.country)
        body = self._names.bodies.get(name, "")
        group = groups().get(side.group, "")
        home = country or group
        if body and (not home or self._belongs(body, home)):
            private = self.world.actors[body].is_polity and not (side.speaks or self.private)
            return (PRIVATE if private else body), people
        if group:
            return group, people
        if side.group or not country:
            return UNKNOWN, people
        return (country if side.speaks or self.private else PRIVATE), people

    def _belongs(self, body: str, home: str) -> bool:
        return home in (body, self.world.polity_of(body))

    def _in_office(self, person: str, country: str, on: date) -> str:
        """The person, if some office is held that day for the country or a bloc it is in."""
        key = (person, country, on)
        if key not in self._people:
            tenures = self.world.tenures_of(person, on)
            for_whom = {self.world.offices[tenure.office].represents for tenure in tenures}
            blocs = set(self.world.blocs_of(country, on)) if country else set()
            right = for_whom & {country, *blocs} if country else for_whom
            self._people[key] = person if right else ""
        return self._people[key]


class _Names:
    """Names and codes of the reference data, in lower case, each with whom it surely means."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people: dict[str, tuple[str, ...]] = {}
        bodies: dict[str, list[str]] = {}
        for actor in world.actors.values():
            for name in sorted({name.casefold() for name in (actor.label, *actor.aliases)}):
                if actor.kind is ActorKind.PERSON:
                    self.people[name] = (*self.people.get(name, ()), actor.iri)
                elif actor.is_polity or actor.kind is ActorKind.ORGANIZATION:
                    bodies.setdefault(name, []).append(actor.iri)
        chosen = ((name, self._one(found)) for name, found in bodies.items())
        self.bodies = {name: iri for name, iri in chosen if iri}
        self.bodies |= {name.casefold(): iri for name, iri in countries("name").items()}

    def _one(self, found: list[str]) -> str:
        """Polities win over organisations; a name that two of a kind have means neither."""
        polities = [iri for iri in found if self.world.actors[iri].is_polity]
        best = polities or found
        return best[0] if len(best) == 1 else ""

    @cached_property
    def countries(self) -> dict[str, str]:
        """Names, ISO codes, CAMEO codes and Correlates of War numbers of countries → IRI."""
        states = [a for a in self.world.actors.values() if a.kind is ActorKind.STATE]
        by_iso = {actor.iso3: actor.iri for actor in states if actor.iso3}
        found = {
            name.casefold(): actor.iri
            for actor in states
            for name in (actor.label, *actor.aliases, actor.iso3, actor.iso2)
            if name
        }
        found |= {code: by_iso[iso] for code, iso in cow_codes().items() if iso in by_iso}
        found |= {code.zfill(3): iri for code, iri in found.items() if code.isdigit()}
        for scheme in ("name", "cameo"):
            found |= {code.casefold(): iri for code, iri in countries(scheme).items()}
        return found


def _filled(sides: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The rows, "" for missing texts."""
    return sides.with_columns(pl.col(pl.String).fill_null("")).rows()


def _answers(side: str, found: list[tuple[str, str]]) -> pl.Series:
    """IRIs and reasons as a struct; as columns ``side`` and ``side`` + "_why" when unnested."""
    names = ("iri", "why") if side == "then" else (side, f"{side}_why")
    rows = [(iri or None, why or None) for iri, why in found]
    schema = dict.fromkeys(names, pl.String)
    return pl.DataFrame(rows, schema, orient="row").to_struct(side)
