"""Make the pictures of README and docs from the example documents: ``make pictures``.

Reads the examples into a store of its own, writes the page and a report, and takes their pictures.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from screenshot import Shot, take  # beside this file

import kg
from kg.views.html import html_page
from kg.views.report import render

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
UKRAINE = "issue=ukraine-support&sign=minus&since=2024-07&until=2025-07"


def main() -> int:
    """Write the pages to a folder that is removed again, and their pictures to docs/pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with kg.open(":memory:") as graph:
            list(graph.ingest([str(ROOT / "examples")], read_on=date(2026, 3, 1)))
            (folder / "atlantic.html").write_text(html_page(graph.view()), encoding="utf-8")
            (folder / "us.html").write_bytes(render(graph.report("us"), "html"))
        page, report = folder / "atlantic.html", folder / "us.html"
        take(
            Shot(page, PICTURES / "atlantic.png", (1440, 960), "pair=us,eu", scale=1.25),
            Shot(
                page, PICTURES / "timeline.png", (1440, 860), "view=timeline&pair=us,eu", scale=1.25
            ),
            Shot(page, PICTURES / "ego.png", (1440, 1000), "view=ego&actor=us", scale=1.25),
            Shot(
                page,
                PICTURES / "ukraine.png",
                (1440, 860),
                f"{UKRAINE}&pair=us,ukraine",
                scale=1.25,
            ),
            Shot(report, PICTURES / "report.png", (820, 1000), scale=1.5),
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
