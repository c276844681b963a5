"""The whole way: a hostile document is ingested, exported and opened."""

from datetime import date

import pytest

import kg.workspace

pytestmark = pytest.mark.browser

HOSTILE = """\
On 14 February 2026, French President Emmanuel Macron criticised the United States over \
<script>window.__pwned = 1</script> tariffs.

"><img src=x onerror="window.__pwned = 2"> Minister <b>Eve Mallory</b> met U.S. President Donald \
Trump in {{7*7}} Paris on 15 February 2026.

On 16 February 2026, Germany thanked France for "</script><svg onload=window.__pwned=3>" support.
"""


@pytest.fixture
def hostile(tmp_path, new_store, page):
    (tmp_path / '"><img src=x onerror=alert(1)>.txt').write_text(HOSTILE, "utf-8")
    store = new_store(tmp_path / "a.kg")
    with kg.workspace.open_graph(store, write=True) as graph:
        reports = list(graph.ingest([str(tmp_path / "*.txt")], read_on=date(2026, 3, 1)))
        assert [report.problem for report in reports] == [None]
        assert sum(report.events for report in reports) >= 2
        return page(graph.view("<script>window.__pwned = 4</script>"))


def test_nothing_in_a_document_runs_asks_or_complains(hostile):
    for tab in hostile.all("[role=tab]"):
        tab.click()
    assert hostile.js("return window.__pwned") is None
    assert hostile.requests() == []
    assert hostile.complaints() == []


def test_a_cell_shows_the_sentence_as_it_was_written(hostile):
    cell = next(cell for cell in hostile.all("table button, td button") if cell.text.strip())
    cell.click()
    hostile.until("return document.body.innerText.includes('February 2026')")
    assert hostile.js("return window.__pwned") is None
