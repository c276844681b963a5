"""GEXF, for Gephi: |weight| with the sign apart, and the days an event can have happened on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import indent, tostring

from kg.views.formats.base import Exporter
from kg.views.formats.network import network

if TYPE_CHECKING:
    from kg.views.formats.base import Source
    from kg.views.model import Level

__all__ = ["EXPORTER"]

_NAMESPACE = "{http://www.gexf.net/1.2draft}"


def _text(source: Source, level: Level) -> str:
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415  # only when one is written

    graph = network(source, level)
    if any("start" in data for *_, data in graph.edges(data=True)):
        graph.graph.update(mode="dynamic")
    writer = GEXFWriter(encoding="utf-8", prettyprint=False, version="1.2draft")
    writer.add_graph(graph)
    for meta in [*writer.xml.iter("meta"), *writer.xml.iter(f"{_NAMESPACE}meta")]:
        meta.attrib.pop("lastmodifieddate", None)  # equal input, equal file
        for creator in meta:
            if creator.tag.endswith("creator"):
                creator.text = "transatlantic-kg"
    indent(writer.xml)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(writer.xml, "unicode") + "\n"


EXPORTER = Exporter("gexf", (".gexf",), "application/gexf+xml", _text)
