"""The world as of a date, on a small fixture and on the data we ship."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReferenceDataError
from kg.namespaces import ID, PREFIXES, entity_iri
from kg.records import ActorKind, Precision
from kg.reference.model import covers
from kg.reference.world import AliasKind, World, load_world, read_world

SMALL = Path(__file__).parent / "data" / "small" / "world.ttl"
KALLAS = entity_iri("person", "Kaja Kallas")
BORRELL = entity_iri("person", "Josep Borrell")
HIGH_REP = ID + "office/eu-high-representative"
EU, NATO = ID + "bloc/eu", ID + "bloc/nato"
UK, ESTONIA = ID + "state/uk", ID + "state/estonia"
HEADER = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
HEADER += f"@base <{ID}> .\n"


@pytest.fixture(scope="module")
def world() -> World:
    return read_world([[SMALL]])


def overlay(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "mine.ttl"
    path.write_text(HEADER + body, encoding="utf-8")
    return path


def test_on_the_handover_day_the_successor_holds(world: World) -> None:
    def holder(day: date) -> list[str]:
        return [tenure.person for tenure in world.holders(HIGH_REP, day)]

    assert holder(date(2024, 11, 30)) == [BORRELL]
    assert holder(date(2024, 12, 1)) == [KALLAS]


def test_between_two_offices_a_person_holds_none(world: World) -> None:
    assert world.tenures_of(KALLAS, date(2024, 7, 22))[0].office.endswith("estonia-prime-minister")
    assert world.tenures_of(KALLAS, date(2024, 7, 23)) == ()
    assert world.tenures_of(KALLAS, date(2024, 11, 30)) == ()
    assert world.tenures_of(KALLAS, date(2040, 1, 1))[0].office == HIGH_REP


def test_before_the_first_tenure_nobody_holds_an_office(world: World) -> None:
    assert world.holders(HIGH_REP, date(2019, 11, 30)) == ()


def test_tenures_come_in_order_of_start(world: World) -> None:
    starts = [tenure.start for tenure in world.tenures_of(KALLAS)]
    assert starts == [date(2021, 1, 26), date(2024, 12, 1)]


def test_blocs_depend_on_the_date(world: World) -> None:
    assert world.blocs_of(UK, date(2020, 1, 31)) == (EU, NATO)
    assert world.blocs_of(UK, date(2020, 2, 1)) == (NATO,)
    assert world.blocs_of(UK, date(1940, 1, 1)) == ()
    assert world.members(EU, date(2019, 1, 1)) == (ESTONIA, UK)
    assert world.members(EU, date(2021, 1, 1)) == (ESTONIA,)


def test_polity_follows_the_organisation_upwards(world: World) -> None:
    assert world.polity_of(ID + "organisation/dg-trade") == EU
    assert world.polity_of(UK) == UK
    assert world.polity_of(HIGH_REP) == EU
    assert world.polity_of(KALLAS) is None
    assert world.polity_of(ID + "place/london") is None
    assert world.polity_of("https://example.org/nothing") is None


@pytest.mark.parametrize(
    "name",
    ["United Kingdom", "britain", " UK ", "GBR", "gb", "Q145", "state/uk", UK, "united  kingdom"],
)
def test_find_knows_every_spelling(world: World, name: str) -> None:
    assert [actor.iri for actor in world.find(name)] == [UK]


def test_find_prefers_labels_over_slugs_and_ignores_surnames(world: World) -> None:
    assert [a.label for a in world.find("Josep Borrell Fontelles")] == ["Josep Borrell"]
    assert world.find("Kallas") == ()
    assert world.find("") == ()
    assert world.find("London")[0].kind is ActorKind.PLACE


def test_records_carry_what_the_turtle_says(world: World) -> None:
    uk = world.actors[UK]
    assert (uk.iso3, uk.capital, uk.adjectives, uk.wikidata) == (
        "GBR",
        "London",
        ("British",),
        "Q145",
    )
    assert uk.is_polity
    kallas = world.actors[KALLAS]
    assert (kallas.family_name, kallas.gender, kallas.kind) == (
        "Kallas",
        "female",
        ActorKind.PERSON,
    )
    office = world.offices[HIGH_REP]
    assert (office.title, office.represents, office.kind) == (
        "High Representative",
        EU,
        "commissioner",
    )
    assert office in world.offices_of(EU)
    assert world.label(HIGH_REP) == office.label
    assert world.label(ID + "person/nobody") == "nobody"


def test_surfaces_name_every_form_with_its_kind(world: World) -> None:
    surfaces = set(world.surfaces())
    assert ("UK", UK, AliasKind.NAME) in surfaces
    assert ("London", UK, AliasKind.METONYM) in surfaces
    assert ("London", ID + "place/london", AliasKind.NAME) in surfaces
    assert ("Kallas", KALLAS, AliasKind.FAMILY_NAME) in surfaces
    assert ("Estonians", ESTONIA, AliasKind.DEMONYM) in surfaces
    assert ("EU foreign policy chief", HIGH_REP, AliasKind.TITLE) in surfaces
    assert list(world.surfaces()) == list(world.surfaces())


def test_overlay_adds_people_and_closes_tenures(tmp_path: Path) -> None:
    mine = overlay(
        tmp_path,
        """
<tenure/kaja-kallas/eu-high-representative/2024-12-01> schema:endDate "2029-12-01"^^xsd:date .
<person/jane-doe> a tkg:Person ; skos:prefLabel "Jane Doe"@en .
<tenure/jane-doe/eu-high-representative/2029> a tkg:Tenure ; org:member <person/jane-doe> ;
    tkg:office <office/eu-high-representative> ; schema:startDate "2029-12-01"^^xsd:date ;
    tkg:startPrecision "year" .
<person/kaja-kallas> skos:altLabel "K. Kallas"@en ; skos:prefLabel "Dr Kaja Kallas"@en .
""",
    )
    world = read_world([[SMALL], [mine]])
    (holder,) = world.holders(HIGH_REP, date(2030, 1, 1))
    assert world.label(holder.person) == "Jane Doe"
    assert holder.start_precision is Precision.YEAR
    assert world.actors[KALLAS].label == "Dr Kaja Kallas"
    assert world.actors[KALLAS].family_name == "Kallas"
    assert world.version != read_world([[SMALL]]).version


def test_version_follows_the_content_only(tmp_path: Path) -> None:
    copy = tmp_path / SMALL.name
    copy.write_bytes(SMALL.read_bytes())
    assert read_world([[copy]]).version == read_world([[SMALL]]).version
    copy.write_bytes(SMALL.read_bytes() + b"# a remark\n")
    assert read_world([[copy]]).version != read_world([[SMALL]]).version


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<person/x> a ] .", "not valid Turtle"),
        ("<person/x> a tkg:Person .", "needs one skos:prefLabel in English, and has none"),
        ('<person/x> a tkg:Person ; skos:prefLabel "A"@en, "B"@en .', "'A' and 'B'"),
        ('<person/x> a tkg:Persn ; skos:prefLabel "A"@en .', "unknown class tkg:Persn"),
        ('<person/x> tkg:metonym "A"@en .', "has no class"),
        ('<state/x> a tkg:State, tkg:Bloc ; skos:prefLabel "A"@en .', "of two kinds"),
        ('<person/x> a tkg:Person ; skos:prefLabel "A"@en ; tkg:partOf [] .', "blank node"),
        ('<person/x> a tkg:Person ; skos:prefLabel "A"@en ; tkg:partOf "EU" .', "takes an IRI"),
        ('<person/x> a tkg:Person ; skos:prefLabel "A"@en ; tkg:partOf <bloc/zz> .', "no known"),
        ('<bloc/x> a tkg:Bloc ; skos:prefLabel "A"@en ; tkg:partOf <bloc/x> .', "part of itself"),
        ('<office/x> a tkg:Office ; skos:prefLabel "A"@en .', "lacks tkg:represents"),
        ("<state/uk> a tkg:State ; tkg:capital <place/zz> .", "no known place"),
    ],
)
def test_broken_data_are_refused_with_file_and_line(
    tmp_path: Path, body: str, complaint: str
) -> None:
    path = overlay(tmp_path, body)
    line = len(HEADER.splitlines()) + 1
    with pytest.raises(ReferenceDataError) as caught:
        read_world([[SMALL], [path]])
    assert complaint in caught.value.message
    assert "\n" not in caught.value.message
    if "blank" not in complaint:
        assert f"mine.ttl:{line}:" in caught.value.message


@pytest.mark.parametrize(
    ("start", "end", "complaint"),
    [
        ("2020-05-01", "2020-05-01", "ends on the day it begins"),
        ("2020-05-02", "2020-05-01", "ends before it begins"),
        ("2020-02-30", "2021-05-01", "no calendar day"),
        ("2020", "2021-05-01", "no calendar day"),
    ],
)
def test_impossible_intervals_are_refused(
    tmp_path: Path, start: str, end: str, complaint: str
) -> None:
    path = overlay(
        tmp_path,
        f"""<tenure/kaja-kallas/eu-high-representative/1999> a tkg:Tenure ;
    org:member <person/kaja-kallas> ; tkg:office <office/eu-high-representative> ;
    schema:startDate "{start}"^^xsd:date ; schema:endDate "{end}"^^xsd:date .""",
    )
    with pytest.raises(ReferenceDataError, match=complaint) as caught:
        read_world([[SMALL], [path]])
    assert f"mine.ttl:{len(HEADER.splitlines()) + 1}:" in caught.value.message


def test_missing_overlay_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match=r"nowhere\.ttl: cannot be read: No such file"):
        load_world((tmp_path / "nowhere.ttl",))


def test_load_world_notices_a_changed_overlay(tmp_path: Path) -> None:
    mine = overlay(tmp_path, '<person/jane-doe> a tkg:Person ; skos:prefLabel "Jane Doe"@en .')
    assert load_world((mine,)).find("Jane Doe")
    overlay(tmp_path, '<person/jane-roe> a tkg:Person ; skos:prefLabel "Jane Roe-Doe"@en .')
    world = load_world((mine,))
    assert world.find("Jane Roe-Doe")
    assert not world.find("Jane Doe")
    assert load_world((mine,)) is world


@given(
    starts=st.lists(
        st.dates(date(1945, 1, 1), date(2030, 1, 1)), min_size=2, max_size=9, unique=True
    ),
    offset=st.integers(-400, 400),
    which=st.integers(0, 8),
)
def test_chained_half_open_intervals_have_exactly_one_holder(
    starts: list[date], offset: int, which: int
) -> None:
    starts.sort()
    day = starts[which % len(starts)] + timedelta(days=offset)
    chain = list(zip(starts, [*starts[1:], None], strict=True))
    holding = [start for start, end in chain if covers(start, end, day)]
    assert holding == ([max(s for s in starts if s <= day)] if day >= starts[0] else [])
