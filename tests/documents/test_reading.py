"""The whole way from bytes to documents: nothing but our own errors, whatever the bytes."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents import Draft, guess_language, media_types, parse, parse_all, read_all, register
from kg.errors import FormatError, KgError, SourceError, UnreadableError
from kg.records import Document, PartialDate
from kg.sources import RawItem, SourceProblem, collect

TEXTUAL = ["text/plain", "text/markdown", "text/html"]


def item(data: bytes, media_type: str = "text/plain", name: str = "a") -> RawItem:
    return RawItem(data, name, name, "", media_type)


def check(document: Document) -> None:
    assert document.text
    assert unicodedata.is_normalized("NFC", document.text)
    assert "\r" not in document.text
    assert "\0" not in document.text
    assert "\n" not in document.title
    assert (document.published is None) == (document.published_origin == "")
    words = [word for word in document.text.split() if word]
    start = document.text.index(words[-1])
    span = document.span(start, start + len(words[-1]))
    assert document.text[span.start : span.end] == span.quote
    document.text.encode("utf-8")


@pytest.mark.parametrize("media_type", TEXTUAL)
@given(data=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_bytes_give_a_document_or_our_error(media_type, data):
    try:
        document = parse(item(data, media_type))
    except KgError:
        return
    check(document)


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "Kallas",
                "met",
                "Rubio",
                " ",
                "\n",
                "\n\n",
                "---\n",
                "date: 2020-01-01\n",
                "title:",
                "[x](y)",
            ),
            *(
                "<p>",
                "</p>",
                "<b>",
                "&amp;",
                "&#0;",
                "<!--",
                "-->",
                "<time datetime=2020-01-01>",
                "*",
                "# ",
            ),
            *(
                "\u0301",
                "\u202e",
                "\ufeff",
                "BRUSSELS, 3 March 2025 - ",
                "Date: 2020\n",
                "Q: ",
                "é",
                "|",
                "> ",
            ),
            *(
                "<table>",
                "<td>",
                "<script type=application/ld+json>{",
                "}</script>",
                "- ",
                "1. ",
                "+++\n",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize("media_type", TEXTUAL)
@given(text=PIECES)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mixture_of_formats_gives_a_document_or_our_error(media_type, text):
    try:
        document = parse(item(text.encode(), media_type))
    except KgError:
        return
    check(document)
    assert document == parse(item(text.encode(), media_type))


@given(text=st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1))
def test_a_clean_text_read_again_is_the_same_text(text):
    try:
        first = parse(item(text.encode()))
        again = parse(item(first.text.encode()))
    except UnreadableError:
        return
    assert again.text == first.text
    assert again.sha256 == first.sha256


@pytest.mark.parametrize("media_type", TEXTUAL)
@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf", b"***", "\u200b".encode()])
def test_nothing_to_read_is_an_error(media_type, data):
    with pytest.raises(UnreadableError):
        parse(item(data, media_type))


def test_what_the_caller_states_outranks_the_file():
    stated = {
        "published": PartialDate(2026),
        "title": "T",
        "outlet": "O",
        "author": "A",
        "language": "fr",
    }
    document = parse(
        item(b"Title: x\nDate: 2020-01-01\nAuthor: y\nSource: z\n\nKallas met Rubio."), **stated
    )
    assert {name: getattr(document, name) for name in stated} == stated
    assert document.published_origin == "option"


def test_an_unknown_media_type_lists_the_known():
    with pytest.raises(FormatError, match="image/png") as caught:
        parse(item(b"x", "image/png"))
    assert "text/html" in caught.value.hint


def test_a_further_format_is_a_module_with_a_function(tmp_path, monkeypatch):
    (tmp_path / "cables.py").write_text(
        "from kg.documents import Draft\n"
        "from kg.errors import UnreadableError\n"
        "def read(item, known):\n"
        "    for n, line in enumerate(item.data.decode().splitlines(), 1):\n"
        "        if line == 'broken': raise UnreadableError('broken')\n"
        "        yield Draft(line, title=f'Cable {n}', part=str(n))\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("kg.documents.formats._READERS", {})
    register("application/x-cable", "cables")
    assert media_types() == ("application/x-cable",)
    found = list(
        parse_all(item(b"Talks failed.\n...\nTalks went on.\nbroken\nlost", "application/x-cable"))
    )
    kinds = [type(one) for one in found]
    assert kinds == [Document, SourceProblem, Document, SourceProblem]
    assert [one.source for one in found if isinstance(one, Document)] == ["a#1", "a#3"]
    with pytest.raises(SourceError, match="several documents"):
        parse(item(b"one\ntwo", "application/x-cable"))


def test_problems_of_collecting_and_of_parsing_come_in_one_stream(tmp_path):
    (tmp_path / "a.txt").write_text("Kallas met Rubio.")
    (tmp_path / "b.txt").write_bytes(b"caf\xe9")
    (tmp_path / "c.md").write_text("# Talks\n\nRubio met Kallas.")
    (tmp_path / "d.txt").touch()
    found = list(read_all(collect([str(tmp_path)], base=tmp_path), outlet="Test"))
    assert [type(one) for one in found] == [Document, SourceProblem, Document, SourceProblem]
    assert [one.outlet for one in found if isinstance(one, Document)] == ["Test", "Test"]


def test_the_identity_of_a_document_does_not_depend_on_its_path():
    one, two = (parse(item(b"Kallas met Rubio.", name=name)) for name in ("a.txt", "b/c.txt"))
    assert one.id == two.id
    assert one.source != two.source


def test_large_files_are_read_in_reasonable_shape():
    line = b"this is a line that somebody has wrapped by hand at about seventy chars\n"
    document = parse(item(line * 50_000))
    assert "\n" not in document.text
    assert len(document.text) == len(line) * 50_000 - 1


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (
            "en",
            "The minister said that it was not the time to speak of the past, and that was all.",
        ),
        (
            "de",
            "Der Minister sagte, dass es nicht die Zeit sei, von der Vergangenheit zu sprechen.",
        ),
        (
            "fr",
            "Le ministre a dit que ce n’était pas le moment de parler du passé avec les alliés.",
        ),
        (
            "es",
            "El ministro dijo que no era el momento de hablar del pasado con los aliados.",
        ),
        ("it", "Il ministro ha detto che non è il momento di parlare del passato con gli alleati."),
        (
            "pl",
            "Minister powiedział, że nie jest to czas na rozmowy, i że się z tym zgadza.",
        ),
        (
            "nl",
            "De minister zei dat het niet het moment was om over het verleden te praten.",
        ),
        (
            "pt",
            "O ministro disse que não era o momento de falar do passado com os aliados da União.",
        ),
        (
            "sv",
            "Ministern sade att det inte var rätt tid att tala om det som har varit.",
        ),
        (
            "ru",
            "Министр сказал, что сейчас не время говорить о прошлом и что это был повод.",
        ),
        ("uk", "Міністр сказав, що зараз не час говорити про минуле, і що її відповідь була інша."),
        ("el", "Ο υπουργός είπε ότι δεν είναι η ώρα να μιλήσουμε για το παρελθόν."),
        ("zh", "部长表示现在不是谈论过去的时候。"),
        ("ja", "大臣は今は過去を語る時ではないと述べた。"),
        ("", "Macron, Merkel, Obama."),
        ("", "12345 67890"),
    ],
)
def test_languages(tag, text):
    assert guess_language(text) == tag


def test_a_foreign_document_is_marked_whatever_its_template_says():
    text = "Der Minister sagte, dass es nicht die Zeit ist, über das zu sprechen."
    page = f"<html lang=en><body><p>{text}</p></body></html>"
    assert parse(item(page.encode(), "text/html")).language == "de"


def test_a_draft_needs_only_a_text():
    assert Draft("x").published is None


def test_nothing_heavy_is_loaded_before_it_is_needed():
    heavy = "lxml trafilatura markdown_it pypdf feedparser striprtf"
    code = (
        f"import sys, kg.documents, kg.sources; print(*set('{heavy}'.split()) & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
