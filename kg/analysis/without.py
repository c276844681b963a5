"""What an analysis is asked to leave out, as if it had never been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.namespaces import document_iri
from kg.reference.schemes import issues as issue_concepts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.analysis.records import SignedEvent

__all__ = ["Without"]


@dataclass(frozen=True, slots=True)
class Without:
    """Four kinds of things to leave out; the rest is computed as if they had never been there.

    Attributes:
        events: IRIs of events as stored. Of an act that several events tell the others remain.
        actors: IRIs. An event in which one of them takes part, or for which a party speaks
            (its polity, or a bloc that polity belonged to on the day), is left out as a whole.
        sources: documents and feeds by IRI or id, and outlets by name (case does not matter).
        issues: codes; a top-level code takes its narrower ones with it.
    """

    events: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    issues: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """True when anything is left out."""
        return any((self.events, self.actors, self.sources, self.issues))

    @property
    def codes(self) -> frozenset[str]:
        """The issues with all narrower ones."""
        known = issue_concepts().values()
        return self.issues | {concept.code for concept in known if concept.top in self.issues}

    @property
    def outlets(self) -> frozenset[str]:
        """The sources as names of outlets, in lower case."""
        return frozenset(source.casefold() for source in self.sources)

    def source(self, document: str, outlet: str) -> bool:
        """Whether a document or feed, given by its IRI and outlet ("" if unknown), is left out."""
        names = {document, document.removeprefix(document_iri(""))}
        return not names.isdisjoint(self.sources) or bool(outlet and self.outlet(outlet))

    def outlet(self, name: str) -> bool:
        """Whether an outlet is left out."""
        return name.casefold() in self.outlets

    def kept(self, events: Iterable[SignedEvent]) -> tuple[SignedEvent, ...]:
        """The events that nothing but a source could leave out; their order stays."""
        if not (self.events or self.actors or self.issues):
            return tuple(events)
        codes = self.codes
        return tuple(
            event
            for event in events
            if event.iri not in self.events
            and codes.isdisjoint(event.issues)
            and not any(
                not self.actors.isdisjoint((party.agent, party.polity or "", *party.blocs))
                for party in event.parties
            )
        )
