"""The records of the reference layer.

Intervals are half-open: on the day of a handover the successor holds the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.records import ActorKind, Precision

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Actor", "AliasKind", "Membership", "Office", "Tenure", "covers"]

POLITIES = frozenset({ActorKind.STATE, ActorKind.BLOC})


class AliasKind(StrEnum):
    """What kind of surface form a gazetteer entry is."""

    NAME = "name"
    FAMILY_NAME = "family-name"
    ADJECTIVE = "adjective"
    DEMONYM = "demonym"
    METONYM = "metonym"
    TITLE = "title"


def covers(start: date | None, end: date | None, on: date) -> bool:
    """True when ``on`` lies in [start, end); None is an open end on either side.

    >>> from datetime import date
    >>> covers(date(2019, 12, 1), date(2024, 12, 1), date(2024, 12, 1))
    False
    """
    return (start is None or start <= on) and (end is None or on < end)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, polity, organisation, place or venue.

    Attributes:
        iri: its identifier.
        kind: what it is; venues are of kind CONFERENCE.
        label: the preferred English name.
        aliases: other names and abbreviations, sorted.
        family_name: surname newspapers use alone, "" for all but persons.
        gender: "female", "male" or "" when unknown.
        adjectives: "French".
        demonyms: nouns for its people: "Frenchman", "Germans".
        metonyms: names that stand for a polity when it acts: "Paris", "Kremlin".
        wikidata: "Q30", or "".
        part_of: IRI of the polity or organisation it belongs to.
        iso3: three-letter ISO 3166 code of a state, or "".
        iso2: two-letter ISO 3166 code of a state, or "".
        capital: label of the capital city, or "".
        located_in: for places and venues, the IRI of the place or state around it.
    """

    iri: str
    kind: ActorKind
    label: str
    aliases: tuple[str, ...] = ()
    family_name: str = ""
    gender: str = ""
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    wikidata: str = ""
    part_of: str | None = None
    iso3: str = ""
    iso2: str = ""
    capital: str = ""
    located_in: str | None = None

    @property
    def is_polity(self) -> bool:
        """True for states and blocs."""
        return self.kind in POLITIES


@dataclass(frozen=True, slots=True)
class Office:
    """A post that speaks for a polity.

    Attributes:
        iri: its identifier.
        label: full name, "Federal Chancellor of Germany".
        aliases: other full names, sorted.
        title: short title used before a name: "Chancellor", or "".
        represents: IRI of the state or bloc its holder speaks for.
        accredited_to: IRI of the polity or organisation it is accredited to, None if none.
        post_in: IRI of the organisation it is a post in, None if none.
        kind: "head-of-state", "foreign-minister", "ambassador" … (tkg:officeKind), "other".
    """

    iri: str
    label: str
    aliases: tuple[str, ...]
    title: str
    represents: str
    accredited_to: str | None
    post_in: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person held an office from ``start`` up to, not including, ``end``.

    Attributes:
        iri: its identifier.
        person: IRI of the holder.
        office: IRI of the office.
        start: first day, None when unknown.
        end: first day after, None when open.
        source: note on where the dates come from.
        start_precision: how much of ``start`` is known; it is the first day of that period.
        end_precision: the same for ``end``.
    """

    iri: str
    person: str
    office: str
    start: date | None
    end: date | None
    source: str = ""
    start_precision: Precision = Precision.DAY
    end_precision: Precision = Precision.DAY

    def covers(self, on: date) -> bool:
        """True when the office was held on that day."""
        return covers(self.start, self.end, on)


@dataclass(frozen=True, slots=True)
class Membership:
    """A state belonged to a bloc from ``start`` up to, not including, ``end``."""

    iri: str
    state: str
    bloc: str
    start: date | None
    end: date | None
    source: str = ""

    def covers(self, on: date) -> bool:
        """True when the state was a member on that day."""
        return covers(self.start, self.end, on)
