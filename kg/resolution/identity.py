"""What makes two mentions one event.

An event is what happened, between whom, when: its IRI is a hash of type, sides, date and status.
Only a date known to the day carries across documents. With a coarser or unknown date two documents
may well tell two different acts, so the document's id joins the hash and the events stay apart.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from kg.namespaces import ID
from kg.records import PartialDate, Precision, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["event_iri"]


def event_iri(
    event_type: str,
    actors: Iterable[str],
    recipients: Iterable[str],
    date: PartialDate | None,
    status: Status,
    document_id: str,
) -> str:
    """The IRI of an event, from what it is.

    Args:
        event_type: notation in the event-type scheme.
        actors: IRIs of those who act, in any order.
        recipients: IRIs of those it is done to, in any order.
        date: when it happened, if known.
        status: realised, hypothetical or negated: an act and its denial are two nodes.
        document_id: used only when the date is not known to the day.
    """
    shared = date is not None and date.precision is Precision.DAY
    identity = [
        event_type,
        sorted(set(actors)),
        sorted(set(recipients)),
        str(date or ""),
        status.value,
        "" if shared else document_id,
    ]
    digest = hashlib.sha256(json.dumps(identity).encode()).hexdigest()
    return f"{ID}event/{digest[:16]}"
