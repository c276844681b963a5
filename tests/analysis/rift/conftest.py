"""Feeds whose truth is known, as the benchmark draws them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

PLACE = Path(__file__).resolve().parents[2] / "benchmarks" / "rift" / "feeds.py"


@pytest.fixture(scope="session")
def feeds():
    """The module ``tests/benchmarks/rift/feeds.py``."""
    spec = importlib.util.spec_from_file_location("rift_feeds", PLACE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["rift_feeds"] = module
    spec.loader.exec_module(module)
    return module
