"""What the page about the ontology shows works as shown."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.namespaces import ID
from kg.reference.world import load_world

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "ontology.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_query_finds_the_sentence_in_the_sample() -> None:
    store = Store()
    sample = Path(__file__).parent / "data" / "sample.ttl"
    store.load(path=str(sample), format=RdfFormat.TURTLE)
    rows = list(store.query(block("sparql")))  # type: ignore[arg-type]
    assert [(row["agent"].value, row["polity"].value) for row in rows] == [
        (ID + "person/kaja-kallas", ID + "bloc/eu")
    ]
    assert rows[0]["quote"].value.startswith("Ms Kallas rebutted")


def test_the_table_is_an_overlay(tmp_path: Path) -> None:
    table = re.search(r"```\n(person,office.*?)```", PAGE, re.DOTALL)
    assert table
    path = tmp_path / "mine.csv"
    path.write_text(table[1], encoding="utf-8")
    assert load_world((path,)).find("Jane Doe")


def test_links_on_the_page_lead_somewhere() -> None:
    folder = ROOT / "docs" / "reference"
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", PAGE)
    assert [link for link in links if not (folder / link).exists()] == []
