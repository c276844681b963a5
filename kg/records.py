"""The records that travel between the rooms: frozen, checked when built, free of any engine.

Offsets are 0-based Unicode code points into ``Document.text``, end-exclusive, so that
``text[start:end] == quote`` always holds.
"""

from __future__ import annotations

import hashlib
import json
import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

__all__ = [
    "ActorKind",
    "Claim",
    "Document",
    "Entity",
    "EventMention",
    "Issue",
    "Modality",
    "OfficeStatement",
    "OfficeStatus",
    "PartialDate",
    "Polarity",
    "Precision",
    "Reading",
    "Span",
    "Status",
]


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class ActorKind(StrEnum):
    """What an entity is; the values are those of the annotation guideline."""

    PERSON = "person"
    STATE = "state"
    BLOC = "bloc"
    ORGANIZATION = "organisation"
    PLACE = "place"
    CONFERENCE = "conference"
    OTHER = "other"


class Polarity(StrEnum):
    """The sign of an event type: conflict < 0, neutral 0, cooperation > 0."""

    CONFLICT = "conflict"
    COOPERATION = "cooperation"
    NEUTRAL = "neutral"


class Status(StrEnum):
    """Whether an event happened, according to the text that tells it."""

    REALISED = "realised"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


class Modality(StrEnum):
    """How a sentence presents an event."""

    ASSERTED = "asserted"
    BACKGROUND = "background"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"

    @property
    def status(self) -> Status:
        """Asserted and background events are realised; the others keep their name."""
        realised = self in (Modality.ASSERTED, Modality.BACKGROUND)
        return Status.REALISED if realised else Status(self.value)


class OfficeStatus(StrEnum):
    """Whether the text says that the office is held now, was held, or is to be held."""

    CURRENT = ""
    FORMER = "former"
    THEN = "then"
    DESIGNATE = "designate"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the day, the month or the year.

    >>> PartialDate.parse("2026-02").precision
    <Precision.MONTH: 'month'>
    >>> str(PartialDate(2026, 2, 14))
    '2026-02-14'
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)  # raises ValueError when impossible

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ValueError on anything else."""
        found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text.strip())
        if not found:
            raise ValueError(f"not a date (YYYY, YYYY-MM or YYYY-MM-DD): {text!r}")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        return cls(year, month, day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The given calendar day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        """Day, month or year."""
        if self.day is not None:
            return Precision.DAY
        return Precision.MONTH if self.month is not None else Precision.YEAR

    @property
    def first(self) -> date:
        """The first day the date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day the date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text, with the text itself."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.quote) != self.end - self.start:
            raise ValueError(f"impossible span {self.start}:{self.end} for {self.quote[:40]!r}")


@dataclass(frozen=True, slots=True)
class Document:
    r"""Clean text (NFC, ``\n`` line ends) with what is known about its origin.

    Attributes:
        text: what offsets count in.
        title: headline, or "" when the document has none.
        published: publication date, None when unknown; never guessed.
        published_origin: where that date comes from ("option", "meta", "json-ld", "text" …).
        outlet: newspaper, agency or institution that published it.
        author: as printed.
        source: path relative to the store's folder, URL, or "stdin".
        media_type: IANA media type it was read from.
        language: BCP 47 tag, "" when unknown.
    """

    text: str
    title: str = ""
    published: PartialDate | None = None
    published_origin: str = ""
    outlet: str = ""
    author: str = ""
    source: str = ""
    media_type: str = "text/plain"
    language: str = ""

    @property
    def id(self) -> str:
        """First 20 hex digits of the SHA-256 of everything a reader sees (not of the path)."""
        seen = [self.title, str(self.published or ""), self.outlet, self.author, self.text]
        payload = json.dumps(seen, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return hashlib.sha256(payload).hexdigest()[:20]

    @property
    def sha256(self) -> str:
        """SHA-256 of the text alone: equal for wire copies in several outlets."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The span from ``start`` to ``end``; ValueError when it does not lie in the text."""
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something named in a document, with all its mentions there.

    Attributes:
        id: unique within the reading ("e1" …).
        name: canonical name.
        kind: what it is.
        mentions: spans of names, descriptions and metonyms (no pronouns), in text order.
        reference: IRI in the reference data, None for somebody new.
        of: entity name or reference label of the polity an organisation belongs to, "" if none.
        members: entity ids of a collective's members where the text lists them.
        link_confidence: 0-1, how sure the surest mention is of whom it means.
        sector: for unnamed people and groups ("Afghan rebels"), which are read on demand only,
            their agent sector by PLOVER ("REB"); "" for everybody else.
    """

    id: str
    name: str
    kind: ActorKind
    mentions: tuple[Span, ...]
    reference: str | None = None
    of: str = ""
    members: tuple[str, ...] = ()
    link_confidence: float = 1.0
    sector: str = ""


@dataclass(frozen=True, slots=True)
class OfficeStatement:
    """The text says that ``holder`` (an entity id) holds ``office`` of ``body``."""

    holder: str
    office: str
    body: str
    evidence: Span
    status: OfficeStatus = OfficeStatus.CURRENT
    body_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue by its code in ontology/issues.ttl, with the words that showed it."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class EventMention:
    """One sentence that tells one act.

    Attributes:
        type: notation of an event type in ontology/event-types.ttl ("criticise").
        actors, recipients: entity ids; equal tuples for joint acts ("A and B met").
        evidence: the whole sentence (line, in broken text).
        trigger: the words that name the act.
        confidence: 0-1, probability that the event is right.
        rule: which rule or frame produced it.
        date: when it happened, None when unknown. date_origin: the words it was taken from.
        speaker: entity id of whoever reports the act, if not its actor ("X said that Y …").
        also: further sentences of the same document that restate the act.
    """

    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    evidence: Span
    trigger: Span
    modality: Modality
    confidence: float
    rule: str
    date: PartialDate | None = None
    date_origin: str = ""
    venue: str = ""
    place: str = ""
    issues: tuple[Issue, ...] = ()
    speaker: str | None = None
    also: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence outside 0..1: {self.confidence}")
        if not self.actors and not self.recipients:
            raise ValueError("an event needs a side")


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody maintains: claimant (entity id), issue code, polarity, gist, what it rebuts."""

    claimant: str
    issue: str
    polarity: Polarity
    gist: Span
    rebuts: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one extractor found in one document."""

    document: Document
    extractor: str
    version: str
    entities: tuple[Entity, ...] = ()
    offices: tuple[OfficeStatement, ...] = ()
    events: tuple[EventMention, ...] = ()
    claims: tuple[Claim, ...] = ()
    by_id: dict[str, Entity] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {entity.id: entity for entity in self.entities})
