"""What docs/how-to/query.md shows works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.store.parameters import load_query, parse_query, query_names

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "query.md"
TEXT = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
BLOCKS = re.findall(r"```sparql\n(.*?)```", TEXT, re.DOTALL)


def test_every_question_is_listed_with_what_it_needs():
    listed = re.findall(r"(?m)^\| `([a-z-]+)` \| .* \| (.*)\|$", TEXT)
    needs = {
        name: [p.name for p in load_query(name).parameters if p.default is None and not p.optional]
        for name in query_names()
    }
    assert {name: re.findall(r"`(\w+)`", cell) for name, cell in listed} == needs


def test_every_command_names_a_query_and_its_parameters():
    commands = re.findall(r"(?m)^kg query (?!mine)([a-z][a-z/-]+)((?: --param \S+)*)", TEXT)
    assert len(commands) > 5
    for name, given in commands:
        known = {parameter.name for parameter in load_query(name).parameters}
        assert set(re.findall(r"--param (\w+)=", given)) <= known


@pytest.mark.parametrize("block", BLOCKS)
def test_every_query_shown_finds_something(store, block):
    query = parse_query(block)
    values = {"actor": "id:person/kaja-kallas"} if query.parameters else {}
    assert len(store.select(query.bound(values))) > 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own
def test_python_example_runs(store, tmp_path, monkeypatch, capsys):
    from kg.store import open_store

    first, second = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    with open_store(tmp_path / "atlantic.kg", write=True) as copy:
        copy.replace({name: (quad.triple for quad in store.quads(name)) for name in store.graphs()})
    monkeypatch.chdir(tmp_path)
    exec(first, {})
    assert "2026-02-14 Kaja Kallas" in capsys.readouterr().out
    exec(second, {"store": store})
    assert "Estonia" in capsys.readouterr().out
