"""CSV: one row for each sentence that tells an event, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from kg.views.formats.base import Exporter
from kg.views.formats.network import network
from kg.views.model import AtlasView, EventView, MentionView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.views.formats.base import Source
    from kg.views.model import Level

__all__ = ["COLUMNS", "EXPORTER", "safe"]

COLUMNS = (
    *("event", "date", "precision", "actors", "recipients", "actor_polities"),
    *("recipient_polities", "type", "class", "sign", "intensity", "status", "issues", "place"),
    *("venue", "confidence", "quote", "title", "outlet", "published", "source", "document"),
    *("start", "end", "modality", "speaker", "mention_confidence", "extractor"),
)


def safe(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets a leading apostrophe.

    >>> safe("=1+1"), safe(" -x"), safe(-4.0), safe("a-b")
    ("'=1+1", "' -x", -4.0, 'a-b')
    """
    if not isinstance(value, str):
        return value
    value = value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    opens = value.lstrip()[:1] in ("=", "+", "-", "@") or value[:1] in ("\t", "\r")
    return f"'{value}" if opens and value else value


def _text(source: Source, level: Level) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    rows = _events(source) if isinstance(source, AtlasView) else _edges(network(source, level))
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _events(view: AtlasView) -> Iterator[tuple[object, ...]]:
    labels = {node.id: node.label for node in view.nodes}
    yield COLUMNS
    for event in sorted(view.events, key=lambda event: (event.date or "9999", event.id)):
        for mention in event.mentions or (None,):
            yield (*_event(event, labels), *_mention(mention))


def _event(event: EventView, labels: dict[str, str]) -> tuple[object, ...]:
    def names(ids: tuple[str, ...]) -> str:
        return "; ".join(labels[one] for one in ids)

    return (
        *(event.id, event.date or "", event.precision),
        *(names(event.person.actors), names(event.person.recipients)),
        *(names(event.polity.actors), names(event.polity.recipients)),
        *(event.type, event.event_class, event.sign, event.intensity, event.status),
        *("; ".join(issue.code for issue in event.issues), event.place, event.venue),
        event.confidence,
    )


def _mention(mention: MentionView | None) -> tuple[object, ...]:
    if mention is None:
        return ("",) * 12
    return (
        *(mention.quote, mention.row or mention.title, mention.outlet, mention.published or ""),
        mention.source,
        *(mention.document, mention.start, mention.end, mention.modality, mention.speaker),
        *(mention.confidence, mention.extractor),
    )


def _edges(graph: Any) -> Iterator[tuple[object, ...]]:
    """A graph's edges: source, target, and every attribute that any edge has."""
    names = sorted({name for *_, data in graph.edges(data=True) for name in data})
    yield ("source_node", "target_node", *names)
    for source, target, data in graph.edges(data=True):
        yield (source, target, *(data.get(name, "") for name in names))


EXPORTER = Exporter("csv", (".csv",), "text/csv", _text)
