"""The hand-written store the questions, checks, rules and exports are tried on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.store import MemoryStore

FIXTURE = Path(__file__).with_name("fixture.trig")


@pytest.fixture
def store():
    graphs = {}
    for quad in parse(path=str(FIXTURE), format=RdfFormat.TRIG):
        graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    with MemoryStore() as filled:
        filled.replace(graphs)
        yield filled
