"""Copies of one story count as one source."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolution.stories import signature, stories

WIRE = " ".join(
    f"sentence {n} of the report says that ministers of the alliance met in room {n * 7}"
    for n in range(30)
)
OTHER = " ".join(
    f"paragraph {n} of the essay argues that trade between continents grew by {n * 3} per cent"
    for n in range(30)
)


def test_a_copy_with_another_headline_and_a_cut_tail_is_the_same_story():
    copy = "Ministers meet, agency says. " + WIRE[: int(len(WIRE) * 0.85)] + " (Reporting by A. B.)"
    found = stories({"a": signature(WIRE), "b": signature(copy), "c": signature(OTHER)})
    assert found["a"] == found["b"] == "a"
    assert found["c"] == "c"


def test_case_and_punctuation_do_not_make_another_story():
    assert signature(WIRE.upper()) == signature(WIRE + " ...")


def test_documents_without_words_are_stories_of_their_own():
    assert signature("… !") == ""
    assert stories({"a": "", "b": ""}) == {"a": "a", "b": "b"}


@settings(max_examples=25)
@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_arrival_does_not_matter(order):
    texts = {"a": WIRE, "b": WIRE + " Later.", "c": OTHER, "d": "Quite another thing altogether."}
    found = stories({name: signature(texts[name]) for name in order})
    assert found == {"a": "a", "b": "a", "c": "c", "d": "d"}


def test_the_index_finds_the_same_stories_as_comparing_all(monkeypatch):
    texts = {f"{n}": (WIRE if n % 3 else OTHER) + f" Edition {n}." for n in range(12)}
    signatures = {name: signature(text) for name, text in texts.items()}
    compared = stories(signatures)
    monkeypatch.setattr("kg.resolution.stories.FEW", 0)
    assert stories(signatures) == compared
    assert len(set(compared.values())) == 2
