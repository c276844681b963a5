"""From spots to referents: who or what each name, description and group means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors.cities import at_the_time, link_city
from kg.extraction.actors.descriptions import describe
from kg.extraction.actors.gazetteer import Entry, fold
from kg.extraction.actors.grouping import group
from kg.extraction.actors.grouplinks import link_group
from kg.extraction.actors.holdings import Holdings
from kg.extraction.actors.labels import note_home
from kg.extraction.actors.personlinks import PersonLinker
from kg.extraction.actors.referents import Referent, Referents
from kg.extraction.actors.relations import relate, serves_another, state_predicate
from kg.extraction.actors.shortforms import short_form
from kg.extraction.actors.speakers import label_speaker
from kg.extraction.actors.spots import Sort, Spot
from kg.extraction.actors.together import named_near, note_coordinations, note_members
from kg.namespaces import ID
from kg.records import ActorKind
from kg.reference.model import AliasKind

if TYPE_CHECKING:
    from kg.extraction.actors.draft import Line
    from kg.extraction.actors.lexicon import Lexicon
    from kg.extraction.actors.speakers import Voice
    from kg.reference.model import Actor

__all__ = ["Linker"]

_SAME = {ID + "place/western-europe": ID + "bloc/europe", ID + "place/england": ID + "state/uk"}
_ORGANS = frozenset(("Cabinet", "Parliament", "Treasury", "Supreme Court", "Central Bank"))
_NEAR = 10  # actors named before an organ of a state among whom its owner is looked for
_HOLDERS = (Sort.PERSON, Sort.DESCRIPTION, Sort.RELATION, Sort.PREDICATE)


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
        self._beside: frozenset[str] = frozenset()
        self._line: Line | None = None
        self._people_linker = PersonLinker(referents, lexicon)
        self._holdings = Holdings(referents)

    def link(self, spot: Spot, start: int) -> None:
        """Fill ``spot.keys``; an empty tuple means that nobody could be found."""
        for inner in spot.inner:
            if inner.number != -1:
                self.link(inner, start)
        handler = {
            Sort.PERSON: self._people_linker.link,
            Sort.NAME: self._named,
            Sort.CITY: lambda s: link_city(self.referents, s, self._line),
            Sort.PLACE: self._place,
            Sort.ORGANISATION: self._organisation,
            Sort.VENUE: self._venue,
            Sort.PEOPLE: self._people,
            Sort.OFFICIALS: self._officials,
            Sort.GENERIC: lambda s: link_group(self.referents, s, self.context),
            Sort.ADJECTIVE: self._people,
        }.get(spot.sort)
        if handler is not None:
            found = handler(spot)
            spot.keys = (found.key,) if isinstance(found, Referent) else (found or ())
        elif spot.sort is Sort.RELATION:
            inner_keys = [key for inner in spot.inner for key in inner.keys][:1]
            named = self.referents.by_key[inner_keys[0]] if inner_keys else None
            spot.keys, spot.confidence = relate(self.referents, spot, named), 0.85
            spot.inner.clear()
        elif spot.sort is Sort.DESCRIPTION:
            besides = self._besides(spot)
            spot.keys, spot.confidence = describe(
                self.referents, spot, besides, self.context, self._beside
            )
        elif spot.sort is Sort.GROUP:
            spot.keys, spot.confidence = group(self.referents, spot)
        else:
            spot.keys, spot.confidence = short_form(self.referents, spot, self.lexicon)
        self._after(spot, start)

    def _besides(self, spot: Spot) -> tuple[str, ...]:
        """Keys of those whom a description in their own words does not mean."""
        if not spot.nominal:
            return self.author or self.speaker
        return self.speaker or (() if spot.titles[0].body is not None else self.author)

    def _after(self, spot: Spot, start: int) -> None:
        for key in spot.keys:
            self.referents.by_key[key].last = max(start, self.referents.by_key[key].last)
        if len(spot.keys) == 1 and spot.sort is not Sort.CITY:
            self.referents.by_key[spot.keys[0]].count += 1
            self.referents.lines[-1].append(spot.keys[0])
        for inner in spot.inner:
            if inner.number == -1:
                inner.keys = spot.keys
        if len(spot.keys) == 1 and spot.sort in _HOLDERS:
            self._holdings.state(spot)

    def link_line(self, line: Line, voice: Voice) -> None:
        """Link all spots of a line: first those of a speaker's label, which says who "I" is."""
        start, self._line = line.units[0].start, line
        self.referents.lines.append([])
        for spot in line.spots:
            if spot.first < line.label:
                self.link(spot, start)
                spot.nominal = spot.nominal and spot.sort is not Sort.DESCRIPTION
        speaker = label_speaker(line, voice, self.referents)
        if speaker is not None:
            self.speaker = speaker
            note_home(self.referents, speaker)
        for spot in line.spots:
            if spot.first < line.label:
                continue
            if spot.sort is Sort.DESCRIPTION and self._in_apposition(line, spot):
                continue
            if spot.sort is Sort.DESCRIPTION and state_predicate(line, spot, self.referents):
                for inner in spot.inner:
                    self.link(inner, start)
                self._after(spot, start)
                continue
            if spot.sort is Sort.DESCRIPTION:
                self._beside = named_near(line, spot, self._people_linker)
            self.link(spot, line.units[spot.first].start)
            self._remember(spot)
        note_members(line, self.referents)
        note_coordinations(line, self.referents)

    def _in_apposition(self, line: Line, spot: Spot) -> bool:
        """As in "Friedrich Merz, the opposition leader tipped to win": he, not somebody else."""
        if spot.first == 0 or line.units[spot.first - 1].low != ",":
            return False
        if spot.last < len(line.units) and line.units[spot.last].low in ("'s", "'"):
            return False  # "Akashi, the secretary-general's representative": another person
        before = [s for s in line.spots if s.sort is Sort.PERSON and s.last == spot.first - 1]
        if not before or len(before[0].keys) != 1 or spot.titles[0].determiner != "the":
            return False
        if serves_another(self.referents, before[0].keys[0], spot):
            return False  # "Johnson, the Turkish president and I"
        spot.sort, spot.nominal, spot.keys = Sort.PREDICATE, False, before[0].keys
        start = line.units[before[0].name[0]].start
        spot.evidence = (start, line.units[spot.titles[0].last - 1].end)
        for inner in spot.inner:
            self.link(inner, start)
        self._after(spot, start)
        return True

    def _remember(self, spot: Spot) -> None:
        """Keep the polity named last: after "The White House" the president is the American one."""
        for key in (k for s in (spot, *spot.inner) for k in s.keys):
            polity = self.world.polity_of(key) if key in self.world.actors else None
            if polity is not None:
                self.context = (polity,)

    def introduce(self, spot: Spot) -> None:
        """Make a person known before the text is linked from its beginning."""
        known = any(e.alias is AliasKind.FAMILY_NAME for e in spot.entries)
        offices = [title for title in spot.titles if title.is_office]
        if known or len(spot.text.split()) > 1 or offices:
            person = self._people_linker.link(spot)
            if person is not None:
                person.ahead += offices

    def _entry(self, entry: Entry) -> Referent | None:
        if entry.iri not in self.world.actors:
            return None
        return self._seen(
            self.referents.known(at_the_time(self.referents, _SAME.get(entry.iri, entry.iri)))
        )

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

    def _place(self, spot: Spot) -> Referent | None:
        for entry in spot.entries:
            if entry.kind is ActorKind.PLACE:
                return self._entry(entry)
        return self._seen(
            self.referents.add("place:" + fold(spot.text).lower(), ActorKind.PLACE, spot.text)
        )

    def _venue(self, spot: Spot) -> Referent:
        if spot.of is not None:
            spot.place_key = spot.of.iri
        for entry in spot.entries:
            if entry.kind is ActorKind.CONFERENCE and spot.last == spot.first + 1:
                spot.place_key = spot.place_key or self.world.actors[entry.iri].located_in or ""
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
        elif spot.text in _ORGANS and (home := self._home() or self.context):
            referent.of = self.world.label(home[0])
        elif spot.entries:
            person = self._people_linker.link(
                Spot(Sort.PERSON, 0, 1, (0, 1), spot.text.split()[0], spot.entries, sure=True)
            )
            tenures = self.referents.tenures(person) if person else ()
            if tenures:
                polity = self.world.offices[tenures[-1].office].represents
                referent.of = self.world.label(polity)
                referent.polities.append(polity)
        return self._seen(referent)

    def _home(self) -> tuple[str, ...]:
        """The state of the last person nearby: "Macmillan informed the Cabinet"."""
        for key in reversed(self.referents.lines[-1][-_NEAR:]):
            referent = self.referents.by_key[key]
            if referent.kind is ActorKind.PERSON:
                return self.referents.served(referent)
        return ()

    def _people(self, spot: Spot) -> Referent | tuple[str, ...] | None:
        """As in "the Germans" are Germany; "the Estonian" is a person of that state."""
        entry = next((e for e in spot.entries if e.kind in (ActorKind.STATE, ActorKind.BLOC)), None)
        if entry is None:
            return None
        if spot.number == 1:
            return self._people_linker.national(spot, entry.iri)
        return self.referents.known(at_the_time(self.referents, entry.iri))

    def _officials(self, spot: Spot) -> tuple[str, ...]:
        keys = [key for inner in spot.inner for key in inner.keys]
        return tuple(dict.fromkeys(keys))

    @staticmethod
    def _seen(referent: Referent) -> Referent:
        referent.named = True
        return referent
