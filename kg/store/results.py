"""Query results as tables for people and as the standard formats for programs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import FormatError
from kg.namespaces import PREFIXES
from kg.store.base import Rows, Triples
from kg.store.dump import FORMATS as GRAPH_FORMATS
from kg.store.dump import triples_bytes

if TYPE_CHECKING:
    from kg.store.base import Result, Term

__all__ = [
    "GRAPH_FORMATS",
    "TABLE_FORMATS",
    "read_rows",
    "read_triples",
    "serialise",
    "shorten",
    "table",
]

TABLE_FORMATS: dict[str, QueryResultsFormat] = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
"""W3C formats for SELECT and ASK; GRAPH_FORMATS are those for CONSTRUCT and DESCRIBE."""

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LOCAL = re.compile(r"[\w][\w./-]*")


def serialise(result: Result, format: str) -> bytes:  # noqa: A002 - the users' word
    """A result in a standard format (SPARQL 1.1 Results JSON, XML, CSV, TSV; or RDF).

    Args:
        result: what ``Reader.query`` returned.
        format: one of TABLE_FORMATS for rows and answers, one of GRAPH_FORMATS for triples.

    Raises:
        FormatError: a format that does not exist, or not for this kind of result.
    """
    if isinstance(result, Triples):
        if format in TABLE_FORMATS:
            raise FormatError(
                f"this query answers with a graph, which cannot be written as {format}",
                f"one of: {', '.join(GRAPH_FORMATS)}",
            )
        return triples_bytes(result.triples, format)
    if format not in TABLE_FORMATS:
        problem = "this query answers with a table, not a graph" if format in GRAPH_FORMATS else ""
        raise FormatError(
            problem or f"unknown format of results {format!r}",
            f"one of: {', '.join(TABLE_FORMATS)}",
        )
    text = json.dumps(_answer(result), ensure_ascii=False, separators=(",", ":"))
    if format == "json":
        return text.encode() + b"\n"
    parsed = parse_query_results(text, QueryResultsFormat.JSON)
    return parsed.serialize(format=TABLE_FORMATS[format]) or b""


def read_rows(body: bytes) -> Rows | bool:
    """The opposite of ``serialise(…, "json")``; SyntaxError or ValueError when it is none."""
    answer = parse_query_results(body, QueryResultsFormat.JSON)
    if not isinstance(answer, QuerySolutions):
        return bool(answer)
    names = tuple(variable.value for variable in answer.variables)
    return Rows(names, tuple(tuple(solution) for solution in answer))


def read_triples(body: bytes, style: RdfFormat = RdfFormat.N_TRIPLES) -> Triples:
    """Triples in a graph format; SyntaxError or ValueError when they are none."""
    return Triples(tuple(sorted({quad.triple for quad in parse(body, style)}, key=str)))


def table(result: Result) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Column names and cells for people: IRIs shortened, literals as they read, "" if unbound."""
    if isinstance(result, bool):
        return ("answer",), (("yes" if result else "no",),)
    if isinstance(result, Triples):
        head: tuple[str, ...] = ("subject", "predicate", "object")
        rows = ((item.subject, item.predicate, item.object) for item in result)
        return head, tuple(tuple(_cell(term) for term in row) for row in rows)
    return result.variables, tuple(tuple(_cell(term) for term in row) for row in result)


def shorten(iri: str) -> str:
    """An IRI with a prefix of ours, if one fits and the rest is plain; else unchanged.

    >>> shorten("https://w3id.org/transatlantic-kg/id/state/us")
    'id:state/us'
    """
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, Literal) else str(term)


def _answer(result: Rows | bool) -> dict[str, object]:
    if isinstance(result, bool):
        return {"head": {}, "boolean": result}
    bindings = [{name: _json(term) for name, term in row.items()} for row in result.dicts()]
    return {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}


def _json(term: Term) -> dict[str, object]:
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    if isinstance(term, Literal):
        out: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            out["xml:lang"] = term.language
        elif term.datatype.value != _XSD_STRING:
            out["datatype"] = term.datatype.value
        return out
    return {"type": "bnode" if isinstance(term, BlankNode) else "uri", "value": term.value}
