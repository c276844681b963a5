"""Every question of queries/questions on a large store."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.namespaces import entity_iri
from kg.resources import queries_dir
from kg.store import open_store
from kg.store.parameters import load_query

if TYPE_CHECKING:
    from pathlib import Path


def report(path: Path, limit: float) -> None:
    """Print seconds on the clock for each question; those stopped are marked."""
    print("\n## Questions in SPARQL\n\n| question | s |\n|---|---|")
    with open_store(path) as store:
        event = store.select("SELECT ?e { ?e a tkg:Confrontation } LIMIT 1").texts()[0][0]
        values: dict[str, dict[str, object]] = {
            "events-by-actor": {"actor": entity_iri("state", "uk")},
            "events-by-issue": {"issue": "trade-tariffs"},
            "evidence": {"event": event},
            "events-at-venue": {"venue": "Munich"},
            "offices-of-a-person": {"person": entity_iri("person", "kaja-kallas")},
            "speakers-for-a-bloc": {"bloc": entity_iri("bloc", "eu"), "on": "2020-01-01"},
        }
        for file in sorted((queries_dir() / "questions").glob("*.rq")):
            question = load_query(file).bound(values.get(file.stem, {}))
            start = time.perf_counter()
            try:
                store.query(question, timeout=limit)
                taken = f"{time.perf_counter() - start:.1f}"
            except QueryError:
                taken = f"over {limit:.0f}"
            print(f"| {file.stem} | {taken} |", flush=True)
