"""The graph as it was known on a day: only documents read, and judgements made, until then."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.judgements import read_log
from kg.judgements.log import GRAPH as JUDGEMENTS
from kg.namespaces import derived_graph, document_iri
from kg.store import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pyoxigraph import Triple

    from kg.store.base import Reader

__all__ = ["known_on"]

_READ = """SELECT DISTINCT ?document ?read WHERE {
  VALUES ?kind { tkg:Document tkg:Feed } ?document a ?kind ; tkg:readOn ?read
}"""


def known_on(store: Reader, day: date) -> Reader:
    """A view of ``store`` without the documents read after ``day``.

    Ontology and reference data are those of today. A document that was edited and read again
    counts from the day of its present content, for the earlier content is no longer there.

    Returns:
        ``store`` itself when nothing is newer; else a copy in memory of what was known, which
        takes as long as reading that much of the store.
    """
    later = {row[0] for row in store.select(_READ).texts() if row[1][:10] > day.isoformat()}
    log = read_log(store).entries
    kept = {entry.iri for entry in log if entry.at.date() <= day}
    if not later and len(kept) == len(log):
        return store
    hidden = {*later, *(derived_graph(iri.removeprefix(document_iri(""))) for iri in later)}
    graphs: dict[str, Iterable[Triple]] = {
        graph: [quad.triple for quad in store.quads(graph)]
        for graph in store.graphs()
        if graph not in hidden
    }
    if JUDGEMENTS in graphs:
        by_entry: dict[str, list[Triple]] = defaultdict(list)
        for triple in graphs[JUDGEMENTS]:
            by_entry[getattr(triple.subject, "value", "")].append(triple)
        graphs[JUDGEMENTS] = [triple for iri in sorted(kept) for triple in by_entry[iri]]
    view = MemoryStore()
    view.replace(graphs)
    view.location = f"{store.location} as known on {day}"
    return view
