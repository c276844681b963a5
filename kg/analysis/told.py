"""The acts that a store tells of: stored events, what people decided about them, one per act."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.analysis.events import Stored, signed_events
from kg.analysis.identity import Doubt, doubts, same_acts
from kg.judgements import Decisions, read_log
from kg.namespaces import ID, graph_iri
from kg.records import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.analysis.records import SignedEvent
    from kg.analysis.without import Without
    from kg.store.base import Reader

__all__ = ["canonical", "decided", "known", "told_doubts", "told_events"]

_EVENT = f"{ID}event/"
_IN_REFERENCE = f"ASK {{ GRAPH <{graph_iri('reference')}> {{ ?actor a ?kind }} }}"


def told_events(
    store: Reader,
    statuses: Iterable[Status] = (Status.REALISED,),
    *,
    with_wrong: bool = False,
    without: Without | None = None,
    stored: Stored | None = None,
) -> tuple[SignedEvent, ...]:
    """All acts of the given statuses, each once however many documents tell it, sorted by IRI.

    Args:
        store: where they lie.
        statuses: which events count.
        with_wrong: also give those judged to be wrong, each for itself and marked so.
        without: what to leave out; the acts are those of a store that never held it.
        stored: what was read from this store before, to save reading it again.
    """
    decisions = read_log(store).decisions()
    told = stored or Stored.read(store)
    found = signed_events(told.but(without) if without else told, statuses)
    if without:
        found = without.kept(found)
    events = tuple(decided(found, decisions, known(store, decisions)))
    right = same_acts([event for event in events if event.judged != "wrong"], decisions)
    wrong = [event for event in events if event.judged == "wrong"] if with_wrong else []
    return tuple(sorted((*right, *wrong), key=lambda event: event.iri))


def told_doubts(store: Reader) -> tuple[Doubt, ...]:
    """Realised acts that may be one; what was judged to be different is left out."""
    decisions = read_log(store).decisions()
    events = decided(signed_events(store), decisions, known(store, decisions))
    return doubts([event for event in events if event.judged != "wrong"], decisions)


def known(store: Reader, decisions: Decisions) -> frozenset[str]:
    """Those among the actors judged to be the same that the reference data describe."""
    actors = {iri for pair in decisions.same for iri in pair if not iri.startswith(_EVENT)}
    found = (iri for iri in sorted(actors) if store.ask(_IN_REFERENCE, {"actor": NamedNode(iri)}))
    return frozenset(found)


def decided(
    events: Iterable[SignedEvent], decisions: Decisions, known: frozenset[str] = frozenset()
) -> Iterator[SignedEvent]:
    """Events as people judged them: marked right or wrong, with actors that are the same joined.

    Of actors that are the same, one that is ``known`` speaks for all. A sentence counts no more
    when its document was judged not to mean one of the event's actors; an event that loses all
    its sentences is gone.
    """
    names = canonical(decisions, known)
    for event in events:
        changed = event
        if decisions.wrong_links:
            changed = _linked(changed, decisions)
            if event.evidence and not changed.evidence:
                continue
        if names:
            parties = {
                (party.role, names.get(party.agent, party.agent)): party
                for party in reversed(changed.parties)
            }
            renamed = (replace(party, agent=agent) for (_, agent), party in parties.items())
            changed = replace(
                changed, parties=tuple(sorted(renamed, key=lambda p: (p.role, p.agent)))
            )
        if event.iri in decisions.wrong | decisions.right:
            verdict = "wrong" if event.iri in decisions.wrong else "right"
            changed = replace(changed, judged=verdict)
        yield changed


def _linked(event: SignedEvent, decisions: Decisions) -> SignedEvent:
    agents = [party.agent for party in event.parties]
    kept = tuple(
        piece
        for piece in event.evidence
        if not any((piece.document, agent) in decisions.wrong_links for agent in agents)
    )
    return event if len(kept) == len(event.evidence) else replace(event, evidence=kept)


def canonical(decisions: Decisions, known: frozenset[str]) -> dict[str, str]:
    """Actor → the actor it was judged to be the same as: a known one, else the first by IRI."""
    parent: dict[str, str] = {}

    def root(iri: str) -> str:
        while (above := parent.get(iri, iri)) != iri:
            iri = above
        return iri

    for one, other in sorted(decisions.same):
        if not one.startswith(_EVENT):
            first, second = sorted((root(one), root(other)), key=lambda i: (i not in known, i))
            if first != second:
                parent[second] = first
    return {iri: root(iri) for iri in parent}
