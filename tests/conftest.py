"""Shared by all tests: a store that has ontology and reference data, made once and copied."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kg.graph import background_graphs
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """A store without documents. Filling one takes seconds, copying it a moment."""
    path = tmp_path_factory.mktemp("template") / "empty.kg"
    with open_store(path, write=True) as store:
        store.replace(background_graphs())
    return path


@pytest.fixture
def new_store(template) -> Callable[[Path], Path]:
    """``new_store(path)`` puts a store without documents at ``path``, unless there is one."""

    def make(path: Path) -> Path:
        if not path.exists():
            shutil.copytree(template, path)
        return path

    return make
