"""Who is meant where no name stands: his country, some of many, an addressee, a town, a peer."""

import pytest

from kg.records import Document

US = "United States"
SENTENCES = {
    "his country": (
        "Poland's foreign minister, Radek Sikorski, said his country had rejected the Hungarian"
        " proposal.",
        "reject: Poland > Hungary",
    ),
    "her nation": (
        "Kaja Kallas said that her nation had expelled two Russian diplomats.",
        "coerce: Estonia > Russia",
    ),
    "among them": (
        "The United States cut aid to nine countries, among them Colombia.",
        f"sanction: {US} > Colombia",
    ),
    "among them, as agents": (
        "Fourteen governments, among them Norway, condemned the Russian attack.",
        "accuse: Norway > Russia",
    ),
    "including": (
        "Several states, including Poland and Lithuania, rejected the French proposal.",
        "reject: Lithuania, Poland > France",
    ),
    "led by": (
        "A group of countries led by Sweden criticised Hungary.",
        "accuse: Sweden > Hungary",
    ),
    "until somebody yields": (
        "Japan has suspended the talks until Beijing releases the fishermen.",
        "sanction: Japan > China",
    ),
    "in a letter to": (
        "In a letter to Ursula von der Leyen, Giorgia Meloni demanded a change of the rules.",
        "request: Giorgia Meloni > Ursula von der Leyen",
    ),
    "a visit to a capital": (
        "Luiz Inácio Lula da Silva cancelled his visit to Berlin.",
        "sanction: Luiz Inácio Lula da Silva > Germany",
    ),
    "ministers of two states": (
        "The ministers of Sweden and Finland called on Russia to end its war against Ukraine.",
        "request: Finland, Sweden > Russia",
    ),
    "things sent to somebody": (
        "Denmark agreed to lend its frigates to NATO.",
        "agree: Denmark > NATO",
    ),
    "to blame": (
        '"Hungary is to blame for the delay," Donald Tusk said.',
        "accuse: Donald Tusk > Hungary",
    ),
    "the name before a colon": (
        'Donald Tusk, on television: "Hungary is a disgrace."',
        "accuse: Donald Tusk > Hungary",
    ),
    "a short name before of and a participle": (
        "Recep Tayyip Erdoğan accused the Alliance of ignoring Turkey.",
        "accuse: Recep Tayyip Erdoğan > NATO",
    ),
    "the name after a title and a place": (
        "The Russian ambassador in Paris, Alexei Meshkov, accused France of piracy.",
        "accuse: Alexei Meshkov > France",
    ),
    "somebody in a house": (
        "In the Kremlin Vladimir Putin praised Viktor Orbán.",
        "support: Vladimir Putin > Viktor Orbán",
    ),
    "their colleague": (
        "NATO ambassadors clashed with their Georgian colleague on Monday.",
        "accuse: Georgia, NATO > Georgia, NATO",
    ),
    "its, of the only state in mind": (
        "Xi Jinping sent envoys to Lithuania. He has punished its companies ever since.",
        "sanction: Xi Jinping > Lithuania",
    ),
}


@pytest.mark.parametrize(("text", "line"), SENTENCES.values(), ids=SENTENCES.keys())
def test_somebody_stands_behind_the_phrase(told, text, line):
    found = [act.rpartition(" [")[0] for act in told(text, published="2024-05-10")]
    assert line in found, found


@pytest.mark.parametrize(
    ("story", "lines"),
    [
        (
            "Japan lifted its ban on British beef. Keir Starmer welcomed the decision."
            " Simon Harris hailed it as a sign of trust.",
            ["support: Keir Starmer > Japan", "support: Simon Harris > Japan"],
        ),
        (
            "Hungary quit the International Criminal Court. Germany deplored the step."
            " Israel applauded it.",
            ["accuse: Germany > Hungary", "support: Israel > Hungary"],
        ),
    ],
)
def test_a_second_verdict_is_about_what_the_first_was_about(told, story, lines):
    found = [act.rpartition(" [")[0] for act in told(story, published="2025-06-15")]
    assert set(lines) <= set(found), found


def test_who_is_spoken_to_takes_no_part(told):
    text = "QUESTION: Chancellor, did Hungary refuse to help Ukraine?"
    assert "reject: Hungary > Ukraine [hypothetical]" in told(text, published="2024-05-10")


def test_nobody_warns_his_own_side(told):
    text = (
        f"The {US} announced tariffs on Poland, Sweden and Denmark. In a joint statement the three"
        " governments warn of a spiral."
    )
    assert "accuse: Denmark, Poland, Sweden > United States [asserted]" in told(text)


def test_a_call_to_stop_is_a_demand(extractor):
    text = "Canada called on Rwanda to withdraw its troops and on Kenya to send observers."
    assert "demand" in {event.type for event in extractor.read(Document(text=text)).events}
