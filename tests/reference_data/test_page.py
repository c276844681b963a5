"""The counts on the page about the reference data are those that ``kg info --reference`` prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.cli import main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "reference-data.md"


def test_the_page_counts_what_the_command_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(("info", "--reference", "-f", "json"))
    assert not left.value.code
    printed = {row["what"]: row["value"] for row in json.loads(capsys.readouterr().out)["rows"]}
    table = re.findall(r"^\| ([a-z]+) \| (\d+) \|$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    assert {what: int(number) for what, number in table} == printed
