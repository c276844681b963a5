"""Whom role nouns and group words mean: "the General", "Italy's foreign minister", "the two"."""

from __future__ import annotations


def who(annotated, words):
    """Names of the entities that the token covering these words stands for."""
    at = annotated.document.text.index(words)
    for index, (start, end) in enumerate(annotated.offsets):
        if start <= at < end:
            ids = annotated.actors.get(index, ())
            return tuple(sorted(annotated.entities[i].name for i in ids))
    raise AssertionError(words)


def test_possessor_and_role_are_the_holder_of_the_day(read):
    a = read("Moscow mocked Germany's foreign minister.", day="2023-05-05")
    assert who(a, "Germany's foreign minister") == ("Annalena Baerbock",)


def test_a_collective_may_possess_the_role(read):
    a = read(
        "The EU met. The bloc's top diplomat was angry. The Commission president agreed.",
        day="2023-05-05",
    )
    assert who(a, "The bloc's top diplomat") == ("Josep Borrell",)
    assert who(a, "The Commission president") == ("Ursula von der Leyen",)


def test_a_role_nobody_is_known_to_hold_leaves_its_possessor(read):
    a = read("London summoned Iran's charge d'affaires.", day="2023-05-05")
    assert who(a, "Iran") == ("Iran",)


def test_a_sentence_describes_somebody_else_than_it_names(read):
    a = read(
        "President Kennedy met President de Gaulle. On Laos, de Gaulle warned the President.",
        day="1961-05-31",
    )
    assert who(a, "the President.") == ("John F. Kennedy",)


def test_the_president_of_a_readout_is_its_own(read):
    a = read(
        "President Macron spoke with President Biden. They met in June. The President thanked him.",
        title="Elysée readout: telephone call with the United States",
        day="2023-10-18",
    )
    assert who(a, "The President thanked") == ("Emmanuel Macron",)


def test_the_general_is_no_secretary_general(read):
    a = read(
        "General de Gaulle spoke of General Secretary Brezhnev. The General was not pleased.",
        day="1966-06-01",
    )
    assert who(a, "The General was") == ("Charles de Gaulle",)
