import pytest

SENTENCES = {
    "did not": ("France did not criticise Germany.", "negated"),
    "has not": ("Switzerland has not imposed tariffs on the United States.", "negated"),
    "declined to": ("Keir Starmer declined to criticise Donald Trump.", "negated"),
    "stopped short of": ("France stopped short of criticising Germany.", "negated"),
    "failed to": ("Britain failed to support Germany.", "negated"),
    "would": ("Lithuania would welcome American troops.", "hypothetical"),
    "may": ("France may criticise Germany.", "hypothetical"),
    "plans to": ("Germany plans to visit the United States.", "hypothetical"),
    "if": ("If Russia attacks Poland, NATO will respond.", "hypothetical"),
    "will": ("Keir Starmer will meet Donald Trump.", "hypothetical"),
    "threat": ("Donald Trump threatened to impose tariffs on France.", "asserted"),
    "refusal in the future": ("Mexico will not accept American troops on its soil.", "asserted"),
    "wish to thank": ("Angela Merkel: I want to thank Barack Obama.", "asserted"),
    "pluperfect": ("Angela Merkel had warned Vladimir Putin.", "background"),
    "will not": ("Germany will not send tanks to Ukraine.", "negated"),
    "not going to": ("Nicolas Sarkozy: I am not going to criticise Germany.", "negated"),
    "might not": ("Germany might not support Ukraine.", "hypothetical"),
    "does not plan to": ("Germany does not plan to send tanks to Ukraine.", "negated"),
    "has no plans to": ("Germany has no plans to send tanks to Ukraine.", "negated"),
    "has no interest in": ("Germany has no interest in the American plan.", "asserted"),
    "would not, if": (
        "The United States would not impose sanctions on Russia if Moscow withdrew.",
        "hypothetical",
    ),
    "if, in the present": (
        "If the talks fail, Germany supports the United States.",
        "hypothetical",
    ),
    "we would urge": ("Angela Merkel: We would urge Donald Trump not to leave.", "asserted"),
    "old date": ("In 2003 France opposed the United States.", "background"),
}


@pytest.mark.parametrize(("text", "modality"), SENTENCES.values(), ids=SENTENCES.keys())
def test_modality(told, text, modality):
    found = told(text)
    assert any(line.endswith(f"[{modality}]") for line in found), found


def test_reported_pluperfect_is_no_background(told):
    found = told("Anthony Eden said on Tuesday that Britain had praised France.")
    assert "support: United Kingdom > France [asserted]" in found


def test_the_announced_will_of_a_communique_is_a_decision(told):
    text = "The European Union will suspend its tariffs on the United States."
    assert "[asserted]" in told(text, title="Joint statement on trade")[0]
    assert "[hypothetical]" in told(text, title="Talks go on")[0]


def test_a_meeting_to_come_is_not_held_by_announcing_it(told):
    found = told("France and Germany will meet in Paris in June.", title="Joint statement")
    assert [line for line in found if "[hypothetical]" in line] == found != []


def test_an_appointment_in_the_present_tense_is_still_to_come(told):
    text = "On Monday Donald Trump meets Vladimir Putin in Helsinki."
    assert "[hypothetical]" in told(text)[0]
    assert "[asserted]" in told(text.replace("meets", "met"))[0]


def test_an_act_inside_a_purpose_is_not_told(told):
    assert told("The ministers met in Geneva to help Ukraine defend its borders.") == []
