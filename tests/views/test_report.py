"""Reports in each format: what they say, what hostile text cannot do, and equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kg.views.links import web_address
from kg.views.report import Bar, Chart, Entry, Figure, Quote, ReportView, Source, Span, render
from kg.views.report.markdown import escaped, markdown

pytest.importorskip("matplotlib", reason="needs the extra report")
docx_library = pytest.importorskip("docx", reason="needs the extra report")


def view(text: str = "", origin: str = "https://news.example/a") -> ReportView:
    """A small report; ``text`` is said in every field that can hold text."""
    quote = Quote(text or "They clashed over steel.", 1, 10, 40, text or "asserted", 0.8, text)
    against = Entry(
        "2026-02-14", text or "EU → US", text or "criticise", -1, -4.0, (text,) if text else (),
        "e1", 2, quote,
    )  # fmt: skip
    beside = Entry("", text or "US → EU", text or "praise", 1, 3.0, (), "e2", 1, quote)
    name = text or "European Union – United States"
    return ReportView(
        title=name,
        scope=text or "Between both sides",
        summary=(text or "The documents tell 2 events.",),
        figures=(
            Figure(text or "Tone", text or "−0.31", text or "−0.52 to −0.05", text or "it leans"),
        ),
        charts=(
            Chart(text or "Over time", text or "By month.", spans=(Span("2026-02", 3, 1),)),
            Chart(text or "Tone", text or "With interval.", bars=(Bar(name, -0.3, -0.5, -0.1),)),
        ),
        confrontations=(against,),
        agreements=(beside,),
        timeline=(against, beside),
        changes=(text or "3 confrontations, 1 before.",),
        unknown=(text or "It rests on 1 document.",),
        sources=(Source(1, text or "A report", text or "The Wire", "2026-02-15", origin, "d1"),),
        made_from=((text or "Documents", text or "1"),),
    )


class Page(HTMLParser):
    """Start tags with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.said = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        self.said += data


def html(report: ReportView) -> str:
    return render(report, "html").decode("utf-8")


def test_the_page_says_figures_sentences_sources_and_limits():
    page = Page(html(view()))
    for part in (
        "European Union – United States", "−0.31", "−0.52 to −0.05", "They clashed over steel.",
        "−4.0", "+3.0", "undated", "A report", "The Wire", "3 confrontations, 1 before.",
        "What the data cannot say", "characters 10–40", "confidence 0.80",
    ):  # fmt: skip
        assert part in page.said, part
    assert "#source-1" in page.links


def test_the_page_has_no_script_and_loads_nothing():
    page = Page(html(view()))
    assert "script" not in {tag for tag, _ in page.tags}
    outside = [link for link in page.links if not link.startswith(("#", "data:"))]
    assert outside == ["https://news.example/a"]
    assert "default-src 'none'" in html(view()).replace("&#39;", "'")


def test_hostile_text_adds_no_element_and_no_attribute_to_the_page(samples):
    shape = Page(html(view("calm", origin=""))).tags
    for text in samples.HOSTILE:
        assert Page(html(view(text, origin=""))).tags == shape, text


def test_only_web_addresses_become_links(samples):
    for text in (*samples.HOSTILE, "data:text/html,x", "//evil.example", "file:///etc/passwd"):
        page = Page(html(view(origin=text)))
        assert all(link.startswith(("#", "data:image/", "data:,")) for link in page.links), text
        assert web_address(text) == ""
    assert web_address('https://example.org/"><script>') == (
        "https://example.org/%22%3E%3Cscript%3E"
    )


def rendered(text: str) -> Page:
    """Markdown as a generous renderer shows it: HTML allowed, addresses made into links."""
    maker = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return Page(maker.render(text))


def test_hostile_text_in_markdown_stays_text(samples):
    shape = [tag for tag, _ in rendered(markdown(view("calm", origin=""))).tags]
    for text in (
        *samples.HOSTILE,
        "[a](javascript:1)",
        "![x](http://e.example)",
        "| a | b |",
        "# h",
    ):
        page = rendered(markdown(view(text, origin="")))
        assert [tag for tag, _ in page.tags] == shape, text


@settings(deadline=None)  # the first example pays for imports
@given(st.text(max_size=60))
def test_whatever_is_escaped_renders_as_one_paragraph_of_text(text):
    page = rendered(f"x {escaped(text)}")
    assert [tag for tag, _ in page.tags] == ["p"]
    page = rendered(escaped(text))
    assert [tag for tag, _ in page.tags] in (["p"], [])


def test_no_address_in_markdown_is_left_for_a_renderer_to_link():
    said = escaped("http://evil.example www.evil.example a@evil.example mailto:a")
    assert not re.search(r"https?:|www\.|[^\\]@|mailto:", said)


def test_markdown_has_footnotes_and_the_charts_as_tables():
    text = markdown(view())
    assert "> They clashed over steel. [^1]" in text
    assert "[^1]: A report, The Wire, 2026-02-15. <https://news.example/a>" in text
    assert "| 2026-02 | −3 | \\+1 | 0 |" in text


def word(report: ReportView) -> str:
    document = docx_library.Document(io.BytesIO(render(report, "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_word_document_says_the_same():
    said = word(view())
    for part in ("They clashed over steel. [1]", "−0.52 to −0.05", "[1] A report, The Wire"):
        assert part in said


def test_hostile_text_gives_a_word_document_that_opens(samples):
    for text in samples.HOSTILE:
        raw = render(view(text), "docx")
        assert word(view(text))
        names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
        assert not [name for name in names if "vba" in name.lower() or "embed" in name.lower()]
        links = zipfile.ZipFile(io.BytesIO(raw)).read("word/_rels/document.xml.rels").decode()
        assert "External" not in links


@pytest.mark.parametrize("format_", ["html", "md", "docx"])
def test_equal_reports_give_equal_bytes(format_):
    assert render(view(), format_) == render(view(), format_)


def test_charts_tell_conflict_by_hatching_and_have_no_clock():
    from kg.views.report.charts import drawn

    for chart in view().charts:
        picture = drawn(chart).decode("utf-8")
        assert "<script" not in picture
        assert "<dc:date>" not in picture
        assert drawn(chart) == drawn(chart)
    assert "pattern" in drawn(view().charts[0]).decode("utf-8")


def test_without_the_libraries_a_line_says_what_to_install(monkeypatch):
    import sys

    from kg.errors import SourceError

    for name in ("matplotlib", "docx"):
        monkeypatch.setitem(sys.modules, name, None)
    for format_ in ("html", "docx"):
        with pytest.raises(SourceError, match="which is not installed") as caught:
            render(view(), format_)
        assert "transatlantic-kg[report]" in str(caught.value.hint)
    assert render(view(), "md").startswith(b"# European Union")
