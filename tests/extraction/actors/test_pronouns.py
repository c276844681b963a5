"""Whom pronouns mean: by grammar, gender and who is in mind; and when they are left open."""

from __future__ import annotations

import pytest


def meant(annotated, word, number=0):
    """Names of those for whom the nth token with these letters stands."""
    text = annotated.document.text
    found = [i for i, (s, e) in enumerate(annotated.offsets) if text[s:e] == word]
    ids = annotated.actors.get(found[number], ())
    return {annotated.entities[i].name for i in ids}


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("Emmanuel Macron flew to Berlin. Olaf Scholz, standing next to him, said little.",
         "him", {"Emmanuel Macron"}),
        ("Joe Biden phoned Benjamin Netanyahu. Emmanuel Macron rang Joe Biden to tell him no.",
         "him", {"Joe Biden"}),
        ("Donald Trump was told by JD Vance that he had won.", "he", {"Donald Trump"}),
        ('Joe Biden walked through Kyiv. "Putin thought Ukraine was weak," he said.',
         "he", {"Joe Biden"}),
        ("Joe Biden met Xi Jinping on Monday. They discussed trade.",
         "They", {"Joe Biden", "Xi Jinping"}),
        ("Olaf Scholz praised himself.", "himself", {"Olaf Scholz"}),
    ],
)  # fmt: skip
def test_a_pronoun_means_whom_grammar_and_memory_tell(read, text, word, who):
    assert meant(read(text), word) == who


def test_nobody_is_meant_by_a_pronoun_without_a_likely_owner(read):
    assert meant(read("It was clear to France that it rained in Poland."), "It") == set()


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("Senator FULBRIGHT. Where are the Belgians?\nSecretary ACHESON. I cannot say.",
         "I", {"Dean Acheson"}),
        ("Josep Borrell. – Madam President, I went to Moscow.", "I", {"Josep Borrell"}),
        ("By Guy Verhofstadt.\nAway with the veto. I say it to Viktor Orban.",
         "I", {"Guy Verhofstadt"}),
        ("Q: President Niinistö, how long was the call?\nA: Ten minutes. I told Putin so.",
         "I", {"Sauli Niinistö"}),
        ("Mr. Ormsby-Gore (United Kingdom): We do not oppose a debate.",
         "We", {"United Kingdom"}),
        ("The European Union condemns the verdict. We call for his release.",
         "We", {"European Union"}),
        ('Emmanuel Macron made no secret of it: "I am against the deal."',
         "I", {"Emmanuel Macron"}),
        ('Moscow signed. "I agree," Putin said. Zelensky applied to join. The day went by. '
         'Olaf Scholz went home. "I am tired."', "I", {"Vladimir Putin"}),
    ],
)  # fmt: skip
def test_a_speaker_is_known_by_label_byline_or_the_words_around_a_quotation(read, text, word, who):
    assert meant(read(text), word) == who


def test_a_new_quotation_is_not_the_last_speakers(read):
    text = 'Moscow signed. "I agree," Putin said. The day went by. Olaf Scholz left. "I am tired."'
    assert meant(read(text), "I", 1) == {"Olaf Scholz"}


def test_we_are_those_just_joined_with_i(read):
    a = read("PRESIDENT BIDEN: Rishi Sunak and I met. We agreed on steel.", title="Remarks")
    assert meant(a, "We") == {"Joe Biden", "Rishi Sunak"}


def test_you_are_whoever_answers_and_whoever_a_quotation_is_said_to(read):
    a = read("Q: Will you sign?\nPRESIDENT TRUMP: We will see.")
    assert meant(a, "you") == {"Donald Trump"}
    b = read('"You are gambling," Donald Trump told Volodymyr Zelensky.')
    assert meant(b, "You") == {"Volodymyr Zelensky"}


def test_a_speaker_nobody_knows_does_not_speak_as_the_one_before(read):
    a = read("Ursula von der Leyen: I agree.\nKinga Nobody: I do not.\nUrsula von der Leyen: Why?")
    assert meant(a, "I", 1) in (set(), {"Kinga Nobody"})


def test_a_spokesman_nobody_knows_speaks_for_the_house_that_briefs(read):
    text = "QUESTION: And Ukraine?\n\nMR. TONER: We call on Ukraine to hold fair elections."
    title = "Department of State Daily Press Briefing: Ukraine, Tymoshenko"
    assert meant(read(text, title), "We") == {"United States Department of State"}


def test_a_speech_is_known_by_its_occasion_and_the_first_person(read):
    text, title = "I thank Poland. I am startled. I appeal to China.", "Angela Merkel at {}"
    assert meant(read(text, title.format("the Munich Security Conference")), "I") == {
        "Angela Merkel"
    }
    assert meant(read(text, title.format("bay")), "I") == set()
    quoted = f'A voter said: "{text}"'
    assert meant(read(quoted, title.format("the Munich Security Conference")), "I") == set()


def test_a_state_does_not_urge_itself_by_the_name_of_its_capital(read):
    assert meant(read("Belgium has urged Brussels to act."), "Brussels") == {"European Union"}
    text = "Belgium recalled its ambassador. Brussels demanded an apology from Rwanda."
    assert meant(read(text), "Brussels") == {"Belgium"}
