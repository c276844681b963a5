"""Offices as documents state them: people the reference data do not know, and contradictions.

An office that a text gives somebody is known "at least on that day", the day of publication; each
further document that says the same extends it. Nothing of this enters the reference data: a
contradiction between the two is reported and left to a person.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kg.analysis.events import partial_date
from kg.namespaces import entity_iri
from kg.records import Precision
from kg.reference.audit import SHARED_KINDS
from kg.workspace.who import Held, Match

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import PartialDate
    from kg.reference.model import Office
    from kg.reference.world import World
    from kg.store.base import Reader

__all__ = ["Conflict", "Stated", "conflicts", "show_told", "stated_offices"]

_STATED = """
SELECT DISTINCT ?person ?told ?office ?bodyName ?body ?document ?title ?issued ?precision ?quote
WHERE {
  ?mention a tkg:OfficeMention ; tkg:ofActor ?person ; tkg:officeLabel ?office ;
    tkg:inDocument ?document ; tkg:quote ?quote .
  FILTER NOT EXISTS { ?mention tkg:officeStatus ?status }
  OPTIONAL { ?person rdfs:label ?told }
  OPTIONAL { ?mention tkg:bodyLabel ?bodyName }
  OPTIONAL { ?mention tkg:body ?body }
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:issued ?issued ; tkg:datePrecision ?precision }
}"""


@dataclass(frozen=True, slots=True, order=True)
class Stated:
    """A text says that somebody holds an office now.

    Attributes:
        person, body: IRIs; body "" when it was not recognised.
        name, office, body_name: as the text has them.
        document, title: where.
        published: date of the document, None when unknown.
        sentence: the words that say so.
    """

    person: str
    name: str
    office: str
    body_name: str
    body: str
    document: str
    title: str
    published: PartialDate | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A text and the reference data disagree about who held an office; ``message`` says how."""

    stated: Stated
    message: str


def stated_offices(store: Reader) -> tuple[Stated, ...]:
    """Every office that a document says somebody holds, sorted; former and future ones left out."""
    found = {
        Stated(person, told, office, body_name, body, document, title,
               partial_date(issued, precision), quote)
        for person, told, office, body_name, body, document, title, issued, precision, quote
        in store.select(_STATED).texts()
    }  # fmt: skip
    return tuple(sorted(found, key=lambda s: (s.person, str(s.published or ""), s.document,
                                              s.office, s.sentence)))  # fmt: skip


def show_told(store: Reader, world: World, name: str) -> tuple[Match, ...]:
    """People of a name whom only documents know, with the offices they were said to hold.

    Args:
        store: where the documents are.
        world: what it does not know counts as new.
        name: full name or surname, case aside.
    """
    wanted = name.casefold().strip()
    people: dict[str, list[Stated]] = defaultdict(list)
    for stated in stated_offices(store):
        words = stated.name.casefold().split()
        named = wanted in (" ".join(words), words[-1] if words else "", stated.person)
        if stated.person not in world.actors and named:
            people[stated.person].append(stated)
    return tuple(_match(world, iri, people[iri]) for iri in sorted(people))


def conflicts(store: Reader, world: World) -> tuple[Conflict, ...]:
    """Where a text gives an office to somebody, and the reference data to somebody else that day.

    Only offices for one holder, recognised without doubt, in documents dated to the day; on the day
    of a handover both are right.
    """
    index = _offices_by_name(world)
    found = []
    for stated in stated_offices(store):
        if stated.published is None or stated.published.precision is not Precision.DAY:
            continue
        polity = world.polity_of(stated.body) if stated.body else None
        named = index.get((polity or "", _fold(stated.office)), ())
        if len(named) == 1 and (problem := _problem(world, stated, named[0])):
            found.append(Conflict(stated, problem))
    return tuple(found)


def _problem(world: World, stated: Stated, office: Office) -> str:
    assert stated.published is not None
    day = stated.published.first
    holders = {t.person for on in (day, day - timedelta(days=1))
               for t in world.holders(office.iri, on)}  # fmt: skip
    if stated.person in holders:
        return ""
    known = stated.person in world.actors
    who = world.label(stated.person) if known else stated.name
    where = f"“{stated.title or stated.document.rpartition('/')[2]}” of {day} says that {who} holds"
    if holders and office.kind not in SHARED_KINDS:
        others = ", ".join(sorted(world.label(person) for person in holders))
        return f"{where} {office.label}; the reference data have {others}"
    terms = [t for t in world.tenures_of(stated.person) if t.office == office.iri]
    if known and terms:
        times = ", ".join(f"{t.start or '?'} to {t.end or 'today'}" for t in terms)
        return f"{where} {office.label}; the reference data say {times}"
    return ""


def _offices_by_name(world: World) -> dict[tuple[str, str], tuple[Office, ...]]:
    """(polity IRI, name in lower case) → offices of that name."""
    index: dict[tuple[str, str], set[str]] = defaultdict(set)
    for office in world.offices.values():
        for name in {office.label, office.title, *office.aliases} - {""}:
            index[office.represents, _fold(name)].add(office.iri)
    return {key: tuple(world.offices[iri] for iri in sorted(iris)) for key, iris in index.items()}


def _match(world: World, iri: str, told: list[Stated]) -> Match:
    grouped: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for stated in told:
        polity = world.polity_of(stated.body) if stated.body else None
        name = world.label(polity) if polity else stated.body_name
        grouped[_fold(stated.office), name].append(stated)
    offices = tuple(_held(polity, group) for (_, polity), group in sorted(grouped.items()))
    kind = "person" if iri.startswith(entity_iri("person", "x")[:-1]) else "unknown"
    return Match(
        iri=iri,
        label=told[0].name,
        kind=kind,
        wikidata="",
        aliases=(),
        polity=", ".join(dict.fromkeys(held.polity for held in offices if held.polity)),
        offices=offices,
        blocs=(),
        told=True,
    )


def _held(polity: str, group: list[Stated]) -> Held:
    return Held(
        person=group[0].name,
        person_iri=group[0].person,
        office=group[0].office,
        polity=polity,
        since=None,
        until=None,
        at_least_on=tuple(sorted({str(s.published) for s in group if s.published})),
        evidence=tuple(_once(s.sentence for s in group)),
    )


def _once(texts: Iterable[str]) -> list[str]:
    return sorted(set(texts))


def _fold(text: str) -> str:
    return " ".join(text.casefold().removeprefix("the ").split())
