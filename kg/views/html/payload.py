"""Turn an :class:`~kg.views.model.AtlasView` into what the page carries.

The page holds three networks (bloc, polity, person). Each is a list of pyvis nodes with fixed
places and a list of pyvis edges, one per pair, that know their actors and events by number;
everything else (evidence, documents, issues) rides beside them as rows of plain JSON.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from kg.views.html.layout import positions
from kg.views.html.packing import Packer
from kg.views.model import LEVELS, AtlasView, EventView, Level

__all__ = ["Payload", "display_label", "payload", "short_keys"]

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(slots=True)
class Payload:
    """The page's data: pyvis ``nodes`` and ``edges``, and ``data`` for everything else."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


def payload(view: AtlasView, start: str = "") -> Payload:
    """Number, lay out and pack everything in ``view``; deterministic for equal input.

    Args:
        view: what to show.
        start: what the page opens on when its address says nothing ("pair=us,eu&since=2025").
    """
    people = sorted(view.nodes, key=lambda node: (node.label.casefold(), node.id))
    number = {node.id: index for index, node in enumerate(people)}
    events = sorted(view.events, key=lambda event: event.id)
    events.sort(key=lambda event: event.date or "", reverse=True)
    packed, packer = Payload(), Packer(number)
    for place, level in enumerate(LEVELS):
        _add_level(packed, place, _pairs(events, level, number))
    found = [issue for event in events for issue in event.issues]
    labels = {issue.top: issue.top_label for issue in found if issue.top}
    labels |= {issue.code: issue.label for issue in found}
    above = {issue.code: issue.top for issue in found}
    node_keys = short_keys([node.id for node in people])
    event_keys = short_keys([event.id for event in events])
    packed.data = {
        "title": view.title,
        "subtitle": view.subtitle,
        "start": start,
        "summary": [list(line) for line in view.generated_from],
        "levels": list(LEVELS),
        "actors": [
            packer.actor(node, key, display_label(node.label) or "(no name)")
            for node, key in zip(people, node_keys, strict=True)
        ],
        "issues": [[code, labels[code], above.get(code, "")] for code in sorted(labels)],
        "events": [packer.event(event, key) for event, key in zip(events, event_keys, strict=True)],
        "camps": {
            division.level: {
                "note": division.note,
                "camps": [sorted(number[node] for node in camp) for camp in division.camps],
            }
            for division in view.camps
        },
    }
    packed.data |= {"words": packer.words, "documents": packer.documents}
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
    packed: Payload, level: int, pairs: dict[tuple[int, int], dict[str, list[int]]]
) -> None:
    """Nodes with their places, and one edge for each pair."""
    present = sorted({index for pair in pairs for index in pair})
    rank = {index: place for place, index in enumerate(present)}
    weights = [
        (rank[a], rank[b], float(sum(len(part) for part in share.values())))
        for (a, b), share in pairs.items()
    ]
    places = positions(len(present), weights)
    packed.nodes += [
        {"level": level, "actor": index, "x": x, "y": y}
        for index, (x, y) in zip(present, places, strict=True)
    ]
    packed.edges += [
        {"level": level, "from": a, "to": b, **share} for (a, b), share in pairs.items()
    ]
