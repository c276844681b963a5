"""What the shipped reference data cover, and the rules their Turtle keeps."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.namespaces import ID
from kg.records import ActorKind
from kg.reference.world import World, load_world
from kg.resources import ontology_dir

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted((ontology_dir() / "reference").glob("*.ttl"))


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (ActorKind.STATE, 200),
        (ActorKind.BLOC, 40),
        (ActorKind.PERSON, 1500),
        (ActorKind.ORGANIZATION, 200),
        (ActorKind.PLACE, 500),
        (ActorKind.CONFERENCE, 40),
    ],
)
def test_actors(world: World, kind: ActorKind, least: int) -> None:
    assert Counter(actor.kind for actor in world.actors.values())[kind] >= least


def test_offices_and_tenures(world: World) -> None:
    assert len(world.offices) >= 300
    assert len(world.tenures) >= 2000
    precise = sum(tenure.start_precision.value == "day" for tenure in world.tenures)
    assert precise / len(world.tenures) > 0.9


@pytest.mark.parametrize(
    ("bloc", "day", "members"),
    [
        ("eu", "1957-12-31", 0),
        ("eu", "1958-01-01", 6),
        ("eu", "1995-01-01", 15),
        ("eu", "2004-05-01", 25),
        ("eu", "2013-07-01", 28),
        ("eu", "2020-02-01", 27),
        ("nato", "1949-04-04", 12),
        ("nato", "1955-05-06", 15),
        ("nato", "1999-03-12", 19),
        ("nato", "2004-03-29", 26),
        ("nato", "2024-03-07", 32),
        ("euro-area", "1999-01-01", 11),
        ("euro-area", "2026-01-01", 21),
        ("schengen-area", "2025-01-01", 29),
        ("un", "2011-07-14", 193),
        ("un", "2026-01-01", 193),
        ("un-security-council-permanent-members", "1960-01-01", 5),
        ("un-security-council-permanent-members", "2026-01-01", 5),
        ("un-security-council-members", "2003-03-20", 15),
        ("un-security-council-members", "2026-02-14", 15),
        ("warsaw-pact", "1956-10-23", 8),
        ("warsaw-pact", "1970-01-01", 7),
        ("council-of-europe", "2026-01-01", 46),
        ("osce", "2026-01-01", 57),
        ("oecd", "2026-01-01", 38),
        ("visegrad-group", "2026-01-01", 4),
        ("bucharest-nine", "2026-01-01", 9),
        ("nordic-baltic-eight", "2026-01-01", 8),
        ("g20", "2026-01-01", 21),
    ],
)
def test_number_of_members(world: World, bloc: str, day: str, members: int) -> None:
    assert len(world.members(ID + "bloc/" + bloc, date.fromisoformat(day))) == members


def test_every_united_nations_member_has_what_a_reader_needs(world: World) -> None:
    for iri in world.members(ID + "bloc/un", date(2026, 1, 1)):
        state = world.actors[iri]
        assert re.fullmatch("[A-Z]{3}", state.iso3), state.label
        assert re.fullmatch(r"Q\d+", state.wikidata), state.label
        assert state.capital, state.label
        assert state.adjectives, state.label


def test_persons_can_be_referred_back_to(world: World) -> None:
    for actor in world.actors.values():
        if actor.kind is ActorKind.PERSON:
            assert actor.gender in {"female", "male"}, actor.label
            assert actor.family_name, actor.label


def test_no_one_identifier_for_two(world: World) -> None:
    wikidata = Counter(actor.wikidata for actor in world.actors.values() if actor.wikidata)
    assert [code for code, uses in wikidata.items() if uses > 1] == []


def test_namesakes_stay_apart(world: World) -> None:
    for name in ("Gerhard Schröder", "Bjarni Benediktsson"):
        assert len(world.find(name)) == 2
    bushes = [a for a in world.actors.values() if a.family_name == "Bush"]
    assert {a.label for a in bushes} >= {"George H. W. Bush", "George W. Bush", "Jeb Bush"}
    trudeaus = {a.label for a in world.actors.values() if a.family_name == "Trudeau"}
    assert trudeaus == {"Pierre Trudeau", "Justin Trudeau"}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Great Britain", "state/uk"),
        ("America", "state/us"),
        ("Holland", "state/netherlands"),
        ("West Germany", "state/germany"),
        ("GDR", "state/east-germany"),
        ("E.U.", "bloc/eu"),
        ("European Economic Community", "bloc/eu"),
        ("North Atlantic Treaty Organization", "bloc/nato"),
        ("Quai d'Orsay", "organisation/french-foreign-ministry"),
        ("Pentagon", "organisation/us-department-of-defense"),
        ("Volodymyr Zelenskyy", "person/volodymyr-zelensky"),
        ("Tayyip Erdogan", "person/recep-tayyip-erdogan"),
        ("Davos", "venue/world-economic-forum"),
    ],
)
def test_common_names_are_found(world: World, name: str, slug: str) -> None:
    assert ID + slug in {actor.iri for actor in world.find(name)}


@pytest.mark.parametrize(
    ("organisation", "polity"),
    [
        ("white-house", "state/us"),
        ("us-senate", "state/us"),
        ("kremlin", "state/russia"),
        ("downing-street", "state/uk"),
        ("european-commission", "bloc/eu"),
        ("shape", "bloc/nato"),
        ("un-security-council", "bloc/un"),
        ("bundeswehr", "state/germany"),
        ("google", None),
        ("hamas", None),
        ("afd", None),
    ],
)
def test_for_whom_an_organisation_speaks(
    world: World, organisation: str, polity: str | None
) -> None:
    found = world.polity_of(ID + "organisation/" + organisation)
    assert found == (ID + polity if polity else None)


def test_metonyms(world: World) -> None:
    metonyms = {(m, actor.iri) for actor in world.actors.values() for m in actor.metonyms}
    assert ("Washington", ID + "state/us") in metonyms
    assert ("Brussels", ID + "bloc/eu") in metonyms
    assert ("Brussels", ID + "state/belgium") not in metonyms
    assert ("Moscow", ID + "state/russia") in metonyms


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_are_sorted_and_say_what_they_hold(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    subjects = re.findall(r"^<([^>]+)>", text, flags=re.MULTILINE)
    assert subjects == sorted(set(subjects))


def test_every_dated_statement_has_a_source(world: World) -> None:
    assert [tenure.iri for tenure in world.tenures if not tenure.source] == []
