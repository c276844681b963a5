"""The graphs every store carries: ontology with its vocabularies, and reference data."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, parse

from kg.errors import ReferenceDataError
from kg.graph.terms import iri, plain, term
from kg.namespaces import graph_iri
from kg.reference.world import read_facts
from kg.resources import ontology_dir

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["background_graphs", "background_version"]


def background_graphs(overlays: Sequence[Path] = ()) -> dict[str, tuple[Triple, ...]]:
    """Named graphs ``ontology`` and ``reference``, parsed from the Turtle files.

    The ontology graph also says which version of the files it holds (``background_version``).

    Args:
        overlays: a user's own files on top of the reference data, as for ``load_world``.

    Raises:
        ReferenceDataError: a file cannot be parsed; the message names it.
    """
    version = background_version(overlays)
    note = Triple(iri(graph_iri("ontology")), term("tkg:version"), plain(version))
    vocabulary, reference = _files()
    layers = [reference, *((path,) for path in overlays)]
    return {
        graph_iri("ontology"): (*_parse(vocabulary), note),
        graph_iri("reference"): (
            tuple(read_facts(layers).triples()) if overlays else _parse(reference)
        ),
    }


def background_version(overlays: Sequence[Path] = ()) -> str:
    """First 20 hex digits of a SHA-256 over the names and bytes of all the files."""
    digest = hashlib.sha256()
    for file in (*(path for files in _files() for path in files), *overlays):
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
