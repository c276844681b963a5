"""Event identity across documents: the same act told by several of them counts once.

Nothing stored is rewritten. At each reading, events are taken for one act when all of this holds:

- the same type family (top concept), sign and status, and the same agents on the same sides: a
  government is not its head;
- dates that do not exclude each other: the same day, month or year, or one inside the other. An
  unknown date fits only within one story (copies of one report);
- no document tells them as two acts, and nobody judged them to be different;
- when a date is coarser than a day, they are not known to be about different issues.

When several fit, type, issue and place decide, in this order; if they cannot, all stay apart.
What a person judged to be the same is joined last, whatever the rules say. The cost is linear in
the number of events, but for those of one class and the same sides: there, acts of one date are
compared with each other (see ``kg.analysis.units``), and coarse dates with the finer ones in them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.analysis.records import Merge
from kg.analysis.units import Unit, compatible, joined, likest, match
from kg.judgements import Decisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.analysis.records import SignedEvent

__all__ = ["RULES", "Doubt", "act", "doubts", "same_acts"]

RULES = {
    "same-day": "same class, sides and day",
    "same-month": "same class, sides and month, no other issue",
    "same-year": "same class, sides and year, no other issue",
    "within-month": "same class and sides, and the only such act known in that month",
    "within-year": "same class and sides, and the only such act known in that year",
    "one-story": "same class and sides in copies of one report",
    "judged-same": "somebody judged them to be the same",
}
_ON = {10: "same-day", 7: "same-month", 4: "same-year"}
_WITHIN = {7: "within-month", 4: "within-year", 0: "one-story"}
_DOUBTS = 3  # candidates offered for one unit
_TAG = "different:"  # marks pairs among the documents of ``Unit.apart``


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two acts that may be one, and why the rules left them apart."""

    one: SignedEvent
    other: SignedEvent
    reason: str


def same_acts(
    events: Sequence[SignedEvent], decisions: Decisions | None = None
) -> tuple[SignedEvent, ...]:
    """The acts behind events, sorted by IRI; each with the evidence of all that tell it.

    Args:
        events: as stored; parties, dates and evidence decide, their order does not.
        decisions: pairs that people judged to be the same or different.
    """
    return tuple(sorted(map(act, _units(events, decisions or Decisions())), key=lambda e: e.iri))


def doubts(events: Sequence[SignedEvent], decisions: Decisions | None = None) -> tuple[Doubt, ...]:
    """Acts that may be one although no rule says so: same sides and family, and a date that fits.

    Undated ones must be of one type. Pairs already judged to be different are left out.
    """
    buckets: dict[object, list[Unit]] = defaultdict(list)
    for unit in _units(events, decisions or Decisions()):
        buckets[_bucket(unit.events[0])].append(unit)
    found: dict[tuple[str, str], Doubt] = {}
    for units in buckets.values():
        for unit, other in _left_open(units):
            one, two = sorted((act(unit), act(other)), key=lambda event: event.iri)
            reason = "several fit" if unit.when and other.when else "a date is unknown"
            found.setdefault((one.iri, two.iri), Doubt(one, two, reason))
    return tuple(found[pair] for pair in sorted(found))


def act(unit: Unit) -> SignedEvent:
    """One event of several: the best dated, best sure one speaks for all."""
    if len(unit.events) == 1:
        return unit.events[0]
    rules = dict(unit.rules)
    first = min(unit.events, key=lambda e: (-len(str(e.date or "")), -e.confidence, e.iri))
    others = [event for event in unit.events if event is not first]
    spoken = rules.get(first.iri, "") or next(iter(rules.values()))
    return replace(
        first,
        issues=_union(event.issues for event in (first, *others)),
        places=_union(event.places for event in (first, *others)),
        venues=_union(event.venues for event in (first, *others)),
        evidence=tuple(
            sorted(
                (piece for event in unit.events for piece in event.evidence),
                key=lambda e: (e.document, e.start, e.end, e.modality),
            )
        ),
        merges=tuple(
            Merge(event.iri, event.label, event.date, rules.get(event.iri, spoken))
            for event in others
        ),
        judged="right" if any(event.judged == "right" for event in unit.events) else first.judged,
    )


def _union(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({value for values in found for value in values}))


def _bucket(event: SignedEvent) -> tuple[object, ...]:
    sides = tuple(sorted({(party.role, party.agent) for party in event.parties}))
    return event.event_class, event.sign, event.status.value, sides


def _units(events: Sequence[SignedEvent], decisions: Decisions) -> list[Unit]:
    tags: dict[str, list[str]] = defaultdict(list)
    for pair in decisions.different:
        for iri in pair:
            tags[iri].append(_TAG + " ".join(pair))
    buckets: dict[object, list[Unit]] = defaultdict(list)
    for event in events:
        buckets[_bucket(event)].append(Unit.of(event, tags.get(event.iri, ())))
    found = [unit for units in buckets.values() for unit in _matched(units)]
    return _judged(found, decisions)


def _matched(units: list[Unit]) -> list[Unit]:
    """The acts of one bucket: first by equal dates, then coarser dates into finer ones."""
    if len(units) == 1:
        return units
    dated: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        dated[unit.when].append(unit)
    undated = _by_story(dated.pop("", []))
    settled = {
        when: match(group, _ON[len(when)], strict=len(when) < 10) for when, group in dated.items()
    }
    for length in (7, 4):
        for when in sorted(day for day in settled if len(day) == length):
            finer = [day for day in settled if day.startswith(when + "-")]
            inside = [unit for day in finer for unit in settled[day]]
            rest, grown = _placed(settled[when], inside, _WITHIN[length])
            settled[when] = rest
            for day in finer:
                settled[day] = [unit for unit in grown if unit.when == day]
    found = [unit for group in settled.values() for unit in group]
    rest, grown = _placed(undated, found, _WITHIN[0])
    return rest + grown


def _by_story(undated: list[Unit]) -> list[Unit]:
    stories: dict[frozenset[str], list[Unit]] = defaultdict(list)
    for unit in undated:
        stories[unit.stories].append(unit)
    return [u for group in stories.values() for u in match(group, "one-story", strict=False)]


def _placed(coarse: list[Unit], finer: list[Unit], rule: str) -> tuple[list[Unit], list[Unit]]:
    """Coarse units that fit exactly one finer one join it; gives what is left of both."""
    choices: dict[str, list[Unit]] = defaultdict(list)
    rest: list[Unit] = []
    told: dict[str, list[Unit]] = defaultdict(list)
    if rule == _WITHIN[0]:
        for unit in finer:
            for story in unit.stories:
                told[story].append(unit)
    for unit in coarse:
        around = finer if rule != _WITHIN[0] else [u for s in unit.stories for u in told[s]]
        best = likest(unit, around, strict=True)
        if len(best) == 1:
            choices[best[0].key].append(unit)
        else:
            rest.append(unit)
    grown: list[Unit] = []
    for unit in finer:
        chosen = choices.get(unit.key, [])
        fits = bool(chosen) and compatible([unit, *chosen])
        grown.append(joined([unit, *chosen], rule) if fits else unit)
        rest += [] if fits else chosen
    return rest, grown


def _judged(units: list[Unit], decisions: Decisions) -> list[Unit]:
    """Join what people judged to be the same, unless that joins what they judged different."""
    home = {event.iri: index for index, unit in enumerate(units) for event in unit.events}
    current: dict[int, Unit] = dict(enumerate(units))
    for one, other in sorted(decisions.same):
        here, there = home.get(one), home.get(other)
        if here is None or there is None or here == there:
            continue
        shared = current[here].apart & current[there].apart
        if any(tag.startswith(_TAG) for tag in shared):
            continue
        keep, gone = sorted((here, there))
        current[keep] = joined([current[keep], current.pop(gone)], "judged-same")
        home.update({event.iri: keep for event in current[keep].events})
    return list(current.values())


def _left_open(units: list[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Pairs in one bucket whose dates fit; the likest few for each unit."""
    dated: dict[str, list[Unit]] = defaultdict(list)
    for unit in sorted(units, key=lambda u: u.key):
        dated[unit.when].append(unit)
    for unit in sorted(units, key=lambda u: u.key):
        if unit.when:
            prefixes = (unit.when[:4], unit.when[:7], unit.when)
            around = [u for day in dict.fromkeys(prefixes) for u in dated.get(day, ())]
        else:
            around = [u for u in units if u.when == "" and not u.types.isdisjoint(unit.types)]
        for other in likest(unit, around, strict=True)[:_DOUBTS]:
            yield unit, other
