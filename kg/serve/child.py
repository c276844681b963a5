"""What jobs in a child process of the server work with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.workspace import open_graph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.workspace import KnowledgeGraph

__all__ = ["Child", "Opening"]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a child is told first: the store, files on top, bytes it may use (0 for no limit)."""

    store: str
    overlays: tuple[Path, ...] = ()
    memory: int = 0


@dataclass(slots=True)
class Child:
    """What jobs work with: the graph, and a memory that lasts as long as the store stays as it is.

    Attributes:
        opening: what was opened.
        deadline: ``time.monotonic`` at which the job will be stopped.
        memory: for jobs to keep things in; emptied when the store changes.
    """

    opening: Opening
    deadline: float = 0.0
    memory: dict[str, Any] = field(default_factory=dict)
    _graph: KnowledgeGraph | None = None
    _revision: str = ""

    @property
    def graph(self) -> KnowledgeGraph:
        """The graph, opened for reading when first needed."""
        if self._graph is None:
            self._graph = open_graph(self.opening.store, overlays=self.opening.overlays)
        return self._graph

    def at(self, revision: str) -> None:
        """Look at the store anew when it has changed."""
        if revision != self._revision:
            self.close()
            self._revision = revision

    def close(self) -> None:
        """Give the store back and forget what came from it."""
        if self._graph is not None:
            self._graph.close()
        self._graph = None
        self.memory.clear()

    def remembered(self, key: str, make: Callable[[], Any]) -> Any:
        """What ``make`` gives, made once for each state of the store."""
        if key not in self.memory:
            self.memory[key] = make()
        return self.memory[key]
