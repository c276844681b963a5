"""Canonical serialisation: equal content, equal bytes, whatever the engine's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.errors import FormatError
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FORMATS", "triples_bytes", "write"]

FORMATS: dict[str, RdfFormat] = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
}
_LINES = (RdfFormat.N_QUADS, RdfFormat.N_TRIPLES)


def write(quads: Iterable[Quad], out: BinaryIO, format: str) -> None:  # noqa: A002 - the users' word
    """Write quads to ``out``; formats without graphs get the union of all graphs.

    Raises:
        FormatError: a format that is none of FORMATS.
    """
    kind = _format(format)
    data: Iterable[Quad] | set[Triple] = quads
    if not kind.supports_datasets:
        data = {quad.triple for quad in quads}
    if kind in _LINES:
        lines = _encode(data, kind).split(b"\n")
        out.write(b"".join(line + b"\n" for line in sorted(lines) if line))
        return
    out.write(_encode(sorted(data, key=_order), kind))


def triples_bytes(triples: Iterable[Triple], format: str) -> bytes:  # noqa: A002 - the users' word
    """Triples as turtle, ntriples or any other of FORMATS, sorted.

    Raises:
        FormatError: a format that is none of FORMATS.
    """
    kind = _format(format)
    return _encode(sorted(triples, key=_order), kind)


def _format(name: str) -> RdfFormat:
    try:
        return FORMATS[name]
    except KeyError:
        raise FormatError(
            f"unknown graph format {name!r}", f"one of: {', '.join(FORMATS)}"
        ) from None


def _order(item: Quad | Triple) -> tuple[str, ...]:
    graph = str(item.graph_name) if isinstance(item, Quad) else ""
    return graph, str(item.subject), str(item.predicate), str(item.object)


def _encode(data: Iterable[Quad] | Iterable[Triple], kind: RdfFormat) -> bytes:
    prefixes = None if kind in _LINES else PREFIXES
    return serialize(data, format=kind, prefixes=prefixes) or b""
