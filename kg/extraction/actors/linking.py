"""From spots to referents: names to reference data, surnames to full names, descriptions to people."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.extraction.actors.descriptions import describe, group, short_form
from kg.extraction.actors.gazetteer import Entry, fold
from kg.extraction.actors.referents import Held, Referent, Referents, given_part, surname_of
from kg.extraction.actors.relations import relate, state_predicate
from kg.extraction.actors.speakers import label_speaker
from kg.extraction.actors.spots import Sort, Spot
from kg.namespaces import ID
from kg.records import ActorKind
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from kg.extraction.actors.draft import Line
    from kg.extraction.actors.lexicon import Lexicon
    from kg.extraction.actors.speakers import Voice
    from kg.extraction.actors.titles import TitlePhrase
    from kg.reference.model import Actor

__all__ = ["Linker"]

_SAME = {ID + "place/western-europe": ID + "bloc/europe", ID + "place/england": ID + "state/uk"}
_INITIALS = re.compile(r"(?<= )[^\W\d_]\.? (?=\S)")
_ORGANS = frozenset(("Cabinet", "Parliament", "Treasury", "Supreme Court", "Central Bank"))
_OWNERS = frozenset(("his", "her", "its", "their", "'s"))
_HOLDERS = (Sort.PERSON, Sort.DESCRIPTION, Sort.RELATION, Sort.PREDICATE)
_RUSSIA, _SOVIETS = ID + "state/russia", ID + "state/soviet-union"
_SOVIET_END = date(1991, 12, 26)


class Linker:
    """Links the spots of one document, in text order.

    Args:
        referents: who is known so far (the title's actors first).
        lexicon: word lists.
    """

    def __init__(self, referents: Referents, lexicon: Lexicon) -> None:
        self.referents = referents
        self.world = referents.world
        self.lexicon = lexicon
        self.speaker: tuple[str, ...] = ()
        self.author: tuple[str, ...] = ()
        self.context: tuple[str, ...] = ()

    def link(self, spot: Spot, start: int) -> None:
        """Fill ``spot.keys``; an empty tuple means that nobody could be found."""
        for inner in spot.inner:
            if inner.number != -1:
                self.link(inner, start)
        handler = {
            Sort.PERSON: self._person,
            Sort.NAME: self._named,
            Sort.CITY: self._city,
            Sort.PLACE: self._place,
            Sort.ORGANISATION: self._organisation,
            Sort.VENUE: self._venue,
            Sort.PEOPLE: self._people,
            Sort.OFFICIALS: self._officials,
            Sort.ADJECTIVE: self._people,
        }.get(spot.sort)
        if handler is not None:
            found = handler(spot)
            spot.keys = (found.key,) if isinstance(found, Referent) else (found or ())
        elif spot.sort is Sort.RELATION:
            named = self.referents.by_key.get(*spot.inner[0].keys) if spot.inner else None
            spot.keys, spot.confidence = relate(self.referents, spot, named), 0.85
            spot.inner.clear()
        elif spot.sort is Sort.DESCRIPTION:
            besides = (*self.speaker, *self.author) if spot.nominal else self.author or self.speaker
            spot.keys, spot.confidence = describe(self.referents, spot, besides, self.context)
        elif spot.sort is Sort.GROUP:
            spot.keys, spot.confidence = group(self.referents, spot)
        else:
            spot.keys, spot.confidence = short_form(self.referents, spot, self.lexicon)
        self._after(spot, start)

    def _after(self, spot: Spot, start: int) -> None:
        for key in spot.keys:
            self.referents.by_key[key].last = max(start, self.referents.by_key[key].last)
        for inner in spot.inner:
            if inner.number == -1:
                inner.keys = spot.keys
        if len(spot.keys) == 1 and spot.sort in _HOLDERS:
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

    def link_line(self, line: Line, voice: Voice) -> None:
        """Link all spots of a line: first those of a speaker's label, which says who "I" is."""
        start = line.units[0].start
        for spot in line.spots:
            if spot.first < line.label:
                self.link(spot, start)
                spot.nominal = spot.nominal and spot.sort is not Sort.DESCRIPTION
        speaker = label_speaker(line, voice, self.referents)
        if speaker is not None:
            self.speaker = speaker
        for spot in line.spots:
            if spot.first < line.label:
                continue
            if spot.sort is Sort.DESCRIPTION and state_predicate(line, spot, self.referents):
                for inner in spot.inner:
                    self.link(inner, start)
                self._after(spot, start)
                continue
            self.link(spot, line.units[spot.first].start)
            self._remember(spot)

    def _remember(self, spot: Spot) -> None:
        """Keep the polity named last: "the president" after "The White House" is the American one."""
        for key in (k for s in (spot, *spot.inner) for k in s.keys):
            polity = self.world.polity_of(key) if key in self.world.actors else None
            if polity is not None:
                self.context = (polity,)

    def introduce(self, spot: Spot) -> None:
        """Make a person named in full, or with an office, known before the text is linked from its beginning."""
        known = any(e.alias is AliasKind.FAMILY_NAME for e in spot.entries)
        if known or len(spot.text.split()) > 1 or any(t.is_office for t in spot.titles):
            self._person(spot)

    # -- persons ---------------------------------------------------------------------------

    def _person(self, spot: Spot) -> Referent | None:
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
        """ "Sir Anthony", "I told Angela": a given name of somebody named in full."""
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

    # -- everything else -------------------------------------------------------------------

    def _entry(self, entry: Entry) -> Referent | None:
        if entry.iri not in self.world.actors:
            return None
        return self._seen(self.referents.known(self._at_the_time(_SAME.get(entry.iri, entry.iri))))

    def _at_the_time(self, iri: str) -> str:
        """Moscow spoke for the Soviet Union until 1991."""
        on = self.referents.on
        soviet = on is not None and date(1922, 12, 30) <= on < _SOVIET_END
        return _SOVIETS if iri == _RUSSIA and soviet and _SOVIETS in self.world.actors else iri

    def _named(self, spot: Spot) -> Referent | None:
        order = (ActorKind.STATE, ActorKind.BLOC, ActorKind.ORGANIZATION, ActorKind.OTHER,
                 ActorKind.CONFERENCE, ActorKind.PLACE, ActorKind.PERSON)  # fmt: skip
        names = [e for e in spot.entries if e.alias is AliasKind.NAME]
        if names:
            chosen = min(
                names,
                key=lambda e: (order.index(e.kind) if e.kind else 9, e.iri),
            )
            return self._entry(chosen)
        handles = self.world.find(spot.text)
        return self._seen(self.referents.known(handles[0].iri)) if handles else None

    def _city(self, spot: Spot) -> Referent | None:
        places = [e for e in spot.entries if e.kind is ActorKind.PLACE]
        polities = [e for e in spot.entries if e.alias is AliasKind.METONYM]
        polities.sort(key=lambda e: (self._at_the_time(e.iri) not in self.referents.by_key, e.iri))
        if places:
            spot.place_key = places[0].iri
        else:
            found = [
                a
                for a in self.world.find(spot.text.replace(" Dept", " Department"))
                if a.kind is ActorKind.PLACE
            ]
            spot.place_key = found[0].iri if found else ""
        return self.referents.known(self._at_the_time(polities[0].iri))

    def _place(self, spot: Spot) -> Referent | None:
        for entry in spot.entries:
            if entry.kind is ActorKind.PLACE:
                return self._entry(entry)
        return self._seen(
            self.referents.add("place:" + fold(spot.text).lower(), ActorKind.PLACE, spot.text)
        )

    def _venue(self, spot: Spot) -> Referent:
        for entry in spot.entries:
            if entry.kind is ActorKind.CONFERENCE and spot.last == spot.first + 1:
                return self.referents.known(entry.iri)
        key = "venue:" + fold(spot.text).lower()
        return self._seen(self.referents.add(key, ActorKind.CONFERENCE, spot.text))

    def _exact(self, name: str) -> list[Actor]:
        """Reference actors of this label or alias (codes and slugs do not count); no persons."""
        key = fold(name).lower()
        return [
            actor
            for actor in self.world.find(name)
            if actor.kind is not ActorKind.PERSON
            and key in {fold(known).lower() for known in (actor.label, *actor.aliases)}
        ]

    def _organisation(self, spot: Spot) -> Referent | None:
        found = self._exact(spot.text.replace(" Dept", " Department"))
        if found:
            return self._seen(self.referents.known(found[0].iri))
        key = "new:" + fold(spot.text).lower()
        referent = self.referents.add(key, ActorKind.ORGANIZATION, spot.text)
        if spot.of is not None:
            polity = self.world.polity_of(spot.of.iri) or spot.of.iri
            referent.of = self.world.label(polity)
            referent.polities.append(polity)
        elif spot.text in _ORGANS and self.context:
            referent.of = self.world.label(self.context[0])
        elif spot.entries:
            person = self._person(
                Spot(Sort.PERSON, 0, 1, (0, 1), spot.text.split()[0], spot.entries, sure=True)
            )
            tenures = self.referents.tenures(person) if person else ()
            if tenures:
                polity = self.world.offices[tenures[-1].office].represents
                referent.of = self.world.label(polity)
                referent.polities.append(polity)
        return self._seen(referent)

    def _people(self, spot: Spot) -> Referent | tuple[str, ...] | None:
        """ "the Germans" are Germany; "the Estonian" is a person of that state."""
        entry = next((e for e in spot.entries if e.kind in (ActorKind.STATE, ActorKind.BLOC)), None)
        if entry is None:
            return None
        if spot.number == 1:
            return self._national(spot, entry.iri)
        return self.referents.known(self._at_the_time(entry.iri))

    def _national(self, spot: Spot, polity: str) -> Referent | None:
        for person in self.referents.persons():
            if person.last >= 0 and polity in self.nationalities(person):
                spot.confidence = 0.85
                return person
        return None

    def nationalities(self, person: Referent) -> set[str]:
        """Polities a person served or was connected with."""
        served = {self.world.offices[t.office].represents for t in self.referents.tenures(person)}
        return served | set(person.polities)

    def _officials(self, spot: Spot) -> tuple[str, ...]:
        keys = [key for inner in spot.inner for key in inner.keys]
        return tuple(dict.fromkeys(keys))


def _printed(name: str) -> str:
    """A name in capitals (from a speaker's label) in ordinary spelling."""
    return name.title() if name.isupper() and len(name) > 3 else name
