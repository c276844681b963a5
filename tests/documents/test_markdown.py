"""Markdown: what the reader sees, and what the front matter says."""

import pytest

from kg.documents import parse
from kg.errors import UnreadableError
from kg.sources import RawItem


def read(text: str):
    return parse(RawItem(text.encode(), "a.md", "notes/a.md", ".md", "text/markdown"))


def test_marks_link_targets_pictures_and_code_go():
    document = read(
        "The **European Union** and the [United States](https://example.org 'x') *agreed*\n"
        "on `steel`. ![a picture](p.png)\n\n```python\nsecret = 1\n```\n\n    also code\n"
    )
    assert document.text == "The European Union and the United States agreed on steel."


def test_lines_that_are_lines():
    document = read(
        "# One\n\ntext\n\n## Two\n\n* first\n* second\n  1. nested\n  2. again\n\n"
        "3. three\n4. four\n\n> quoted\n> words\n\n| a | b |\n|---|---|\n| c | d |\n"
    )
    assert document.text.split("\n") == [
        *("One", "", "text", "", "Two", "", "• first", "• second", "1. nested", "2. again", ""),
        *("3. three", "4. four", "", "quoted words", "", "a | b", "c | d"),
    ]


def test_turns_stay_lines():
    text = "MS. LUND: We agree with\nthe proposal.\nMR. ORTEGA: We do not."
    assert read(text).text == "MS. LUND: We agree with the proposal.\nMR. ORTEGA: We do not."


def test_html_inside():
    document = read("A<br>B <b>C</b> <!-- no -->\n\n<div><p>D</p><script>no()</script>E</div>\n")
    assert document.text == "A\nB C\n\nD\n\nE"


FRONT = {
    "yaml": '---\ntitle: "A: title"\ndate: 2025-06-25T10:00:00Z # comment\nauthors:\n  - Jane Doe\n'
    "  - John Roe\npublisher: 'The Meridian''s Post'\nlang: en_gb\nempty:\n---\nBody text.\n",
    "list": '---\ntitle: "A: title"\npublished: June 25, 2025\nauthor: [Jane Doe, John Roe]\n'
    "outlet: >\n  The Meridian's\n  Post\nlanguage: en-GB\n...\nBody text.\n",
    "toml": '+++\ntitle = "A: title"\ndate = 2025-06-25\nauthors = ["Jane Doe", "John Roe"]\n'
    'publisher = "The Meridian\'s Post"\nlanguage = "en-gb"\n[x]\ny = 1\n+++\nBody text.\n',
    "windows": "---\r\ntitle: 'A: title'\r\ndate: 25.06.2025\r\nauthor: Jane Doe, John Roe\r\n"
    "source: The Meridian's Post\r\nlanguage: en-GB\r\n---\r\nBody text.\r\n",
}


@pytest.mark.parametrize("style", FRONT)
def test_front_matter(style):
    document = read(FRONT[style])
    assert document.text == "Body text."
    assert document.title == "A: title"
    assert (str(document.published), document.published_origin) == ("2025-06-25", "front matter")
    assert (document.author, document.outlet) == ("Jane Doe, John Roe", "The Meridian's Post")
    assert document.language == "en-GB"


@pytest.mark.parametrize(
    "text",
    [
        "---\nA rule, then text.\n\n---\n\nMore.",
        "+++\nnot = toml = at all\n+++\nMore.",
        "---\ntitle: open",
    ],
)
def test_rules_are_not_front_matter(text):
    document = read(text)
    assert document.published is None
    assert any(word in document.text for word in ("rule", "not", "open"))


def test_the_first_heading_is_the_title_and_stays():
    document = read("Some words.\n\n## The *second* level\n\nMore.\n\n# Later\n")
    assert document.title == "The second level"
    assert "The second level" in document.text


def test_a_dateline_below_the_heading():
    document = read("# Talks fail\n\nGENEVA, Jan. 10, 2022 (AP) — The talks failed.\n")
    assert (str(document.published), document.published_origin) == ("2022-01-10", "text dateline")
    assert document.outlet == "AP"


@pytest.mark.parametrize("source", ["[", "> ", "- ", "*a ", "[a](", "|a", "---\n", "`a``", "&amp"])
def test_repetition_does_not_hurt(source):
    read(source * 5_000 + "\n\nKallas met Rubio.")


def test_a_comment_that_never_ends_leaves_no_text():
    with pytest.raises(UnreadableError):
        read("<!--\n" * 5_000 + "\n\nKallas met Rubio.")
