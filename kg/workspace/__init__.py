"""The library's front door: open a graph, read documents into it, ask it questions.

>>> import kg
>>> graph = kg.open(":memory:")
>>> graph.sources()
()
"""

from kg.workspace.graph import KnowledgeGraph
from kg.workspace.ingest import Ingested, Outcome
from kg.workspace.opening import open_graph

__all__ = ["Ingested", "KnowledgeGraph", "Outcome", "open_graph"]
