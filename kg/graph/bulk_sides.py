"""Sides that many events share: who acted, as what, for whom, and which blocs that was then."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from typing import TYPE_CHECKING

import polars as pl

from kg.graph.terms import iri, plain, term
from kg.namespaces import ID
from kg.records import ActorKind, Document, PartialDate, Reading
from kg.resolution import Capacity, LinkedActor
from kg.resolution.capacity import Capacities

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kg.reference.world import World

__all__ = ["SharedSides"]

ROLES = ("actor", "recipient")


class SharedSides:
    """The sides of the events of one feed, each in one capacity for as long as it lasts.

    Args:
        world: the reference data. An actor it does not know speaks for nobody.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._capacities = Capacities(world, Reading(Document(""), "", ""))
        self._joined = sorted(
            day for m in world.memberships for day in (m.start, m.end) if day is not None
        )
        self._changes: dict[str, list[date]] = {}
        self._known: dict[tuple[str, int], Capacity] = {}
        self._numbers: dict[tuple[str, str, Capacity], int] = {}
        self._new: list[int] = []
        self.sides: list[tuple[str, str, Capacity]] = []
        """Role, agent and capacity by number."""
        self.iris: list[str] = []
        """Their nodes by number."""

    def attach(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with the numbers ("actor_party" …) and nodes ("actor_side" …) of their sides."""
        stretch = pl.Series("stretch", self._joined, pl.Date).search_sorted(rows["date"], "right")
        rows = rows.with_columns(stretch=pl.Series(stretch, dtype=pl.Int32))
        for role in ROLES:
            # whoever held offices is looked up for each day, others for each stretch of days
            agents = rows[role].unique(maintain_order=True)
            held = pl.Series([bool(self._world.tenures_of(agent)) for agent in agents])
            on = pl.when(pl.col(role).is_in(agents.filter(held).implode())).then("date")
            keyed = rows.with_columns(on=on)
            distinct = keyed.unique([role, "stretch", "on"], maintain_order=True)
            numbers = [
                self._number(role, agent, day)
                for agent, day in distinct.select(role, "date").iter_rows()
            ]
            found = distinct.select(role, "stretch", "on").with_columns(
                pl.Series(f"{role}_party", numbers, pl.UInt32),
                pl.Series(f"{role}_side", [self.iris[n] for n in numbers], pl.String),
            )
            keys = [role, "stretch", "on"]
            rows = keyed.join(found, on=keys, maintain_order="left", nulls_equal=True).drop("on")
        return rows.drop("stretch")

    def lines(self) -> bytes:
        """N-Triples that describe the sides which were not described before."""
        found = "".join(line for number in self._new for line in self._describe(number))
        self._new.clear()
        return found.encode()

    def _number(self, role: str, agent: str, day: date) -> int:
        side = (role, agent, self._capacity(agent, day))
        if side not in self._numbers:
            self._numbers[side] = len(self.sides)
            self._new.append(len(self.sides))
            self.sides.append(side)
            capacity = side[2]
            key = [role, agent, capacity.tenures, capacity.offices, capacity.polity, capacity.blocs]
            digest = hashlib.sha256(json.dumps(key).encode()).hexdigest()
            self.iris.append(f"{ID}side/{digest[:16]}")
        return self._numbers[side]

    def _capacity(self, agent: str, day: date) -> Capacity:
        """Worked out once for each stretch of days in which nothing changes."""
        if agent not in self._changes:
            tenures = self._world.tenures_of(agent)
            held = (limit for t in tenures for limit in (t.start, t.end) if limit is not None)
            self._changes[agent] = sorted({*self._joined, *held})
        key = agent, bisect_right(self._changes[agent], day)
        if key not in self._known:
            actor = self._world.actors.get(agent)
            linked = LinkedActor(
                iri=agent,
                label=actor.label if actor else agent,
                kind=actor.kind if actor else ActorKind.OTHER,
                known=actor is not None,
            )
            self._known[key] = self._capacities.of("", linked, PartialDate.of(day))
        return self._known[key]

    def _describe(self, number: int) -> Iterator[str]:
        role, agent, capacity = self.sides[number]
        said = [
            ("rdf:type", term("tkg:Side")),
            ("tkg:role", plain(role)),
            ("tkg:agent", iri(agent)),
            *(("tkg:tenure", iri(tenure)) for tenure in capacity.tenures),
            *(("tkg:office", iri(office)) for office in capacity.offices),
            *((("tkg:polity", iri(capacity.polity)),) if capacity.polity else ()),
            *(("tkg:bloc", iri(bloc)) for bloc in capacity.blocs),
        ]
        for predicate, value in said:
            yield f"<{self.iris[number]}> {term(predicate)} {value} .\n"
