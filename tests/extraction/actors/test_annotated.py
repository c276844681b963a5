"""What event rules may rely on: tokens, offsets, links, places, venues, speakers."""

from __future__ import annotations

import pytest


def who(annotated, words):
    """Names of the entities that the token covering these words stands for."""
    at = annotated.document.text.index(words)
    for index, (start, end) in enumerate(annotated.offsets):
        if start <= at < end:
            ids = annotated.actors.get(index, ())
            return tuple(annotated.entities[i].name for i in ids)
    raise AssertionError(words)


def last(annotated, words):
    """Like ``who``, for the last occurrence of a word that is a token of its own."""
    for index in range(len(annotated.offsets) - 1, -1, -1):
        start, end = annotated.offsets[index]
        if annotated.document.text[start:end] == words:
            return tuple(annotated.entities[i].name for i in annotated.actors.get(index, ()))
    raise AssertionError(words)


def test_title_name_and_apposition_are_one_token(read):
    a = read("Kaja Kallas, the European Union's High Representative, met U.S. Senator Jane Roe.")
    covered = [a.document.text[s:e] for s, e in a.offsets]
    assert covered[0] == "Kaja Kallas, the European Union's High Representative,"
    assert "U.S. Senator Jane Roe" in covered
    assert [e.name for e in a.entities.values()] == [
        "Kaja Kallas", "European Union", "United States", "Jane Roe",
    ]  # fmt: skip


def test_mentions_leave_out_titles_and_never_nest(read):
    a = read("Former Defence Minister Anna Muster and Mr. Muster met the US president.")
    quotes = sorted(s.quote for e in a.entities.values() for s in e.mentions)
    assert quotes == ["Anna Muster", "Muster", "the US president"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Washington rejected the offer.", "Washington", "United States"),
        ("Talks with Moscow failed.", "Moscow", "Russia"),
        ("The EU warned Beijing.", "Beijing", "China"),
        ("Berlin's decision angered Poland.", "Berlin", "Germany"),
        ("The remark was aimed at Paris.", "Paris", "France"),
    ],
)
def test_a_capital_that_acts_or_is_addressed_is_the_state(read, text, words, name):
    assert who(read(text), words) == (name,)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("The ministers met in Paris.", "Paris"),
        ("She flew to Moscow on Monday.", "Moscow"),
        ("LONDON, May 3 (Reuters) - Britain denied the report.", "London"),
        ("His visit to Budapest was short.", "Budapest"),
    ],
)
def test_a_capital_where_something_happens_is_a_town(read, text, town):
    a = read(text)
    assert [e.name for e in a.entities.values() if e.kind == "place"] == [town]


@pytest.mark.parametrize(
    "text",
    [
        "Let us go.",
        "The Treaty of Rome and the Minsk agreements matter.",
        "He wrote it on Truth Social.",
        "The Paris Agreement was signed.",
        "This may change in march.",
    ],
)
def test_words_treaties_and_platforms_are_nobody(read, text):
    assert not [e for e in read(text).entities.values() if e.reference]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The entry into force of the Helms-Burton and D'Amato Acts was fixed.", set()),
        ("The Helms-Burton Act and the Jackson-Vanik amendment hurt trade.", set()),
        ("The Merkel-Macron plan was debated.", set()),
        ("Merkel and Macron debated a plan.", {"Angela Merkel", "Emmanuel Macron"}),
        ("The tanker Stena Impero lay in port.", set()),
    ],
)
def test_laws_and_ships_are_nobody(read, text, named):
    assert {e.name for e in read(text, day="2019-07-20").entities.values()} == named


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They fined Veldkamp, a Dutch chip maker.", "Veldkamp", "organisation"),
        ("They sued Sherritt, the Canadian mining group, in May.", "Sherritt", "organisation"),
        ("They met John Smith, a company director.", "John Smith", "person"),
    ],
)
def test_an_aside_tells_a_company_from_a_person(read, text, name, kind):
    assert {e.name: e.kind for e in read(text).entities.values()}[name] == kind


def test_the_federal_republic_is_germany(read):
    a = read("The Federal Republic would stand by the decision.", day="1983-11-24")
    assert who(a, "Federal Republic would") == ("Germany",)


def test_a_surname_belongs_to_whom_the_text_introduced(read):
    a = read("Sara Rubio, a Madrid analyst, criticised NATO. Rubio said so. Marco Rubio shrugged.")
    names = {s.quote: e.name for e in a.entities.values() for s in e.mentions}
    assert names["Rubio"] == "Sara Rubio"
    assert names["Marco Rubio"] == "Marco Rubio"


def test_unknown_people_are_found_by_title_given_name_or_office(read):
    a = read(
        "Foreign Minister Xqwerty Zzyzx met Robert Plimsoll. Bjark Fnord, chief of cabinet of "
        "the president, joined them. Zzyzx left."
    )
    people = {e.name for e in a.entities.values() if e.kind == "person"}
    assert {"Xqwerty Zzyzx", "Robert Plimsoll", "Bjark Fnord"} <= people
    assert who(a, "Zzyzx left") == ("Xqwerty Zzyzx",)


def test_descriptions_go_back_to_people(read):
    a = read(
        "German Chancellor Friedrich Merz met Volodymyr Zelensky. The chancellor promised aid. "
        "The Ukrainian thanked him. The Ukrainian president left.",
        day="2025-09-01",
    )
    assert who(a, "The chancellor") == ("Friedrich Merz",)
    assert who(a, "The Ukrainian thanked") == ("Volodymyr Zelensky",)
    assert who(a, "The Ukrainian president") == ("Volodymyr Zelensky",)
    assert last(a, "him") == ("Friedrich Merz",)


def test_the_date_decides_who_holds_an_office(read):
    text = "The US president called. The British prime minister answered."
    assert who(read(text, day="2003-03-01"), "The US") == ("George W. Bush",)
    assert who(read(text, day="2010-06-01"), "The US") == ("Barack Obama",)
    assert who(read(text, day="1984-06-01"), "The British") == ("Margaret Thatcher",)


def test_groups_stand_for_their_members(read):
    a = read("France and Germany disagree. Both countries met. European leaders worry.")
    assert set(who(a, "Both countries")) == {"France", "Germany"}
    assert who(a, "European leaders") == ("Europe (collective)",)


def test_officials_and_forces_stand_for_their_state(read):
    a = read("US officials spoke. British and French forces attacked Egypt.")
    assert who(a, "US officials") == ("United States",)
    assert who(a, "British and French forces") == ("United Kingdom", "France")


def test_the_bloc_and_the_alliance(read):
    a = read("The EU met NATO. The bloc agreed. The alliance welcomed it.")
    assert who(a, "The bloc") == ("European Union",)
    assert who(a, "The alliance") == ("NATO",)


def test_speakers_of_turns_say_i_and_we(read):
    a = read(
        "Q Will you go?\n\nPRESIDENT MACRON: I will. We are ready.\n\nPRESIDENT BIDEN: I agree.",
        title="Remarks by President Biden and President Macron",
        day="2021-10-29",
    )
    assert who(a, "I will") == ("Emmanuel Macron",)
    assert who(a, "I agree") == ("Joe Biden",)
    kinds = [(s.kind, bool(s.speaker)) for s in a.sentences]
    assert kinds == [("turn", False), ("turn", True), ("prose", True), ("turn", True)]


def test_signers_of_a_statement_say_we(read):
    a = read("We, the leaders of Italy, Spain and the United States, met. We condemn the attack.")
    assert who(a, "We condemn") == ("Italy", "Spain", "United States")


def test_a_quotation_is_its_speakers(read):
    a = read('Mark Rutte opened the talks. "I am sure of it," said Mark Rutte.')
    assert who(a, "I am sure") == ("Mark Rutte",)


def test_an_office_is_stated_once_with_its_first_evidence(read):
    a = read(
        "NATO Secretary General Mark Rutte spoke. Secretary General Rutte left. "
        "Ex-commissioner Thierry Breton and then-Defence Secretary Ben Wallace stayed."
    )
    offices = [(a.entities[o.holder].name, o.office, o.body, o.status.value) for o in a.offices]
    assert offices[0] == ("Mark Rutte", "Secretary General", "NATO", "")
    assert [o[0] for o in offices].count("Mark Rutte") == 1
    assert ("Thierry Breton", "former") in [(o[0], o[3]) for o in offices]
    assert ("Ben Wallace", "then") in [(o[0], o[3]) for o in offices]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Hungary, whose prime minister, Viktor Orbán, mused aloud, left.",
         ("Viktor Orbán", "prime minister", "")),
        ("Franco Frattini, then the EU's justice commissioner, threatened Poland.",
         ("Franco Frattini", "justice commissioner", "then")),
        ("Emma Bonino, the fisheries commissioner, spoke.",
         ("Emma Bonino", "fisheries commissioner", "")),
    ],
)  # fmt: skip
def test_an_office_stands_beside_the_name(read, text, office):
    a = read(text)
    assert [(a.entities[o.holder].name, o.office, o.status) for o in a.offices] == [office]


def test_an_office_to_come_is_designate(read):
    a = read("Angela Merkel won. Ms. Merkel will become the new chancellor.", day="2005-10-12")
    assert [(o.office, o.status.value) for o in a.offices] == [("chancellor", "designate")]


def test_places_and_venues_hang_on_their_tokens(read):
    a = read("Merz met Trump at the Munich Security Conference in Munich.")
    assert list(a.places.values()) == ["Munich", "Munich"]
    assert set(a.places) - set(a.venues)
    assert list(a.venues.values()) == ["Munich Security Conference"]


def test_adjectives_and_the_implied(read):
    a = read("The French reply surprised Spain.")
    index = next(i for i, (s, e) in enumerate(a.offsets) if a.document.text[s:e] == "French")
    (state,) = a.adjectives[index]
    assert a.entities[state].name == "France"
    assert state in a.implied
    assert not a.implied & {e.id for e in a.entities.values() if e.name == "Spain"}


def test_sentences_can_be_found_from_tokens(read):
    a = read("Spain agreed. France did not.")
    for index in range(len(a.doc)):
        sentence = a.sentence_of(index)
        assert sentence.first <= index < sentence.last
        assert sentence.span.start <= a.offsets[index][0] < sentence.span.end
    with pytest.raises(KeyError):
        a.sentence_of(len(a.doc))


def test_the_pair_are_those_named_together(read):
    a = read(
        "Norway sanctioned Itamar Ben-Gvir and Bezalel Smotrich, members of Benjamin Netanyahu's "
        "cabinet. It accused the pair of inciting violence.",
        day="2025-06-11",
    )
    assert who(a, "the pair") == ("Itamar Ben-Gvir", "Bezalel Smotrich")


def test_they_are_the_two_who_met(read):
    a = read("Macron met Merkel in Meseberg. They agreed on a budget.", day="2018-06-20")
    assert set(who(a, "They")) == {"Emmanuel Macron", "Angela Merkel"}


def test_a_sentence_that_is_a_quotation_belongs_to_who_is_quoted(read):
    a = read('"We will pay," said Mark Rutte. "I am sure of it. You will see."')
    names = [tuple(a.entities[i].name for i in s.speaker) for s in a.sentences]
    assert names[1:] == [("Mark Rutte",), ("Mark Rutte",)]
