"""Which office of which body a person is said to hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extraction.actors.gazetteer import Entry
from kg.extraction.actors.referents import Held, Referent, Referents
from kg.extraction.actors.spots import Sort, Spot
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from kg.extraction.actors.titles import TitlePhrase

__all__ = ["Holdings"]

_OWNERS = frozenset(("his", "her", "its", "their", "'s"))


class Holdings:
    """Writes down the offices that titles state, with the bodies that pronouns refer to.

    Args:
        referents: who is known so far.
    """

    def __init__(self, referents: Referents) -> None:
        self.referents = referents
        self.world = referents.world

    def state(self, spot: Spot) -> None:
        """The one person a spot is linked to holds the offices of its titles."""
        referent = self.referents.by_key[spot.keys[0]]
        spot.titles = [self._owned(phrase, referent, spot) for phrase in spot.titles]
        for phrase in spot.titles:
            self._hold(referent, phrase)

    def _owned(self, phrase: TitlePhrase, holder: Referent, spot: Spot) -> TitlePhrase:
        """A title whose body is whatever "his", "its" or "the chancellor's" refers to."""
        if phrase.body is not None or phrase.determiner not in _OWNERS or not phrase.is_office:
            return phrase
        tenure = self.referents.tenure_for(holder, phrase, None)
        polity = (
            self.world.offices[tenure.office].represents
            if tenure
            else self._owner(phrase, holder, spot)
        )
        if polity is None or polity not in self.world.actors:
            return phrase
        kind = self.world.actors[polity].kind
        return replace(phrase, body=Entry(polity, AliasKind.NAME, kind))

    def _owner(self, phrase: TitlePhrase, holder: Referent, spot: Spot) -> str | None:
        inner = [s.keys[0] for s in spot.inner if s.sort is Sort.PERSON and s.keys]
        persons = [self.referents.by_key[key] for key in inner] or self.referents.persons()
        polities = [
            r for r in self.referents.by_key.values() if "/state/" in r.key or "/bloc/" in r.key
        ]
        if phrase.determiner in ("its", "their") and polities:
            return max(polities, key=lambda r: (r.last, r.key)).key
        gender = {"his": "male", "her": "female"}.get(phrase.determiner, "")
        for person in persons:
            if (
                person.key == holder.key
                or person.last < 0
                or (gender and person.gender not in (gender, ""))
            ):
                continue
            return self._served(person)
        return None

    def _served(self, person: Referent) -> str | None:
        """The polity a person speaks for on the document's date, or by what the text says."""
        tenures = self.referents.tenures(person)
        for tenure in reversed(tenures):
            if self.referents.on is None or tenure.covers(self.referents.on):
                return self.world.offices[tenure.office].represents
        if person.polities:
            return person.polities[0]
        return self.world.offices[tenures[-1].office].represents if tenures else None

    def _hold(self, referent: Referent, phrase: TitlePhrase) -> None:
        referent.gender = referent.gender or phrase.title.gender
        if not phrase.is_office:
            return
        body = phrase.body.iri if phrase.body else None
        referent.held.append(Held(phrase, body, self.world.label(body) if body else ""))
        polity = self.world.polity_of(body) if body else None
        if polity and polity not in referent.polities:
            referent.polities.append(polity)
