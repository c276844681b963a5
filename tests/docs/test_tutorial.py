"""The tutorial says what its commands print, and its pictures are there."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
TOOL = SimpleNamespace(**runpy.run_path(str(ROOT / "tools" / "tutorial.py")))
TEXT = TOOL.TUTORIAL.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.skipif(shutil.which("kg") is None, reason="needs kg on the PATH")
def test_every_command_prints_what_stands_there():
    pytest.importorskip("matplotlib", reason="needs the extra report")
    assert TOOL.refreshed(TEXT) == TEXT, "run python tools/tutorial.py and look at what changed"


def test_the_store_is_made_as_make_demo_makes_it():
    recipe = (ROOT / "Makefile").read_text("utf-8")
    for command in TOOL.PREPARE:
        assert command in recipe


def test_pictures_and_pages_it_points_to_are_there():
    links = re.findall(r"\]\(([^)#]+)", TEXT)
    assert len([link for link in links if link.endswith(".png")]) == 5
    for link in links:
        assert (TOOL.TUTORIAL.parent / link).is_file(), link
