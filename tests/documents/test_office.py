"""Word, OpenDocument, EPUB and RTF files, built with the formats' own tools where there are any."""

import io
import sys
import zipfile

import pytest

from kg.documents import parse
from kg.errors import SourceError, UnreadableError
from kg.records import Document
from kg.sources import RawItem, SourceProblem, collect

SENTENCE = "Kaja Kallas met Marco Rubio in Brussels and rejected the American proposal."


def read(folder, name: str, data: bytes) -> Document:
    """Through a real file, so that suffix and media type are those a user gets."""
    (folder / name).write_bytes(data)
    (item,) = collect([str(folder / name)], base=folder)
    assert isinstance(item, RawItem), item.error
    return parse(item)


def word_file(change=None) -> bytes:
    docx = pytest.importorskip("docx", reason="python-docx builds the test files")
    document = docx.Document()
    document.core_properties.author = "Jane Doe"
    document.core_properties.title = ""
    document.add_heading("Talks on steel", level=0)
    document.add_paragraph("Brussels, 3 March 2025")
    paragraph = document.add_paragraph(SENTENCE)
    paragraph.add_run(" They agreed on").bold = True
    paragraph.add_run("\tnothing.\nOn nothing at all.")
    document.add_paragraph("First demand", style="List Bullet")
    document.add_paragraph("Second demand", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Steel", "25 per cent"
    document.sections[0].header.paragraphs[0].text = "CONFIDENTIAL"
    if change:
        change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_word(tmp_path):
    document = read(tmp_path, "a.docx", word_file())
    assert document.text.split("\n") == [
        *("Talks on steel", "", "Brussels, 3 March 2025", ""),
        *(f"{SENTENCE} They agreed on nothing.", "On nothing at all.", ""),
        *("• First demand", "• Second demand", "", "Steel | 25 per cent"),
    ]
    assert (document.title, document.author) == ("Talks on steel", "Jane Doe")
    assert (str(document.published), document.published_origin) == ("2025-03-03", "text date line")


def test_tracked_changes_are_read_as_accepted(tmp_path):
    from lxml import etree

    def change(document):
        body = document.element.body
        namespace = body.nsmap["w"]
        for tag, inner, words in (
            ("ins", "t", "Inserted words."),
            ("del", "delText", "Deleted words."),
        ):
            run = f"<w:r><w:{inner}>{words}</w:{inner}></w:r>"
            xml = f'<w:p xmlns:w="{namespace}"><w:{tag} w:id="1">{run}</w:{tag}></w:p>'
            body.insert(3, etree.fromstring(xml))

    text = read(tmp_path, "a.docx", word_file(change)).text
    assert "Inserted words." in text
    assert "Deleted words." not in text


def test_open_document(tmp_path):
    odf = pytest.importorskip("odf.opendocument", reason="odfpy builds the test files")
    from odf import dc, table, text

    document = odf.OpenDocumentText()
    document.meta.addElement(dc.Title(text="The Paris talks"))
    document.meta.addElement(dc.Creator(text="Jane Doe"))
    document.text.addElement(text.H(outlinelevel=1, text="Talks in Paris"))
    paragraph = text.P(text=SENTENCE)
    paragraph.addElement(text.S(c=3))
    paragraph.addElement(text.Span(text="They agreed."))
    paragraph.addElement(text.LineBreak())
    paragraph.addText("Perhaps.")
    document.text.addElement(paragraph)
    items = text.List()
    for words in ("First demand", "Second demand"):
        item = text.ListItem()
        item.addElement(text.P(text=words))
        items.addElement(item)
    document.text.addElement(items)
    rows = table.Table()
    row = table.TableRow()
    for words in ("Steel", "25 per cent"):
        cell = table.TableCell()
        cell.addElement(text.P(text=words))
        row.addElement(cell)
    rows.addElement(row)
    document.text.addElement(rows)
    stream = io.BytesIO()
    document.write(stream)
    found = read(tmp_path, "a.odt", stream.getvalue())
    assert found.text.split("\n") == [
        *("Talks in Paris", "", f"{SENTENCE} They agreed.", "Perhaps.", ""),
        *("• First demand", "• Second demand", "", "Steel | 25 per cent"),
    ]
    assert (found.title, found.author) == ("The Paris talks", "Jane Doe")


def book(chapters: dict[str, str], spine: list[str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="EPUB/package.opf"/></rootfiles></container>',
        )
        items = "".join(f'<item id="{name}" href="t/{name}.xhtml"/>' for name in chapters)
        refs = "".join(f'<itemref idref="{name}"/>' for name in spine)
        archive.writestr(
            "EPUB/package.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<metadata><dc:title>Two Shores</dc:title><dc:creator>Jane Doe</dc:creator>"
            "<dc:creator>John Roe</dc:creator><dc:publisher>Harbour Press</dc:publisher>"
            "<dc:date>2023-05-01</dc:date><dc:language>en</dc:language></metadata>"
            f"<manifest>{items}</manifest><spine>{refs}</spine></package>",
        )
        for name, body in chapters.items():
            archive.writestr(
                f"EPUB/t/{name}.xhtml",
                f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>',
            )
    return stream.getvalue()


def test_books(tmp_path):
    chapters = {
        "one": f"<h1>One</h1><p>{SENTENCE}</p>",
        "two": "<p>Später, in <i>Köln</i>.</p>",
        "notes": "<p>x</p>",
    }
    document = read(tmp_path, "a.epub", book(chapters, ["two", "one", "gone"]))
    assert document.text == f"Später, in Köln.\n\nOne\n\n{SENTENCE}"
    assert (document.title, document.author, document.outlet) == (
        "Two Shores",
        "Jane Doe, John Roe",
        "Harbour Press",
    )
    assert (str(document.published), document.published_origin) == ("2023-05-01", "epub dc:date")


RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}"
    r"{\info{\title Talks on st\'e4hl}{\author Jane Doe}}"
    r"\f0\fs24 Brussels, 3 March 2025\par " + SENTENCE + r"\par Schr\u246?der \b agreed\b0.\par}"
)


def test_rich_text(tmp_path):
    pytest.importorskip("striprtf", reason="the extra rtf is not installed")
    document = read(tmp_path, "a.rtf", RTF.encode())
    assert document.text == f"Brussels, 3 March 2025\n\n{SENTENCE}\n\nSchröder agreed."
    assert (document.title, document.author) == ("Talks on stähl", "Jane Doe")
    assert str(document.published) == "2025-03-03"


@pytest.mark.parametrize(
    ("name", "data", "module", "extra"),
    [
        ("a.rtf", RTF.encode(), "striprtf", "rtf"),
        ("a.pdf", b"%PDF-1.4", "pypdf", "pdf"),
        ("a.rss", b"<rss/>", "feedparser", "feeds"),
        ("a.warc", b"WARC/1.0", "warcio", "warc"),
    ],
)
def test_a_missing_library_is_named_with_the_extra_that_installs_it(
    tmp_path, monkeypatch, name, data, module, extra
):
    for loaded in [loaded for loaded in sys.modules if loaded.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(
        sys.modules, module, None
    )  # how Python itself marks what cannot be imported
    with pytest.raises(SourceError, match=module) as caught:
        read(tmp_path, name, data)
    assert caught.value.hint == f"pip install 'transatlantic-kg[{extra}]'"


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return stream.getvalue()


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
    b'<!ENTITY c SYSTEM "file:///etc/passwd">]><x><p><t>words &b;&c;</t></p></x>'
)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and then nothing",
        b"not an archive at all",
        zipped(other=b"x"),
        zipped(word__document_xml=b"<not xml", content_xml=b"<not xml"),
        zipped(
            word__document_xml=b"<x/>", content_xml=b"<x/>", **{"META-INF__container_xml": b"<x/>"}
        ),
        zipped(word__document_xml=BOMB, content_xml=b"<x/>"),
        zipped(content_xml=bytes(250 * 1024 * 1024), word__document_xml=b"<x/>"),
    ],
    ids=["cut", "text", "other", "no-xml", "empty", "entities", "bomb"],
)
def test_damaged_and_hostile_archives(tmp_path, name, data):
    try:
        text = read(tmp_path, name, data).text
    except UnreadableError as error:
        text = error.message
    assert "root:" not in text
    assert "aaaa" not in text
    assert "\n" not in text


def test_truncated_files(tmp_path):
    data = word_file()
    for cut in (len(data) // 2, len(data) - 500, len(data) - 10):
        with pytest.raises(UnreadableError, match="damaged"):
            read(tmp_path, "a.docx", data[:cut])


def test_archives_are_known_by_their_content_too(tmp_path):
    (tmp_path / "mystery").write_bytes(book({"one": "<p>words</p>"}, ["one"]))
    (tmp_path / "plain.zip").write_bytes(zipped(a=b"x"))
    found = list(collect([str(tmp_path / "mystery"), str(tmp_path / "plain.zip")], base=tmp_path))
    assert isinstance(found[0], RawItem)
    assert found[0].media_type == "application/epub+zip"
    assert isinstance(found[1], SourceProblem)
