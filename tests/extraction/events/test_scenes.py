"""Dates, scenes and restatements: what a reader takes from the text around an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.extraction.coder import AnalystExtractor
from kg.records import Document, EventMention, PartialDate, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

CLASHES = {
    "forum": (
        "Berlin and Washington Spar Over Tanks at Brussels Forum\n\n"
        "The Brussels Forum saw an open dispute between German and American ministers on "
        "21 March 2023. The quarrel laid bare differences over arms deliveries to Ukraine.\n\n"
        "During the panel, Boris Pistorius, the German defence minister, rejected claims from the "
        "United States that Berlin was dragging its feet on Leopard tanks. Opposite him sat Lloyd "
        "Austin, the US Secretary of Defense, who defended the American position.\n\n"
        "This public quarrel shows how tense the debate has become. The Pistorius-Austin dispute "
        "is likely to continue at the next meeting of NATO.",
        {"Boris Pistorius", "Lloyd Austin"},
        ("2023-03-21", "Brussels Forum", "Brussels", "ukraine-support"),
    ),
    "davos": (
        "A row over steel tariffs broke out between EU and US trade officials at the World "
        "Economic Forum in Davos on January 20, 2022. The clash came after months of talks.\n\n"
        "Valdis Dombrovskis, the EU's trade commissioner, criticised the United States for keeping "
        "its duties. Katherine Tai, the US Trade Representative, hit back at Dombrovskis in the "
        "same session.\n\nThe confrontation between Tai and Dombrovskis worries China and Mexico, "
        "analysts say.",
        {"Valdis Dombrovskis", "Katherine Tai"},
        ("2022-01-20", "World Economic Forum", "Davos", "trade-tariffs"),
    ),
    "summit": (
        "British and French officials clashed over Northern Ireland on the sidelines of the G7 "
        "summit in Carbis Bay on 12 June 2021.\n\nDuring the meeting, Emmanuel Macron, the French "
        "president, accused London of breaking its word. Boris Johnson, the British prime "
        "minister, rejected the charge. The row between Johnson and Macron overshadowed the "
        "summit.\n\nCanada and Japan were not involved.",
        {"Emmanuel Macron", "Boris Johnson"},
        ("2021-06-12", "G7 summit", "Carbis Bay", None),
    ),
}


@pytest.fixture(scope="module")
def read() -> Callable[..., Reading]:
    reader = AnalystExtractor()

    def one(text: str, published: str | None = None, title: str = "") -> Reading:
        day = PartialDate.parse(published) if published else None
        return reader.read(Document(text=text, title=title, published=day, source="test"))

    return one


def _names(reading: Reading, ids: tuple[str, ...]) -> set[str]:
    known = {entity.id: entity.name for entity in reading.entities}
    return {known[i] for i in ids}


def _only(reading: Reading, words: str) -> EventMention:
    found = [e for e in reading.events if words in e.evidence.quote]
    assert found, [e.evidence.quote for e in reading.events]
    return found[0]


@pytest.mark.parametrize("published", [None, "2026-05-04"])
@pytest.mark.parametrize("name", sorted(CLASHES))
def test_groups_and_their_people_clash_once(
    read: Callable[..., Reading], name: str, published: str | None
) -> None:
    text, people, (day, venue, place, issue) = CLASHES[name]
    reading = read(text, published)
    clashes = [event for event in reading.events if event.type == "clash"]
    assert [_names(reading, event.actors) for event in clashes] == [people]
    (clash,) = clashes
    assert (str(clash.date), clash.venue, clash.place) == (day, venue, place)
    assert clash.also, "the restatements are further evidence"
    assert issue is None or issue in {i.code for i in clash.issues}
    assert set(clash.actors) == set(clash.recipients)


def test_two_rows_between_other_people_stay_two(read: Callable[..., Reading]) -> None:
    reading = read(
        "Emmanuel Macron clashed with Boris Johnson over fish on 2 November 2021.\n\n"
        "On 9 November 2021 Angela Merkel clashed with Mateusz Morawiecki over judges."
    )
    clashes = [event for event in reading.events if event.type == "clash"]
    assert len(clashes) == 2
    assert {str(event.date) for event in clashes} == {"2021-11-02", "2021-11-09"}


def test_reactions_at_home_do_not_get_the_day_of_the_deed(read: Callable[..., Reading]) -> None:
    reading = read(
        "PARIS, May 6 - Canada imposed tariffs on French wine on Monday.\n\n"
        "Spain condemned Norway for its silence.",
        "2020-05-06",
    )
    assert str(_only(reading, "imposed").date) == "2020-05-04"
    assert _only(reading, "condemned").date is None


@pytest.mark.parametrize(
    ("weekday", "day"), [("Wednesday", "2020-05-06"), ("Tuesday", "2020-05-05")]
)
def test_a_dispatch_of_the_day_or_the_next_dates_whatever_else_it_tells(
    read: Callable[..., Reading], weekday: str, day: str
) -> None:
    reading = read(
        f"PARIS, May 6 - Canada imposed tariffs on French wine on {weekday}.\n\n"
        "Spain condemned Norway for its silence. Denmark has condemned Finland.",
        "2020-05-06",
    )
    assert str(_only(reading, "Spain condemned").date) == day
    assert _only(reading, "has condemned").date is None


def test_a_month_gone_by_goes_on_until_the_next_date(read: Callable[..., Reading]) -> None:
    reading = read(
        "In March 1995 Canada accused Spain of piracy. Spain rejected the charge.",
        "2015-03-09",
    )
    answer = _only(reading, "rejected")
    assert (str(answer.date), answer.date_origin) == ("1995-03", "context")


def test_a_guest_is_praised_on_the_day_he_is_received(read: Callable[..., Reading]) -> None:
    text = "Klaus Kinkel, who received the envoy on {}, praised Norway."
    praise = _only(read(text.format("Friday"), "1993-05-08"), "praised")
    assert str(praise.date) == "1993-05-07"
    assert _only(read(text.format("2 May 1992"), "1993-05-08"), "praised").date is None


def test_an_answer_between_the_same_two_belongs_to_the_day(read: Callable[..., Reading]) -> None:
    reading = read(
        "On Tuesday Olaf Scholz accused Emmanuel Macron of breaking his word. "
        "Macron rejected the charge.",
        "2023-09-07",
    )
    answer = _only(reading, "rejected")
    assert (str(answer.date), answer.date_origin) == ("2023-09-05", "context")


def test_the_pluperfect_does_not_inherit_the_day(read: Callable[..., Reading]) -> None:
    reading = read(
        "On Tuesday Olaf Scholz met Emmanuel Macron. Scholz had criticised Macron.",
        "2023-09-07",
    )
    assert _only(reading, "had criticised").date is None


def test_a_story_of_old_is_background_throughout(read: Callable[..., Reading]) -> None:
    told = (
        "The quarrel began in 1994. In February 1995 Canada warned Spain.\n\n"
        "Spain condemned Canada. On 16 April 1995 they signed.\n\nCanada thanked Norway."
    )
    old = read(told, "2015-03-09").events
    assert {e.modality for e in old} == {"background"}
    assert _only(read(told, "1995-04-17"), "thanked").modality == "asserted"


def test_a_statement_performs_its_acts_on_its_own_day(read: Callable[..., Reading]) -> None:
    reading = read(
        "We, the leaders of France and Germany, condemn Russia's attack on Ukraine.",
        "2022-02-24",
        "Joint statement by the leaders of France and Germany",
    )
    act = next(e for e in reading.events if e.type == "condemn")
    assert str(act.date) == "2022-02-24"
    assert act.date_origin == "performed in this document"


def test_what_a_statement_appreciates_is_older_than_the_statement(
    read: Callable[..., Reading],
) -> None:
    reading = read(
        "France and Germany welcome the American decision of 16 July to suspend the tariffs. "
        "They urge the United States to lift them.",
        "1996-10-28",
        "Joint statement by France and Germany",
    )
    assert {str(e.date) for e in reading.events if e.type in ("welcome", "urge")} == {"1996-10-28"}


def test_a_head_dates_the_item_it_opens(read: Callable[..., Reading]) -> None:
    reading = read(
        "Monday 6 May. Poland thanks Canada for its help.\n\n"
        "Wednesday 8 May. Spain criticises Norway over fish quotas.",
        "2019-05-10",
        "The week",
    )
    assert str(_only(reading, "thanks").date) == "2019-05-06"
    assert str(_only(reading, "criticises").date) == "2019-05-08"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Olaf Scholz met Emmanuel Macron at the April meeting of ministers.", "2023-04"),
        ("Olaf Scholz met Emmanuel Macron yesterday.", "2023-09-06"),
        ("Olaf Scholz met Emmanuel Macron last Wednesday.", "2023-09-06"),
        ("Spain promised Norway to buy more gas by 2030.", "None"),
    ],
)
def test_date_words(read: Callable[..., Reading], sentence: str, day: str) -> None:
    reading = read(sentence, "2023-09-07")
    assert reading.events
    assert {str(event.date) for event in reading.events} == {day}


def test_a_venue_brings_its_city(read: Callable[..., Reading]) -> None:
    reading = read("Olaf Scholz met Joe Biden at the White House on 3 March 2023.")
    meeting = _only(reading, "met")
    assert meeting.venue == "White House"
    assert meeting.place.startswith("Washington")


def test_what_is_said_on_the_telephone_goes_on_there(read: Callable[..., Reading]) -> None:
    reading = read(
        "Joe Biden spoke by telephone with Olaf Scholz on Monday. "
        "Scholz thanked Biden for his support.",
        "2022-02-08",
    )
    assert {e.venue for e in reading.events} == {"telephone"}


def test_a_place_someone_came_from_is_not_where_it_happened(read: Callable[..., Reading]) -> None:
    reading = read("Olaf Scholz, who had flown in from Berlin, criticised Joe Biden.")
    assert _only(reading, "criticised").place == ""


def test_the_author_of_a_statement_is_not_its_reporter(read: Callable[..., Reading]) -> None:
    reading = read(
        "SPOKESPERSON: Good afternoon. The United States imposed tariffs on Canada on Thursday.\n\n"
        "Q: And now?\n\nSPOKESPERSON: We reject the idea.",
        "2018-06-01",
        "Midday briefing, European Commission",
    )
    assert _only(reading, "imposed").speaker is None
