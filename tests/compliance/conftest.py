"""Every store the suite runs against, empty and open for writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store import Store

ENGINES = ("memory", "disk", "server", "virtuoso")


@pytest.fixture(scope="session")
def server(sparql_server) -> Iterator[str]:
    """A real SPARQL server on loopback, empty at first."""
    with sparql_server() as address:
        yield f"http://{address}/query"


@pytest.fixture(scope="session")
def virtuoso(virtuoso_server) -> str:
    return virtuoso_server


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    where: dict[str, Path | None] = {"memory": None, "disk": tmp_path / "test.kg"}
    name = request.param
    place = where[name] if name in where else request.getfixturevalue(name)
    with open_store(place, write=True) as opened:
        opened.replace({}, remove=opened.graphs())
        yield opened
