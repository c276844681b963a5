"""What children do ahead of the first page, so that nobody waits for it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.serve.jobs.events import event

if TYPE_CHECKING:
    from kg.serve.child import Child

__all__ = ["look_ups"]

_NEEDED = ("actors", "documents", "search")  # by other look-ups; importing takes its time
_ANY = "SELECT ?event WHERE { ?event a tkg:Event } LIMIT 1"


def look_ups(child: Child) -> int:
    """Open the store, load the reference data, and look one event up."""
    for module in _NEEDED:
        import_module(f"kg.serve.jobs.{module}")
    for (iri,) in child.graph.store.select(_ANY).texts():
        event(child, iri)
    return len(child.graph.world.actors)
