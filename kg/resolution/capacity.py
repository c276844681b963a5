"""For whom somebody speaks on a day: the tenure held, the polity represented, its blocs.

The specification in SPARQL is queries/rules/sides.rq; a test compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import ActorKind, OfficeStatus
from kg.resolution.linked import Capacity, LinkedActor

if TYPE_CHECKING:
    from datetime import date

    from kg.records import PartialDate, Reading
    from kg.reference.world import Tenure, World

__all__ = ["SENIORITY", "Capacities"]

# Which of several offices held at once a person is taken to speak from.
SENIORITY = (
    "head-of-state",
    "head-of-government",
    "vice-president",
    "institution-head",
    "foreign-minister",
    "defence-minister",
    "finance-minister",
    "trade-minister",
    "commissioner",
    "ambassador",
    "envoy",
    "adviser",
    "military",
    "legislator",
    "spokesperson",
    "other",
)


# A former or future office does not let anybody speak for its polity.
_HELD = (OfficeStatus.CURRENT, OfficeStatus.THEN)


class Capacities:
    """Answers "in which capacity" for the actors of one reading.

    Args:
        world: the reference data.
        reading: its office statements speak for people the reference data do not know.
    """

    def __init__(self, world: World, reading: Reading) -> None:
        self._world = world
        self._published = reading.document.published
        self._stated: dict[str, str] = {}
        for statement in reading.offices:
            if statement.body_reference and statement.status in _HELD:
                polity = world.polity_of(statement.body_reference)
                if polity:
                    self._stated.setdefault(statement.holder, polity)

    def of(self, entity_id: str, actor: LinkedActor, when: PartialDate | None) -> Capacity:
        """The capacity of ``actor`` on the day of an event.

        An undated event is judged by the day its document was published; without that, only
        what does not depend on a day is given.
        """
        day = self._day(when)
        if actor.kind is ActorKind.PERSON:
            tenures = self._tenures(actor.iri, day)
            polity = self._polity_of_person(entity_id, tenures)
        else:
            tenures = ()
            polity = self._world.polity_of(actor.iri) if actor.known else None
        return Capacity(
            tenures=tuple(tenure.iri for tenure in tenures),
            offices=tuple(tenure.office for tenure in tenures),
            polity=polity,
            blocs=self._blocs(polity, day),
        )

    def _day(self, when: PartialDate | None) -> date | None:
        """The last day that both the event's date and the publication allow."""
        if when is None:
            return self._published.last if self._published else None
        if self._published and when.first <= self._published.last < when.last:
            return self._published.last
        return when.last

    def _tenures(self, person: str, day: date | None) -> tuple[Tenure, ...]:
        held = self._world.tenures_of(person, day) if day else ()
        return tuple(sorted(held, key=self._seniority))

    def _seniority(self, tenure: Tenure) -> tuple[int, str]:
        kind = self._world.offices[tenure.office].kind
        rank = SENIORITY.index(kind) if kind in SENIORITY else len(SENIORITY)
        return rank, tenure.iri

    def _polity_of_person(self, entity_id: str, tenures: tuple[Tenure, ...]) -> str | None:
        represented = [self._world.offices[tenure.office].represents for tenure in tenures]
        stated = self._stated.get(entity_id)
        if stated and (not represented or stated in represented):
            return stated
        return represented[0] if represented else None

    def _blocs(self, polity: str | None, day: date | None) -> tuple[str, ...]:
        if polity is None:
            return ()
        known = self._world.actors.get(polity)
        own = (polity,) if known and known.kind is ActorKind.BLOC else ()
        memberships = self._world.blocs_of(polity, day) if day else ()
        return tuple(sorted({*own, *memberships}))
