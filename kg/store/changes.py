"""What has to be written to turn some graphs into others: a difference, as one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store.base import Change
from kg.store.sparql import term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Graphs = Mapping[ox.NamedNode, set[ox.Triple]]

__all__ = ["Plan", "quads_text"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Quads to remove and to add, in a fixed order, and what becomes of the union of all graphs.

    Attributes:
        removed, added: quads of named graphs, and of the default graph after ``with_union``.
        dropped: graphs that end up empty.
        vanished: triples that leave a graph and come into none.
        change: how many quads of named graphs are added and removed.
    """

    removed: tuple[ox.Quad, ...]
    added: tuple[ox.Quad, ...]
    dropped: tuple[ox.NamedNode, ...]
    vanished: set[ox.Triple]
    change: Change

    @classmethod
    def between(cls, old: Graphs, new: Graphs) -> Plan:
        """The plan that turns ``old`` into ``new``; both hold the same graphs."""
        removed, added = _minus(old, new), _minus(new, old)
        kept = set().union(*new.values())
        return cls(
            removed,
            added,
            tuple(sorted((name for name in new if old[name] and not new[name]), key=str)),
            {quad.triple for quad in removed} - kept,
            Change(len(added), len(removed)),
        )

    def __bool__(self) -> bool:
        return self.change != (0, 0)

    def with_union(self, held_elsewhere: set[ox.Triple]) -> Plan:
        """The same, keeping the default graph the union of all graphs.

        Args:
            held_elsewhere: those of ``vanished`` that a graph outside the plan holds.
        """
        gone = sorted(self.vanished - held_elsewhere, key=str)
        come = dict.fromkeys(quad.triple for quad in self.added)
        return replace(
            self,
            removed=self.removed + tuple(_in_union(triple) for triple in gone),
            added=self.added + tuple(_in_union(triple) for triple in come),
        )

    def update(self) -> str:
        """The plan as one SPARQL 1.1 update request."""
        steps = [f"DELETE DATA {{ {quads_text(self.removed)} }}"] if self.removed else []
        steps += [f"DROP SILENT GRAPH {name}" for name in self.dropped]
        steps += [f"INSERT DATA {{ {quads_text(self.added)} }}"] if self.added else []
        return " ;\n".join(steps)


def quads_text(quads: Iterable[ox.Quad | ox.Triple]) -> str:
    """Quads as the body of DELETE DATA or INSERT DATA; each ends with " ." or " . }"."""
    return "\n".join(_quad_text(quad) for quad in quads)


def _quad_text(quad: ox.Quad | ox.Triple) -> str:
    assert isinstance(quad.object, ox.NamedNode | ox.Literal)  # stores hold nothing else
    text = f"{quad.subject} {quad.predicate} {term_text(quad.object)} ."
    if isinstance(quad, ox.Quad) and isinstance(quad.graph_name, ox.NamedNode):
        return f"GRAPH {quad.graph_name} {{ {text} }}"
    return text


def _in_union(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, ox.DefaultGraph())


def _minus(left: Graphs, right: Graphs) -> tuple[ox.Quad, ...]:
    """Quads of ``left`` that ``right`` lacks, in a fixed order."""
    return tuple(
        ox.Quad(triple.subject, triple.predicate, triple.object, name)
        for name in sorted(left, key=str)
        for triple in sorted(left[name] - right.get(name, set()), key=str)
    )
