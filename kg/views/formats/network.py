"""Views and graphs as plain NetworkX graphs that the XML writers accept.

NetworkX's writers fail on None, dates and lists, and let control characters through, which makes
a file no parser accepts. Here every attribute becomes text, an integer, a float or a boolean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.views.model import AtlasView, EventView, Level

if TYPE_CHECKING:
    import networkx as nx

    from kg.views.formats.base import Source

__all__ = ["as_network", "clean", "network"]

# Everything XML 1.0 forbids, and the lone surrogates UTF-8 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    r"""``text`` without the characters that XML 1.0 forbids; line ends as ``\n``.

    >>> clean("a\x00b\r\nc")
    'ab\nc'
    """
    return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def network(source: Source, level: Level) -> nx.Graph[Any]:
    """What is to be written: the view's network at ``level``, or a tidied copy of a graph."""
    return as_network(source, level) if isinstance(source, AtlasView) else _tidied(source)


def as_network(view: AtlasView, level: Level = "polity") -> nx.MultiDiGraph[Any]:
    """One edge for each event and pair of its sides, from actor to recipient.

    A joint act ("A and B met") is one edge with ``joint`` true, in alphabetical direction.
    ``weight`` is |intensity| and ``sign`` stands apart, because most programs want no negative
    weights. ``start`` and ``end`` are the first and last day the date can mean; undated events
    have neither. Only actors that occur in an event at this level become nodes.
    """
    import networkx as nx  # noqa: PLC0415  # a tenth of a second that `kg --help` need not wait

    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(name=clean(view.title))
    pairs = [
        (event, pair)
        for event in sorted(view.events, key=lambda event: (event.date or "9999", event.id))
        for pair in event.sides(level).pairs()
    ]
    present = {one for _, pair in pairs for one in pair}
    camps = view.camp_of(level)
    for node in sorted(view.nodes, key=lambda node: node.id):
        if node.id in present:
            attributes = {
                "label": node.label,
                "kind": node.kind,
                "polity": node.polity,
                "blocs": node.blocs,
                "offices": node.offices,
                "camp": camps.get(node.id, 0),
            }
            graph.add_node(clean(node.id), **_attributes(attributes))
    for event, (actor, recipient) in pairs:
        key = f"{clean(event.id)}/{graph.number_of_edges()}"
        graph.add_edge(clean(actor), clean(recipient), key, **_edge(event, level))
    return graph


def _edge(event: EventView, level: Level) -> dict[str, Any]:
    days = {"start": event.when.first, "end": event.when.last} if event.when else {}
    best = event.mentions[0] if event.mentions else None
    return _attributes(
        {
            "label": event.type,
            "event": event.id,
            "event_type": event.type,
            "event_class": event.event_class,
            "sign": event.sign,
            "weight": abs(event.intensity),
            "status": event.status,
            "date": event.date,
            "precision": event.precision,
            **days,
            "joint": event.sides(level).joint,
            "issues": [issue.code for issue in event.issues],
            "place": event.place,
            "venue": event.venue,
            "confidence": event.confidence,
            "sentences": len(event.mentions),
            "quote": best.quote if best else None,
            "document": (best.row or best.title) if best else None,
            "source": best.source if best else None,
        }
    )


def _tidied(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """A copy with plain attributes; a negative ``weight`` becomes |weight| and ``sign``."""
    copy: nx.Graph[Any] = graph.__class__(**_attributes(graph.graph))
    for node, data in graph.nodes(data=True):
        copy.add_node(clean(str(node)), **_attributes(data))
    edges: Any = graph.edges
    for *ends, data in edges(data=True, **({"keys": True} if graph.is_multigraph() else {})):
        attributes = _attributes(data)
        weight = attributes.get("weight")
        if isinstance(weight, int | float):
            attributes.setdefault("sign", (weight > 0) - (weight < 0))
            attributes["weight"] = abs(weight)
        copy.add_edge(*(clean(str(end)) for end in ends), **attributes)
    return copy


def _attributes(data: Mapping[Any, Any]) -> dict[str, Any]:
    plain = ((clean(str(name)), _plain(value)) for name, value in data.items())
    return {name: value for name, value in plain if value is not None}


def _plain(value: Any) -> str | int | float | bool | None:
    """Text, number or boolean; collections joined by "; "; None for what is not there."""
    unboxed = getattr(value, "item", None)  # NumPy scalars, some of which pass for floats
    if callable(unboxed):
        value = unboxed()
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, set | frozenset):
        value = sorted(map(str, value))
    if isinstance(value, Iterable) and not isinstance(value, str):
        value = "; ".join(map(str, value))
    return clean(str(value))
