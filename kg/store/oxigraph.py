"""The stores on Oxigraph: in memory, and on disk (kg/store/disk.py).

Every triple of a named graph is also kept once in the engine's default graph. That makes it the
union that queries see. Oxigraph could compute the union itself, but it would give a triple of n
graphs n times (https://github.com/oxigraph/oxigraph/issues/1919): counts would be wrong, and a
query with k patterns on an event that n documents tell would walk through n ** k solutions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.namespaces import PREFIXES
from kg.store.base import Change, Reader, Result, Rows, Store, Triples, checked, graph_name
from kg.store.sparql import bind, inspect, syntax_error, term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
        raise QueryError("this store cannot limit a query's time")

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
        """See ``Reader.size``."""
        (row,) = self.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").texts()
        return int(row[0])

    def dataset(self) -> Dataset:
        """See ``Reader.dataset``."""
        import rdflib  # noqa: PLC0415 - half a second that most commands do not need
        from oxrdflib import OxigraphStore as RdflibStore  # noqa: PLC0415 - as above

        dataset = rdflib.Dataset(store=RdflibStore(store=self.engine), default_union=False)
        for prefix, iri in PREFIXES.items():
            dataset.bind(prefix, iri, replace=True)
        return dataset

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
        old = {name: {quad.triple for quad in self._in(name)} for name in new}
        added, removed = _minus(new, old), _minus(old, new)
        if added or removed:
            union_added = [_in_union(quad) for quad in added]
            union_removed = [_in_union(quad) for quad in removed if self._is_last(quad.triple, new)]
            dropped = [name for name, triples in new.items() if old[name] and not triples]
            self._commit(removed + union_removed, added + union_added, dropped)
        return Change(len(added), len(removed))

    def _is_last(self, triple: ox.Triple, new: Mapping[ox.NamedNode, set[ox.Triple]]) -> bool:
        """No graph will hold the triple any more once ``new`` is in place."""
        if any(triple in triples for triples in new.values()):
            return False
        found = self.engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        untouched = (quad.graph_name for quad in found if quad.graph_name not in new)
        return all(isinstance(name, ox.DefaultGraph) for name in untouched)

    def _commit(
        self, removed: list[ox.Quad], added: list[ox.Quad], dropped: list[ox.NamedNode]
    ) -> None:
        """One transaction of the engine: either a transactional insert, or one update request."""
        if not removed:
            self.engine.extend(added)
            return
        steps = [f"DELETE DATA {{ {_text(removed)} }}"]
        steps += [f"DROP SILENT GRAPH {name}" for name in sorted(dropped, key=str)]
        if added:
            steps.append(f"INSERT DATA {{ {_text(added)} }}")
        self.engine.update(" ;\n".join(steps))


class MemoryStore(OxigraphStore):
    """A store in memory, empty at first, gone when closed."""

    def __init__(self) -> None:
        super().__init__(ox.Store(), ":memory:")


def read_error(location: str, error: Exception) -> StoreError:
    """The engine's complaint while reading, in one line."""
    return StoreError(
        f"cannot read the store {location}: {' '.join(str(error).split())}",
        "if files were lost or damaged, restore a copy or ingest the documents into a new store",
    )


def run(engine: ox.Store, sparql: str, location: str) -> Result:
    """Answer a query on a pyoxigraph Store: no updates, no SERVICE.

    Args:
        engine: where to ask.
        sparql: the query.
        location: the store's name, for messages.

    Raises:
        QueryError: malformed or not allowed.
        StoreError: the engine cannot read its data.
    """
    inspect(sparql)
    try:
        answer = engine.query(sparql, prefixes=PREFIXES)
        if isinstance(answer, ox.QuerySolutions):
            names = tuple(variable.value for variable in answer.variables)
            return Rows(names, tuple(tuple(solution) for solution in answer))
        if isinstance(answer, ox.QueryTriples):
            return Triples(tuple(sorted(set(answer), key=str)))
        return bool(answer)
    except (SyntaxError, ValueError) as error:
        raise syntax_error(sparql, str(error)) from error
    except (OSError, RuntimeError) as error:
        raise read_error(location, error) from error


def _minus(
    left: Mapping[ox.NamedNode, set[ox.Triple]], right: Mapping[ox.NamedNode, set[ox.Triple]]
) -> list[ox.Quad]:
    """Quads of ``left`` that ``right`` lacks, in a fixed order."""
    return [
        ox.Quad(triple.subject, triple.predicate, triple.object, name)
        for name in sorted(left, key=str)
        for triple in sorted(left[name] - right.get(name, set()), key=str)
    ]


def _in_union(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph())


def _text(quads: list[ox.Quad]) -> str:
    """Quads as the body of DELETE DATA or INSERT DATA."""
    return "\n".join(_quad_text(quad) for quad in quads)


def _quad_text(quad: ox.Quad) -> str:
    assert isinstance(quad.object, ox.NamedNode | ox.Literal)  # checked() let nothing else in
    text = f"{quad.subject} {quad.predicate} {term_text(quad.object)} ."
    if isinstance(quad.graph_name, ox.DefaultGraph):
        return text
    return f"GRAPH {quad.graph_name} {{ {text} }}"
