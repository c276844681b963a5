"""The graphs every store carries: ontology with its vocabularies, and reference data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, parse

from kg.errors import ReferenceDataError
from kg.namespaces import graph_iri
from kg.resources import ontology_dir

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["background_graphs"]


def background_graphs() -> dict[str, tuple[Triple, ...]]:
    """Named graphs ``ontology`` and ``reference``, parsed from the Turtle files.

    Raises:
        ReferenceDataError: a file cannot be parsed; the message names it.
    """
    folder = ontology_dir()
    vocabulary = [folder / name for name in ("core.ttl", "event-types.ttl", "issues.ttl")]
    reference = sorted((folder / "reference").glob("*.ttl"))
    return {
        graph_iri("ontology"): _parse(vocabulary),
        graph_iri("reference"): _parse(reference),
    }


def _parse(files: list[Path]) -> tuple[Triple, ...]:
    triples: set[Triple] = set()
    for file in files:
        try:
            for quad in parse(path=str(file), format=RdfFormat.TURTLE):
                triples.add(quad.triple)
        except (SyntaxError, OSError) as error:
            raise ReferenceDataError(f"{file}: {error}") from error
    return tuple(sorted(triples, key=str))
