"""Unnamed people and groups: actors only when they are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.coder import AnalystExtractor
from kg.records import ActorKind, Document


@pytest.fixture(scope="module")
def reader():
    return AnalystExtractor(generic_actors=True)


def unnamed(reading):
    return {(e.name, e.of, e.sector) for e in reading.entities if e.sector}


def sides(reading):
    return [
        (
            event.type,
            tuple(reading.by_id[i].name for i in event.actors),
            tuple(reading.by_id[i].name for i in event.recipients),
        )
        for event in reading.events
    ]


@pytest.mark.parametrize(
    ("text", "name", "of", "sector"),
    [
        ("Afghan rebels attacked France with missiles.", "Afghan rebels", "Afghanistan", "REB"),
        ("Kenyan students accused Britain of racism.", "Kenyan students", "Kenya", "EDU"),
        ("Rebels in the Ivory Coast attacked France with rockets.", "Rebels", "Ivory Coast", "REB"),
        ("Workers in Cairo accused Britain of fraud.", "Workers", "Egypt", "LAB"),
        ("Israel's high court condemned Hamas.", "high court", "Israel", "JUD"),
        ("France condemned the ethnic Tamil separatists.", "ethnic Tamil separatists", "", "REB"),
        ("Kenyan opposition leaders condemned Iran.", "Kenyan opposition leaders", "Kenya", "OPP"),
    ],
)  # fmt: skip
def test_nationality_and_role_make_an_actor(reader, text, name, of, sector):
    reading = reader.read(Document(text))
    assert (name, of, sector) in unnamed(reading)
    assert all(e.kind is ActorKind.OTHER for e in reading.entities if e.sector)
    for entity in reading.entities:
        assert all(text[s.start : s.end] == s.quote for s in entity.mentions)


def test_forces_of_a_state_stand_for_it(reader):
    reading = reader.read(Document("U.S. servicemen attacked Iraqi insurgents with rockets."))
    assert sides(reading) == [("attack", ("United States",), ("Iraqi insurgents",))]


def test_members_of_an_organisation_stand_for_it(reader):
    reading = reader.read(Document("Fighters from Hamas attacked Israel with rockets."))
    assert sides(reading) == [("attack", ("Hamas",), ("Israel",))]


def test_politics_at_home_is_read(reader):
    text = "Opposition groups in Zimbabwe accused President Robert Mugabe of fraud."
    assert sides(reader.read(Document(text))) == [
        ("accuse", ("Opposition groups",), ("Robert Mugabe",))
    ]
    assert AnalystExtractor().read(Document(text)).events == ()


def test_rebels_spoken_of_before_are_the_same(reader):
    text = "Afghan rebels condemned France. France then attacked the rebels with rockets."
    assert sides(reader.read(Document(text)))[1] == ("attack", ("France",), ("Afghan rebels",))


def test_troops_that_are_sent_do_not_act(reader):
    reading = reader.read(Document("France pledged to send troops to Germany."))
    assert unnamed(reading) == set()


@pytest.mark.parametrize("text", ["The police station burned.", "Opposition leader Jane Roe won."])
def test_attributes_of_something_else_are_nobody(reader, text):
    assert unnamed(reader.read(Document(text))) == set()


def test_without_being_asked_nobody_unnamed_is_read():
    reading = AnalystExtractor().read(Document("Afghan rebels attacked French police in Kabul."))
    assert unnamed(reading) == set()


def test_the_version_tells_the_two_readers_apart():
    assert AnalystExtractor().version != AnalystExtractor(generic_actors=True).version


def test_processes_do_not_matter(reader):
    documents = [
        Document(f"Kenyan police arrested {number} students in Nairobi.") for number in range(40)
    ]
    assert list(reader.read_many(documents, jobs=2)) == list(reader.read_many(documents))


TEXT = (
    "Afghan rebels police the a in of Mali Israel's high court Hamas fighters students and , . "
    "killed attacked demanded 's - Vietnamese-led forces UN peacekeepers opposition thousands é 😀"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TEXT.split()), min_size=1, max_size=25).map(" ".join))
def test_every_span_equals_its_text(reader, text):
    reading = reader.read(Document(text))
    for entity in reading.entities:
        assert all(text[s.start : s.end] == s.quote for s in entity.mentions)
    for event in reading.events:
        assert {*event.actors, *event.recipients} <= set(reading.by_id)
        assert text[event.trigger.start : event.trigger.end] == event.trigger.quote
