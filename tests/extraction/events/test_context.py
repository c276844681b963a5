"""Dates, issues, places, speakers, claims and clusters: what surrounds an act."""

import pytest

from kg.records import Document, PartialDate


def read(extractor, text, published="2025-03-01", title=""):
    return extractor.read(Document(text=text, title=title, published=PartialDate.parse(published)))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Emmanuel Macron met Donald Trump on Monday.", "2025-02-24"),
        ("On 14 February 2025 Emmanuel Macron met Donald Trump.", "2025-02-14"),
        ("Emmanuel Macron meets Donald Trump.", "None"),
        ("Emmanuel Macron will meet Donald Trump on Sunday.", "2025-03-02"),
        (
            "On Oct. 29, 1956 Israel attacked Egypt. The following day France bombed Egypt.",
            "1956-10-30",
        ),
        ("BERLIN, Feb 3 - Emmanuel Macron meets Donald Trump.", "None"),
    ],
)
def test_the_date_of_an_act(extractor, text, day):
    assert str(read(extractor, text).events[-1].date) == day


def test_a_relative_clause_keeps_its_date_to_itself(extractor):
    events = read(
        extractor, "Emmanuel Macron, who had met Donald Trump on Monday, praised Ukraine."
    ).events
    assert {event.type: str(event.date) for event in events} == {
        "meet": "2025-02-24",
        "praise": "None",
    }


def test_items_of_a_digest_carry_their_own_dates(extractor):
    text = "2018-07-11\n\nFrance criticises Germany.\n\n2018-07-16\n\nItaly thanks Spain.\n"
    events = read(extractor, text, "2018-07-20").events
    assert [(str(e.date), e.modality) for e in events] == [
        ("2018-07-11", "asserted"),
        ("2018-07-16", "asserted"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Donald Trump imposed tariffs on European steel.", "trade-tariffs"),
        ("Donald Trump criticised Denmark over Greenland.", "greenland-arctic"),
        (
            "JD Vance accused Germany of censorship under the Digital Services Act.",
            "digital-regulation",
        ),
        ("Germany promised Patriot missiles to Ukraine.", "ukraine-support"),
    ],
)
def test_the_issue_comes_from_the_words_around(extractor, text, code):
    assert code in {issue.code for issue in read(extractor, text).events[0].issues}


def test_place_and_channel(extractor):
    (event,) = read(extractor, "George W. Bush telephoned Angela Merkel.").events
    assert event.venue == "telephone"
    (event,) = read(extractor, "Emmanuel Macron met Donald Trump in Geneva.").events
    assert event.place == "Geneva"


def test_who_reports_an_act_is_its_speaker(extractor):
    text = "Anthony Eden said that France had praised Italy."
    reading = read(extractor, text)
    (event,) = reading.events
    assert reading.by_id[event.speaker].name == "Anthony Eden"


def test_a_claim_rebuts_the_claim_before_it(extractor):
    text = "Estonia accused Russia of violating its airspace. Russia denied the charge."
    reading = read(extractor, text)
    answer = reading.claims[-1]
    assert reading.by_id[answer.claimant].name == "Russia"
    assert answer.rebuts.quote == "Estonia accused Russia of violating its airspace."


def test_a_heading_and_its_story_are_one_event(extractor):
    text = (
        "France condemns Russia\n\nFrance condemned Russia on Friday over the invasion of Ukraine."
    )
    events = [e for e in read(extractor, text).events if e.type == "condemn"]
    assert len(events) == 1
    assert events[0].evidence.quote.startswith("France condemned")
    assert [span.quote for span in events[0].also] == ["France condemns Russia"]


def test_better_evidence_gives_more_confidence(extractor):
    def sure(text):
        return read(extractor, text).events[-1].confidence

    direct = sure("France condemned Russia.")
    referred = sure("Russia attacked Ukraine. France condemned the attack.")
    assert 0.0 < referred < direct < 1.0


def test_a_highlight_and_its_report_are_one_event(extractor):
    text = (
        "* France accuses Russia of hacking elections\n\nPARIS, June 25 - Emmanuel Macron spoke on "
        "Wednesday. France denounced Russia's conduct."
    )
    (event,) = read(extractor, text, "2025-06-25").events
    assert (event.type, str(event.date)) == ("accuse", "2025-06-25")
    assert len(event.also) == 1


def test_a_minister_and_his_cabinet_are_one_government(extractor):
    text = (
        "It was the Treasury in Washington that settled the matter: Harold Macmillan, the "
        "Chancellor of the Exchequer, informed the Cabinet that no money would come."
    )
    reading = read(extractor, text, "1956-11-07")
    assert not [event for event in reading.events if event.type == "brief"]
