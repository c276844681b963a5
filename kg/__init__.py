"""transatlantic-kg: who confronts whom, speaking for whom, over what; and which sentence says so.

    import kg

    with kg.open("atlantic.kg") as graph:
        for report in graph.ingest(["articles/"]):
            print(report.name, report.outcome, report.events)
        print(graph.rifts(left="us", right="eu").to_polars())

Everything a command of ``kg`` does, the graph that ``open`` returns does under the same name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.version import VERSION

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kg.extraction import Extractor
    from kg.workspace import KnowledgeGraph

__all__ = ["__version__", "open"]

__version__ = VERSION


def open(  # noqa: A001 - kg.open, as in gzip.open
    store: Path | str | None = "atlantic.kg",
    *,
    extractor: Extractor | None = None,
    known_on: date | None = None,
    overlays: tuple[Path, ...] = (),
) -> KnowledgeGraph:
    """Open a graph; it is opened for writing, and made if there is none, only when that is needed.

    Args:
        store: a folder, the URL of a SPARQL endpoint, or ":memory:".
        extractor: what reads documents, instead of the built-in reader.
        known_on: leave out what was read or judged after this day; the graph is for reading then.
        overlays: your own Turtle or CSV files on top of the reference data.

    Raises:
        StoreError: locked, unreadable, made by a newer version, or nobody answers at the URL.
    """
    from kg.workspace import open_graph  # noqa: PLC0415 - the command line imports this module

    return open_graph(store, write=None, extractor=extractor, known_on=known_on, overlays=overlays)
