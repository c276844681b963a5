"""The store as an rdflib Dataset, for reading.

Imported only on demand, because rdflib takes half a second to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.errors import StoreError
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["local_dataset", "remote_dataset"]


def local_dataset(engine: ox.Store) -> Dataset:
    """A Dataset on Oxigraph; its default graph is the union that the store keeps there."""
    return _bound(Dataset(store=_Local(store=engine), default_union=False))


def remote_dataset(url: str) -> Dataset:
    """A Dataset on a SPARQL endpoint."""
    return _bound(Dataset(store=_Remote(url), default_union=True))


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
