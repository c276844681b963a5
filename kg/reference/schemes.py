"""The two vocabularies as typed records: event types and issues.

Both come from SKOS concept schemes (ontology/event-types.ttl, ontology/issues.ttl) of two levels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.namespaces import ISSUE, PREFIXES, TKG, TYPE
from kg.records import Polarity
from kg.reference.facts import Facts, Subject
from kg.resources import ontology_dir

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "EventType",
    "IssueConcept",
    "event_types",
    "issues",
    "read_event_types",
    "read_issues",
]

SKOS = PREFIXES["skos"]


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of act.

    Attributes:
        notation: short name, unique: "criticise".
        label: English name.
        sign: -1 conflict, 0 neutral, 1 cooperation.
        intensity: -10 (war) to 10 (aid), after Goldstein's scale.
        top: notation of its PLOVER type: "accuse"; its own notation for the sixteen tops.
        iri: its concept.
        definition: one sentence.
        examples: sentences that tell such an act.
        cameo: CAMEO codes that come closest.
    """

    notation: str
    label: str
    sign: int
    intensity: float
    top: str
    iri: str
    definition: str = ""
    examples: tuple[str, ...] = ()
    cameo: tuple[str, ...] = ()

    @property
    def polarity(self) -> Polarity:
        """The sign as a word."""
        if self.sign == 0:
            return Polarity.NEUTRAL
        return Polarity.COOPERATION if self.sign > 0 else Polarity.CONFLICT

    @property
    def is_top(self) -> bool:
        """True for the sixteen PLOVER types."""
        return self.notation == self.top


@dataclass(frozen=True, slots=True)
class IssueConcept:
    """What an act is about.

    Attributes:
        code: short name, unique: "trade-tariffs".
        label: English name.
        top: code of its top-level issue, its own for a top-level issue.
        keywords: words and phrases in lower case that signal it, sorted.
        iri: its concept.
        definition: one sentence.
    """

    code: str
    label: str
    top: str
    keywords: tuple[str, ...]
    iri: str
    definition: str = ""

    @property
    def is_top(self) -> bool:
        """True for the top level."""
        return self.code == self.top


@cache
def event_types() -> Mapping[str, EventType]:
    """All event types by notation, sorted.

    Raises:
        ReferenceDataError: with file and line, when the scheme breaks its rules.
    """
    return read_event_types(ontology_dir() / "event-types.ttl")


@cache
def issues() -> Mapping[str, IssueConcept]:
    """All issues by code, sorted.

    Raises:
        ReferenceDataError: with file and line, when the scheme breaks its rules.
    """
    return read_issues(ontology_dir() / "issues.ttl")


def read_event_types(path: Path) -> Mapping[str, EventType]:
    """Event types from one Turtle file; raises like ``event_types``."""
    found: dict[str, EventType] = {}
    for subject, notation, top in _concepts(path, TYPE):
        sign, intensity = subject.number(TKG + "sign"), subject.number(TKG + "intensity")
        if sign not in (-1, 0, 1):
            subject.fail(f"has the sign {sign:g}", "signs are -1, 0 and 1")
        if not -10 <= intensity <= 10 or intensity * sign < 0:
            subject.fail(f"has the intensity {intensity:g} with the sign {sign:g}")
        found[notation] = EventType(
            notation=notation,
            label=subject.text(SKOS + "prefLabel", required=True),
            sign=int(sign),
            intensity=intensity,
            top=top,
            iri=subject.iri,
            definition=subject.text(SKOS + "definition"),
            examples=subject.texts(SKOS + "example"),
            cameo=subject.texts(TKG + "cameoCode"),
        )
    return MappingProxyType(found)


def read_issues(path: Path) -> Mapping[str, IssueConcept]:
    """Issues from one Turtle file; raises like ``issues``."""
    found: dict[str, IssueConcept] = {}
    for subject, code, top in _concepts(path, ISSUE):
        found[code] = IssueConcept(
            code=code,
            label=subject.text(SKOS + "prefLabel", required=True),
            top=top,
            keywords=subject.texts(TKG + "keyword"),
            iri=subject.iri,
            definition=subject.text(SKOS + "definition"),
        )
    return MappingProxyType(found)


def _concepts(path: Path, namespace: str) -> list[tuple[Subject, str, str]]:
    """Each concept with its notation and that of its top, sorted by notation."""
    facts = Facts()
    facts.read([path])
    concepts = list(facts.of_type(SKOS + "Concept"))
    broader: dict[str, str] = {}
    for subject in concepts:
        notation = subject.text(SKOS + "notation", required=True)
        if subject.iri != namespace + notation:
            subject.fail(f"has the notation {notation!r}, which is not the end of its IRI")
        broader[subject.iri] = subject.link(SKOS + "broader") or subject.iri
    for subject in concepts:
        top = broader[subject.iri]
        if broader.get(top) != top:
            subject.fail(f"has <{top}> as skos:broader, which is no top concept of the scheme")
    return sorted(
        (
            (s, s.iri.removeprefix(namespace), broader[s.iri].removeprefix(namespace))
            for s in concepts
        ),
        key=lambda entry: entry[1],
    )
