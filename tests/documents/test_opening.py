"""What the first lines of plain text say, and what they do not."""

import pytest

from kg.documents import parse
from kg.records import PartialDate
from kg.sources import RawItem

BODY = "The Commission and the United States have agreed to continue their talks on steel."


def read(text: str, **stated):
    return parse(RawItem(text.encode(), "a.txt", "a.txt", ".txt", "text/plain"), **stated)


@pytest.mark.parametrize(
    ("first", "date", "origin"),
    [
        ("MUNICH, Feb. 14, 2026 (Reuters) — ", "2026-02-14", "text dateline"),
        ("BRUSSELS, 3 March 2025 - ", "2025-03-03", "text dateline"),
        ("THE HAGUE, Netherlands, June 25, 2025 (AP) — ", "2025-06-25", "text dateline"),
        ("WASHINGTON (AFP), Sept. 17, 2021: ", "2021-09-17", "text dateline"),
        ("(Reuters) LONDON, 3 Jan 2020 - ", "2020-01-03", "text dateline"),
        ("Paris, Monday, 5 May 2003 – ", "2003-05-05", "text dateline"),
        ("Date: 2026-02-14\n\n", "2026-02-14", "file header line"),
        ("Date: Sat, 14 Feb 2026 10:30:00 +0100\n\n", "2026-02-14", "file header line"),
        ("Date: March 2003\n", "2003-03", "file header line"),
        ("Date: 1956\n", "1956", "file header line"),
        ("Published on 14 February 2026 at 10:30 CET\n", "2026-02-14", "file header line"),
        ("First published: Feb 14, 2026\n", "2026-02-14", "file header line"),
        ("14 February 2026\n", "2026-02-14", "text date line"),
        ("Saturday, February 14th, 2026\n", "2026-02-14", "text date line"),
        ("14.02.2026\n", "2026-02-14", "text date line"),
        ("Brussels, 14 February 2026\n", "2026-02-14", "text date line"),
        ("FOR IMMEDIATE RELEASE — March 3, 2025\n", "2025-03-03", "text date line"),
        ("For immediate release\n\nMarch 3, 2025\n", "2025-03-03", "text date line"),
    ],
)
def test_dates_that_are_stated_as_the_publication_date(first, date, origin):
    document = read(first + BODY + "\n\n" + BODY)
    assert (str(document.published), document.published_origin) == (date, origin)


@pytest.mark.parametrize(
    "text",
    [
        "On 14 February 2026 the ministers met in Munich. " + BODY,
        "On Monday, February 14, 2026 - a cold day - the ministers met. " + BODY,
        "BRUSSELS, March 1 - A meeting was held. " + BODY,
        "Updated 26 Jun 2025 08:12 CEST\n" + BODY,
        "03/04/2025\n" + BODY,
        "Date: soon\n" + BODY,
        "31 February 2026\n" + BODY,
        "The officials said Monday, 14 Feb 2026 - " + BODY,
        f"{BODY}\n\n{BODY * 3}\n\n{BODY * 3}\n\n14 February 2026\n",
    ],
)
def test_dates_that_are_not(text):
    document = read(text)
    assert (document.published, document.published_origin) == (None, "")


def test_a_date_that_the_caller_states_outranks_the_text():
    document = read("Date: 2026-02-14\n\n" + BODY, published=PartialDate(2026, 2))
    assert (str(document.published), document.published_origin) == ("2026-02", "option")


def test_a_headline_is_the_title_and_stays_in_the_text():
    document = read(f"Ministers agree on steel\n{BODY}")
    assert document.title == "Ministers agree on steel"
    assert document.text.startswith("Ministers agree on steel\n")


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"This is a sentence.\n{BODY}",
        f"MR. KALLAS: Good morning\n{BODY}",
        f"This line runs on\nand is not a headline. {BODY}",
        "Only one line",
    ],
)
def test_what_is_no_headline(text):
    assert read(text).title == ""


def test_a_formal_header_is_taken_out_of_the_text():
    document = read(
        "Title: Steel: the next round\nAuthor: Jane Doe\nSource: The Meridian Post\n"
        f"Date: 3 March 2025\nLanguage: en\n\n{BODY}"
    )
    assert document.text == BODY
    assert document.title == "Steel: the next round"
    assert (document.author, document.outlet) == ("Jane Doe", "The Meridian Post")
    assert str(document.published) == "2025-03-03"


def test_a_block_that_only_looks_like_a_header_stays():
    text = f"Title: A\nMinister: no comment\n\n{BODY}"
    assert read(text).text == text


def test_bylines_and_agencies():
    document = read(f"Ministers agree\nBy Jane Doe and John van Dyk\n\nBRUSSELS (Reuters) - {BODY}")
    assert (document.author, document.outlet) == ("Jane Doe and John van Dyk", "Reuters")
    assert document.text.startswith("Ministers agree\nBy Jane Doe")


def test_headline_below_date_and_release_lines():
    document = read(f"FOR IMMEDIATE RELEASE\nMarch 3, 2025\n\nMinisters agree on steel\n\n{BODY}")
    assert (document.title, str(document.published)) == ("Ministers agree on steel", "2025-03-03")


def test_a_transcript_keeps_its_turns():
    text = "Q: Was it a success?\nA: It was.\nQ: For whom?\nA: For both of us."
    assert read(text).text == text
