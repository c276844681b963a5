"""The stores on Oxigraph: in memory, and on disk (kg/store/disk.py).

Every triple of a named graph is also kept once in the engine's default graph. That makes it the
union that queries see. Oxigraph could compute the union itself, but it would give a triple of n
graphs n times (https://github.com/oxigraph/oxigraph/issues/1919): counts would be wrong, and a
query with k patterns on an event that n documents tell would walk through n ** k solutions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.answering import read_error, run
from kg.store.base import Change, Reader, Result, Store, checked, graph_name
from kg.store.bulk import bulk_load, discard
from kg.store.changes import Plan
from kg.store.sparql import bind
from kg.store.worker import ask_child

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from rdflib import Dataset

__all__ = ["MemoryStore", "OxigraphReader", "OxigraphStore"]


class OxigraphReader(Reader):
    """Reads a pyoxigraph Store.

    Args:
        inner: the engine's store.
        location: where it lies, for messages.
    """

    def __init__(self, inner: ox.Store, location: str) -> None:
        self._inner: ox.Store | None = inner
        self.location = location

    @property
    def engine(self) -> ox.Store:
        """The pyoxigraph Store beneath, for what this interface does not offer."""
        if self._inner is None:
            raise StoreError(f"the store {self.location} is closed")
        return self._inner

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
        *,
        timeout: float | None = None,
    ) -> Result:
        """See ``Reader.query``."""
        if timeout is not None:
            return self._query_within(bind(sparql, bindings or {}), timeout)
        return run(self.engine, bind(sparql, bindings or {}), self.location)

    def _query_within(self, sparql: str, timeout: float) -> Result:
        nquads = self.engine.dump(format=ox.RdfFormat.N_QUADS)
        return ask_child(sparql, timeout, None, nquads or b"")

    def graphs(self) -> tuple[str, ...]:
        """See ``Reader.graphs``."""
        return tuple(sorted(name.value for name in self._names() if any(self._in(name))))

    def _names(self) -> Iterator[ox.NamedNode]:
        for name in self.engine.named_graphs():
            assert isinstance(name, ox.NamedNode)  # replace() takes nothing else
            yield name

    def _in(self, name: ox.NamedNode) -> Iterator[ox.Quad]:
        found = self.engine.quads_for_pattern(None, None, None, name)
        try:
            yield from found
        except OSError as error:
            raise read_error(self.location, error) from error

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """See ``Reader.quads``."""
        names = self._names() if graph is None else [graph_name(graph)]
        return (quad for name in names for quad in self._in(name))

    def size(self) -> int:
        """See ``Reader.size``; a graph at a time takes half as long."""
        counting = "SELECT (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } }"
        found = (self.select(counting, {"graph": name}).texts() for name in self._names())
        return sum(int(row[0]) for (row,) in found)

    def dataset(self) -> Dataset:
        """See ``Reader.dataset``."""
        from kg.store.rdflib_view import local_dataset  # noqa: PLC0415 - slow to import

        return local_dataset(self.engine)

    def close(self) -> None:
        """See ``Reader.close``."""
        self._inner = None


class OxigraphStore(OxigraphReader, Store):
    """Reads and writes a pyoxigraph Store."""

    def replace(
        self, graphs: Mapping[str, Iterable[ox.Triple]], remove: Iterable[str] = ()
    ) -> Change:
        """See ``Writer.replace``."""
        new = checked(graphs)
        new |= {name: set() for iri in remove if (name := graph_name(iri)) not in new}
        plan = Plan.between({name: {quad.triple for quad in self._in(name)} for name in new}, new)
        if plan:
            held = {triple for triple in plan.vanished if self._is_elsewhere(triple, new)}
            self._commit(plan.with_union(held))
        return plan.change

    def load(self, blocks: Iterable[tuple[str, bytes]]) -> None:
        """See ``Writer.load``."""
        bulk_load(self.engine, blocks)

    def discard(self, graphs: Iterable[str]) -> int:
        """See ``Writer.discard``."""
        return discard(self.engine, [graph_name(graph) for graph in graphs])

    def _is_elsewhere(self, triple: ox.Triple, touched: Container[object]) -> bool:
        found = self.engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        names = (quad.graph_name for quad in found)
        return any(isinstance(name, ox.NamedNode) and name not in touched for name in names)

    def _commit(self, plan: Plan) -> None:
        """One transaction of the engine: either a transactional insert, or one update request."""
        if plan.removed:
            self.engine.update(*plan.requests())
        else:
            self.engine.extend(plan.added)


class MemoryStore(OxigraphStore):
    """A store in memory, empty at first, gone when closed."""

    def __init__(self) -> None:
        super().__init__(ox.Store(), ":memory:")
