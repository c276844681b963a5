"""What has to be written to turn some graphs into others: a difference, as one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store.base import Change
from kg.store.sparql import term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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

    def with_union(
        self,
        held_elsewhere: set[ox.Triple],
        union: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph(),  # noqa: B008 - immutable
    ) -> Plan:
        """The same, keeping the default graph the union of all graphs.

        Args:
            held_elsewhere: those of ``vanished`` that a graph outside the plan holds.
            union: another graph that holds the union instead.
        """
        gone = sorted(self.vanished - held_elsewhere, key=str)
        come = dict.fromkeys(quad.triple for quad in self.added)
        return replace(
            self,
            removed=self.removed + tuple(_in(union, triple) for triple in gone),
            added=self.added + tuple(_in(union, triple) for triple in come),
        )

    def requests(self, longest: int | None = None) -> Iterator[str]:
        """The plan as SPARQL 1.1 update requests: one, or several of limited length.

        Args:
            longest: most quads of one request, each on one graph. What graphs say of
                themselves is removed first and added last: a change that breaks off leaves no
                graph that names itself and is not whole.
        """
        if longest is None:
            steps = [_step("DELETE", self.removed), *self._drops(), _step("INSERT", self.added)]
            yield " ;\n".join(filter(None, steps))
            return
        names = {quad.graph_name for quad in (*self.removed, *self.added)}
        removed = sorted(self.removed, key=lambda quad: quad.subject not in names)  # stable
        yield from (_step("DELETE", part) for part in _parts(removed, longest))
        yield from self._drops()
        added = sorted(self.added, key=lambda quad: quad.subject in names)
        yield from (_step("INSERT", part) for part in _parts(added, longest))

    def _drops(self) -> list[str]:
        return [f"DROP SILENT GRAPH {name}" for name in self.dropped]


def _step(verb: str, quads: Sequence[ox.Quad]) -> str:
    return f"{verb} DATA {{ {quads_text(quads)} }}" if quads else ""


def _parts(quads: Sequence[ox.Quad], longest: int) -> Iterator[Sequence[ox.Quad]]:
    """Runs of one graph: in a statement on several, Virtuoso forgets to delete some."""
    for _, run in groupby(quads, key=lambda quad: quad.graph_name):
        part = list(run)
        yield from (part[start : start + longest] for start in range(0, len(part), longest))


def quads_text(quads: Iterable[ox.Quad]) -> str:
    """Quads as the body of DELETE DATA or INSERT DATA, one block for each run of one graph."""
    blocks = []
    for graph, run in groupby(quads, key=lambda quad: quad.graph_name):
        lines = "\n".join(map(_line, run))
        blocks.append(f"GRAPH {graph} {{ {lines} }}" if isinstance(graph, ox.NamedNode) else lines)
    return "\n".join(blocks)


def _line(quad: ox.Quad) -> str:
    assert isinstance(quad.object, ox.NamedNode | ox.Literal)  # stores hold nothing else
    return f"{quad.subject} {quad.predicate} {term_text(quad.object)} ."


def _in(graph: ox.NamedNode | ox.DefaultGraph, triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _minus(left: Graphs, right: Graphs) -> tuple[ox.Quad, ...]:
    """Quads of ``left`` that ``right`` lacks, in a fixed order."""
    return tuple(
        ox.Quad(triple.subject, triple.predicate, triple.object, name)
        for name in sorted(left, key=str)
        for triple in sorted(left[name] - right.get(name, set()), key=str)
    )
