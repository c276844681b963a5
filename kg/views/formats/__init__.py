"""Exchange formats other than RDF: one exporter per module, found by name or file suffix.

NetworkX is imported only when a network is written.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import FormatError
from kg.views.formats import gexf, graphml, lines, table
from kg.views.formats.base import Exporter, Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["EXPORTERS", "Exporter", "Source", "exporter", "exporter_for"]

EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {each.name: each for each in (graphml.EXPORTER, gexf.EXPORTER, table.EXPORTER, lines.EXPORTER)}
)


def exporter(name: str) -> Exporter:
    """The exporter called ``name``; FormatError lists those there are."""
    try:
        return EXPORTERS[name.lower()]
    except KeyError:
        raise FormatError(f"unknown format: {name}", f"choose {', '.join(EXPORTERS)}") from None


def exporter_for(path: Path) -> Exporter:
    """The exporter for a file name's ending; FormatError when no format has it."""
    for each in EXPORTERS.values():
        if path.suffix.lower() in each.suffixes:
            return each
    endings = ", ".join(each.suffixes[0] for each in EXPORTERS.values())
    raise FormatError(f"no format for {path.name}", f"name a file ending in {endings}")
