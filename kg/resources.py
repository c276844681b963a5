"""Where ontology/ and queries/ lie: inside the wheel, or in the checkout of an editable install."""

from __future__ import annotations

from pathlib import Path

__all__ = ["ontology_dir", "queries_dir"]

_PACKAGE = Path(__file__).resolve().parent


def _find(name: str) -> Path:
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"{name}/ is missing from this installation of transatlantic-kg")


def ontology_dir() -> Path:
    """Folder with core.ttl, event-types.ttl, issues.ttl, align.ttl, shapes.ttl, reference/."""
    return _find("ontology")


def queries_dir() -> Path:
    """Folder with questions/, rules/, checks/ and exports/, all SPARQL 1.1."""
    return _find("queries")
