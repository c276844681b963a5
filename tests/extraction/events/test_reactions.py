"""Whose deed a reaction is about when only "the decision" or "it" names it."""


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
