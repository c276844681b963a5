"""Who is who on a day."""

from datetime import date

import pytest

from kg.errors import NotFoundError
from kg.reference.world import load_world
from kg.workspace import who

WORLD = load_world()


@pytest.mark.parametrize(
    ("day", "polity"),
    [("2023-06-01", "Estonia"), ("2024-09-01", ""), ("2026-02-14", "European Union")],
)
def test_a_person_is_shown_with_the_office_of_the_day(day, polity):
    (match,) = who.show(WORLD, "Kaja Kallas", date.fromisoformat(day))
    assert match.polity == polity
    assert len(match.offices) == bool(polity)


def test_a_surname_alone_finds_all_namesakes():
    assert {"George W. Bush", "George H. W. Bush"} <= {m.label for m in who.show(WORLD, "Bush")}


def test_without_a_day_all_offices_are_shown_latest_first():
    (match,) = who.show(WORLD, "Kaja Kallas")
    starts = [held.since for held in match.offices]
    assert len(starts) >= 2
    assert starts == sorted(starts, reverse=True)


def test_members_of_nato_the_day_before_and_the_day_of_an_accession():
    def labels(day: str) -> set[str]:
        return {WORLD.label(m.state) for m in who.members(WORLD, "nato", date.fromisoformat(day))}

    assert labels("2023-04-04") - labels("2023-04-03") == {"Finland"}


def test_offices_of_the_union_on_a_day():
    held = {h.office: h.person for h in who.offices(WORLD, "eu", date(2025, 6, 1))}
    assert held["President of the European Commission"] == "Ursula von der Leyen"


def test_nobody_of_that_name_is_told():
    with pytest.raises(NotFoundError):
        who.show(WORLD, "Nemo Nobody")
