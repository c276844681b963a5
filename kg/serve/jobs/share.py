"""What leaves the app: the exported page, and the open questions with their keys."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.serve.jobs.acts import label, short

if TYPE_CHECKING:
    from kg.serve.child import Child
    from kg.workspace.judging import JudgementRow
    from kg.workspace.review import Question

__all__ = ["Asking", "atlas", "judgements", "questions"]

MOST_EVENTS = 30_000  # of a store that is still exported as one page
MOST_QUESTIONS = 500

_MANY = f"SELECT ?event WHERE {{ ?event a tkg:Event }} LIMIT {MOST_EVENTS + 1}"


@dataclass(frozen=True, slots=True)
class Asking:
    """An open question under a key of its own, with what it is about as (page, id, name)."""

    key: str
    question: Question
    links: tuple[tuple[str, str, str], ...]


def atlas(child: Child) -> bytes:
    """The page of ``kg export html``.

    Raises:
        UsageError: there are too many events for one page.
    """
    from kg.views.html import html_page  # noqa: PLC0415 - pyvis takes half a second to import

    if len(child.graph.store.select(_MANY)) > MOST_EVENTS:
        raise UsageError(
            f"the store holds more than {MOST_EVENTS:,} events, too many to draw at once",
            "the matrix, the pairs and the actors show them",
        )
    return html_page(child.graph.view()).encode("utf-8")


def questions(child: Child) -> tuple[tuple[Asking, ...], int]:
    """The first open questions, and how many there are."""
    found = child.graph.questions()
    return tuple(_asking(child, question) for question in found[:MOST_QUESTIONS]), len(found)


def judgements(child: Child) -> tuple[JudgementRow, ...]:
    """The log, latest entry first."""
    return tuple(reversed(child.graph.judgements()))


def _asking(child: Child, question: Question) -> Asking:
    content = repr((question.topic.value, question.subjects, question.others, question.document))
    links = []
    for iri in dict.fromkeys((*question.subjects, *question.others)):
        identifier = short(iri)
        if identifier.startswith("event/"):
            links.append(("event", identifier.removeprefix("event/"), identifier))
        else:
            links.append(("actor", identifier, label(child, iri)))
    if question.document:
        identifier = short(question.document).removeprefix("document/")
        links.append(("document", identifier, "the document"))
    return Asking(hashlib.sha256(content.encode()).hexdigest()[:24], question, tuple(links))
