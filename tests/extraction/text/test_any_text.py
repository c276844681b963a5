"""No text breaks the segmentation, and long ones cost no more per character than short ones."""

from __future__ import annotations

import cProfile
import pstats

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.text import segment

PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        ".",
        "!",
        "?",
        "…",
        "\n",
        "\n\n",
        " ",
        "U.S.",
        "Mr.",
        "A",
        "b",
        "1.",
        "- ",
        "Q ",
        "<b>",
        "&amp;",
        "](http://x",
        "🧵",
        "🇪🇺",
        "שלום",
        "مرحبا",
        "\u200f",
        "\u2028",
        "\x85",
        "\t",
        ":",
        "**",
        "é",
        "ß",
        "İ",
    ]
)


def check(text):
    end = 0
    for found in segment(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end].strip() == text[found.start : found.end]
        if found.label:
            assert found.start <= found.label[0] < found.label[1] <= found.end
        end = found.end
    covered = "".join(text[s.start : s.end] for s in segment(text))
    assert "".join(covered.split()) == "".join(text.split())


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_markup_soup_is_covered_without_overlap(text):
    check(text)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_unicode_is_covered_without_overlap(text):
    check(text)


def steps(text):
    """Function calls made, a measure of work that does not depend on the machine."""
    profile = cProfile.Profile()
    profile.enable()
    segment(text)
    profile.disable()
    return pstats.Stats(profile).total_calls


@pytest.mark.parametrize(
    "unit",
    ["word ", "U.S. and ", '"Yes." ', "- item\n", "x", "He said no. ", "\n\n", "((((", "A: "],
)
def test_work_grows_in_proportion_to_length(unit):
    short, long = unit * 500, unit * 5000
    assert steps(long) <= 12 * steps(short) + 500


@pytest.mark.parametrize("unit", ["word ", "x", ".", '"', "🧵 ", "שלום "])
def test_two_hundred_kilobytes_on_one_line(unit):
    check((unit * 200_000)[:200_000])
