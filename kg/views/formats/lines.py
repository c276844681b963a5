"""JSON Lines: one event a line, with its sides, its evidence and nothing left out."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.views.formats.base import Exporter
from kg.views.formats.network import network
from kg.views.model import LEVELS, AtlasView, EventView

if TYPE_CHECKING:
    from kg.views.formats.base import Source
    from kg.views.model import Level, NodeView

__all__ = ["EXPORTER"]


def _text(source: Source, level: Level) -> str:
    if isinstance(source, AtlasView):
        nodes = {node.id: node for node in source.nodes}
        events = sorted(source.events, key=lambda event: (event.date or "9999", event.id))
        records = [_event(event, nodes) for event in events]
    else:
        graph = network(source, level)
        records = [
            {"source": one, "target": other, **data} for one, other, data in graph.edges(data=True)
        ]
    return "".join(f"{_line(record)}\n" for record in records)


def _line(record: dict[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False)
    # Lone surrogates cannot be written as UTF-8; as escapes they can.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _event(event: EventView, nodes: dict[str, NodeView]) -> dict[str, Any]:
    record = asdict(event)
    record["precision"] = event.precision
    for level in LEVELS:
        sides = event.sides(level)
        record[level] = {
            role: [{"id": one, "label": nodes[one].label, "kind": nodes[one].kind} for one in ids]
            for role, ids in (("actors", sides.actors), ("recipients", sides.recipients))
        }
    return record


EXPORTER = Exporter("jsonl", (".jsonl", ".ndjson"), "application/jsonl", _text)
