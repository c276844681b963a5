"""Which rows are wanted: by actor, period, and the feed's own mark of main events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from kg.reference.world import World

__all__ = ["Wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a feed is wanted; everything by default.

    Attributes:
        only: IRIs of actors. A row counts when one of its sides is one of them, speaks for it, or
            is a member of it on that day.
        since, until: first and last day.
        root_only: GDELT: only events told in the lead of a report.
        private: citizens, business, media and the like count for their country.
    """

    only: frozenset[str] = field(default_factory=frozenset)
    since: date | None = None
    until: date | None = None
    root_only: bool = False
    private: bool = False

    @classmethod
    def actors(cls, world: World, names: str) -> frozenset[str]:
        """The IRIs of a list such as "us,eu,nato".

        Raises:
            UsageError: one of them is unknown.
        """
        found = []
        for name in (part.strip() for part in names.split(",")):
            if not name:
                continue
            known = world.find(name)
            if not known:
                hint = "use names, abbreviations or codes: us,eu,nato,FRA"
                raise UsageError(f"nobody called {name!r} is known", hint)
            found.append(known[0].iri)
        return frozenset(found)

    def counts(self, world: World, actor: str, on: date) -> bool:
        """Whether an actor is one of those wanted on a day."""
        if actor in self.only:
            return True
        polities = {world.polity_of(actor)}
        if polities == {None}:
            polities = {world.offices[t.office].represents for t in world.tenures_of(actor, on)}
        return any(
            polity in self.only or not self.only.isdisjoint(world.blocs_of(polity, on))
            for polity in polities
            if polity
        )

    @property
    def key(self) -> str:
        """Part of a feed's identity."""
        parts = (*sorted(self.only), self.since, self.until, self.root_only, self.private)
        return "\n".join(str(part) for part in parts)
