"""What looks wrong in the reference data although it breaks no rule.

Rules that are broken raise ReferenceDataError when the data are loaded. What is left are doubts:
a tenure that nobody closed, two holders of an office for one, a gap. They are warnings for whoever
keeps the data, never a reason to refuse them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from kg.records import ActorKind, Precision
from kg.reference.model import Membership, Tenure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.reference.world import World

__all__ = ["Finding", "FindingKind", "audit"]

Interval = TypeVar("Interval", Tenure, Membership)
SHARED_KINDS = frozenset(
    {"adviser", "commissioner", "envoy", "legislator", "military", "other", "spokesperson"}
)
LONGEST_GAP = timedelta(days=92)
LONGEST_VACANCY = timedelta(days=730)  # embassies often wait for an ambassador
STALE_AFTER = timedelta(days=366)
AS_OF = re.compile(
    r"\b(?:as of|no end known in|known (?:to|until)|checked|stops? (?:at|in)|up to)\s+"
    r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?",
    re.IGNORECASE,
)


class FindingKind(StrEnum):
    """What sort of doubt a finding is."""

    INVERTED = "inverted-interval"
    SUPERSEDED = "open-though-succeeded"
    STALE = "open-past-its-data"
    OVERLAP = "overlap"
    DOUBLE = "double-record"
    GAP = "gap"
    VACANT = "office-without-holder"
    AMBIGUOUS = "ambiguous-name"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One doubt.

    Attributes:
        kind: what sort.
        subject: IRI of the tenure, membership, office or actor in question.
        message: one line in plain words.
        related: IRIs of what it clashes with.
    """

    kind: FindingKind
    subject: str
    message: str
    related: tuple[str, ...] = ()


def audit(world: World, on: date | None = None) -> tuple[Finding, ...]:
    """Everything doubtful in a world, sorted by kind and subject.

    Args:
        world: the data to look at.
        on: the day for which they should be current; by default the latest "as of" note, or
            start when there are no notes, so that the answer does not depend on the clock.
    """
    horizon = on or _horizon(world)
    findings = [
        *_inverted(world),
        *_offices(world),
        *_stale(world, horizon),
        *_doubles(world),
        *_ambiguous(world),
    ]
    return tuple(sorted(set(findings)))


def _inverted(world: World) -> Iterator[Finding]:
    for item in _intervals(world):
        if item.start and item.end and item.end <= item.start:
            yield Finding(
                FindingKind.INVERTED,
                item.iri,
                f"{_name(world, item)} runs from {item.start} to {item.end}: never",
            )


def _offices(world: World) -> Iterator[Finding]:
    for office in world.offices.values():
        held = [tenure for tenure in world.holders(office.iri) if tenure.start]
        if not world.holders(office.iri):
            yield Finding(FindingKind.VACANT, office.iri, f"nobody ever held {office.label}")
        if not (office.kind in SHARED_KINDS or _collective(held)):
            yield from _succession(world, held)


def _collective(held: list[Tenure]) -> bool:
    """Two people who begin on one day share the office, as in a presidency of three."""
    days = [tenure.start for tenure in held if tenure.start_precision is Precision.DAY]
    return len(days) > len(set(days))


def _succession(world: World, held: list[Tenure]) -> Iterator[Finding]:
    """Overlaps and gaps in an office for one holder; ``held`` in order of start."""
    last: Tenure | None = None  # whoever held the office longest so far
    for tenure in held:
        if last is not None:
            yield from _handover(world, last, tenure)
        if last is None or last.end is None or (tenure.end or date.max) > last.end:
            last = tenure


def _handover(world: World, before: Tenure, after: Tenure) -> Iterator[Finding]:
    assert after.start is not None
    label = world.label(after.office)
    names = f"{world.label(before.person)} and {world.label(after.person)}"
    if before.end is None:
        yield Finding(
            FindingKind.SUPERSEDED,
            before.iri,
            f"{_name(world, before)} is open, though {world.label(after.person)} "
            f"followed on {after.start}",
            (after.iri,),
        )
    elif after.start < before.end and not _vague(before.end_precision, after.start_precision):
        days = (min(before.end, after.end or before.end) - after.start).days
        yield Finding(
            FindingKind.OVERLAP,
            after.iri,
            f"{names} both hold {label} for {days} days from {after.start}",
            (before.iri,),
        )
    elif after.start - before.end > _longest_gap(world, before, after):
        yield Finding(
            FindingKind.GAP,
            after.iri,
            f"nobody holds {label} from {before.end} to {after.start}, between {names}",
            (before.iri,),
        )


def _vague(*precisions: Precision) -> bool:
    return any(precision is not Precision.DAY for precision in precisions)


def _longest_gap(world: World, before: Tenure, after: Tenure) -> timedelta:
    days = {Precision.DAY: 0, Precision.MONTH: 31, Precision.YEAR: 366}
    slack = timedelta(days=days[before.end_precision] + days[after.start_precision])
    embassy = world.offices[after.office].kind == "ambassador"
    return slack + (LONGEST_VACANCY if embassy else LONGEST_GAP)


def _stale(world: World, horizon: date) -> Iterator[Finding]:
    """Open tenures whose source was looked at long before the horizon."""
    for tenure in world.tenures:
        seen = _as_of(tenure.source)
        if tenure.end is None and seen and horizon - seen > STALE_AFTER:
            yield Finding(
                FindingKind.STALE,
                tenure.iri,
                f"{_name(world, tenure)} is open, but its data end at {seen}",
            )


def _as_of(note: str) -> date | None:
    """The latest day that an "as of" note names, as the first day it can mean."""
    days = []
    for year, month, day in AS_OF.findall(note):
        try:
            days.append(date(int(year), int(month or 1), int(day or 1)))
        except ValueError:
            continue
    return max(days, default=None)


def _horizon(world: World) -> date:
    notes = [day for item in _intervals(world) if (day := _as_of(item.source))]
    starts = [item.start for item in _intervals(world) if item.start]
    return max(notes or starts, default=date.min)


def _intervals(world: World) -> tuple[Tenure | Membership, ...]:
    return (*world.tenures, *world.memberships)


def _doubles(world: World) -> Iterator[Finding]:
    """The same person in the same office, or state in the same bloc, twice at once."""
    yield from _double(world, world.tenures, lambda t: (t.person, t.office))
    yield from _double(world, world.memberships, lambda m: (m.state, m.bloc))


def _double(
    world: World, items: Iterable[Interval], key: Callable[[Interval], tuple[str, str]]
) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[Interval]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    for group in groups.values():
        for before, after in pairwise(group):
            if before.end is None or (after.start or date.min) < before.end:
                yield Finding(
                    FindingKind.DOUBLE,
                    after.iri,
                    f"{_name(world, after)} is recorded twice for the same time",
                    (before.iri,),
                )


def _ambiguous(world: World) -> Iterator[Finding]:
    """Names that two actors of one kind share; places and surnames may."""
    owners: dict[tuple[ActorKind, str], set[str]] = {}
    for actor in world.actors.values():
        if actor.kind is not ActorKind.PLACE:
            for name in (actor.label, *actor.aliases):
                owners.setdefault((actor.kind, name.casefold()), set()).add(actor.iri)
    for (kind, name), iris in owners.items():
        first, *others = sorted(iris)
        if others:
            labels = ", ".join(world.label(iri) for iri in sorted(iris))
            yield Finding(
                FindingKind.AMBIGUOUS,
                first,
                f"{name!r} names {len(iris)} of kind {kind}: {labels}",
                tuple(others),
            )


def _name(world: World, item: Tenure | Membership) -> str:
    if isinstance(item, Tenure):
        return f"{world.label(item.person)} as {world.label(item.office)}"
    return f"{world.label(item.state)} in {world.label(item.bloc)}"
