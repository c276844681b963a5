"""Which person a name means: full names, surnames, given names, nationalities."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.actors.gazetteer import fold
from kg.extraction.actors.referents import Referent, Referents, given_part, surname_of
from kg.records import ActorKind
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from kg.extraction.actors.lexicon import Lexicon
    from kg.extraction.actors.spots import Spot
    from kg.extraction.actors.titles import TitlePhrase

__all__ = ["PersonLinker"]

_INITIALS = re.compile(r"(?<= )[^\W\d_]\.? (?=\S)")


class PersonLinker:
    """Links names of persons in one document.

    Args:
        referents: who is known so far.
        lexicon: word lists.
    """

    def __init__(self, referents: Referents, lexicon: Lexicon) -> None:
        self.referents = referents
        self.world = referents.world
        self.lexicon = lexicon

    def link(self, spot: Spot) -> Referent | None:
        """The referent of a person's name; None when a bare surname proves nobody."""
        name = _INITIALS.sub("", spot.text)
        phrase = next((t for t in spot.titles if t.is_office), None)
        candidates = [e.iri for e in spot.entries if e.alias is AliasKind.NAME]
        if not candidates and " " in name:
            candidates = [a.iri for a in self.world.find(name) if a.kind is ActorKind.PERSON]
        if candidates:
            best = max(candidates, key=lambda iri: (self.referents.prominence(iri, phrase), iri))
            return self._seen(self.referents.known(best))
        if " " in name and not any(e.alias is AliasKind.FAMILY_NAME for e in spot.entries):
            return self._seen(self._full_name(spot, name))
        return self._surname(spot, name, phrase)

    @staticmethod
    def _seen(referent: Referent) -> Referent:
        referent.named = True
        return referent

    def _full_name(self, spot: Spot, name: str) -> Referent:
        """Somebody with given and family name who is not in the reference data by that name."""
        surname, given = surname_of(name), given_part(name)
        for other in self.referents.with_surname(surname):
            theirs = given_part(other.name)
            if theirs == given or (
                theirs[:1] == given[:1] and (len(given) <= 2 or len(theirs) <= 2)
            ):
                return other
            if not theirs and not other.iri:
                other.name = _printed(name)
                return other
        referent = self.referents.add("new:" + fold(name).lower(), ActorKind.PERSON, _printed(name))
        referent.gender = referent.gender or self.lexicon.genders.get(given, "")
        del spot
        return referent

    def _surname(self, spot: Spot, name: str, phrase: TitlePhrase | None) -> Referent | None:
        here = [
            r for r in self.referents.with_surname(name)
            if not self._clash(r, spot)
        ]  # fmt: skip
        if here:
            spot.confidence = 0.95 if len(here) == 1 else 0.8
            return here[0]
        first = self._by_given_name(spot, name)
        if first is not None:
            return first
        families = sorted({e.iri for e in spot.entries if e.alias is AliasKind.FAMILY_NAME})
        scored = sorted(((self.referents.prominence(i, phrase), i) for i in families), reverse=True)
        plain = spot.sure or (
            len(scored) == 1 and fold(name).lower() not in self.lexicon.word_surnames
        )
        if scored and (scored[0][0] >= 2 or (plain and scored[0][0] >= 1)):
            tie = len(scored) > 1 and int(scored[1][0]) == int(scored[0][0])
            fits = (
                phrase is None
                or scored[0][0] >= 4
                or not self._stated_elsewhere(scored[0][1], phrase)
            )
            if fits:
                spot.confidence = 0.6 if tie else 0.9
                return self._seen(self.referents.known(scored[0][1]))
        if not spot.sure:
            return None
        return self._seen(
            self.referents.add("new:" + fold(name).lower(), ActorKind.PERSON, _printed(name))
        )

    def _by_given_name(self, spot: Spot, name: str) -> Referent | None:
        """As in "Sir Anthony", "I told Angela": a given name of somebody named in full."""
        given = fold(name).lower()
        courtesy = any("courtesy" in t.title.kinds for t in spot.titles)
        if not courtesy and (
            given not in self.lexicon.genders or given in self.lexicon.word_surnames
        ):
            return None
        for person in self.referents.persons():
            if given_part(person.name) == given and person.last >= 0:
                spot.confidence = 0.8
                return person
        return None

    def _clash(self, referent: Referent, spot: Spot) -> bool:
        gender = next((t.title.gender for t in spot.titles if t.title.gender), "")
        return bool(gender and referent.gender and gender != referent.gender)

    def _stated_elsewhere(self, iri: str, phrase: TitlePhrase) -> bool:
        """True when the title names an office of a polity the candidate never served."""
        body = phrase.body.iri if phrase.body else None
        polity = self.world.polity_of(body) if body else None
        if polity is None:
            return False
        served = {self.world.offices[t.office].represents for t in self.world.tenures_of(iri)}
        return bool(served) and polity not in served

    def national(self, spot: Spot, polity: str) -> Referent | None:
        """As in "the Estonian": the person of that state mentioned last."""
        for person in self.referents.persons():
            if person.last >= 0 and polity in self._nationalities(person):
                spot.confidence = 0.85
                return person
        return None

    def _nationalities(self, person: Referent) -> set[str]:
        """Polities a person served or was connected with."""
        served = {self.world.offices[t.office].represents for t in self.referents.tenures(person)}
        return served | set(person.polities)


def _printed(name: str) -> str:
    """A name in capitals (from a speaker's label) in ordinary spelling."""
    return name.title() if name.isupper() and len(name) > 3 else name
