"""From facts to checked records. Every rule that is broken raises with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.namespaces import PREFIXES, TKG
from kg.records import ActorKind, Precision
from kg.reference.model import Actor, Membership, Office, Tenure

if TYPE_CHECKING:
    from kg.reference.facts import Facts, Subject

__all__ = ["Records", "build"]

SKOS, SCHEMA, ORG = PREFIXES["skos"], PREFIXES["schema"], PREFIXES["org"]
START, END = SCHEMA + "startDate", SCHEMA + "endDate"
SOURCE = PREFIXES["dcterms"] + "source"
WIKIDATA = PREFIXES["wd"]
KINDS = {
    TKG + "Person": ActorKind.PERSON,
    TKG + "State": ActorKind.STATE,
    TKG + "Bloc": ActorKind.BLOC,
    TKG + "Organization": ActorKind.ORGANIZATION,
    TKG + "Place": ActorKind.PLACE,
    TKG + "Venue": ActorKind.CONFERENCE,
}
OTHERS = {TKG + name for name in ("Office", "Tenure", "BlocMembership", "Polity")}


@dataclass(frozen=True, slots=True)
class Records:
    """Checked records, sorted."""

    actors: dict[str, Actor]
    offices: dict[str, Office]
    tenures: tuple[Tenure, ...]
    memberships: tuple[Membership, ...]


def build(facts: Facts) -> Records:
    """Turn facts into records.

    Raises:
        ReferenceDataError: an unknown class, a missing or doubled value, an interval that is
            empty or inverted, a link to something that is not there, a circle of ``partOf``.
    """
    _check_types(facts)
    labels = {subject.iri: subject for subject in facts.of_type(TKG + "Place")}
    actors = {s.iri: _actor(s, labels) for s in facts.of_type(*KINDS)}
    offices = {s.iri: _office(s) for s in facts.of_type(TKG + "Office")}
    tenures = [_tenure(s) for s in facts.of_type(TKG + "Tenure")]
    memberships = [_membership(s) for s in facts.of_type(TKG + "BlocMembership")]
    _check_links(facts, actors, offices, tenures, memberships)
    _check_circles(facts, actors)
    return Records(
        actors,
        offices,
        tuple(sorted(tenures, key=lambda t: (t.start or date.min, t.iri))),
        tuple(sorted(memberships, key=lambda m: (m.start or date.min, m.iri))),
    )


def _check_types(facts: Facts) -> None:
    known = KINDS.keys() | OTHERS
    for iri in sorted(facts.subjects):
        subject = facts.subjects[iri]
        ours = [name for name in subject.types() if name.startswith(TKG)]
        for name in ours:
            if name not in known:
                subject.fail(
                    f"is of the unknown class tkg:{name.removeprefix(TKG)}",
                    f"known are {', '.join(sorted(k.removeprefix(TKG) for k in known))}",
                )
        if not ours and any(predicate.startswith(TKG) for predicate in subject.values):
            subject.fail("has no class", "say what it is, for instance: a tkg:Person")
        if sum(name in KINDS for name in ours) > 1:
            subject.fail("is of two kinds: " + ", ".join(sorted(ours)))


def _actor(subject: Subject, places: dict[str, Subject]) -> Actor:
    label = subject.text(SKOS + "prefLabel", required=True)
    capital = ""
    for term in subject.terms(TKG + "capital"):
        if term.value not in places:
            subject.fail(f"has the capital <{term.value}>, which is no known place")
        capital = places[term.value].text(SKOS + "prefLabel", required=True)
    matches = sorted(t.value for t in subject.terms(SKOS + "exactMatch"))
    ours = [m.removeprefix(WIKIDATA) for m in matches if m.startswith(WIKIDATA)]
    return Actor(
        iri=subject.iri,
        kind=next(KINDS[name] for name in subject.types() if name in KINDS),
        label=label,
        aliases=tuple(a for a in subject.texts(SKOS + "altLabel") if a != label),
        family_name=subject.text(PREFIXES["foaf"] + "familyName"),
        gender=subject.text(SCHEMA + "gender"),
        adjectives=subject.texts(TKG + "adjective"),
        demonyms=subject.texts(TKG + "demonym"),
        metonyms=subject.texts(TKG + "metonym"),
        wikidata=ours[0] if ours else "",
        part_of=subject.link(TKG + "partOf"),
        iso3=subject.text(TKG + "iso3"),
        iso2=subject.text(TKG + "iso2"),
        capital=capital,
        located_in=subject.link(TKG + "locatedIn"),
    )


def _office(subject: Subject) -> Office:
    label = subject.text(SKOS + "prefLabel", required=True)
    titles = subject.texts(TKG + "title")
    return Office(
        iri=subject.iri,
        label=label,
        aliases=tuple(a for a in subject.texts(SKOS + "altLabel") if a != label),
        title=titles[0] if titles else "",
        represents=subject.needed(TKG + "represents"),
        accredited_to=subject.link(TKG + "accreditedTo"),
        post_in=subject.link(ORG + "postIn"),
        kind=subject.text(TKG + "officeKind") or "other",
    )


def _interval(subject: Subject) -> tuple[date | None, date | None]:
    start, end = subject.day(START), subject.day(END)
    if start and end and end <= start:
        how = "ends on the day it begins" if end == start else "ends before it begins"
        subject.fail(f"{how}: {start} to {end}", "the end is the first day after the interval")
    return start, end


def _precision(subject: Subject, predicate: str) -> Precision:
    text = subject.text(predicate)
    if text and text not in list(Precision):
        subject.fail(f"has the precision {text!r}", "precisions are day, month and year")
    return Precision(text or "day")


def _tenure(subject: Subject) -> Tenure:
    start, end = _interval(subject)
    return Tenure(
        iri=subject.iri,
        person=subject.needed(ORG + "member"),
        office=subject.needed(TKG + "office"),
        start=start,
        end=end,
        source="; ".join(subject.texts(SOURCE)),
        start_precision=_precision(subject, TKG + "startPrecision"),
        end_precision=_precision(subject, TKG + "endPrecision"),
    )


def _membership(subject: Subject) -> Membership:
    start, end = _interval(subject)
    return Membership(
        iri=subject.iri,
        state=subject.needed(TKG + "memberState"),
        bloc=subject.needed(TKG + "bloc"),
        start=start,
        end=end,
        source="; ".join(subject.texts(SOURCE)),
    )


def _check_links(
    facts: Facts,
    actors: dict[str, Actor],
    offices: dict[str, Office],
    tenures: list[Tenure],
    memberships: list[Membership],
) -> None:
    polities = {iri for iri, actor in actors.items() if actor.is_polity}
    persons = {iri for iri, actor in actors.items() if actor.kind is ActorKind.PERSON}

    def require(iri: str, target: str | None, known: object, what: str) -> None:
        if target is not None and target not in known:  # type: ignore[operator]  # any container
            facts.subjects[iri].fail(f"points to <{target}>, which is no known {what}")

    for actor in actors.values():
        require(actor.iri, actor.part_of, actors, "actor")
        require(actor.iri, actor.located_in, actors, "place or state")
    for office in offices.values():
        require(office.iri, office.represents, polities, "state or bloc")
        require(office.iri, office.accredited_to, actors, "actor")
        require(office.iri, office.post_in, actors, "organisation")
    for tenure in tenures:
        require(tenure.iri, tenure.person, persons, "person")
        require(tenure.iri, tenure.office, offices, "office")
    for membership in memberships:
        require(membership.iri, membership.state, polities, "state")
        require(membership.iri, membership.bloc, polities, "bloc")


def _check_circles(facts: Facts, actors: dict[str, Actor]) -> None:
    for start in actors.values():
        seen = {start.iri}
        current = start.part_of
        while current is not None:
            if current in seen:
                facts.subjects[start.iri].fail("is part of itself, over tkg:partOf")
            seen.add(current)
            current = actors[current].part_of
