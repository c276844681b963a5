"""Turn an :class:`~kg.views.model.AtlasView` into what the page carries.

The page holds three networks (bloc, polity, person). Each is a list of pyvis nodes with fixed
places and a list of pyvis edges, one per pair, that know their events by number; everything
else (evidence, documents, issues) rides beside them as plain JSON.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from kg.views.html.layout import positions
from kg.views.model import LEVELS, AtlasView, EventView, Level, MentionView, NodeView

__all__ = ["Payload", "display_label", "payload", "short_keys"]

_SHAPES = {"person": "dot", "state": "square", "bloc": "hexagon", "organisation": "diamond"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(slots=True)
class Payload:
    """The page's data: pyvis ``nodes`` and ``edges``, and ``data`` for everything else."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


def payload(view: AtlasView) -> Payload:
    """Number, lay out and pack everything in ``view``; deterministic for equal input."""
    people = sorted(view.nodes, key=lambda node: (node.label.casefold(), node.id))
    number = {node.id: index for index, node in enumerate(people)}
    events = sorted(view.events, key=lambda event: event.id)
    events.sort(key=lambda event: event.date or "", reverse=True)
    keys = short_keys([node.id for node in people])
    packed = Payload()
    for level in LEVELS:
        _add_level(packed, level, people, keys, _pairs(events, level, number))
    labels = {issue.code: issue.label for event in events for issue in event.issues}
    documents: dict[tuple[str | None, ...], int] = {}
    packed.data = {
        "title": view.title,
        "subtitle": view.subtitle,
        "summary": [list(line) for line in view.generated_from],
        "actors": [_actor(node, key) for node, key in zip(people, keys, strict=True)],
        "issues": [[code, labels[code]] for code in sorted(labels)],
        "events": [
            {"key": key, **_event(event, number, documents)}
            for event, key in zip(events, short_keys([event.id for event in events]), strict=True)
        ],
        "documents": [],
    }
    packed.data["documents"] = [list(document[:4]) for document in documents]
    return packed


def short_keys(ids: list[str]) -> list[str]:
    """Names fit for a deep link: the IRI's last part where that is unique, else a number.

    >>> short_keys(["https://example.org/id/state/us", "https://example.org/id/bloc/eu", "x y"])
    ['us', 'eu', 'n2']
    """
    tails = [re.split(r"[/#]", text.rstrip("/#"))[-1] for text in ids]
    seen = Counter(tails)
    return [
        tail if seen[tail] == 1 and re.fullmatch(r"(?!n\d)[a-z0-9-]{1,80}", tail) else f"n{index}"
        for index, tail in enumerate(tails)
    ]


def display_label(text: str, limit: int = 26) -> str:
    """A label for the canvas: one line, no control or direction marks, at most ``limit`` long."""
    clean = "".join(char for char in text if unicodedata.category(char) not in _UNSEEN).strip()
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def _pairs(
    events: list[EventView], level: Level, number: dict[str, int]
) -> dict[tuple[int, int], dict[str, list[int]]]:
    """Unordered pairs of node numbers with their events: ``out`` a→b, ``back`` b→a, ``both``."""
    found: dict[tuple[int, int], dict[str, list[int]]] = {}
    for index, event in enumerate(events):
        sides = event.sides(level)
        for actor, recipient in sides.pairs():
            a, b = number[actor], number[recipient]
            share = found.setdefault((min(a, b), max(a, b)), {"out": [], "back": [], "both": []})
            share["both" if sides.joint else "out" if a < b else "back"].append(index)
    return dict(sorted(found.items()))


def _add_level(
    packed: Payload,
    level: Level,
    people: list[NodeView],
    keys: list[str],
    pairs: dict[tuple[int, int], dict[str, list[int]]],
) -> None:
    present = sorted({index for pair in pairs for index in pair})
    rank = {index: place for place, index in enumerate(present)}
    weights = [
        (rank[a], rank[b], float(sum(len(part) for part in share.values())))
        for (a, b), share in pairs.items()
    ]
    places = positions(len(present), weights)
    for index, (x, y) in zip(present, places, strict=True):
        node = people[index]
        packed.nodes.append(
            {
                "id": f"{level}:{keys[index]}",
                "label": display_label(node.label) or "(no name)",
                "shape": _SHAPES.get(node.kind, "dot"),
                "x": x,
                "y": y,
                "level": level,
                "actor": index,
            }
        )
    for (a, b), share in pairs.items():
        packed.edges.append(
            {
                "id": f"{level}:{keys[a]},{keys[b]}",
                "from": f"{level}:{keys[a]}",
                "to": f"{level}:{keys[b]}",
                "level": level,
                **share,
            }
        )


def _actor(node: NodeView, key: str) -> dict[str, Any]:
    return {
        "key": key,
        "label": node.label,
        "kind": node.kind,
        "polity": node.polity,
        "blocs": list(node.blocs),
        "offices": list(node.offices),
        "camp": node.camp,
    }


def _event(
    event: EventView, number: dict[str, int], documents: dict[tuple[str | None, ...], int]
) -> dict[str, Any]:
    def side(level: Level) -> list[list[int]]:
        both = event.sides(level)
        return [[number[one] for one in part] for part in (both.actors, both.recipients)]

    return {
        "type": event.type,
        "class": event.event_class,
        "sign": event.sign,
        "intensity": round(event.intensity, 2),
        "status": event.status,
        "date": event.date or "",
        "sides": {level: side(level) for level in LEVELS},
        "issues": sorted({issue.code for issue in event.issues}),
        "place": event.place,
        "venue": event.venue,
        "confidence": round(event.confidence, 3),
        "mentions": [_mention(mention, documents) for mention in event.mentions],
    }


def _mention(mention: MentionView, documents: dict[tuple[str | None, ...], int]) -> dict[str, Any]:
    origin = (
        mention.title,
        mention.outlet,
        mention.published or "",
        mention.source,
        mention.document,
    )
    return {
        "quote": mention.quote,
        "before": mention.before,
        "after": mention.after,
        "document": documents.setdefault(origin, len(documents)),
        "start": mention.start,
        "end": mention.end,
        "modality": mention.modality,
        "speaker": mention.speaker,
        "confidence": round(mention.confidence, 3),
        "extractor": mention.extractor,
    }
