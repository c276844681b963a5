"""The library's front door: open a graph, read documents into it, ask it questions.

>>> import kg.workspace
>>> graph = kg.workspace.open(":memory:", write=True)
>>> graph.sources()
()
"""

from kg.workspace.graph import KnowledgeGraph, open_graph
from kg.workspace.graph import open_graph as open  # noqa: A004 - reads as kg.workspace.open(…)
from kg.workspace.ingest import Ingested, Outcome

__all__ = ["Ingested", "KnowledgeGraph", "Outcome", "open", "open_graph"]
