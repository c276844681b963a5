from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.events.calendar import find_dates, resolve
from kg.records import PartialDate

SATURDAY = PartialDate(2025, 3, 1)


@pytest.mark.parametrize(
    ("words", "past", "future"),
    [
        ("on Friday", "2025-02-28", "2025-03-07"),
        ("Monday night", "2025-02-24", "2025-03-03"),
        ("last Saturday", "2025-02-22", "2025-02-22"),
        ("14 February 2026", "2026-02-14", "2026-02-14"),
        ("February 14, 2026", "2026-02-14", "2026-02-14"),
        ("2026-02-14", "2026-02-14", "2026-02-14"),
        ("on Feb. 14", "2025-02-14", "2026-02-14"),
        ("23 December", "2024-12-23", "2025-12-23"),
        ("in January", "2025-01", "2026-01"),
        ("March 2013", "2013-03", "2013-03"),
        ("in 2005", "2005", "2005"),
        ("yesterday", "2025-02-28", "2025-02-28"),
        ("last night", "2025-02-28", "2025-02-28"),
        ("tomorrow", "2025-03-02", "2025-03-02"),
        ("last week", "2025-02", "2025-02"),
        ("last month", "2025-02", "2025-02"),
        ("next year", "2026", "2026"),
        ("three days ago", "2025-02-26", "2025-02-26"),
        ("twenty years ago today", "2005-03-01", "2005-03-01"),
        ("two decades ago", "2005", "2005"),
        ("14.02.2026", "2026-02-14", "2026-02-14"),
        ("on Thu", "2025-02-27", "2025-03-06"),
        ("over the weekend", "2025-02", "2025-02"),
        ("a fortnight ago", "2025-02", "2025-02"),
    ],
)
def test_expressions_resolve_against_publication(words, past, future):
    (found,) = find_dates(words)
    assert str(resolve(found, SATURDAY)) == past
    assert str(resolve(found, SATURDAY, future=True)) == future


def test_the_day_before_needs_a_day_to_count_from():
    (found,) = find_dates("the day before")
    assert resolve(found, SATURDAY) is None
    assert str(resolve(found, SATURDAY, last=date(1956, 10, 31))) == "1956-10-30"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("three days later", "1956-11-03"),
        ("two weeks later", "1956-11"),
        ("two months later", "1956-12"),
        ("a year later", "1957"),
        ("two days earlier", "1956-10-29"),
    ],
)
def test_later_and_earlier_count_from_the_day_told_last(words, day):
    (found,) = find_dates(words)
    assert str(resolve(found, SATURDAY, last=date(1956, 10, 31))) == day


def test_nothing_relative_is_guessed_without_a_publication_date():
    for words in ("yesterday", "on Friday", "last week", "in March", "14 February"):
        assert all(resolve(found, None) is None for found in find_dates(words))


def test_the_auxiliary_may_and_impossible_days_are_no_dates():
    assert find_dates("He may go to Paris in may") == []
    (found,) = find_dates("31 February 2024")
    assert resolve(found, SATURDAY) is None


PIECES = st.lists(
    st.sampled_from(
        ["May", "5", "31", "2024", "last", "week", "Friday", "in", "the day before", "99", "-", ","]
    )
    | st.text(max_size=6),
    max_size=12,
)


@given(PIECES)
def test_any_text_is_read_with_exact_spans(pieces):
    text = " ".join(pieces)
    for found in find_dates(text):
        assert text[found.start : found.end] == found.text
        resolve(found, SATURDAY, future=False, last=date(2024, 2, 29))
