"""Lists of sources: BibTeX and CSL-JSON exports beside the files they describe."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import Library, parse_all, read_all
from kg.documents.bibtex import entries
from kg.errors import UnreadableError
from kg.records import PartialDate
from kg.sources import RawItem, collect

BIBTEX = r"""
@comment{not an entry}
@string{iaa = {Institute for Atlantic Affairs}}
@techreport{doe2025, title = {The {NATO} Summit \& its Price},
  author = {Doe, Jane and Schr{\"o}der, J\'er\^ome},
  institution = iaa # " Berlin", date = {2025-06-26}, langid = {en},
  file = {Full Text:files/12/summit report.pdf:application/pdf;Notes:notes.txt:text/plain} }
@article(roe, title = "Steel -- again", journal = "Trade {Q}uarterly", year = 2018,
  month = jun, author = {John Roe})
@misc{bare,}
@misc{broken, title = {never closed
"""
CSL = [
    {
        "id": "doe2025",
        "title": "The NATO Summit & its Price",
        "author": [{"given": "Jane", "family": "Doe"}, {"literal": "The Editors"}],
        "container-title": "Institute for Atlantic Affairs",
        "issued": {"date-parts": [[2025, 6, 26]]},
    },
    {"id": "roe", "issued": {"raw": "June 2018"}, "author": "nonsense"},
    "nonsense",
]


def raw(data: str, name: str = "library.bib") -> RawItem:
    return RawItem(data.encode(), name, name, "", "text/plain")


def test_bibtex():
    library = Library.load(raw(BIBTEX))
    stated = library.stated(raw("x", "papers/summit report.pdf"))
    assert stated == {
        "title": "The NATO Summit & its Price",
        "author": "Jane Doe, Jérôme Schröder",
        "outlet": "Institute for Atlantic Affairs Berlin",
        "published": PartialDate(2025, 6, 26),
        "published_origin": "library",
        "language": "en",
    }
    assert (
        library.stated(raw("x", "notes.txt")) == library.stated(raw("x", "doe2025.html")) == stated
    )
    article = library.stated(raw("x", "roe.pdf"))
    assert (article["title"], article["outlet"]) == ("Steel – again", "Trade Quarterly")
    assert article["published"] == PartialDate(2018, 6)
    assert library.stated(raw("x", "bare.pdf")) == {}
    assert library.stated(raw("x", "unknown.pdf")) == {}


def test_csl_json():
    library = Library.load(raw(json.dumps(CSL)))
    stated = library.stated(raw("x", "papers/doe2025.pdf"))
    assert stated["author"] == "Jane Doe, The Editors"
    assert stated["outlet"] == "Institute for Atlantic Affairs"
    assert stated["published"] == PartialDate(2025, 6, 26)
    assert library.stated(raw("x", "roe.pdf"))["published"] == PartialDate(2018, 6)


def test_the_library_outranks_the_file_and_the_caller_outranks_the_library(tmp_path):
    (tmp_path / "roe.txt").write_text(
        "Title: Draft 3\nDate: 2017-01-01\nAuthor: me\n\nKallas met Rubio."
    )
    library = Library.load(raw(BIBTEX))
    found = collect([str(tmp_path)], base=tmp_path)
    (document,) = read_all(found, library, author="Somebody")
    assert (document.title, document.author) == ("Steel – again", "Somebody")
    assert (str(document.published), document.published_origin) == ("2018-06", "library")
    (document,) = read_all(
        collect([str(tmp_path)], base=tmp_path), library, published=PartialDate(2020), title=""
    )
    assert (str(document.published), document.published_origin) == ("2020", "option")
    assert document.title == "Steel – again"


@pytest.mark.parametrize("data", ["", "words", "[]", "{broken", "@comment{x}", "[1]"])
def test_what_holds_no_entries(data):
    with pytest.raises(UnreadableError):
        Library.load(raw(data or " "))


PIECES = [
    "@misc{a,",
    "}",
    "{",
    '"',
    "title",
    "=",
    "\\",
    "\\'",
    "#",
    ",",
    "@string(",
    ")",
    "\n",
    "é",
    "x = 1",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_bibtex_ends(source):
    for entry in entries(source):
        assert entry["key"]


def test_deep_and_long_values():
    source = "@misc{a, title = {" + "{" * 50_000 + "x" + "}" * 50_000 + "}}"
    (entry,) = entries(source)
    assert entry["title"] == "x"
    assert list(entries("@misc{a, title = {" * 5_000))


def test_parse_all_takes_what_a_library_states():
    library = Library.load(raw(BIBTEX))
    item = raw("Kallas met Rubio.", "roe.txt")
    (document,) = parse_all(item, **library.stated(item))
    assert document.outlet == "Trade Quarterly"
