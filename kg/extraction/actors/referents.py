"""Who a document speaks of: referents, their names, offices and nationalities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extraction.actors.gazetteer import fold
from kg.namespaces import ID
from kg.records import ActorKind

if TYPE_CHECKING:
    from datetime import date

    from kg.extraction.actors.lexicon import Title
    from kg.extraction.actors.titles import TitlePhrase
    from kg.reference.model import Office, Tenure
    from kg.reference.world import World

__all__ = ["Held", "Referent", "Referents", "given_part", "surname_of"]

_WEIGHT = {
    "head-of-state": 0.9, "head-of-government": 0.9, "vice-president": 0.7, "institution-head": 0.7,
    "foreign-minister": 0.6, "defence-minister": 0.5, "commissioner": 0.4, "finance-minister": 0.4,
}  # fmt: skip
_HEADS = frozenset(("President", "Secretary General", "Secretary-General", "Director General",
                    "Director-General", "Managing Director", "Chairman", "Chair"))  # fmt: skip
_EXACT = frozenset(("president", "minister", "head", "chief", "chair", "director", "prime minister",
                    "chancellor"))  # fmt: skip
"""Titles that only the same words in an office's label confirm."""
ANOTHER = {
    "general": frozenset(("secretary", "director", "attorney")),
    "secretary": frozenset(("general", "press", "under", "assistant", "deputy")),
    "minister": frozenset(("prime", "first")),
    "president": frozenset(("vice",)),
}
"""Words that make another office of a title: "the General" is no Secretary General."""
_US = ID + "state/us"
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii"))


@dataclass(frozen=True, slots=True)
class Held:
    """An office somebody is said to hold: the phrase, the body's IRI and label."""

    phrase: TitlePhrase
    body: str | None
    label: str


@dataclass(slots=True)
class Referent:
    """Somebody or something a document speaks of.

    Attributes:
        key: reference IRI, or "new:<folded name>".
        kind: what it is.
        name: canonical name (reference label, or the longest name printed).
        iri: reference IRI, None for somebody new.
        gender: "female", "male" or "".
        polities: IRIs of states and blocs it was connected with in this document.
        ahead: offices that titles state anywhere in the text, also further on.
        held: offices the text states.
        mentions: spans in the text as (start, end), in order of discovery.
        traces: spans of adjectives and officials that stand for it without naming it.
        last: offset of the latest mention or pronoun.
        count: how often it was named or described so far.
        of: label of the polity an organisation belongs to.
        members: keys of a collective's members.
        named: it was named in the text or its title, not only described.
        sector, noun: of unnamed actors only: agent sector ("REB") and noun ("rebel").
    """

    key: str
    kind: ActorKind
    name: str
    iri: str | None = None
    gender: str = ""
    polities: list[str] = field(default_factory=list)
    ahead: list[TitlePhrase] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    traces: list[tuple[int, int]] = field(default_factory=list)
    last: int = -1
    count: int = 0
    of: str = ""
    members: tuple[str, ...] = ()
    named: bool = False
    sector: str = ""
    noun: str = ""


def surname_of(name: str) -> str:
    """The folded last name ("von der Leyen" keeps its particles), suffixes dropped."""
    parts = fold(name).lower().split()
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in (
        "von",
        "van",
        "der",
        "den",
        "de",
        "le",
        "la",
        "di",
        "da",
        "bin",
        "al",
        "el",
        "del",
        "ten",
        "zu",
    ):
        start -= 1
    return " ".join(parts[start:])


def given_part(name: str) -> str:
    """The folded first given name, "" for a single word."""
    parts = fold(name).lower().split()
    return parts[0] if len(parts) > 1 else ""


class Referents:
    """The referents of one document, and what the reference data know of them at its date.

    Attributes:
        coordinated: keys of those named together ("A, B and C"), in the order of the text.
        lines: keys of those named or described, line by line.
        titled: keys of the persons in the title, first named first.
        home: IRI of the state whose office speaks by the title ("Elysée readout"), "" unknown.
        speakers_homes: IRIs of the states whose offices those hold who have spoken so far.
    """

    def __init__(self, world: World, on: date | None) -> None:
        self.world = world
        self.on = on
        self.by_key: dict[str, Referent] = {}
        self._surnames: dict[str, list[str]] = {}
        self._meant: dict[tuple[str | None, Title, str | None], Tenure | None] = {}
        self.coordinated: list[tuple[str, ...]] = []
        self.lines: list[list[str]] = [[]]
        self.titled: tuple[str, ...] = ()
        self.home = ""
        self.speakers_homes: set[str] = set()

    def add(self, key: str, kind: ActorKind, name: str, iri: str | None = None) -> Referent:
        """The referent with this key, made when it is new."""
        found = self.by_key.get(key)
        if found is not None:
            return found
        found = Referent(key, kind, name, iri)
        if iri is not None:
            actor = self.world.actors[iri]
            found.gender = actor.gender
            owner = self.world.polity_of(iri)
            if owner is not None and owner != iri:
                found.of = self.world.label(owner)
        self.by_key[key] = found
        if kind is ActorKind.PERSON:
            self.index(found, name)
        return found

    def index(self, referent: Referent, name: str) -> None:
        """Make a person findable by the surname of a name."""
        names = {surname_of(name), fold(name).lower().split()[-1]}
        if referent.iri is not None:
            names.add(fold(self.world.actors[referent.iri].family_name).lower())
        for surname in sorted(names - {""}):
            keys = self._surnames.setdefault(surname, [])
            if referent.key not in keys:
                keys.append(referent.key)

    def known(self, iri: str) -> Referent:
        """The referent of a reference actor."""
        actor = self.world.actors[iri]
        return self.add(iri, actor.kind, actor.label, iri)

    def with_surname(self, surname: str) -> list[Referent]:
        """Persons of this document with a surname, latest mentioned first."""
        keys = self._surnames.get(fold(surname).lower(), [])
        found = [self.by_key[key] for key in keys]
        return sorted(found, key=lambda r: -r.last)

    def persons(self) -> list[Referent]:
        """All persons, latest mentioned first; those never mentioned last."""
        found = [r for r in self.by_key.values() if r.kind is ActorKind.PERSON]
        return sorted(found, key=lambda r: (-r.last, r.key))

    def surnames(self) -> frozenset[str]:
        """Folded surnames of all persons so far."""
        return frozenset(self._surnames)

    @property
    def house(self) -> str:
        """IRI of the state in whose house this is said, by title or speakers; "" unknown."""
        return self.home or (
            next(iter(self.speakers_homes)) if len(self.speakers_homes) == 1 else ""
        )

    def tenures(self, referent: Referent) -> tuple[Tenure, ...]:
        """The person's tenures in the reference data, () for somebody new."""
        return self.world.tenures_of(referent.iri) if referent.iri else ()

    def spoken_for(self, person: Referent) -> tuple[str, ...]:
        """IRI of the polity a person serves on the document's date or is connected with, if any."""
        served = self.served(person) if self.on else ()
        return (*served, *person.polities)[:1]

    def served(self, person: Referent) -> tuple[str, ...]:
        """IRIs of the polities whose offices a person holds on the document's date, or ever."""
        offices = self.world.offices
        now = (t for t in self.tenures(person) if self.on is None or t.covers(self.on))
        return tuple(offices[t.office].represents for t in now)

    def office_fits(self, office: Office, phrase: TitlePhrase, body: str | None) -> bool:
        """True when a title phrase can name an office (and its body is the office's)."""
        words = " ".join(phrase.title.words).replace("-", " ")
        if words in ("chief", "head", "boss") and body is not None:  # "the NATO chief"
            heads = office.kind == "institution-head" and office.title in _HEADS
            return heads and body in (office.represents, office.post_in)
        label = f"{office.title} {office.label}".lower().replace("-", " ")
        kinds = phrase.title.kinds - {"other"}
        alone = words == "secretary" and not self._kind_suffices(words, office)
        by_kind = office.kind in kinds and self._kind_suffices(words, office)
        if alone or (words not in label and not by_kind):
            return False
        if any(word in label for word in ANOTHER.get(words, ())):
            return False
        if body is None:
            return True
        if body in (office.represents, office.post_in):
            return True
        spoken_for = office.kind in ("spokesperson", "adviser") or self._is_ministry(body)
        return spoken_for and self.world.polity_of(body) == office.represents

    def _is_ministry(self, iri: str) -> bool:
        actor = self.world.actors.get(iri)
        return actor is not None and any(
            word in actor.label for word in ("Ministry", "Department", "Treasury", "Foreign Office")
        )

    def ministry_of(self, iri: str) -> str | None:
        """The state a ministry belongs to; None for anything but a ministry of a state."""
        return self.world.polity_of(iri) if self._is_ministry(iri) else None

    @staticmethod
    def _kind_suffices(words: str, office: Office) -> bool:
        """True when the kind alone is enough: not every head of an institution is its president."""
        label = office.label.lower()
        if words == "secretary":  # alone: an American one
            return "secretary of" in label and office.represents == _US
        if "foreign" in words:  # a Secretary of State is no Foreign Secretary
            return "foreign" in label
        if words in ("premier", "pm"):
            return "minister" in label or "chancellor" in label
        exact = words in _EXACT or words.endswith(" leader") or words.startswith("secretary of")
        return not exact or words in label

    def tenure_for(
        self, referent: Referent, phrase: TitlePhrase, body: str | None
    ) -> Tenure | None:
        """The tenure a title phrase most likely means: current, else latest past, else any."""
        key = referent.iri, phrase.title, body
        if key not in self._meant:
            fitting = [
                t
                for t in self.tenures(referent)
                if self.office_fits(self.world.offices[t.office], phrase, body)
            ]
            self._meant[key] = max(fitting, key=self._closeness, default=None)
        return self._meant[key]

    def _closeness(self, tenure: Tenure) -> tuple[int, str]:
        if self.on is None:
            return (1 if tenure.end is None else 0, str(tenure.start or ""))
        if tenure.covers(self.on):
            return (3, str(tenure.start or ""))
        past = tenure.start is not None and tenure.start <= self.on
        return (2 if past else 0, str(tenure.start or ""))

    def prominence(self, iri: str, phrase: TitlePhrase | None = None) -> float:
        """How likely a bare surname means this person on the document's date: 0 (not) to 7.

        Whole numbers come from dates and a fitting title, fractions from the office's weight.
        """
        referent = Referent(iri, ActorKind.PERSON, "", iri)
        tenures = self.world.tenures_of(iri)
        score = 0.0
        for tenure in tenures:
            near = self._closeness(tenure)[0]
            if near == 2 and self.on is not None and tenure.end is not None:
                near = 2 if (self.on - tenure.end).days < 1500 else 1
            elif near == 0 and self.on is not None and tenure.start is not None:
                near = 1 if (tenure.start - self.on).days < 400 else 0
            weight = _WEIGHT.get(self.world.offices[tenure.office].kind, 0.0)
            score = max(score, near + weight if near else 0.0)
        if phrase is not None and phrase.is_office:
            fits = self.tenure_for(referent, phrase, phrase.body.iri if phrase.body else None)
            score += 3 if fits is not None else 0
        return score
