"""The graphs every store carries: ontology with its vocabularies, and reference data."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, parse

from kg.errors import ReferenceDataError
from kg.graph.terms import iri, plain, term
from kg.namespaces import graph_iri
from kg.resources import ontology_dir

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["background_graphs", "background_version"]


def background_graphs() -> dict[str, tuple[Triple, ...]]:
    """Named graphs ``ontology`` and ``reference``, parsed from the Turtle files.

    The ontology graph also says which version of the files it holds (``background_version``).

    Raises:
        ReferenceDataError: a file cannot be parsed; the message names it.
    """
    version = Triple(iri(graph_iri("ontology")), term("tkg:version"), plain(background_version()))
    vocabulary, reference = _files()
    return {
        graph_iri("ontology"): (*_parse(vocabulary), version),
        graph_iri("reference"): _parse(reference),
    }


def background_version() -> str:
    """First 20 hex digits of a SHA-256 over the names and bytes of all the files."""
    digest = hashlib.sha256()
    for file in (path for files in _files() for path in files):
        digest.update(f"{file.name}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:20]


def _files() -> tuple[list[Path], list[Path]]:
    folder = ontology_dir()
    vocabulary = [folder / name for name in ("core.ttl", "event-types.ttl", "issues.ttl")]
    return vocabulary, sorted((folder / "reference").glob("*.ttl"))


def _parse(files: list[Path]) -> tuple[Triple, ...]:
    triples: set[Triple] = set()
    for file in files:
        try:
            triples.update(quad.triple for quad in parse(path=str(file), format=RdfFormat.TURTLE))
        except (SyntaxError, OSError) as error:
            raise ReferenceDataError(f"{file}: {error}") from error
    return tuple(triples)
