"""Asking a pyoxigraph Store one query, and its complaints in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.namespaces import PREFIXES
from kg.store.base import Rows, Triples
from kg.store.sparql import inspect, syntax_error

if TYPE_CHECKING:
    from kg.store.base import Result

__all__ = ["read_error", "run"]


def read_error(location: str, error: Exception) -> StoreError:
    """The engine's complaint while reading, in one line."""
    return StoreError(
        f"cannot read the store {location}: {' '.join(str(error).split())}",
        "if files were lost or damaged, restore a copy or ingest the documents into a new store",
    )


def run(engine: ox.Store, sparql: str, location: str) -> Result:
    """Answer a query on a pyoxigraph Store: no updates, no SERVICE.

    Args:
        engine: where to ask.
        sparql: the query.
        location: the store's name, for messages.

    Raises:
        QueryError: malformed or not allowed.
        StoreError: the engine cannot read its data.
    """
    inspect(sparql)
    try:
        answer = engine.query(sparql, prefixes=PREFIXES)
        if isinstance(answer, ox.QuerySolutions):
            names = tuple(variable.value for variable in answer.variables)
            return Rows(names, tuple(tuple(solution) for solution in answer))
        if isinstance(answer, ox.QueryTriples):
            return Triples(tuple(sorted(set(answer), key=str)))
        return bool(answer)
    except (SyntaxError, ValueError) as error:
        raise syntax_error(sparql, str(error)) from error
    except (OSError, RuntimeError) as error:
        raise read_error(location, error) from error
