"""Clean text, decoding, unwrapping: what offsets rest on."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import clean, clean_line
from kg.documents.encoding import decode
from kg.documents.unwrap import is_turn, unwrap
from kg.errors import UnreadableError

anything = st.text(st.characters(exclude_categories=()))


@given(anything)
def test_clean_text_is_nfc_visible_and_stays_as_it_is(text):
    result = clean(text)
    assert unicodedata.is_normalized("NFC", result)
    assert clean(result) == result
    assert not {unicodedata.category(char) for char in result} - {"Cc"} & {"Cf", "Cs"}
    assert {char for char in result if unicodedata.category(char) == "Cc"} <= {"\n"}
    assert result == result.strip(" \n")
    assert "\n\n\n" not in result
    assert "  " not in result


@given(anything)
def test_clean_loses_no_letter(text):
    def letters(s):
        return [
            c
            for c in unicodedata.normalize("NFC", s)
            if unicodedata.category(c) in ("Lu", "Ll", "Nd")
        ]

    assert letters(clean(text)) == letters(
        "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c == "\n")
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("one\r\ntwo\rthree\u2028four\x0cfive", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb\xa0c\u202fd   e", "a b c d e"),
        ("zero\u200bwidth\ufeff \u202eevil\u202c so\xadft", "zerowidth evil soft"),
        ("bell\x07 nul\x00 esc\x1b[31m", "bell nul esc[31m"),
        ("Scho\u0308n", "Schön"),
        ("  indented  \n\n\n\n\n  more ", "indented\n\nmore"),
        ("👨\u200d👩", "👨👩"),
        ("", ""),
    ],
)
def test_what_clean_does(raw, expected):
    assert clean(raw) == expected


def test_a_flood_of_marks_ends_at_thirty():
    assert len(clean("a" + "\u0301\u0316" * 100_000)) <= 31


def test_titles_are_one_line_of_bounded_length():
    assert clean_line("  A\n\ttitle ") == "A title"
    assert len(clean_line("word " * 1000)) == 300


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_encodings_need_no_declaration(encoding):
    text = "Schröder and Chirac met Zelenskyy’s envoy; 5 € each."
    assert decode(text.encode(encoding), "x") == text


def test_a_declared_charset_counts_when_it_is_no_utf8():
    assert decode("Größe “x”".encode("cp1252"), "x", "iso-8859-1") == "Größe “x”"
    assert decode("Łódź".encode("iso-8859-2"), "x", "ISO-8859-2") == "Łódź"
    assert decode("Größe".encode(), "x", "iso-8859-1") == "Größe"


def test_what_is_no_utf8_is_refused_with_its_offset():
    with pytest.raises(UnreadableError, match=r"a\.txt .*0xe9 at byte offset 3") as caught:
        decode(b"caf\xe9 au lait", "a.txt")
    assert "iconv" in caught.value.hint
    with pytest.raises(UnreadableError, match="byte offset 12"):
        decode(b"\xef\xbb\xbfMr. Caf\xc3\xa9\xff", "a.txt")


@pytest.mark.parametrize(
    "declared", ["rot13", "unicode_escape", "zlib", "idna", "no such thing", "\0", ""]
)
def test_codecs_that_are_no_charsets_are_not_used(declared):
    with pytest.raises(UnreadableError, match="UTF-8"):
        decode(b"\xe9", "x", declared)


def test_a_truncated_wide_file_is_refused():
    with pytest.raises(UnreadableError, match="UTF-16"):
        decode("Brussels".encode("utf-16")[:-1], "x")


def test_bytes_that_decode_to_noise_are_refused():
    with pytest.raises(UnreadableError, match="no text"):
        decode(bytes(range(1, 9)) * 50, "x")


WRAPPED = """\
The foreign ministers of France and Germany said on Tuesday that they
would not send representatives to the meeting in Washington, because the
invitation did not mention Ukraine, which both governments regard as in-
dispensable to any agreement.

Their American colleague was
not available for comment.
"""


def test_hand_wrapped_paragraphs_are_joined():
    assert unwrap(WRAPPED).split("\n\n")[0] == (
        "The foreign ministers of France and Germany said on Tuesday that they would not send "
        "representatives to the meeting in Washington, because the invitation did not mention "
        "Ukraine, which both governments regard as in-dispensable to any agreement."
    )


def test_short_lines_in_a_wrapped_text_stay_lines():
    assert "colleague was\nnot available" in unwrap(WRAPPED)


def test_wrapped_turns_are_joined_but_not_to_each_other():
    text = (
        "QUESTION: Will the European Union retaliate against the tariffs that were\n"
        "announced in Washington last night, and if it does, will it do so before\n"
        "the meeting of the ministers?\n"
        "MR. LENIHAN: We regret the decision of the United States and will respond\n"
        "in a firm and proportionate way.\n"
    )
    assert [line.split()[0] for line in unwrap(text).splitlines()] == ["QUESTION:", "MR."]


@pytest.mark.parametrize(
    "text",
    [
        "A short line\nand another one\nand a third",
        "Macron criticises the American subsidies for green industry in Washington\n"
        "Scholz and Biden agree to send battle tanks to Ukraine after long delay\n"
        "Von der Leyen offers talks on critical minerals to the United States now\n"
        "Sunak and Biden sign declaration on economic partnership in the capital",
        "- the first demand concerns steel and aluminium from the United States\n"
        "- the second demand concerns the digital taxes that were introduced here\n"
        "- the third demand concerns aircraft subsidies and everything about them",
        "One paragraph that is so long that it has certainly not been wrapped by anybody, because "
        "its length exceeds a hundred characters.\nAnd a second one of the same kind, which is as "
        "long as the first, and nobody would think of joining the two of them.\nand a third.",
    ],
)
def test_lists_headlines_and_long_lines_are_left_alone(text):
    assert unwrap(text) == text


@given(
    st.lists(
        st.sampled_from(["word", "Brussels", "and", "-", "Q:", "MR. X:", "a" * 60, "", "\n", "3."])
    )
)
def test_unwrapping_changes_nothing_but_white_space(words):
    text = " ".join(words)
    assert "".join(unwrap(text).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "line",
    [
        "PRESIDENT BIDEN: Well",
        "Q  Is the relationship repaired?",
        "Q: And Iran?",
        "A. No.",
        "Ursula von der Leyen: Thank you",
        "SECRETARY RUBIO (through an interpreter): Yes",
        "SPOKESPERSON:",
    ],
)
def test_turns(line):
    assert is_turn(line)


@pytest.mark.parametrize(
    "line",
    [
        "As he said: no",
        "The minister told reporters: we agree",
        "Questions remain",
        "A meeting",
        "at 10:30",
    ],
)
def test_what_is_no_turn(line):
    assert not is_turn(line)


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_decoding_any_bytes_gives_text_or_a_clear_error(data):
    try:
        text = decode(data, "name", "latin-1")
    except UnreadableError as error:
        text = error.message
    assert text or not data.strip(b"\xef\xbb\xbf\xfe\xff\0")
