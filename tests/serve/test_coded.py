"""Pages about what only feeds tell: the act in words, the row in fields, nothing raw."""

from __future__ import annotations

import shutil

import pytest

import kg

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}"
FEED = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tPublisher\n"
    f"1\t2018-06-01\tFrance\tNA\tFrance\t{HOSTILE}\t111\t-2\tGermany\tNA\tGermany\ts1\tAgency\n"
    "2\t2018-06-02\tFrance\tNA\tFrance\tPraise\t051\t3\tGermany\tNA\tGermany\ts2\tAgency\n"
)


@pytest.fixture(scope="module")
def coded(template, making, tmp_path_factory):
    folder = tmp_path_factory.mktemp("coded")
    (folder / "events.tab").write_text(FEED)
    shutil.copytree(template, folder / "a.kg")
    with kg.open(folder / "a.kg") as graph:
        list(graph.ingest([str(folder / "events.tab")]))
    with making.serving(folder / "a.kg", "--timeout", "20") as running:
        yield running


def _pair(server):
    return server.html("/pair?a=state/france&b=state/germany")


def test_a_pair_lists_the_acts_with_their_rows(coded):
    text = " ".join(_pair(coded).text_content().split())
    assert "France → Germany: praise, 2018-06-02" in text
    assert "row 2 of events.tab, coded by ICEWS" in text
    assert '{"Event ID"' not in text


def test_an_event_shows_the_fields_of_its_row(coded):
    links = _pair(coded).xpath("//main//a/@href[starts-with(., '/event')]")
    pages = [coded.page(link) for link in dict.fromkeys(links)]
    assert len(pages) == 2
    for page in pages:
        assert page.status == 200
        assert "Source Country" in page.text
        assert "of events.tab, coded by ICEWS" in page.text
        assert "<img src=x" not in page.text
        assert "{&#34;" not in page.text
        assert '{"Event' not in page.text
    assert any("&lt;img src=x" in page.text for page in pages)
    assert any("Praise" in page.text for page in pages)
