"""One interface to the graph, several engines: Oxigraph on disk or in memory, any endpoint."""

from kg.store.base import Change, Reader, Result, Rows, Store, Triples, Writer
from kg.store.opening import open_store
from kg.store.oxigraph import MemoryStore

__all__ = [
    "Change",
    "MemoryStore",
    "Reader",
    "Result",
    "Rows",
    "Store",
    "Triples",
    "Writer",
    "open_store",
]
