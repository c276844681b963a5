"""What every store can do, whatever engine is beneath: reading and writing kept apart.

Terms are pyoxigraph terms. A store holds named graphs only; the default graph of a query is the
union of all of them, each triple once, unless the query says ``FROM``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import QueryError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

    from rdflib import Dataset

__all__ = [
    "Bindings",
    "Change",
    "Reader",
    "Result",
    "Rows",
    "Store",
    "Term",
    "Triples",
    "Writer",
    "checked",
]

Term = NamedNode | Literal | BlankNode | Triple
"""What may stand in a result; stores themselves hold NamedNode and Literal only."""

Bindings = "Mapping[str, NamedNode | Literal]"


@dataclass(frozen=True, slots=True)
class Rows:
    """The table a SELECT query answers with.

    Attributes:
        variables: column names without ``?``, in the order of the SELECT clause.
        rows: one tuple per solution, as long as ``variables``; None where unbound.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> Iterator[dict[str, Term]]:
        """Each row as a mapping of the variables that are bound."""
        for row in self.rows:
            yield {
                name: term
                for name, term in zip(self.variables, row, strict=True)
                if term is not None
            }

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Each row as plain strings: lexical forms, IRIs without brackets, "" where unbound."""
        return tuple(tuple(_text(term) for term in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Triples:
    """The graph a CONSTRUCT or DESCRIBE query answers with: distinct triples in N-Triples order."""

    triples: tuple[Triple, ...]

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)


Result = Rows | Triples | bool
"""What ``query`` returns: Rows for SELECT, Triples for CONSTRUCT and DESCRIBE, bool for ASK."""


class Change(NamedTuple):
    """How many quads a ``replace`` added and removed; (0, 0) means that nothing was new."""

    added: int
    removed: int


class Reader(ABC):
    """Read access to a store."""

    location: str
    """Folder, URL or ":memory:", for messages."""

    @abstractmethod
    def query(
        self,
        sparql: str,
        bindings: Mapping[str, NamedNode | Literal] | None = None,
        *,
        timeout: float | None = None,
    ) -> Result:
        """Answer a SPARQL 1.1 query of any form.

        Prefixes of ``kg.namespaces.PREFIXES`` need not be declared.

        Args:
            sparql: the query. Its default graph is the union of all named graphs, unless it
                says FROM.
            bindings: terms that take the place of the variables of these names (without ``?``).
            timeout: seconds after which the query is stopped, None for no limit.

        Raises:
            QueryError: malformed, an update, calls another server (SERVICE), or out of time.
            StoreError: the engine cannot read its data.
        """

    @abstractmethod
    def graphs(self) -> tuple[str, ...]:
        """IRIs of all named graphs that hold at least one triple, sorted."""

    @abstractmethod
    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """All quads, or those of one graph, in no particular order."""

    def size(self) -> int:
        """Number of quads."""
        (row,) = self.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").texts()
        return int(row[0])

    @abstractmethod
    def dataset(self) -> Dataset:
        """The same data as an rdflib Dataset (default graph = union), for reading.

        Pass queries to it as strings: prepared queries run in rdflib's own, far slower engine.
        """

    @abstractmethod
    def close(self) -> None:
        """Give the store back; harmless when repeated."""

    def select(
        self,
        sparql: str,
        bindings: Mapping[str, NamedNode | Literal] | None = None,
        *,
        timeout: float | None = None,
    ) -> Rows:
        """Like ``query``, for SELECT only; QueryError for any other form."""
        result = self.query(sparql, bindings, timeout=timeout)
        if not isinstance(result, Rows):
            raise QueryError("a SELECT query was expected here")
        return result

    def ask(
        self,
        sparql: str,
        bindings: Mapping[str, NamedNode | Literal] | None = None,
        *,
        timeout: float | None = None,
    ) -> bool:
        """Like ``query``, for ASK only; QueryError for any other form."""
        result = self.query(sparql, bindings, timeout=timeout)
        if not isinstance(result, bool):
            raise QueryError("an ASK query was expected here")
        return result

    def construct(
        self,
        sparql: str,
        bindings: Mapping[str, NamedNode | Literal] | None = None,
        *,
        timeout: float | None = None,
    ) -> Triples:
        """Like ``query``, for CONSTRUCT and DESCRIBE only; QueryError for any other form."""
        result = self.query(sparql, bindings, timeout=timeout)
        if not isinstance(result, Triples):
            raise QueryError("a CONSTRUCT query was expected here")
        return result

    def dump(self, out: BinaryIO, format: str = "nquads", graph: str | None = None) -> None:  # noqa: A002 - the users' word
        """Write the content so that equal content gives equal bytes.

        Args:
            out: binary stream.
            format: nquads, trig, jsonld (all graphs), turtle or ntriples (their union).
            graph: only this named graph.

        Raises:
            FormatError: unknown format.
        """
        from kg.store.dump import write  # noqa: PLC0415 - dump needs this module

        write(self.quads(graph), out, format)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Writer(ABC):
    """Write access to a store: one way to change it, and that one is atomic."""

    @abstractmethod
    def replace(self, graphs: Mapping[str, Iterable[Triple]], remove: Iterable[str] = ()) -> Change:
        """Give each graph of ``graphs`` exactly this content and drop each of ``remove``.

        One transaction: whatever happens (an exception, kill -9, a full disk), afterwards the
        store holds either all of the change or nothing of it. Content that is there already is
        not written again. A graph replaced by nothing is dropped; a graph named in both stays.

        Raises:
            StoreError: not writable, disk full, blank nodes or nested triples in the data.
        """

    def load(self, blocks: Iterable[tuple[str, bytes]]) -> None:
        r"""Add millions of triples, all or nothing, in memory that does not grow with them.

        Args:
            blocks: graph IRI and N-Triples for it, every line ending with " .\n". Read one after
                the other; a graph may come again.

        Raises:
            StoreError: not writable, disk full, no N-Triples.
            Exception: whatever reading the blocks raises.
        """
        raise StoreError("this store takes no bulk loads")

    def discard(self, graphs: Iterable[str]) -> int:
        """Remove graphs of any size, in memory that does not grow with them.

        Who opens the store while this runs, or after kill -9, sees all of the graphs or none: a
        store on disk shows its former content until all is gone, and the next writer does what
        is left. What their names are the subjects of goes first.

        Returns:
            How many quads of named graphs were removed.
        """
        return self.replace({}, graphs).removed

    def tidy(self) -> None:  # noqa: B027 - most stores have nothing to arrange
        """Arrange the data for fast queries; worth its time after a large ``load`` only."""


class Store(Reader, Writer):
    """A store open for reading and writing."""


def checked(graphs: Mapping[str, Iterable[Triple]]) -> dict[NamedNode, set[Triple]]:
    """The graphs as sets of triples, read to their end before anything is written.

    Raises:
        StoreError: a graph name is no IRI, or a triple holds a blank node or a nested triple.
    """
    return {
        graph_name(graph): {_plain(triple) for triple in triples}
        for graph, triples in graphs.items()
    }


def graph_name(iri: str) -> NamedNode:
    """The IRI as a term; StoreError when it is none."""
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise StoreError(f"not an IRI to name a graph with: {iri!r}") from error


def _plain(triple: Triple) -> Triple:
    if not isinstance(triple.subject, NamedNode) or not isinstance(
        triple.object, NamedNode | Literal
    ):
        raise StoreError(f"blank nodes and nested triples cannot be stored: {triple}")
    return triple


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, Triple) else term.value
