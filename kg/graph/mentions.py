"""Mentions as triples: flat nodes with exact offsets (see docs/reference/ontology.md)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg.graph.terms import decimal, integer, iri, plain, term
from kg.namespaces import issue_iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.records import EventMention, Span
    from kg.resolution import LinkedEvent, LinkedReading

__all__ = ["claim_triples", "mention_triples", "office_triples"]


def _node(document: NamedNode, span: Span, kind: str, key: str) -> NamedNode:
    """RFC 5147 fragment of the span plus a short hash, for several mentions may share a span."""
    digest = hashlib.sha256(f"{kind} {key}".encode("utf-8", "replace")).hexdigest()[:10]
    return iri(f"{document.value}#char={span.start},{span.end};{kind}-{digest}")


def _located(
    node: NamedNode, kind: str, span: Span, document: NamedNode, run: NamedNode
) -> Iterator[Triple]:
    yield Triple(node, term("rdf:type"), term("tkg:Mention"))
    yield Triple(node, term("rdf:type"), term(kind))
    yield Triple(node, term("tkg:inDocument"), document)
    yield Triple(node, term("tkg:start"), integer(span.start))
    yield Triple(node, term("tkg:end"), integer(span.end))
    yield Triple(node, term("tkg:quote"), plain(span.quote))
    yield Triple(node, term("prov:wasGeneratedBy"), run)


def mention_triples(linked: LinkedReading, document: NamedNode, run: NamedNode) -> Iterator[Triple]:
    """Every mention of an actor and of an event."""
    for entity in linked.reading.entities:
        link = linked.actors[entity.id]
        actor = iri(link.iri)
        for span in entity.mentions:
            node = _node(document, span, "actor", actor.value)
            yield from _located(node, "tkg:ActorMention", span, document, run)
            yield Triple(node, term("tkg:ofActor"), actor)
            yield Triple(node, term("tkg:linkConfidence"), decimal(link.confidence))
            yield Triple(node, term("tkg:linkReason"), plain(link.reason))
    for event in linked.events:
        for mention in event.mentions:
            yield from _event_mention(linked, event, mention, document, run)


def _event_mention(
    linked: LinkedReading,
    event: LinkedEvent,
    mention: EventMention,
    document: NamedNode,
    run: NamedNode,
) -> Iterator[Triple]:
    for span in (mention.evidence, *mention.also):
        key = f"{event.iri} {mention.modality.value} {mention.trigger.start}"
        node = _node(document, span, "event", key)
        yield from _located(node, "tkg:EventMention", span, document, run)
        yield Triple(node, term("tkg:ofEvent"), iri(event.iri))
        yield Triple(node, term("tkg:modality"), plain(mention.modality.value))
        yield Triple(node, term("tkg:confidence"), decimal(mention.confidence))
        yield Triple(node, term("tkg:rule"), plain(mention.rule))
        if span == mention.evidence:
            yield Triple(node, term("tkg:trigger"), plain(mention.trigger.quote))
        if mention.date_origin:
            yield Triple(node, term("tkg:dateOrigin"), plain(mention.date_origin))
        if mention.speaker:
            yield Triple(node, term("tkg:speaker"), iri(linked.actors[mention.speaker].iri))


def office_triples(linked: LinkedReading, document: NamedNode, run: NamedNode) -> Iterator[Triple]:
    """Every office that the text states."""
    for statement in linked.reading.offices:
        holder = iri(linked.actors[statement.holder].iri)
        key = f"{holder.value} {statement.office}"
        node = _node(document, statement.evidence, "office", key)
        yield from _located(node, "tkg:OfficeMention", statement.evidence, document, run)
        yield Triple(node, term("tkg:ofActor"), holder)
        yield Triple(node, term("tkg:officeLabel"), plain(statement.office))
        if statement.body:
            yield Triple(node, term("tkg:bodyLabel"), plain(statement.body))
        if statement.body_reference:
            yield Triple(node, term("tkg:body"), iri(statement.body_reference))
        if statement.status:
            yield Triple(node, term("tkg:officeStatus"), plain(statement.status.value))


def claim_triples(linked: LinkedReading, document: NamedNode, run: NamedNode) -> Iterator[Triple]:
    """Every claim: who maintains what, and which words it rebuts."""
    for claim in linked.reading.claims:
        claimant = iri(linked.actors[claim.claimant].iri)
        node = _node(document, claim.gist, "claim", f"{claimant.value} {claim.issue}")
        yield from _located(node, "tkg:Claim", claim.gist, document, run)
        yield Triple(node, term("tkg:claimant"), claimant)
        yield Triple(node, term("tkg:issue"), iri(issue_iri(claim.issue)))
        yield Triple(node, term("tkg:polarity"), plain(claim.polarity.value))
        if claim.rebuts:
            yield Triple(node, term("tkg:rebuts"), plain(claim.rebuts.quote))
