"""Every store the suite runs against, empty and open for writing."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Store

ENGINES = ("memory", "disk", "server")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A real SPARQL server on loopback: the one of the PyPI package "oxigraph"."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}") or shutil.which(
        "oxigraph"
    )
    if program is None:
        pytest.skip("needs the server of the package oxigraph: pip install oxigraph")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve", "--bind", address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        assert server.stdout is not None
        assert b"Listening" in server.stdout.readline()
        try:
            yield f"http://{address}/query"
        finally:
            server.terminate()


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    where: dict[str, Path | None] = {"memory": None, "disk": tmp_path / "test.kg"}
    name = request.param
    place = where[name] if name in where else request.getfixturevalue(name)
    with open_store(place, write=True) as opened:
        opened.replace({}, remove=opened.graphs())
        yield opened
