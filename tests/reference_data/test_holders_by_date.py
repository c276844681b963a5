"""Who held an office on a day, whom it speaks for, and in which blocs the polity was then.

The cases stand in holders_by_date.txt.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.namespaces import ID
from kg.reference.world import World, load_world

CASES = Path(__file__).with_name("holders_by_date.txt").read_text(encoding="utf-8")


def _lines() -> list[tuple[str, ...]]:
    rows = (line for line in CASES.splitlines() if line and not line.startswith("#"))
    return [tuple(cell.strip() for cell in row.split("|")) for row in rows]


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.fixture(scope="module")
def offices(world: World) -> dict[str, str]:
    return {office.label: iri for iri, office in world.offices.items()}


def test_the_table_is_long_enough() -> None:
    assert len(_lines()) >= 150


@pytest.mark.parametrize(("office", "day", "holder", "polity", "blocs"), _lines())
def test_holder_polity_and_blocs(
    world: World,
    offices: dict[str, str],
    office: str,
    day: str,
    holder: str,
    polity: str,
    blocs: str,
) -> None:
    on = date.fromisoformat(day)
    iri = offices[office]
    holders = world.holders(iri, on)
    if holder == "-":
        assert holders == ()
    else:
        (tenure,) = holders
        person = world.actors[tenure.person]
        assert holder == person.label or holder in person.aliases
    assert world.offices[iri].represents == ID + polity
    found = set(world.blocs_of(ID + polity, on))
    for bloc in blocs.split():
        name = ID + "bloc/" + bloc.lstrip("!").removeprefix("bloc/")
        assert name in world.actors
        assert (name in found) is not bloc.startswith("!"), f"{polity} and {bloc} on {day}"


@pytest.mark.parametrize(
    ("person", "day", "expected"),
    [
        ("Henry Kissinger", "1974-06-01", {"state/us"}),
        ("Marco Rubio", "2025-06-24", {"state/us"}),
        ("Kaja Kallas", "2023-06-01", {"state/estonia"}),
        ("Kaja Kallas", "2024-09-01", set()),
        ("Kaja Kallas", "2025-02-14", {"bloc/eu"}),
        ("Mark Rutte", "2019-06-01", {"state/netherlands"}),
        ("Mark Rutte", "2024-08-15", set()),
        ("Mark Rutte", "2025-06-24", {"bloc/nato"}),
        ("Donald Tusk", "2013-01-01", {"state/poland"}),
        ("Donald Tusk", "2018-05-16", {"bloc/eu"}),
        ("Donald Tusk", "2024-02-10", {"state/poland"}),
        ("Ursula von der Leyen", "2018-01-01", {"state/germany"}),
        ("Jean-Claude Juncker", "2010-01-01", {"state/luxembourg", "bloc/eu"}),
        ("António Guterres", "2000-01-01", {"state/portugal"}),
        ("António Guterres", "2020-01-01", {"bloc/un"}),
        ("Dwight D. Eisenhower", "1951-12-01", {"bloc/nato"}),
        ("Dwight D. Eisenhower", "1953-01-20", {"state/us"}),
        ("Alexander Haig", "1978-01-01", {"bloc/nato"}),
        ("Alexander Haig", "1981-06-01", {"state/us"}),
        ("Václav Havel", "1992-12-31", set()),
        ("Boris Johnson", "2017-01-01", {"state/uk"}),
        ("Boris Johnson", "2018-12-01", set()),
        ("Christopher Cavoli", "2024-01-01", {"bloc/nato", "state/us"}),
        ("Mario Draghi", "2012-07-26", {"bloc/eu"}),
        ("Mario Draghi", "2022-02-24", {"state/italy"}),
        ("Marine Le Pen", "2022-04-24", set()),
    ],
)
def test_whom_a_person_speaks_for(world: World, person: str, day: str, expected: set[str]) -> None:
    (actor,) = (a for a in world.find(person) if a.kind.value == "person")
    tenures = world.tenures_of(actor.iri, date.fromisoformat(day))
    polities = {world.offices[tenure.office].represents for tenure in tenures}
    assert polities == {ID + name for name in expected}
