"""What deserves a person's eye: doubtful duplicates, weak events and links, near namesakes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.analysis import told_doubts, told_events
from kg.judgements import Decisions, Verdict, read_log
from kg.namespaces import ID, document_iri
from kg.records import ActorKind
from kg.workspace.told import feeds_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis import SignedEvent
    from kg.reference.world import World
    from kg.store.base import Reader

__all__ = ["Question", "Topic", "questions", "unasked"]

BELOW = 0.5  # confidence under which an event is asked about
UNSURE = 0.75  # confidence under which a link is asked about

_LINKS = """
SELECT DISTINCT ?document ?actor ?confidence ?reason ?title WHERE {
  ?mention a tkg:ActorMention ; tkg:inDocument ?document ; tkg:ofActor ?actor ;
    tkg:linkConfidence ?confidence ; tkg:linkReason ?reason .
  OPTIONAL { ?document dcterms:title ?title }
}"""

_PEOPLE = """
SELECT DISTINCT ?person ?label WHERE {
  ?mention a tkg:ActorMention ; tkg:ofActor ?person .
  ?person a tkg:Person ; rdfs:label ?label .
}"""


class Topic(StrEnum):
    """What a question is about."""

    DUPLICATES = "duplicates"
    EVENTS = "events"
    LINKS = "links"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide.

    Attributes:
        topic: what it is about.
        text: lines to show.
        choices: the verdicts that answer it.
        subjects, others: IRIs the judgement will name.
        document: IRI of the document a link belongs to, else "".
    """

    topic: Topic
    text: tuple[str, ...]
    choices: tuple[Verdict, ...]
    subjects: tuple[str, ...]
    others: tuple[str, ...] = ()
    document: str = ""


def questions(
    store: Reader, world: World, topics: tuple[Topic, ...] = tuple(Topic), below: float = BELOW
) -> tuple[Question, ...]:
    """All open questions, in the order of topics, each in the order of IRIs.

    Args:
        store: where to look.
        world: to compare newcomers with.
        topics: which kinds of question.
        below: events whose confidence is less are asked about.
    """
    decisions = read_log(store).decisions()
    makers = {
        Topic.DUPLICATES: lambda: _duplicates(store),
        Topic.EVENTS: lambda: _events(store, below),
        Topic.LINKS: lambda: _links(store, world, decisions),
        Topic.PEOPLE: lambda: _people(store, world, decisions),
    }
    return tuple(question for topic in Topic if topic in topics for question in makers[topic]())


def unasked(store: Reader) -> int:
    """How many events feeds tell: a coder is as sure of each, so that none is asked about.

    Those that a document tells, too, are asked about as that document's.
    """
    return sum(feed.events for feed in feeds_of(store) if not feed.kind.startswith("un-"))


def _duplicates(store: Reader) -> Iterator[Question]:
    for doubt in told_doubts(store):
        yield Question(
            Topic.DUPLICATES,
            (f"Are these one act? ({doubt.reason})", *_told(doubt.one), *_told(doubt.other)),
            (Verdict.SAME, Verdict.DIFFERENT),
            doubt.one.iris,
            doubt.other.iris,
        )


def _events(store: Reader, below: float) -> Iterator[Question]:
    for event in told_events(store):
        if event.confidence < below and not event.judged:
            yield Question(
                Topic.EVENTS,
                (f"Is this right? (confidence {event.confidence:.2f})", *_told(event)),
                (Verdict.RIGHT, Verdict.WRONG),
                event.iris,
            )


def _links(store: Reader, world: World, decisions: Decisions) -> Iterator[Question]:
    asked = decisions.right_links | decisions.wrong_links
    rows = store.select(_LINKS).texts()
    for document, actor, confidence, reason, title in sorted(rows):
        if float(confidence) < UNSURE and (document, actor) not in asked:
            name = world.label(actor)
            where = title or document.removeprefix(document_iri(""))
            yield Question(
                Topic.LINKS,
                (
                    f"Does “{where}” mean {name}? (confidence {float(confidence):.2f})",
                    f"  {reason}",
                ),
                (Verdict.RIGHT, Verdict.WRONG),
                (actor,),
                document=document,
            )


def _people(store: Reader, world: World, decisions: Decisions) -> Iterator[Question]:
    """People only documents know whose surname somebody in the reference data bears."""
    namesakes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for actor in world.actors.values():
        if actor.kind is ActorKind.PERSON and actor.family_name:
            namesakes[actor.family_name.casefold()].append((actor.iri, actor.label))
    asked = decisions.same | decisions.different
    for person, label in sorted(store.select(_PEOPLE).texts()):
        words = label.split()
        if person in world.actors or not words:
            continue
        for other, name in namesakes.get(words[-1].casefold(), ()):
            near = len(words) == 1 or words[0][:1].casefold() == name[:1].casefold()
            if near and (min(person, other), max(person, other)) not in asked:
                yield Question(
                    Topic.PEOPLE,
                    (f"Is “{label}”, whom only documents know, the same as {name}?",),
                    (Verdict.SAME, Verdict.DIFFERENT),
                    (other,),
                    (person,),
                )


def _told(event: SignedEvent) -> tuple[str, ...]:
    best = event.best
    identifier = event.iri.removeprefix(f"{ID}event/")
    head = f"  {event.date or 'undated'}  {event.label}  ({identifier})"
    if best is None:
        return (head,)
    where = ", ".join(filter(None, [best.title or best.source, best.outlet]))
    return head, f"    “{best.quote}”", f"    {where}"
