"""The world as of a date: who held which office, which state belonged to which bloc.

``load_world()`` reads ontology/reference/*.ttl once per process. All intervals are half-open, so
on the day of a handover the successor holds the office.
"""

from __future__ import annotations

import hashlib
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from kg.namespaces import ID, slug
from kg.reference.building import Records, build
from kg.reference.facts import Facts
from kg.reference.model import Actor, AliasKind, Membership, Office, Tenure
from kg.reference.table import read_table
from kg.resources import ontology_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

__all__ = [
    "Actor",
    "AliasKind",
    "Membership",
    "Office",
    "Tenure",
    "World",
    "load_world",
    "read_facts",
    "read_world",
]

T = TypeVar("T")


class World:
    """Reference data with indexes; immutable.

    Attributes:
        version: SHA-256 over the names and bytes of the files it was read from.
        actors: persons, states, blocs, organisations, places and venues by IRI, sorted.
        offices: offices by IRI, sorted.
        tenures: all tenures, sorted by start (unknown first), then IRI.
        memberships: all bloc memberships, sorted the same way.
        overlays: the user's own files it was read from, besides ours.
    """

    def __init__(self, records: Records, version: str, overlays: tuple[Path, ...] = ()) -> None:
        self.version = version
        self.overlays = overlays
        self.actors: Mapping[str, Actor] = MappingProxyType(records.actors)
        self.offices: Mapping[str, Office] = MappingProxyType(records.offices)
        self.tenures: tuple[Tenure, ...] = records.tenures
        self.memberships: tuple[Membership, ...] = records.memberships
        self._by_person = _group(self.tenures, lambda tenure: tenure.person)
        self._by_office = _group(self.tenures, lambda tenure: tenure.office)
        self._by_state = _group(self.memberships, lambda membership: membership.state)
        self._by_bloc = _group(self.memberships, lambda membership: membership.bloc)
        self._by_polity = _group(self.offices.values(), lambda office: office.represents)
        self._names: dict[str, dict[str, int]] | None = None

    def __reduce__(self) -> tuple[type[World], tuple[Records, str, tuple[Path, ...]]]:
        """Worlds travel to other processes as their records."""
        records = Records(dict(self.actors), dict(self.offices), self.tenures, self.memberships)
        return World, (records, self.version, self.overlays)

    def tenures_of(self, person_iri: str, on: date | None = None) -> tuple[Tenure, ...]:
        """A person's tenures in order of start; with ``on`` only those held that day."""
        found = self._by_person.get(person_iri, ())
        return found if on is None else tuple(t for t in found if t.covers(on))

    def holders(self, office_iri: str, on: date | None = None) -> tuple[Tenure, ...]:
        """An office's tenures in order of start; with ``on`` only those that cover that day."""
        found = self._by_office.get(office_iri, ())
        return found if on is None else tuple(t for t in found if t.covers(on))

    def offices_of(self, polity_iri: str) -> tuple[Office, ...]:
        """The offices that represent a state or bloc, sorted by IRI."""
        return self._by_polity.get(polity_iri, ())

    def blocs_of(self, state_iri: str, on: date) -> tuple[str, ...]:
        """IRIs of the blocs a state belonged to on a day, sorted."""
        memberships = self._by_state.get(state_iri, ())
        return tuple(sorted({m.bloc for m in memberships if m.covers(on)}))

    def members(self, bloc_iri: str, on: date) -> tuple[str, ...]:
        """IRIs of the members a bloc had on a day, sorted."""
        memberships = self._by_bloc.get(bloc_iri, ())
        return tuple(sorted({m.state for m in memberships if m.covers(on)}))

    def polity_of(self, iri: str) -> str | None:
        """The state or bloc an actor or office belongs to, following ``part_of``.

        A polity is its own; an office has the polity it represents; None for persons (they speak
        for somebody only by an office on a date), places, and anything unknown.
        """
        if iri in self.offices:
            return self.offices[iri].represents
        current: str | None = iri
        while current is not None and current in self.actors:
            actor = self.actors[current]
            if actor.is_polity:
                return current
            current = actor.part_of
        return None

    def label(self, iri: str) -> str:
        """The preferred label of an actor or office; the IRI's last part when it is unknown."""
        known = self.actors.get(iri) or self.offices.get(iri)
        return known.label if known else iri.rsplit("/", 1)[-1]

    def find(self, name: str) -> tuple[Actor, ...]:
        """Actors of exactly this name, best kind of match first, then by IRI.

        Matches, in this order: IRI, label, alias, Wikidata or ISO code, slug ("us", "state/us",
        "kaja-kallas"; so spelling without accents is found too). Case is ignored. Surnames alone,
        demonyms and metonyms do not count; see ``surfaces``.
        """
        if self._names is None:
            self._names = _name_index(self.actors.values())
        ranks: dict[str, int] = {}
        for key in (_fold(name), slug(name) if name.strip() else ""):
            for iri, rank in self._names.get(key, {}).items():
                ranks[iri] = min(rank, ranks.get(iri, rank))
        ordered = sorted(ranks, key=lambda iri: (ranks[iri], iri))
        return tuple(self.actors[iri] for iri in ordered)

    def surfaces(self) -> Iterator[tuple[str, str, AliasKind]]:
        """Every surface form as (text, IRI, kind), sorted by IRI; titles point to offices."""
        for actor in self.actors.values():
            yield actor.label, actor.iri, AliasKind.NAME
            for text in actor.aliases:
                yield text, actor.iri, AliasKind.NAME
            if actor.family_name:
                yield actor.family_name, actor.iri, AliasKind.FAMILY_NAME
            for texts, kind in (
                (actor.adjectives, AliasKind.ADJECTIVE),
                (actor.demonyms, AliasKind.DEMONYM),
                (actor.metonyms, AliasKind.METONYM),
            ):
                for text in texts:
                    yield text, actor.iri, kind
        for office in self.offices.values():
            titles = {office.label, *office.aliases, office.title} - {""}
            for text in sorted(titles):
                yield text, office.iri, AliasKind.TITLE


def load_world(overlays: tuple[Path, ...] = ()) -> World:
    """The reference data that ship with the package, with a user's own files on top.

    Args:
        overlays: Turtle files in the same terms, or CSV tables of tenures; they add subjects and
            values, and replace single-valued statements (label, start, end …) about subjects
            that exist.

    Raises:
        ReferenceDataError: with file and line, when a file breaks the rules.
    """
    base = ontology_dir()
    files = tuple(sorted((base / "reference").glob("*.ttl")))
    schemes = tuple(base / name for name in ("event-types.ttl", "issues.ttl"))
    stamps = tuple(_stamp(path) for path in (*files, *schemes, *overlays))
    return _load(files, schemes, overlays, stamps)


def read_world(layers: Sequence[Sequence[Path]], also: Iterable[Path] = ()) -> World:
    """A world from explicit files: each layer overrides the one before it.

    Args:
        layers: groups of Turtle files, or CSV files of tenures (see ``kg.reference.table``).
        also: further files that count towards ``version`` only.
    """
    facts = read_facts(layers)
    digest = hashlib.sha256()
    for path in (*(p for layer in layers for p in layer), *also):
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"
        digest.update(f"{path.name}\0{content}\n".encode())
    return World(build(facts), digest.hexdigest(), tuple(p for layer in layers[1:] for p in layer))


def read_facts(layers: Sequence[Sequence[Path]]) -> Facts:
    """The statements of all layers, the later on top; ``Facts.triples`` gives them as triples."""
    facts = Facts()
    for layer in layers:
        facts.read(path for path in layer if path.suffix.lower() != ".csv")
        for path in layer:
            if path.suffix.lower() == ".csv":
                facts.overlay(read_table(path, facts))
    return facts


@cache
def _load(
    files: tuple[Path, ...],
    schemes: tuple[Path, ...],
    overlays: tuple[Path, ...],
    stamps: tuple[tuple[int, int], ...],
) -> World:
    del stamps  # only part of the cache's key: a changed file is read again
    return read_world([files, *((path,) for path in overlays)], schemes)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def _group(items: Iterable[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return {name: tuple(group) for name, group in groups.items()}


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _name_index(actors: Iterable[Actor]) -> dict[str, dict[str, int]]:
    index: dict[str, dict[str, int]] = {}
    for actor in actors:
        tail = actor.iri.removeprefix(ID)
        ranked = [(0, actor.iri), (1, actor.label)]
        ranked += [(2, alias) for alias in actor.aliases]
        ranked += [(3, code) for code in (actor.wikidata, actor.iso3, actor.iso2)]
        ranked += [(4, tail), (4, tail.rsplit("/", 1)[-1])]
        for rank, name in ranked:
            if name:
                entry = index.setdefault(_fold(name), {})
                entry[actor.iri] = min(rank, entry.get(actor.iri, rank))
    return index
