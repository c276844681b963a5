"""Tenures from a table: what a row adds, and how a bad row is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.errors import ReferenceDataError
from kg.namespaces import ID
from kg.records import Precision
from kg.reference.world import World, read_facts, read_world

SMALL = Path(__file__).parent / "data" / "small" / "world.ttl"
HEADER = "person,office,polity,start,end,title,kind,aliases,family_name,gender\n"


def world_with(tmp_path: Path, text: str) -> World:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return read_world([[SMALL], [path]])


def test_a_row_adds_person_office_and_tenure(tmp_path: Path) -> None:
    row = "Alar Karis,President of Estonia,Estonia,2021-10-11,,President,head-of-state,"
    world = world_with(tmp_path, HEADER + row + "A. Karis;Alar K,Karis,male\n")
    (person,) = world.find("A. Karis")
    assert (person.label, person.family_name, person.gender) == ("Alar Karis", "Karis", "male")
    (tenure,) = world.tenures_of(person.iri, date(2025, 1, 1))
    office = world.offices[tenure.office]
    assert (office.label, office.title, office.kind) == (
        "President of Estonia",
        "President",
        "head-of-state",
    )
    assert office.represents == ID + "state/estonia"
    assert tenure.end is None
    assert tenure.source == "mine.csv"


def test_a_row_about_a_known_tenure_closes_it(tmp_path: Path) -> None:
    row = "Kaja Kallas;EU foreign policy chief;EU;2024-12-01;2029-12\n"
    world = world_with(tmp_path, "Person;Office;Polity;Start;End\n" + row)
    office = ID + "office/eu-high-representative"
    tenure = world.holders(office)[-1]
    assert (tenure.end, tenure.end_precision) == (date(2029, 12, 1), Precision.MONTH)
    assert len(world.holders(office)) == 2
    assert len(world.actors) == len(read_world([[SMALL]]).actors)


def test_two_rows_about_one_new_person_are_one_person(tmp_path: Path) -> None:
    rows = (
        "Ann Ö. Lee,Envoy of Estonia,EST,2001,2003-05-01,,,,,\n"
        "ann ö. lee,Envoy of Estonia,EST,2005-02,,,,,,\n"
    )
    world = world_with(tmp_path, HEADER + rows)
    (person,) = world.find("Ann Ö. Lee")
    first, second = world.tenures_of(person.iri)
    assert (first.start_precision, second.start_precision) == (Precision.YEAR, Precision.MONTH)
    assert first.iri.endswith("/ann-o-lee/envoy-of-estonia/2001")


def test_merged_statements_come_out_as_triples(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "person,office,polity,start,end\n"
        "Kaja Kallas,EU foreign policy chief,EU,2024-12-01,2029-12-01\n",
        encoding="utf-8",
    )
    triples = list(read_facts([[SMALL], [path]]).triples())
    ends = [
        t.object.value for t in triples if "2024-12-01" in str(t.subject) and "endDate" in str(t)
    ]
    assert ends == ["2029-12-01"]
    assert len(triples) == len(set(triples))


@pytest.mark.parametrize(
    ("text", "where", "complaint"),
    [
        ("", "1", "lacks the column 'person'"),
        ("person,office,polity,start,colour\n", "1", "unknown column 'colour'"),
        ("person,office,polity,start,start\n", "1", "twice the column 'start'"),
        ("person,office,polity\n", "1", "lacks the column 'start'"),
        ("person,office,polity,start\nA,B,Estonia,2001,x\n", "2", "has 5 cells"),
        ("person,office,polity,start\n\nA,,Estonia,2001\n", "3", "nothing in the column 'office'"),
        ("person,office,polity,start\nA,B,Atlantis,2001\n", "2", "no known state or bloc"),
        ("person,office,polity,start\nA,B,Estonia,last May\n", "2", "has the date 'last May'"),
        ("person,office,polity,start\nA,B,Estonia,2001-02-30\n", "2", "has the date"),
        ('person,office,polity,start\nA,B,"Est"onia,2001\n', "2", "not valid CSV"),
        ("person,office,polity,start,end\nA,B,Estonia,2001,2000\n", "2", "ends before it begins"),
        ("person,office,polity,start,gender\nA,B,Estonia,2001,f\n", "2", "has the gender 'f'"),
        ("person,office,polity,start,wikidata\nA,B,EU,2001,x\n", "2", "identifier 'x'"),
        ("person,office,polity,start\nKaja  Kallas,B,EU,2001\n", "2", "would get the IRI of"),
    ],
)
def test_bad_tables_are_refused_with_file_and_line(
    tmp_path: Path, text: str, where: str, complaint: str
) -> None:
    with pytest.raises(ReferenceDataError) as caught:
        world_with(tmp_path, text)
    assert f"mine.csv:{where}:" in caught.value.message
    assert complaint in caught.value.message
    assert "\n" not in caught.value.message


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes("person,office,polity,start\nJosé,B,EU,2001\n".encode("latin-1"))
    with pytest.raises(ReferenceDataError, match="is not UTF-8"):
        read_world([[SMALL], [path]])
