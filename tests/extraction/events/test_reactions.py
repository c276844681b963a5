"""Whose deed a reaction is about when only "the decision" or "it" names it."""

from kg.records import Document


def test_a_reaction_to_a_reaction_is_to_the_same_deed(told):
    lines = told(
        "Donald Trump suspended military aid to Ukraine. Senator Lindsey Graham blasted "
        "the decision. Shinzo Abe welcomed it."
    )
    assert "support: Shinzo Abe > Donald Trump [asserted]" in lines
    assert not any("Graham" in line for line in lines)  # of the president's own country


def test_the_decision_that_hit_the_speaker_s_allies_is_meant_rather_than_the_latest(told):
    lines = told(
        "The United States imposed tariffs on the European Union. Canada expelled two Russian "
        "diplomats. Emmanuel Macron condemned the decision."
    )
    assert "accuse: Emmanuel Macron > United States [asserted]" in lines


def test_whoever_does_as_others_did_hits_whom_they_hit(told):
    lines = told("Norway expelled two Russian diplomats. Sweden, too, expelled three.")
    assert "coerce: Sweden > Russia [asserted]" in lines


def test_a_government_is_known_by_the_capital_it_sits_in(told):
    lines = told("The Netherlands urged the authorities in Minsk to release the journalist.")
    assert lines == ["request: Netherlands > Belarus [asserted]"]


def test_a_verb_after_a_relative_clause_keeps_its_subject(told):
    lines = told(
        "The friendliest words were spoken in Oslo: Erna Solberg, who saw the general on Monday, "
        "praised the patience of Alexander Stubb."
    )
    assert "support: Erna Solberg > Alexander Stubb [asserted]" in lines


def test_what_is_asked_for_is_not_who_is_asked(extractor):
    text = "In May Spain requested a hearing in the World Trade Organization."
    events = extractor.read(Document(text=text)).events
    assert all(event.rule.startswith("learned.") for event in events)  # a guess, and marked as one


def test_a_proposal_without_an_addressee_is_remembered(told):
    lines = told("Emmanuel Macron proposed a summit. The idea was dismissed in London.")
    assert lines == ["reject: United Kingdom > Emmanuel Macron [asserted]"]


def test_a_minister_s_decision_is_that_of_the_state(told):
    lines = told(
        "The United States is losing patience. Treasury Secretary Janet Yellen imposed sanctions "
        "on Turkish banks. Recep Tayyip Erdoğan denounced the decision."
    )
    assert "accuse: Recep Tayyip Erdoğan > United States [asserted]" in lines


def test_whoever_is_somewhere_to_meet_somebody_meets(told):
    lines = told("Mark Rutte was in Ottawa on Friday to meet Mark Carney.")
    assert lines == ["consult: Mark Rutte > Mark Carney [asserted]"]


def test_sanctions_are_lifted_from_whom_the_same_state_laid_them_on(told):
    lines = told(
        "In 2018 Donald Trump imposed sanctions on Turkey, and Brussels protested. "
        "Joe Biden lifted the sanctions three years later.",
        published="2023-05-01",
    )
    assert any(line.startswith("concede: Joe Biden > Turkey") for line in lines)


def test_who_is_told_is_not_what_is_told_about(told):
    lines = told("Donald Tusk assured the envoy this morning that Germany would stand by it.")
    assert not any(line.startswith("agree: Donald Tusk > Germany") for line in lines)
