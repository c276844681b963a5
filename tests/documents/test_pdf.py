"""PDF files, built with ReportLab and pypdf."""

import io

import pytest

from kg.documents import parse
from kg.documents.pdf import joined, without_running_heads
from kg.errors import UnreadableError
from kg.sources import RawItem

pypdf = pytest.importorskip("pypdf", reason="the extra pdf is not installed")

WORDS = (
    "The foreign ministers of France and Germany refused on Tuesday to attend the conference that "
    "the United States had called for the following week, because the invitation mentioned neither "
    "Ukraine nor the European Union, which both governments regard as indispensable. "
)


def read(data: bytes):
    return parse(RawItem(data, "a.pdf", "a.pdf", ".pdf", "application/pdf"))


def report(paragraphs: list[str], title: str = "") -> bytes:
    """A report with a running head and page numbers, set by ReportLab."""
    platypus = pytest.importorskip("reportlab.platypus", reason="reportlab builds the test files")
    from reportlab.lib.styles import getSampleStyleSheet

    def furniture(canvas, document):
        canvas.drawString(72, 800, "Policy Paper 17 | Institute for Atlantic Affairs")
        canvas.drawCentredString(297, 30, str(document.page))

    stream = io.BytesIO()
    template = platypus.SimpleDocTemplate(stream, title=title, author="Jane Doe", invariant=1)
    style = getSampleStyleSheet()["BodyText"]
    flow = [platypus.Paragraph(text, style) for text in paragraphs]
    template.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return stream.getvalue()


def test_paragraphs_come_back_whole_across_pages_and_without_running_heads():
    words = WORDS.split()
    paragraphs = [
        " ".join([f"Paragraph {number} begins.", *(words[number % 9 :] * (1 + number % 4))])
        for number in range(40)
    ]
    document = read(report(paragraphs, "What France wants"))
    found = document.text.split("\n\n")
    assert " ".join(found) == " ".join(paragraphs)
    assert len(set(paragraphs) - set(found)) <= 4  # where a paragraph happens to end a full line
    assert (document.title, document.author) == ("What France wants", "Jane Doe")
    assert document.published is None


def test_a_date_line_is_a_date_and_the_date_of_the_file_is_none():
    data = report(["Paris, 3 March 2025", WORDS])
    assert "/CreationDate" in (pypdf.PdfReader(io.BytesIO(data)).metadata or {})
    assert str(read(data).published) == "2025-03-03"


def test_words_divided_at_line_ends():
    lines = [
        "The governments agreed on a follow-up meeting in the Netherlands and on transat-",
        "lantic cooperation, and then on a follow-",
        "up conference.",
    ]
    assert joined([lines]) == (
        "The governments agreed on a follow-up meeting in the Netherlands and on transatlantic "
        "cooperation, and then on a follow-up conference."
    )


def test_lists_and_turns_begin_new_lines():
    lines = [
        "It was agreed on Tuesday in the capital of France to do the following",
        "• first this",
        "MR. DOE: Yes.",
    ]
    assert joined([lines]).split("\n\n") == lines


def test_running_heads_with_changing_figures():
    bodies = [[f"{letter * 50} is the text.", f"And {letter * 40}."] for letter in "abcde"]
    pages = [
        [f"Report {n}/2020", "Head", *body, f"Page {n} of 5"] for n, body in enumerate(bodies, 1)
    ]
    assert without_running_heads(pages) == bodies


def test_text_that_repeats_itself_is_no_running_head():
    pages = [["The same words on each page.", "And again."]] * 5
    assert without_running_heads(pages) == pages


def test_a_short_document_keeps_all_its_lines():
    pages = [["Title", "Text."], ["Title", "More."]]
    assert without_running_heads(pages) == pages


def blank(pages: int = 1, password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_scans_say_that_they_need_text_recognition():
    with pytest.raises(UnreadableError, match="scan") as caught:
        read(blank(3))
    assert "ocrmypdf" in caught.value.hint


def test_encrypted_files_say_so():
    with pytest.raises(UnreadableError, match="encrypted"):
        read(blank(password="secret"))


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7", b"no pdf", b"%PDF-1.4\n" + b"\xff" * 500, b"%PDF-1.4\n" + b"1 0 obj\n" * 900],
)
def test_damaged_files(data):
    with pytest.raises(UnreadableError):
        read(data)


def test_truncated_files_give_text_or_a_clear_error():
    data = report([WORDS] * 5)
    for cut in (len(data) // 3, len(data) // 2, len(data) - 200):
        try:
            read(data[:cut])
        except UnreadableError as error:
            assert "a.pdf" in error.message  # noqa: PT017 - either outcome is right


@pytest.mark.slow
def test_five_thousand_pages():
    canvas = pytest.importorskip(
        "reportlab.pdfgen.canvas", reason="reportlab builds the test files"
    )
    stream = io.BytesIO()
    writer = canvas.Canvas(stream)
    names = [letter * 5 for letter in "abcdefghijklmnopqrstuvwxyz"]
    for number in range(5_000):
        writer.drawString(72, 800, "Atlantic Yearbook")
        writer.drawString(72, 700, f"On this page {names[number % 26]} ministers met, and then")
        writer.drawString(72, 680, f"they met {names[number % 17]} again. That was all.")
        writer.showPage()
    writer.save()
    text = read(stream.getvalue()).text
    assert "Yearbook" not in text
    assert text.count("ministers met") == 5_000
