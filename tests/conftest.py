"""Shared by all tests: a store that has ontology and reference data, made once and copied."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.graph import background_graphs
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager


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


@pytest.fixture(scope="session")
def sparql_server() -> Callable[[], AbstractContextManager[str]]:
    """``with sparql_server() as address``: the server of the PyPI package "oxigraph"."""
    beside = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}")
    program = beside or shutil.which("oxigraph")
    if program is None:
        pytest.skip("needs the server of the package oxigraph: pip install oxigraph")

    @contextmanager
    def serve() -> Iterator[str]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        command = [program, "serve", "--bind", address]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
            assert running.stdout is not None
            assert b"Listening" in running.stdout.readline()
            try:
                yield address
            finally:
                running.terminate()

    return serve
