"""The store as an rdflib Dataset, for reading.

Imported only on demand, because rdflib takes half a second to load.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result

from kg.errors import StoreError
from kg.namespaces import PREFIXES
from kg.store.base import Triples
from kg.store.results import serialise

if TYPE_CHECKING:
    from collections.abc import Generator

    import pyoxigraph as ox
    from rdflib.term import IdentifiedNode

    from kg.store.base import Result as Answer

__all__ = ["Answering", "local_dataset", "remote_dataset"]

_TYPES = {"json": "application/sparql-results+json", "ntriples": "application/n-triples"}


def local_dataset(engine: ox.Store) -> Dataset:
    """A Dataset on Oxigraph; its default graph is the union that the store keeps there."""
    return _bound(Dataset(store=_Local(store=engine), default_union=False))


class Answering(Protocol):
    """A server that answers queries in text."""

    location: str

    def answer(self, text: str, *, graph: str = "") -> Answer:
        """Answer a query, asked of all graphs or of one named graph alone."""

    def graphs(self) -> tuple[str, ...]:
        """IRIs of all named graphs."""


def remote_dataset(reader: Answering) -> Dataset:
    """A Dataset on a SPARQL endpoint; every question goes through ``reader``."""
    return _bound(Dataset(store=_Remote(reader), default_union=True))


def _bound(dataset: Dataset) -> Dataset:
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri, replace=True)
    return dataset


def _refuse(*_: object, **__: object) -> NoReturn:
    raise StoreError(
        "the rdflib view of a store is for reading",
        "change the store with replace(), or copy the graphs you want into an rdflib Graph",
    )


class _Local(OxigraphStore):  # type: ignore[misc] # oxrdflib ships no usable types
    """Writing past ``replace`` would leave the union of the graphs behind."""

    add = addN = remove = remove_graph = update = _refuse  # noqa: N815 - rdflib's names

    def add_graph(self, graph: Graph) -> None:
        """Nothing: rdflib adds the default graph even to list the others."""


class _Remote(SPARQLStore):
    add = addN = remove = remove_graph = update = _refuse  # noqa: N815 - rdflib's names

    def add_graph(self, graph: Graph) -> None:
        """Nothing: rdflib adds the default graph even to list the others."""

    def __init__(self, reader: Answering) -> None:
        super().__init__(reader.location)
        self._reader = reader

    def _query(self, query: str, default_graph: str | None = None) -> Result:
        graph = str(default_graph) if isinstance(default_graph, URIRef) else ""
        found = self._reader.answer(query, graph=graph)
        style = "ntriples" if isinstance(found, Triples) else "json"
        return Result.parse(BytesIO(serialise(found, style)), content_type=_TYPES[style])

    def contexts(self, triple: Any = None) -> Generator[IdentifiedNode, None, None]:  # type: ignore[override] # of two bases that differ
        """The named graphs, or those that hold a triple; not every server knows ``GRAPH ?g {}``."""
        if triple is None or triple == (None, None, None):
            yield from map(URIRef, self._reader.graphs())
        else:
            yield from super().contexts(triple)
