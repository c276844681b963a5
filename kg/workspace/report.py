"""A dossier about a pair, an actor, a bloc or an issue: what is known, how well, and from where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis import Level, Period, between, labels, side_keys
from kg.errors import NotFoundError, UsageError
from kg.records import Status
from kg.reference.schemes import event_types, issues
from kg.views.notebook import ShownReport
from kg.views.report import Entry, Quote, Source
from kg.workspace.explain import pair_of
from kg.workspace.report_changes import changes
from kg.workspace.report_figures import Subject, charts, figures, measured, summary
from kg.workspace.report_limits import unknown
from kg.workspace.tables import actor_iri
from kg.workspace.told import evidence, heaviest, row_of, shown
from kg.workspace.told_acts import Told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kg.analysis import SignedEvent
    from kg.reference.world import World
    from kg.store.base import Reader

__all__ = ["report"]

MOST = 8  # confrontations and agreements that are quoted
LINES = 60  # events in the timeline


def report(
    store: Reader,
    world: World,
    wanted: str,
    *,
    since: date | None = None,
    until: date | None = None,
    level: Level = Level.POLITY,
) -> ShownReport:
    """Everything a report says, from the events that happened according to documents and feeds.

    Args:
        store: where to look.
        world: to recognise names.
        wanted: a pair ("us,eu"), somebody ("Kaja Kallas", "nato"), or an issue
            ("issue:trade-tariffs"; a top-level issue has all below it).
        since: first day of the period.
        until: its last day, included.
        level: who counts as a counterpart: persons and bodies, polities or blocs.

    Raises:
        NotFoundError: nothing is told about it in that period.
        UsageError: nobody is called so, no such issue, or a period that ends before it begins.
    """
    if since and until and since > until:
        raise UsageError(f"the period ends ({until}) before it begins ({since})")
    names = labels(store)
    told = Told(store, names)
    subject, about, total = _subject(world, names, wanted, told, level)
    period = Period(since, until)
    happened = [event for event in about if event.status is Status.REALISED]
    held = [event for event in happened if period.holds(event)]
    if not held:
        raise NotFoundError(
            f"no event is told of {subject.title} in this store and period",
            "kg rifts and kg alliances list who is there",
        )
    found = measured(subject, happened, period)
    notes = _Notes(names)
    heavy = sorted(held, key=lambda event: (-event.weight, event.iri))
    against = [event for event in heavy if event.sign < 0][:MOST]
    beside = [event for event in heavy if event.sign > 0][:MOST]
    listed = sorted(
        heavy[:LINES], key=lambda event: (event.date is None, str(event.date), event.iri)
    )
    whole = told.whole([*against, *beside, *listed])
    confrontations, agreements, timeline = (
        tuple(notes.entry(whole[event.iri]) for event in part) for part in (against, beside, listed)
    )
    part = heaviest(len(about), total)
    return ShownReport(
        title=subject.title,
        scope=_scope(subject, period, held),
        summary=(
            *summary(subject, held, found),
            *([f"Counted are the {part}; lighter ones are left out."] if part else []),
        ),
        figures=figures(subject, held, found),
        charts=charts(subject, held, found),
        confrontations=confrontations,
        agreements=agreements,
        timeline=timeline,
        changes=changes(subject, happened, period),
        unknown=unknown(held, about, period, len(timeline)),
        sources=notes.sources,
        made_from=told.made_from(),
    )


def _subject(
    world: World, names: dict[str, str], wanted: str, told: Told, level: Level
) -> tuple[Subject, list[SignedEvent], int]:
    """What the report is about, its events whatever their status and date, and how many."""
    name = wanted.strip()
    if name.casefold().startswith("issue:"):
        code = name.partition(":")[2].strip().casefold()
        concept = issues().get(code)
        if concept is None:
            known = ", ".join(sorted(c for c, one in issues().items() if one.top == c))
            raise UsageError(f"no issue is called {code!r}", f"top-level issues: {known}")
        codes = {c for c, one in issues().items() if code in (c, one.top)}
        subject = Subject(concept.label, names, side_keys(level), level=level, told_by=told.by)
        return subject, *told.about(codes)
    single = not any(mark in name for mark in (",", "/", "|", " - ", "–"))
    if single and (iri := _somebody(world, names, name)):
        keys = between(iri, None, level)
        subject = Subject(names.get(iri) or world.label(iri), names, keys, iri, "", level, told.by)
    else:
        left, right = pair_of(world, names, name)
        if left == right:
            raise UsageError(f"both sides are the same: {name}")
        sides = tuple(names.get(iri) or world.label(iri) for iri in (left, right))
        keys = between(left, right, level)
        subject = Subject(f"{sides[0]} – {sides[1]}", names, keys, left, right, level, told.by)
    return subject, *told.tied(subject.keys)


def _somebody(world: World, names: dict[str, str], name: str) -> str:
    """The IRI of one actor; "" when a name with a hyphen may be a pair instead."""
    try:
        return actor_iri(world, names, name)
    except UsageError:
        if "-" in name:
            return ""
        raise


def _scope(subject: Subject, period: Period, held: Sequence[SignedEvent]) -> str:
    dated = sorted(str(event.date) for event in held if event.date)
    if period.open:
        when = f"all dates: {dated[0]} to {dated[-1]}" if dated else "no event has a date"
    else:
        when = f"{period.since or 'the beginning'} to {period.until or 'the last document'}"
    who = {"": "All pairs"}.get(
        subject.left, "Between both sides" if subject.right else "With all others"
    )
    return f"{who}; {when}. Events that happened, as the {subject.told_by} tell them."


@dataclass(slots=True)
class _Notes:
    """Numbers the documents in the order in which they are first quoted."""

    names: dict[str, str]
    _numbers: dict[str, Source] | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple((self._numbers or {}).values())

    def entry(self, event: SignedEvent) -> Entry:
        """The event with its best sentence, whose document gets a number."""
        fine = event_types().get(event.type)
        concepts = issues()
        return Entry(
            date=str(event.date) if event.date else "",
            headline=self._headline(event),
            act=fine.label if fine else event.type,
            sign=event.sign,
            intensity=event.intensity,
            issues=tuple(concepts[c].label if c in concepts else c for c in event.issues),
            event=event.iri,
            sources=event.independent_sources,
            quote=self._quote(event),
        )

    def _headline(self, event: SignedEvent) -> str:
        def side(role: str) -> list[str]:
            found = {party.agent for party in event.parties if party.role == role}
            return sorted(self.names.get(iri, iri) for iri in found)

        actors, recipients = side("actor"), side("recipient")
        if not recipients or actors == recipients:
            return ", ".join(actors)
        return f"{', '.join(actors)} → {', '.join(recipients)}"

    def _quote(self, event: SignedEvent) -> Quote | None:
        best = next(iter(evidence(event)), None)
        if best is None:
            return None
        row = row_of(best)
        self._numbers = self._numbers or {}
        if best.document not in self._numbers:
            self._numbers[best.document] = Source(
                number=len(self._numbers) + 1,
                title=row.file if row else best.title,
                outlet="" if row else best.outlet,
                published=str(best.published) if best.published else "",
                origin=f"coded by {row.coder}" if row else shown(best.source),
                document=best.document,
            )
        speaker = self.names.get(best.speaker, "") if best.speaker else ""
        number = self._numbers[best.document].number
        return Quote(
            event.label if row else best.quote, number, best.start, best.end, best.modality,
            best.confidence, speaker, row.label if row else "", row.fields if row else (),
        )  # fmt: skip
