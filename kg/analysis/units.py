"""Units: events taken for one act so far, and which of them fit each other.

Everything here is symmetric and works on sets, so the order in which documents were read, and the
order of the events given, have no influence.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.analysis.records import SignedEvent

__all__ = ["Unit", "compatible", "joined", "likest", "match"]

CROWD = 60  # units of one day compared pair by pair; beyond, first those of one type and issue


@dataclass(frozen=True, slots=True)
class Unit:
    """Events taken for one act.

    Attributes:
        events: sorted by IRI.
        rules: (IRI, rule) for each event that a rule added.
        apart: documents that tell it, and the pairs somebody judged to be different: two units
            that share any of these are two acts.
        when: its finest date ("2026-02-14", "2026-02", "2026"), "" when unknown.
    """

    events: tuple[SignedEvent, ...]
    rules: tuple[tuple[str, str], ...]
    apart: frozenset[str]
    when: str
    stories: frozenset[str]
    types: frozenset[str]
    issues: frozenset[str]
    spots: frozenset[str]

    @classmethod
    def of(cls, event: SignedEvent, different: Iterable[str] = ()) -> Unit:
        """The unit of a single event."""
        return cls(
            events=(event,),
            rules=(),
            apart=frozenset((*(piece.document for piece in event.evidence), *different)),
            when=str(event.date or ""),
            stories=frozenset(piece.story for piece in event.evidence),
            types=frozenset((event.type,)),
            issues=frozenset(event.issues),
            spots=frozenset((*event.places, *event.venues)),
        )

    @property
    def key(self) -> str:
        """The IRI it sorts by."""
        return self.events[0].iri

    def clashes(self, other: Unit) -> bool:
        """One document tells both as two acts, or somebody judged them to be different."""
        return not self.apart.isdisjoint(other.apart)

    def contradicts(self, other: Unit) -> bool:
        """Both say what they are about, and it is not the same."""
        return bool(self.issues and other.issues and self.issues.isdisjoint(other.issues))

    def likeness(self, other: Unit) -> tuple[bool, bool, bool]:
        """Type, then issue, then place: what decides between several candidates."""
        return (
            not self.types.isdisjoint(other.types),
            not self.issues.isdisjoint(other.issues),
            not self.spots.isdisjoint(other.spots),
        )


def joined(units: Iterable[Unit], rule: str) -> Unit:
    """One unit of several; the events it did not have before carry the rule."""
    ordered = sorted(units, key=lambda unit: unit.key)
    core = min(ordered, key=lambda unit: (-len(unit.when), unit.key))
    known = dict(pair for unit in ordered for pair in unit.rules)
    for event in (event for unit in ordered if unit is not core for event in unit.events):
        known.setdefault(event.iri, rule)
    return Unit(
        events=tuple(sorted((e for u in ordered for e in u.events), key=lambda e: e.iri)),
        rules=tuple(sorted(known.items())),
        apart=frozenset().union(*(unit.apart for unit in ordered)),
        when=core.when,
        stories=frozenset().union(*(unit.stories for unit in ordered)),
        types=frozenset().union(*(unit.types for unit in ordered)),
        issues=frozenset().union(*(unit.issues for unit in ordered)),
        spots=frozenset().union(*(unit.spots for unit in ordered)),
    )


def compatible(units: Sequence[Unit]) -> bool:
    """No two of them clash."""
    together = frozenset[str]().union(*(unit.apart for unit in units))
    return len(together) == sum(len(unit.apart) for unit in units)


def likest(unit: Unit, candidates: Iterable[Unit], *, strict: bool) -> list[Unit]:
    """The candidates that fit best, by type, issue and place; none when nothing fits.

    Args:
        unit: what a partner is sought for.
        candidates: where; the unit itself may be among them.
        strict: leave out those about another issue.
    """
    best: tuple[bool, bool, bool] | None = None
    found: list[Unit] = []
    for other in candidates:
        if other is unit or unit.clashes(other) or (strict and unit.contradicts(other)):
            continue
        rank = unit.likeness(other)
        if best is None or rank > best:
            best, found = rank, []
        if rank == best:
            found.append(other)
    return found


def match(units: Sequence[Unit], rule: str, *, strict: bool) -> list[Unit]:
    """Join the units that choose each other, until none do.

    A unit chooses those it is most like. If these clash with one another it cannot tell which
    one is meant, and chooses none: what is ambiguous stays apart.
    """
    current = sorted(units, key=lambda unit: unit.key)
    if len(current) > CROWD:
        current = _crowd(current, rule, strict=strict)
        if len(current) > CROWD:
            return current
    while len(current) > 1:
        groups = _mutual(current, strict=strict)
        if len(groups) == len(current):
            break
        current = [joined(group, rule) if len(group) > 1 else group[0] for group in groups]
        current.sort(key=lambda unit: unit.key)
    return current


def _mutual(units: list[Unit], *, strict: bool) -> list[list[Unit]]:
    chosen: list[set[int]] = []
    place = {unit.key: index for index, unit in enumerate(units)}
    for unit in units:
        best = likest(unit, units, strict=strict)
        chosen.append({place[other.key] for other in best} if compatible(best) else set())
    groups: list[list[Unit]] = []
    seen: set[int] = set()
    for start in range(len(units)):
        if start in seen:
            continue
        component, queue = {start}, [start]
        while queue:
            index = queue.pop()
            new = {o for o in chosen[index] if index in chosen[o]} - component
            component |= new
            queue += new
        seen |= component
        group = [units[index] for index in sorted(component)]
        groups += [group] if compatible(group) else [[unit] for unit in group]
    return groups


def _crowd(units: list[Unit], rule: str, *, strict: bool) -> list[Unit]:
    """Many units on one date: first only those of one type and issue are compared."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Unit]] = defaultdict(list)
    for unit in units:
        alike[tuple(sorted(unit.types)), tuple(sorted(unit.issues))].append(unit)
    found: list[Unit] = []
    for group in alike.values():
        if compatible(group):
            found.append(joined(group, rule) if len(group) > 1 else group[0])
        elif len(group) <= CROWD:
            found += match(group, rule, strict=strict)
        else:
            found += group
    return sorted(found, key=lambda unit: unit.key)
