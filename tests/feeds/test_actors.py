"""Who a row means: people while in office, else their country, else nobody."""

from __future__ import annotations

from datetime import date

import pytest

from kg.feeds.actors import NOBODY, PRIVATE, UNKNOWN, Actors, Side

DAY = date(2018, 6, 1)


@pytest.fixture
def find(world):
    actors = Actors(world)

    def ask(name="", country="", group="", speaks=True, on=DAY):
        iri, why = actors.find(Side(name, country, group, speaks), on)
        return iri.split("/id/")[-1] if iri else why

    return ask


@pytest.mark.parametrize(
    ("side", "meant"),
    [
        ({"name": "DONALD TRUMP", "country": "USA"}, "person/donald-trump"),
        ({"name": "Donald Trump", "country": "USA", "on": date(2022, 1, 1)}, "state/us"),
        ({"name": "Donald Trump", "country": "FRA"}, "state/france"),
        ({"name": "Donald Trump", "country": "USA", "speaks": False}, "person/donald-trump"),
        ({"name": "Jean-Claude Juncker"}, "person/jean-claude-juncker"),
        ({"country": "DEU"}, "state/germany"),
        ({"country": "255"}, "state/germany"),
        ({"country": "2"}, "state/us"),
        ({"country": "002"}, "state/us"),
        ({"country": "United Kingdom"}, "state/uk"),
        ({"country": "KSV"}, "state/kosovo"),
        ({"country": "EUR"}, "bloc/europe"),
        ({"name": "BRUSSELS", "group": "EEC"}, "bloc/eu"),
        ({"name": "EUROPEAN COMMISSION", "group": "EEC"}, "organisation/european-commission"),
        ({"name": "European Commission", "country": "France"}, "state/france"),
        ({"group": "NAT"}, "bloc/nato"),
        ({"name": "CITIZEN", "country": "USA", "speaks": False}, PRIVATE),
        ({"name": "TALIBAN", "country": "AFG", "group": "TAL"}, UNKNOWN),
        ({"name": "PRESIDENT"}, UNKNOWN),
        ({"country": "XYZ"}, UNKNOWN),
        ({}, NOBODY),
    ],
)
def test_a_side_means(side, meant, find):
    assert find(**side) == meant
