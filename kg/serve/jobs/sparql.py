"""SPARQL queries in a child process, with a dataset of the client's choice and a limit of rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.serve.problems import Refusal
from kg.store.answering import read_error
from kg.store.base import Rows, Triples
from kg.store.oxigraph import OxigraphReader
from kg.store.results import serialise
from kg.store.sparql import inspect, syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.serve.child import Child
    from kg.store.base import Reader, Result

__all__ = ["Answer", "Dataset", "query"]

Graphs = list[ox.NamedNode | ox.BlankNode]
_MERGED = ox.NamedNode("urn:kg:merged")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs a request chose: IRIs of those that make the default graph, and of the named."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in a standard format.

    Attributes:
        body: the bytes.
        size: rows or triples in it.
        cut: whether there were more.
    """

    body: bytes
    size: int
    cut: bool


def query(child: Child, text: str, dataset: Dataset, style: str, most: int) -> Answer:
    """Answer a query.

    Args:
        child: what to ask.
        text: SPARQL; our prefixes need not be declared.
        dataset: the graphs chosen by the request; these count, not those the query names.
        style: json, xml, csv or tsv; turtle, ntriples, jsonld or rdfxml.
        most: rows or triples to give.

    Raises:
        QueryError: malformed, or calls another server.
        StoreError: the data cannot be read.
    """
    inspect(text)
    store = child.graph.store
    if isinstance(store, OxigraphReader):
        result, cut = _local(store, text, dataset, most)
    else:
        result, cut = _remote(store, text, dataset, most)
    size = 1 if isinstance(result, bool) else len(result)
    return Answer(_written(result, style), size, cut)


def _local(store: OxigraphReader, text: str, dataset: Dataset, most: int) -> tuple[Result, bool]:
    engine = store.engine
    default: Graphs | None = None
    named: Graphs | None = None
    if dataset:
        default = [ox.NamedNode(iri) for iri in dataset.default]
        named = [ox.NamedNode(iri) for iri in dataset.named]
        if len(default) > 1:
            engine, default = _merged(engine, default, named or []), [_MERGED]
    try:
        answer = engine.query(
            text,
            prefixes=PREFIXES,
            default_graph=None if default is None else [*default],
            named_graphs=named,
        )
        if isinstance(answer, ox.QuerySolutions):
            names = tuple(variable.value for variable in answer.variables)
            rows = [tuple(solution) for solution in islice(answer, most + 1)]
            return Rows(names, tuple(rows[:most])), len(rows) > most
        if isinstance(answer, ox.QueryTriples):
            triples = _first(answer, most + 1)
            return Triples(tuple(sorted(triples[:most], key=str))), len(triples) > most
        return bool(answer), False
    except (SyntaxError, ValueError) as error:
        raise syntax_error(text, str(error)) from error
    except (OSError, RuntimeError) as error:
        raise read_error(store.location, error) from error


def _first(answer: Iterable[ox.Triple], most: int) -> list[ox.Triple]:
    """Distinct triples, in the order in which they come."""
    found: dict[ox.Triple, None] = {}
    for triple in answer:
        found[triple] = None
        if len(found) == most:
            break
    return list(found)


def _merged(engine: ox.Store, default: Graphs, named: Graphs) -> ox.Store:
    """A store with the RDF merge of some graphs: the engine gives a triple of two graphs twice."""
    made = ox.Store()
    for graph in default:
        for quad in engine.quads_for_pattern(None, None, None, graph):
            made.add(ox.Quad(quad.subject, quad.predicate, quad.object, _MERGED))
    for graph in named:
        made.extend(engine.quads_for_pattern(None, None, None, graph))
    return made


def _remote(store: Reader, text: str, dataset: Dataset, most: int) -> tuple[Result, bool]:
    if dataset:
        raise Refusal(
            501,
            "graphs cannot be chosen by parameters while serving another endpoint",
            "say FROM and FROM NAMED in the query",
        )
    result = store.query(text)
    if isinstance(result, Rows):
        return Rows(result.variables, result.rows[:most]), len(result) > most
    if isinstance(result, Triples):
        return Triples(result.triples[:most]), len(result) > most
    return result, False


def _written(result: Result, style: str) -> bytes:
    if style == "rdfxml" and isinstance(result, Triples):
        try:
            written = ox.serialize(result.triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES)
            return written or b""
        except (OSError, ValueError) as error:  # a predicate that is no XML name
            raise QueryError(
                f"this graph cannot be written as RDF/XML: {error}", "ask for text/turtle"
            ) from error
    return serialise(result, style)
