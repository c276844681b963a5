"""Results show themselves in a notebook, and what documents say stays text there."""

from datetime import date
from html.parser import HTMLParser

import pytest

import kg
from kg.views.embedding import framed, table_html

HOSTILE = """\
On 14 February 2026, French President Emmanuel Macron criticised the United States over \
<script>window.__pwned = 1</script> tariffs.

On 16 February 2026, Germany thanked France for "</iframe><img src=x onerror=alert(1)>" support.
"""


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)


def tags(html):
    parser = Tags()
    parser.feed(html)
    return set(parser.found)


@pytest.fixture
def graph(tmp_path, new_store):
    (tmp_path / "hostile.txt").write_text(HOSTILE, "utf-8")
    with kg.open(new_store(tmp_path / "a.kg")) as graph:
        list(graph.ingest([str(tmp_path / "hostile.txt")], read_on=date(2026, 3, 1)))
        yield graph


def test_the_graph_says_what_it_holds(graph):
    shown = graph._repr_html_()
    assert "Documents" in shown
    assert tags(shown) <= {"table", "thead", "tbody", "tr", "th", "td", "bdi", "p", "caption"}


def test_tables_show_names_figures_and_the_sentence(graph):
    shown = graph.rifts()._repr_html_()
    for part in ("France", "United States", "criticised the United States over &lt;script&gt;"):
        assert part in shown
    assert tags(shown) <= {"table", "thead", "tbody", "tr", "th", "td", "bdi", "p"}
    assert "criticised" in graph.explain("us,france")._repr_html_()
    assert tags(graph.timeline("us,france")._repr_html_()) >= {"table"}


def test_a_view_and_a_report_are_shut_into_a_frame_of_their_own(graph):
    pytest.importorskip("matplotlib", reason="needs the extra report")
    for shown in (graph.view()._repr_html_(), graph.report("us,france")._repr_html_()):
        assert tags(shown) == {"iframe"}
        assert 'sandbox="allow-scripts' in shown
        assert "allow-same-origin" not in shown


def test_a_frame_holds_exactly_the_page():
    page = '<!doctype html><p title="&amp;">\'"<script>1 < 2</script>'

    class Source(HTMLParser):
        def handle_starttag(self, tag, attrs):
            self.page = dict(attrs)["srcdoc"]

    parser = Source()
    parser.feed(framed(page, '"><script>'))
    assert parser.page == page


def test_long_tables_say_what_they_leave_out():
    shown = table_html({"n": "N"}, [{"n": n} for n in range(1000)], notes=("A note.",))
    assert shown.count("<tr>") == 201
    assert "The first 200 of 1,000 rows." in shown
    assert "A note." in shown
