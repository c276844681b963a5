"""The same person in another spelling, and nobody else."""

import pytest

from kg.reference.world import load_world
from kg.resolution.spelling import respelt

WORLD = load_world()


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Wolodymyr Selenskyj", "Volodymyr Zelensky"),
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
        ("Recep Tayip Erdogan", "Recep Tayyip Erdoğan"),
        ("Sergej Lawrow", "Sergey Lavrov"),
        ("Jens Stoltenburg", "Jens Stoltenberg"),
        ("Donald Tusc", None),
        ("Antony Blincken", "Antony Blinken"),
    ],
)
def test_another_spelling_is_the_same_person(name, person):
    found = respelt(name, WORLD)
    assert (found and found[0].label) == person


@pytest.mark.parametrize(
    "name", ["John Kelly", "Michael Lynn", "Robert Smith", "Jane Roe", "Macron", "", "?? !!"]
)
def test_rather_no_link_than_a_wrong_one(name):
    found = respelt(name, WORLD)
    assert found is None or found[0].label == name


def test_an_exact_name_is_surer_than_a_slip():
    exact, slip = respelt("Jens Stoltenberg", WORLD), respelt("Jens Stoltenburg", WORLD)
    assert exact
    assert slip
    assert exact[1] > slip[1]
