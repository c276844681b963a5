"""Every store the suite runs against, empty and open for writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store import Store

ENGINES = ("memory", "disk")


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    where = {"memory": None, "disk": tmp_path / "test.kg"}[request.param]
    with open_store(where, write=True) as opened:
        yield opened
