"""Which of the formats on offer a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["GRAPHS", "ROWS", "choose"]

ROWS: dict[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types for tables and for yes or no, the server's own preference first."""

GRAPHS: dict[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/x-turtle": "turtle",
    "application/xml": "rdfxml",
    "text/plain": "ntriples",
}
"""Media types for graphs."""

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def choose(accept: str | None, offers: Mapping[str, str]) -> str | None:
    """The best of ``offers`` for an Accept header; None when none will do.

    The most specific range that fits a type sets its quality; of equal ones the first offered wins.

    >>> choose("text/csv;q=0.5, application/*", {"text/csv": "", "application/json": ""})
    'application/json'
    >>> choose("text/html", {"text/csv": ""}) is None
    True
    """
    ranges = list(_ranges(accept or "")) or [("*", "*", 1.0)]
    best, best_quality = None, 0.0
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def _quality(offer: str, ranges: list[tuple[str, str, float]]) -> float:
    main, _, sub = offer.partition("/")
    fits = [
        ((a, b) != ("*", "*"), b != "*", quality)
        for a, b, quality in ranges
        if a in ("*", main) and b in ("*", sub)
    ]
    return max(fits)[2] if fits else 0.0


def _ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    for part in accept.split(","):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        main, slash, sub = kind.lower().partition("/")
        if not slash or not main or not sub or (main == "*" and sub != "*"):
            continue
        quality = "1"
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                quality = value.strip()
        if _QUALITY.fullmatch(quality):
            yield main, sub, float(quality)
