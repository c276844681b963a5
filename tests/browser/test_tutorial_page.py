"""The file that the tutorial tells to mail opens on the answer and its sentence."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

import kg

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


def test_the_mailed_page_opens_on_who_clashed_and_the_sentence(page):
    (line,) = re.findall(r"^\$ (kg export html .*)$", (ROOT / "docs/tutorial.md").read_text(), re.M)
    words = shlex.split(line)
    start = words[words.index("--at") + 1]
    with kg.open(":memory:") as graph:
        list(graph.ingest([str(ROOT / "examples")], read_on=date(2026, 3, 1)))
        opened = page(graph.view(), start=start)
    assert "Ukraine – United States" in opened.text("#panel-title")
    assert "the Pentagon had halted the delivery" in opened.text("#panel mark")
    assert opened.text("#counts").startswith("1 of ")
    opened.one("#reset").click()
    assert not opened.text("#counts").startswith("1 of ")
    opened.open(opened.js("return location.hash"))
    assert not opened.text("#counts").startswith("1 of "), "what was reset stays reset"
    assert opened.requests() == []
    assert opened.complaints() == []
