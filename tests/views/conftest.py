from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture(scope="session")
def samples() -> SimpleNamespace:
    """The functions and constants of samples.py (test folders are no packages)."""
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("samples.py"))))
