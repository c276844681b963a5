"""Small helpers that make RDF terms; nothing else in the project spells a literal."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kg.records import PartialDate

__all__ = [
    "dated",
    "day",
    "decimal",
    "integer",
    "iri",
    "plain",
    "term",
]


@cache
def term(name: str) -> NamedNode:
    """``term("tkg:Event")``: a prefixed name as a node; KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def iri(value: str) -> NamedNode:
    """An absolute IRI as a node; ValueError when it is none."""
    return NamedNode(value)


def plain(text: str) -> Literal:
    """A simple literal; lone surrogates, which no serialisation can carry, are replaced."""
    return Literal(text.encode("utf-8", "replace").decode("utf-8"))


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=term("xsd:integer"))


def decimal(value: float) -> Literal:
    """An xsd:decimal in its canonical form, to three places ("0.85", "4.0", "-7.2")."""
    number = Decimal(f"{value:.3f}").normalize()
    text = f"{number:f}"
    return Literal(text if "." in text else text + ".0", datatype=term("xsd:decimal"))


def day(value: date) -> Literal:
    """An xsd:date."""
    return Literal(value.isoformat(), datatype=term("xsd:date"))


def dated(subject: NamedNode, predicate: str, value: PartialDate | None) -> Iterator[Triple]:
    """The first day a date can mean, with its precision; nothing for an unknown date."""
    if value is not None:
        yield Triple(subject, term(predicate), day(value.first))
        yield Triple(subject, term("tkg:datePrecision"), plain(value.precision.value))
