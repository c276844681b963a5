"""Run ``kg`` in this process, as the shell would."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass

import pytest

from kg.cli.main import main


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def kg(capsys, monkeypatch, tmp_path):
    """``kg("info", "-s", "x")`` → exit code, stdout, stderr; works in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("KG_STORE", "NO_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(*words: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(words)
        captured = capsys.readouterr()
        return Ran(int(left.value.code or 0), captured.out, captured.err)

    return run
