"""GraphML, for yEd, Cytoscape, igraph and whoever reads XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.views.formats.base import Exporter
from kg.views.formats.network import network

if TYPE_CHECKING:
    from kg.views.formats.base import Source
    from kg.views.model import Level

__all__ = ["EXPORTER"]


def _text(source: Source, level: Level) -> str:
    import networkx as nx  # noqa: PLC0415  # only when a network is written

    graph = network(source, level)
    lines = nx.generate_graphml(graph, encoding="utf-8", named_key_ids=True)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n"


EXPORTER = Exporter("graphml", (".graphml",), "application/graphml+xml", _text)
