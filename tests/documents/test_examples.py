"""The example documents are read with everything that they say about themselves."""

from pathlib import Path

import pytest

from kg.documents import read_all
from kg.records import Document
from kg.sources import collect

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def examples() -> dict[str, Document]:
    found = list(read_all(collect([str(ROOT / "examples")], base=ROOT)))
    documents = [one for one in found if isinstance(one, Document)]
    assert len(documents) == len(found)
    assert len(documents) == 4
    return {Path(document.source).stem: document for document in documents}


@pytest.mark.parametrize(
    ("name", "date", "origin", "outlet"),
    [
        ("steel-truce-2021", "2021-10-31", "text dateline", "Atlantic Wire"),
        ("aukus-statement-2021", "2021-09-30", "front matter", "Atlantic Dialogue Association"),
        ("nord-stream-interview-2022", "2022-03-03", "file header line", "Baltic Energy Podcast"),
        ("hague-summit-opinion-2025", "2025-07-02", "json-ld", "The Harbour Review"),
    ],
)
def test_each_example_states_its_date_and_outlet(examples, name, date, origin, outlet):
    document = examples[name]
    assert (str(document.published), document.published_origin) == (date, origin)
    assert document.outlet == outlet
    assert document.title
    assert document.language == "en"
    assert 450 <= len(document.text.split()) <= 700


def test_marks_and_surroundings_are_gone(examples):
    assert "](" not in examples["aukus-statement-2021"].text
    assert "night ferry" not in examples["hague-summit-opinion-2025"].text
    turns = [line for line in examples["nord-stream-interview-2022"].text.split("\n") if line]
    assert sum(line.startswith(("LENA HARTWIG:", "HENRIK SOLBERG:")) for line in turns) >= 14
