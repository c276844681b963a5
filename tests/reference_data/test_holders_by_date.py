"""Who held an office on a day, whom that office speaks for, and in which blocs the polity was then.

Each line of the table: office | day | holder, or "-" for a vacancy | polity | blocs it was in that
day; "!" before a bloc says that it was not. An office is given by its exact label.
"""

from __future__ import annotations

from datetime import date

import pytest

from kg.namespaces import ID
from kg.reference.world import World, load_world

CASES = """
# handovers on the very day: the successor holds
President of the United States | 1945-04-12 | Harry S. Truman | state/us | !nato !un
President of the United States | 1949-04-04 | Harry S. Truman | state/us | bloc/nato un !g7
President of the United States | 1961-01-20 | John F. Kennedy | state/us | nato
President of the United States | 1963-11-22 | Lyndon B. Johnson | state/us | nato
President of the United States | 1974-08-09 | Gerald Ford | state/us | nato !g7
President of the United States | 1975-11-15 | Gerald Ford | state/us | nato g7
President of the United States | 1993-01-19 | George H. W. Bush | state/us | nato g7 !nafta
President of the United States | 1993-01-20 | Bill Clinton | state/us | nato g7
President of the United States | 2001-01-20 | George W. Bush | state/us | nato g7 nafta
President of the United States | 2009-01-20 | Barack Obama | state/us | nato g7 g20
President of the United States | 2017-01-19 | Barack Obama | state/us | nato
President of the United States | 2017-01-20 | Donald Trump | state/us | nato
President of the United States | 2021-01-20 | Joe Biden | state/us | nato !aukus
President of the United States | 2021-09-15 | Joe Biden | state/us | aukus
President of the United States | 2025-01-19 | Joe Biden | state/us | nato
President of the United States | 2025-01-20 | Donald Trump | state/us | nato g7 g20 five-eyes quad
Vice President of the United States | 1945-06-01 | - | state/us | !nato !un
Vice President of the United States | 1973-10-20 | - | state/us | nato
Vice President of the United States | 2011-06-15 | Joe Biden | state/us | nato
Vice President of the United States | 2025-02-14 | JD Vance | state/us | nato
United States Secretary of State | 1947-06-05 | George Marshall | state/us | !nato
United States Secretary of State | 1974-06-01 | Henry Kissinger | state/us | nato
United States Secretary of State | 2009-01-20 | - | state/us | nato
United States Secretary of State | 2013-02-01 | John Kerry | state/us | nato
United States Secretary of State | 2018-04-10 | John Sullivan | state/us | nato
United States Secretary of State | 2025-01-21 | Marco Rubio | state/us | nato
National Security Advisor of the United States | 1974-06-01 | Henry Kissinger | state/us | nato
National Security Advisor of the United States | 2025-04-30 | Mike Waltz | state/us | nato
National Security Advisor of the United States | 2025-05-01 | Marco Rubio | state/us | nato
United States Ambassador to the United Nations | 2003-02-05 | John Negroponte | state/us | nato
United States Ambassador to the United Nations | 2019-06-01 | - | state/us | nato
United States Ambassador to the United Nations | 2026-02-14 | Mike Waltz | state/us | nato
United States Secretary of Defense | 1975-11-20 | Donald Rumsfeld | state/us | nato
United States Secretary of Defense | 2003-03-20 | Donald Rumsfeld | state/us | nato
United States Secretary of Defense | 2019-03-01 | Patrick Shanahan | state/us | nato
United States Secretary of Defense | 2025-06-24 | Pete Hegseth | state/us | nato
United States Trade Representative | 2018-03-08 | Robert Lighthizer | state/us | nato
Speaker of the United States House of Representatives | 2023-10-10 | - | state/us | nato
Speaker of the United States House of Representatives | 2022-08-02 | Nancy Pelosi | state/us | nato
Chair of the Senate Foreign Relations Committee | 2002-10-11 | Joe Biden | state/us | nato
United States Ambassador to Germany | 2019-01-10 | Richard Grenell | state/us | nato
United States Permanent Representative to NATO | 2007-06-01 | Victoria Nuland | state/us | nato
Chair of the Federal Reserve | 2026-05-22 | Kevin Warsh | state/us | nato
United States Secretary of Homeland Security | 2026-03-23 | Kristi Noem | state/us | nato
United States Secretary of Homeland Security | 2026-03-24 | Markwayne Mullin | state/us | nato
# the European Union's own
President of the European Commission | 1985-01-06 | Jacques Delors | bloc/eu | g7
President of the European Commission | 2004-11-22 | José Manuel Barroso | bloc/eu | g7 g20
President of the European Commission | 2019-11-30 | Jean-Claude Juncker | bloc/eu | g7
President of the European Commission | 2019-12-01 | Ursula von der Leyen | bloc/eu | g7
President of the European Commission | 1999-07-01 | Manuel Marín | bloc/eu | g7
President of the European Council | 2009-11-30 | - | bloc/eu | g7
President of the European Council | 2009-12-01 | Herman Van Rompuy | bloc/eu | g7
President of the European Council | 2024-12-01 | António Costa | bloc/eu | g7
High Representative of the Union for Foreign Affairs and Security Policy | 2003-02-05 | Javier Solana | bloc/eu | g7
High Representative of the Union for Foreign Affairs and Security Policy | 2015-07-14 | Federica Mogherini | bloc/eu | g7
High Representative of the Union for Foreign Affairs and Security Policy | 2024-11-30 | Josep Borrell | bloc/eu | g7
High Representative of the Union for Foreign Affairs and Security Policy | 2026-02-14 | Kaja Kallas | bloc/eu | g7
European Commissioner for Trade | 2018-07-25 | Cecilia Malmström | bloc/eu | g7
European Commissioner for Trade | 2025-07-27 | Maroš Šefčovič | bloc/eu | g7
European Commissioner for Competition | 2001-07-03 | Mario Monti | bloc/eu | g7
European Commissioner for Competition | 2016-08-30 | Margrethe Vestager | bloc/eu | g7
President of the European Parliament | 2013-06-30 | Martin Schulz | bloc/eu | g7
President of the European Central Bank | 2012-07-26 | Mario Draghi | bloc/eu | g7
# NATO and the United Nations
Secretary General of NATO | 1956-10-29 | Hastings Ismay | bloc/nato |
Secretary General of NATO | 1988-06-30 | Peter Carrington | bloc/nato |
Secretary General of NATO | 1999-03-24 | Javier Solana | bloc/nato |
Secretary General of NATO | 2001-09-12 | George Robertson | bloc/nato |
Secretary General of NATO | 2024-09-30 | Jens Stoltenberg | bloc/nato |
Secretary General of NATO | 2024-10-01 | Mark Rutte | bloc/nato |
Supreme Allied Commander Europe | 1952-01-01 | Dwight D. Eisenhower | bloc/nato |
Supreme Allied Commander Europe | 1999-03-24 | Wesley Clark | bloc/nato |
Secretary-General of the United Nations | 1961-10-01 | - | bloc/un |
Secretary-General of the United Nations | 2003-03-20 | Kofi Annan | bloc/un |
Director General of the International Atomic Energy Agency | 2003-01-27 | Mohamed ElBaradei | bloc/un |
# Brexit
Prime Minister of the United Kingdom | 1972-12-31 | Edward Heath | state/uk | nato !eu
Prime Minister of the United Kingdom | 1973-01-01 | Edward Heath | state/uk | nato eu
Prime Minister of the United Kingdom | 1990-11-28 | John Major | state/uk | eu g7
Prime Minister of the United Kingdom | 2003-03-20 | Tony Blair | state/uk | eu nato !e3 !euro-area !schengen-area
Prime Minister of the United Kingdom | 2016-07-13 | Theresa May | state/uk | eu
Prime Minister of the United Kingdom | 2020-01-31 | Boris Johnson | state/uk | eu nato g7
Prime Minister of the United Kingdom | 2020-02-01 | Boris Johnson | state/uk | nato g7 !eu
Prime Minister of the United Kingdom | 2022-10-24 | Liz Truss | state/uk | !eu !cptpp
Prime Minister of the United Kingdom | 2022-10-25 | Rishi Sunak | state/uk | nato
Prime Minister of the United Kingdom | 2025-03-02 | Keir Starmer | state/uk | cptpp coalition-of-the-willing
Prime Minister of the United Kingdom | 2026-07-19 | Keir Starmer | state/uk | nato
Prime Minister of the United Kingdom | 2026-07-20 | Andy Burnham | state/uk | nato !eu
Foreign Secretary of the United Kingdom | 1982-04-02 | Peter Carrington | state/uk | eu nato
Foreign Secretary of the United Kingdom | 2003-03-17 | Jack Straw | state/uk | eu
Foreign Secretary of the United Kingdom | 2023-11-13 | David Cameron | state/uk | !eu
Chancellor of the Exchequer | 1997-05-02 | Gordon Brown | state/uk | eu
Defence Secretary of the United Kingdom | 2022-02-24 | Ben Wallace | state/uk | nato
# accessions
Prime Minister of Croatia | 2013-06-30 | Zoran Milanović | state/croatia | nato !eu western-balkans
Prime Minister of Croatia | 2013-07-01 | Zoran Milanović | state/croatia | nato eu !euro-area !western-balkans
Prime Minister of Croatia | 2023-01-01 | Andrej Plenković | state/croatia | eu euro-area schengen-area
President of Croatia | 1995-11-21 | Franjo Tuđman | state/croatia | un !nato !eu
Prime Minister of Finland | 2023-04-03 | Sanna Marin | state/finland | eu !nato
Prime Minister of Finland | 2023-04-04 | Sanna Marin | state/finland | eu nato
Prime Minister of Finland | 2023-06-20 | Petteri Orpo | state/finland | eu nato joint-expeditionary-force
President of Finland | 1975-08-01 | Urho Kekkonen | state/finland | osce un !eu !council-of-europe
President of Finland | 2024-03-01 | Alexander Stubb | state/finland | nato
Prime Minister of Sweden | 2024-03-06 | Ulf Kristersson | state/sweden | eu !nato
Prime Minister of Sweden | 2024-03-07 | Ulf Kristersson | state/sweden | eu nato
Prime Minister of Sweden | 1986-02-28 | Olof Palme | state/sweden | efta !eu !nato
Prime Minister of Sweden | 1995-01-01 | Ingvar Carlsson | state/sweden | eu !efta
Prime Minister of Poland | 1999-03-11 | Jerzy Buzek | state/poland | visegrad-group !nato !eu
Prime Minister of Poland | 1999-03-12 | Jerzy Buzek | state/poland | nato !eu
Prime Minister of Poland | 2004-05-02 | Marek Belka | state/poland | eu nato
Prime Minister of Bulgaria | 2025-12-31 | Rosen Zhelyazkov | state/bulgaria | eu !euro-area
Prime Minister of Bulgaria | 2026-01-01 | Rosen Zhelyazkov | state/bulgaria | euro-area schengen-area
President of France | 1966-03-10 | Charles de Gaulle | state/france | nato eu
President of France | 2003-02-10 | Jacques Chirac | state/france | eu nato !e3 euro-area
President of France | 2017-05-14 | Emmanuel Macron | state/france | eu nato g7
Prime Minister of France | 1958-05-31 | Pierre Pflimlin | state/france | eu nato
Prime Minister of France | 2025-09-09 | Sébastien Lecornu | state/france | eu
Foreign Minister of France | 2003-02-14 | Dominique de Villepin | state/france | eu
Prime Minister of Estonia | 2024-07-22 | Kaja Kallas | state/estonia | eu nato baltic-states nordic-baltic-eight
Prime Minister of Estonia | 2024-07-23 | Kristen Michal | state/estonia | nato
Prime Minister of Hungary | 2026-05-08 | Viktor Orbán | state/hungary | eu nato
Prime Minister of Hungary | 2026-05-09 | Péter Magyar | state/hungary | eu nato
Prime Minister of Greenland | 2026-01-15 | Jens-Frederik Nielsen | state/greenland | !eu !nato
Prime Minister of Denmark | 2019-08-21 | Mette Frederiksen | state/denmark | eu nato !euro-area
Prime Minister of Norway | 2000-03-17 | Jens Stoltenberg | state/norway | nato !eu european-economic-area
Taoiseach of Ireland | 2022-12-17 | Leo Varadkar | state/ireland | eu !nato !schengen-area
Prime Minister of Montenegro | 2017-06-05 | Duško Marković | state/montenegro | nato !eu
# Germany, in one state and in two
Federal Chancellor of Germany | 1949-09-14 | - | state/germany | !nato !eu
Federal Chancellor of Germany | 1955-05-05 | Konrad Adenauer | state/germany | !nato council-of-europe
Federal Chancellor of Germany | 1955-05-06 | Konrad Adenauer | state/germany | nato !un
Federal Chancellor of Germany | 1973-09-18 | Willy Brandt | state/germany | nato un eu
Federal Chancellor of Germany | 1982-10-01 | Helmut Kohl | state/germany | nato g7
Federal Chancellor of Germany | 2003-02-05 | Gerhard Schröder | state/germany | eu un-security-council-members
Federal Chancellor of Germany | 2005-11-22 | Angela Merkel | state/germany | eu !un-security-council-members
Federal Chancellor of Germany | 2025-05-06 | Friedrich Merz | state/germany | eu nato weimar-triangle
General Secretary of the Socialist Unity Party of Germany | 1961-08-13 | Walter Ulbricht | state/east-germany | warsaw-pact comecon !un !nato
General Secretary of the Socialist Unity Party of Germany | 1973-09-18 | Erich Honecker | state/east-germany | warsaw-pact un
Chairman of the Council of Ministers of East Germany | 1990-10-02 | Lothar de Maizière | state/east-germany | un osce !warsaw-pact
Chairman of the Council of Ministers of East Germany | 1990-10-03 | - | state/east-germany | !un !osce !comecon
Foreign Minister of Germany | 1964-06-01 | Gerhard Schröder | state/germany | nato
Foreign Minister of Germany | 2003-02-08 | Joschka Fischer | state/germany | eu
# Yugoslavia, Czechoslovakia, the Soviet Union and what came after
President of Yugoslavia | 1961-09-01 | Tito | state/yugoslavia | un !warsaw-pact
President of Yugoslavia | 1980-05-04 | - | state/yugoslavia | un
Prime Minister of Yugoslavia | 1990-01-01 | Ante Marković | state/yugoslavia | un osce
Chairman of the Presidency of Yugoslavia | 1991-08-01 | Stjepan Mesić | state/yugoslavia | un
President of Serbia | 1995-12-14 | Slobodan Milošević | state/serbia | !un !nato
President of the Federal Republic of Yugoslavia | 1999-03-24 | Slobodan Milošević | state/serbia-and-montenegro | !un !osce
President of the Federal Republic of Yugoslavia | 2000-11-01 | Vojislav Koštunica | state/serbia-and-montenegro | un !council-of-europe
Prime Minister of Serbia | 2003-03-12 | - | state/serbia | !un
President of Czechoslovakia | 1968-08-21 | Ludvík Svoboda | state/czechoslovakia | warsaw-pact comecon un
President of Czechoslovakia | 1990-02-21 | Václav Havel | state/czechoslovakia | warsaw-pact !visegrad-group
President of Czechia | 1993-02-02 | Václav Havel | state/czechia | visegrad-group un !nato
President of Czechia | 1999-03-12 | Václav Havel | state/czechia | nato !eu
General Secretary of the Communist Party of the Soviet Union | 1962-10-22 | Nikita Khrushchev | state/soviet-union | warsaw-pact un-security-council-permanent-members
General Secretary of the Communist Party of the Soviet Union | 1985-03-11 | Mikhail Gorbachev | state/soviet-union | warsaw-pact
President of the Soviet Union | 1991-12-24 | Mikhail Gorbachev | state/soviet-union | !warsaw-pact
President of Russia | 1991-12-26 | Boris Yeltsin | state/russia | un-security-council-permanent-members cis
President of Russia | 1999-12-31 | Vladimir Putin | state/russia | g7 council-of-europe
President of Russia | 2008-08-08 | Dmitry Medvedev | state/russia | g7 !brics
Prime Minister of Russia | 2008-08-08 | Vladimir Putin | state/russia | g7
President of Russia | 2014-03-18 | Vladimir Putin | state/russia | g7 brics
President of Russia | 2014-03-24 | Vladimir Putin | state/russia | !g7 brics council-of-europe
President of Russia | 2022-03-16 | Vladimir Putin | state/russia | !council-of-europe csto
President of Ukraine | 2014-02-22 | Viktor Yanukovych | state/ukraine | cis
President of Ukraine | 2014-02-23 | Oleksandr Turchynov | state/ukraine | council-of-europe
President of Ukraine | 2019-05-20 | Volodymyr Zelensky | state/ukraine | !cis !nato !eu
Prime Minister of Ukraine | 2026-07-16 | Serhii Koretskyi | state/ukraine | ukraine-defense-contact-group
# elsewhere
Premier of China | 1971-10-24 | Zhou Enlai | state/china | !un
Premier of China | 1971-10-25 | Zhou Enlai | state/china | un un-security-council-permanent-members
President of Taiwan | 1971-10-24 | Chiang Kai-shek | state/taiwan | un
President of Taiwan | 1971-10-25 | Chiang Kai-shek | state/taiwan | !un
Supreme Leader of Iran | 2015-07-14 | Ali Khamenei | state/iran | !brics
Supreme Leader of Iran | 2026-02-28 | Ali Khamenei | state/iran | brics
Supreme Leader of Iran | 2026-03-05 | - | state/iran | brics
Supreme Leader of Iran | 2026-03-08 | Mojtaba Khamenei | state/iran | brics
Prime Minister of Turkey | 2003-03-01 | Abdullah Gül | state/turkey | nato !eu
President of Turkey | 2016-07-15 | Recep Tayyip Erdoğan | state/turkey | nato g20
Prime Minister of Israel | 2022-07-01 | Yair Lapid | state/israel | oecd
Prime Minister of Israel | 2022-12-29 | Benjamin Netanyahu | state/israel | oecd
Prime Minister of Canada | 1968-04-20 | Pierre Trudeau | state/canada | nato !g7
Prime Minister of Canada | 2018-06-09 | Justin Trudeau | state/canada | nato g7
Prime Minister of Canada | 2025-03-14 | Mark Carney | state/canada | nato g7
Prime Minister of Japan | 2025-10-21 | Sanae Takaichi | state/japan | g7 quad
"""


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
