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


def test_the_two_are_those_whom_the_last_sentences_name(read):
    a = read(
        "Mike Pompeo thanked Jeppe Kofod, and the two agreed to work closely.", day="2019-08-22"
    )
    assert who(a, "the two") == ("Jeppe Kofod", "Mike Pompeo")


def test_ministers_named_together_are_the_ministers(read):
    a = read(
        "Robert Schuman, Herbert Morrison and Dean Acheson met in Washington. Rain fell. "
        "The Ministers condemned Moscow.",
        day="1951-09-14",
    )
    assert who(a, "The Ministers") == ("Dean Acheson", "Herbert Morrison", "Robert Schuman")


def test_a_bare_number_may_count_the_members_of_the_community(read):
    a = read("The oil ran out. The Nine urged Israel to withdraw.", day="1973-11-08")
    assert who(a, "The Nine") == ("European Union",)
    b = read("The summit ended. The twenty-seven urged Israel to wait.", day="2024-03-22")
    assert who(b, "The twenty-seven") == ("European Union",)


def test_both_sides_are_those_of_whom_the_text_speaks_most(read):
    a = read(
        "The EU and the United States began talks. Biden called the EU a friend. The talks touched "
        "on Iran and Iraq. Both sides will meet again.",
        day="2023-03-10",
    )
    assert who(a, "Both sides") == ("European Union", "United States")


def test_neither_counts_as_two(read):
    a = read("France and Italy met. Neither country yielded.")
    assert who(a, "Neither country") == ("France", "Italy")


def test_two_countries_of_a_group_are_members_of_it(read):
    a = read(
        "Sweden and Finland joined. Ankara accused the two Nordic countries.", day="2022-06-29"
    )
    assert who(a, "the two Nordic") == ("Finland", "Sweden")


def test_a_kind_of_organisation_is_the_last_one_of_it(read):
    a = read(
        "The International Criminal Court opened a case. Pompeo mocked it. The court hit back. "
        "The court ruling stands.",
        day="2020-06-11",
    )
    assert who(a, "The court hit") == ("International Criminal Court",)
    b = read("Brussels fined Google. It ordered the company to stop.", day="2025-09-05")
    assert who(b, "the company") == ("Google",)


def test_an_agency_nobody_named_is_nobody(read):
    a = read("The agency rejected the claim.")
    assert who(a, "agency") == ()


def test_the_bloc_is_the_union_whose_president_speaks(read):
    a = read("Ursula von der Leyen spoke. The bloc approved duties.", day="2025-04-10")
    assert who(a, "The bloc") == ("European Union",)


def test_a_host_is_the_other_person_of_the_scene(read):
    a = read("Donald Trump attacked the EU. Micheal Martin did not contradict his host.")
    assert who(a, "his host") == ("Donald Trump",)
    b = read("Martin, Macron and Scholz visited Donald Trump. Martin thanked his host.")
    assert who(b, "host") == ()


def test_the_secretary_of_a_cable_is_the_american_of_the_day(read):
    a = read("Gromyko asked for time. He told me that the Secretary had agreed.", day="1974-02-04")
    assert who(a, "the Secretary") == ("Henry Kissinger",)


def test_an_office_told_further_on_counts_at_the_beginning(read):
    a = read(
        "The Secretary thanked the Ambassador. Ambassador Alphand replied at length.",
        day="1963-01-15",
    )
    assert who(a, "the Ambassador") == ("Alphand",)


def test_the_former_president_no_longer_holds_the_office(read):
    a = read("President Biden scolded Donald Trump. Rubio defended the former president.",
             day="2024-02-12")  # fmt: skip
    assert who(a, "the former president") == ("Donald Trump",)


def test_a_title_that_only_one_state_uses_is_its_own_where_none_is_named(read):
    a = read(
        "I thank Norway and Denmark.",
        title="Remarks by the Secretary of Defense at the Security and Defense Agenda",
        day="2011-06-10",
    )
    assert who(a, "I thank") == ("Robert Gates",)
    a = read("Germany met. The High Representative told Ursula von der Leyen.", day="2023-02-01")
    assert who(a, "The High Representative") == ("Josep Borrell",)


def test_a_label_says_who_holds_the_office_it_names(read):
    a = read(
        "The Secretary of State for Defence (John Healey): I met Secretary Rubio on Monday.\n\n"
        "James Cartlidge (South Suffolk) (Con): I thank the Secretary of State for his words.",
        title="House of Commons, 22 May 2025",
        day="2025-05-22",
    )
    assert who(a, "I met") == ("John Healey",)
    assert who(a, "the Secretary of State for his") == ("John Healey",)


def test_the_president_of_a_briefing_is_the_own_one(read):
    a = read(
        "QUESTION: President Hollande was angry.\n\nMS. PSAKI: The President called him on Monday.",
        title="Daily Press Briefing",
        day="2013-10-25",
    )
    assert who(a, "The President called") == ("Barack Obama",)


def test_speakers_of_several_states_have_no_house(read):
    a = read(
        "ANGELA MERKEL: President Hollande was angry.\n\n"
        "BARACK OBAMA: I see.\n\nANGELA MERKEL: The President called me.",
        title="Press conference",
        day="2013-06-19",
    )
    assert who(a, "The President called") != ("Joachim Gauck",)
