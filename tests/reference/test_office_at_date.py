"""Who held what on which day, and for whom: cases from history, checked against the shipped data.

Each line of the table: person | day | words of the office's label, or "-" for no office that day |
slug of the polity it represents. Several offices on one day are separate lines.
"""

from __future__ import annotations

from datetime import date

import pytest

from kg.namespaces import ID
from kg.records import ActorKind
from kg.reference.world import World, load_world

PEOPLE = """
# United States: handovers at noon on 20 January
Harry S. Truman            | 1945-04-11 | Vice President of the United States | state/us
Harry S. Truman            | 1945-04-12 | President of the United States      | state/us
Dwight D. Eisenhower       | 1953-01-19 | -                                   |
Dwight D. Eisenhower       | 1956-11-06 | President of the United States      | state/us
John F. Kennedy            | 1963-11-21 | President of the United States      | state/us
Lyndon B. Johnson          | 1963-11-21 | Vice President of the United States | state/us
Lyndon B. Johnson          | 1963-11-23 | President of the United States      | state/us
Richard Nixon              | 1960-06-01 | Vice President of the United States | state/us
Richard Nixon              | 1965-06-01 | -                                   |
Richard Nixon              | 1974-08-08 | President of the United States      | state/us
Richard Nixon              | 1974-08-10 | -                                   |
Gerald Ford                | 1974-08-08 | Vice President of the United States | state/us
Gerald Ford                | 1974-08-09 | President of the United States      | state/us
Jimmy Carter               | 1979-06-18 | President of the United States      | state/us
Ronald Reagan              | 1981-01-20 | President of the United States      | state/us
Ronald Reagan              | 1987-06-12 | President of the United States      | state/us
George H. W. Bush          | 1985-01-01 | Vice President of the United States | state/us
George H. W. Bush          | 1989-12-03 | President of the United States      | state/us
Bill Clinton               | 1993-01-19 | -                                   |
Bill Clinton               | 1999-03-24 | President of the United States      | state/us
George W. Bush             | 2003-03-20 | President of the United States      | state/us
George W. Bush             | 2009-01-20 | -                                   |
Barack Obama               | 2009-01-20 | President of the United States      | state/us
Joe Biden                  | 2011-06-01 | Vice President of the United States | state/us
Joe Biden                  | 2018-06-01 | -                                   |
Joe Biden                  | 2021-01-20 | President of the United States      | state/us
Joe Biden                  | 2025-01-20 | -                                   |
Donald Trump               | 2016-11-09 | -                                   |
Donald Trump               | 2018-07-11 | President of the United States      | state/us
Donald Trump               | 2021-01-20 | -                                   |
Donald Trump               | 2023-01-01 | -                                   |
Donald Trump               | 2025-06-25 | President of the United States      | state/us
Dick Cheney                | 2005-01-01 | Vice President of the United States | state/us
Mike Pence                 | 2017-02-18 | Vice President of the United States | state/us
Kamala Harris              | 2022-02-19 | Vice President of the United States | state/us
JD Vance                   | 2025-02-14 | Vice President of the United States | state/us
JD Vance                   | 2024-06-01 | United States Senator               | state/us
John Foster Dulles         | 1956-10-31 | Secretary of State                  | state/us
Dean Acheson               | 1949-04-04 | Secretary of State                  | state/us
Dean Rusk                  | 1966-03-10 | Secretary of State                  | state/us
Henry Kissinger            | 1973-10-01 | Secretary of State                  | state/us
Henry Kissinger            | 1974-01-01 | National Security                   | state/us
Henry Kissinger            | 1970-01-01 | National Security                   | state/us
Colin Powell               | 2003-02-05 | Secretary of State                  | state/us
Colin Powell               | 2005-06-01 | -                                   |
Condoleezza Rice           | 2003-02-05 | National Security                   | state/us
Condoleezza Rice           | 2006-02-05 | Secretary of State                  | state/us
Hillary Clinton            | 2010-01-01 | Secretary of State                  | state/us
John Kerry                 | 2014-07-01 | Secretary of State                  | state/us
Rex Tillerson              | 2017-05-01 | Secretary of State                  | state/us
Mike Pompeo                | 2017-06-01 | Central Intelligence Agency         | state/us
Mike Pompeo                | 2019-02-14 | Secretary of State                  | state/us
Antony Blinken             | 2021-06-25 | Secretary of State                  | state/us
Marco Rubio                | 2025-02-20 | Secretary of State                  | state/us
Marco Rubio                | 2025-06-01 | National Security                   | state/us
Donald Rumsfeld            | 2003-01-22 | Secretary of Defense                | state/us
Robert Gates               | 2011-06-10 | Secretary of Defense                | state/us
James Mattis               | 2018-01-01 | Secretary of Defense                | state/us
Lloyd Austin               | 2022-04-26 | Secretary of Defense                | state/us
Pete Hegseth               | 2025-02-12 | Secretary of Defense                | state/us
Janet Yellen               | 2016-01-01 | Federal Reserve                     | state/us
Janet Yellen               | 2022-01-01 | Secretary of the Treasury           | state/us
Scott Bessent              | 2025-05-01 | Secretary of the Treasury           | state/us
Howard Lutnick             | 2025-05-01 | Secretary of Commerce               | state/us
Jamieson Greer             | 2025-05-01 | Trade Representative                | state/us
Robert Lighthizer          | 2018-06-01 | Trade Representative                | state/us
Mike Waltz                 | 2025-03-01 | National Security                   | state/us
Mike Waltz                 | 2026-02-14 | Ambassador to the United Nations    | state/us
Jake Sullivan              | 2022-06-01 | National Security                   | state/us
John Bolton                | 2005-12-01 | Ambassador to the United Nations    | state/us
John Bolton                | 2018-06-01 | National Security                   | state/us
Adlai Stevenson            | 1962-10-25 | Ambassador to the United Nations    | state/us
Jeane Kirkpatrick          | 1982-01-01 | Ambassador to the United Nations    | state/us
Madeleine Albright         | 1995-01-01 | Ambassador to the United Nations    | state/us
Madeleine Albright         | 1999-01-01 | Secretary of State                  | state/us
Susan Rice                 | 2011-03-17 | Ambassador to the United Nations    | state/us
Susan Rice                 | 2015-01-01 | National Security                   | state/us
Nikki Haley                | 2018-01-01 | Ambassador to the United Nations    | state/us
Linda Thomas-Greenfield    | 2022-02-25 | Ambassador to the United Nations    | state/us
Richard Holbrooke          | 2000-01-01 | Ambassador to the United Nations    | state/us
Richard Grenell            | 2019-01-01 | Ambassador to Germany               | state/us
Gordon Sondland            | 2019-01-01 | Ambassador to the European Union    | state/us
Victoria Nuland            | 2006-01-01 | NATO                                | state/us
Matthew Whitaker           | 2025-06-25 | NATO                                | state/us
# European Union
Javier Solana              | 1998-01-01 | Secretary General of NATO           | bloc/nato
Javier Solana              | 2003-03-01 | High Representative                 | bloc/eu
Catherine Ashton           | 2013-11-24 | High Representative                 | bloc/eu
Federica Mogherini         | 2018-05-08 | High Representative                 | bloc/eu
Josep Borrell              | 2024-11-30 | High Representative                 | bloc/eu
Josep Borrell              | 2024-12-01 | -                                   |
Kaja Kallas                | 2023-06-01 | Prime Minister of Estonia           | state/estonia
Kaja Kallas                | 2024-10-01 | -                                   |
Kaja Kallas                | 2024-12-01 | High Representative                 | bloc/eu
Kaja Kallas                | 2026-02-14 | High Representative                 | bloc/eu
Jacques Delors             | 1990-01-01 | President of the European Commission | bloc/eu
Romano Prodi               | 1997-01-01 | Italy                               | state/italy
Romano Prodi               | 2002-01-01 | President of the European Commission | bloc/eu
Romano Prodi               | 2007-01-01 | Italy                               | state/italy
José Manuel Barroso        | 2010-01-01 | President of the European Commission | bloc/eu
Jean-Claude Juncker        | 2010-01-01 | Prime Minister of Luxembourg        | state/luxembourg
Jean-Claude Juncker        | 2018-07-25 | President of the European Commission | bloc/eu
Ursula von der Leyen       | 2019-11-30 | -                                   |
Ursula von der Leyen       | 2019-12-01 | President of the European Commission | bloc/eu
Ursula von der Leyen       | 2025-07-27 | President of the European Commission | bloc/eu
Herman Van Rompuy          | 2012-01-01 | President of the European Council   | bloc/eu
Donald Tusk                | 2010-01-01 | Prime Minister of Poland            | state/poland
Donald Tusk                | 2018-05-16 | President of the European Council   | bloc/eu
Donald Tusk                | 2021-01-01 | -                                   |
Donald Tusk                | 2024-01-01 | Prime Minister of Poland            | state/poland
Charles Michel             | 2019-12-01 | President of the European Council   | bloc/eu
António Costa              | 2020-01-01 | Prime Minister of Portugal          | state/portugal
António Costa              | 2025-02-28 | President of the European Council   | bloc/eu
Roberta Metsola            | 2025-01-01 | President of the European Parliament | bloc/eu
Mario Draghi               | 2012-07-26 | European Central Bank               | bloc/eu
Mario Draghi               | 2022-02-24 | Italy                               | state/italy
Mario Draghi               | 2020-06-01 | -                                   |
Christine Lagarde          | 2020-01-01 | European Central Bank               | bloc/eu
Cecilia Malmström          | 2018-06-01 | Commissioner for Trade              | bloc/eu
Maroš Šefčovič             | 2025-04-02 | Commissioner for Trade              | bloc/eu
Thierry Breton             | 2023-01-01 | Commissioner                        | bloc/eu
Thierry Breton             | 2025-12-23 | -                                   |
# NATO
Hastings Ismay             | 1953-01-01 | Secretary General of NATO           | bloc/nato
Manfred Wörner             | 1990-07-05 | Secretary General of NATO           | bloc/nato
Anders Fogh Rasmussen      | 2003-03-20 | Prime Minister of Denmark           | state/denmark
Anders Fogh Rasmussen      | 2014-09-05 | Secretary General of NATO           | bloc/nato
Jens Stoltenberg           | 2010-01-01 | Prime Minister of Norway            | state/norway
Jens Stoltenberg           | 2024-09-30 | Secretary General of NATO           | bloc/nato
Mark Rutte                 | 2024-07-01 | Prime Minister of the Netherlands   | state/netherlands
Mark Rutte                 | 2024-08-01 | -                                   |
Mark Rutte                 | 2024-10-01 | Secretary General of NATO           | bloc/nato
# United Nations
Dag Hammarskjöld           | 1956-11-04 | Secretary-General of the United Nations | bloc/un
Kurt Waldheim              | 1975-01-01 | Secretary-General of the United Nations | bloc/un
Kurt Waldheim              | 1988-01-01 | President of Austria                | state/austria
Kofi Annan                 | 2003-03-20 | Secretary-General of the United Nations | bloc/un
António Guterres           | 1999-01-01 | Prime Minister of Portugal          | state/portugal
António Guterres           | 2017-01-01 | Secretary-General of the United Nations | bloc/un
# United Kingdom
Winston Churchill          | 1945-07-25 | Prime Minister of the United Kingdom | state/uk
Winston Churchill          | 1948-01-01 | -                                   |
Winston Churchill          | 1953-01-01 | Prime Minister of the United Kingdom | state/uk
Clement Attlee             | 1949-04-04 | Prime Minister of the United Kingdom | state/uk
Anthony Eden               | 1956-11-06 | Prime Minister of the United Kingdom | state/uk
Harold Macmillan           | 1962-12-21 | Prime Minister of the United Kingdom | state/uk
Harold Wilson              | 1972-01-01 | -                                   |
Harold Wilson              | 1975-01-01 | Prime Minister of the United Kingdom | state/uk
Margaret Thatcher          | 1990-11-27 | Prime Minister of the United Kingdom | state/uk
Margaret Thatcher          | 1990-11-28 | -                                   |
Tony Blair                 | 2007-06-26 | Prime Minister of the United Kingdom | state/uk
Gordon Brown               | 2007-06-27 | Prime Minister of the United Kingdom | state/uk
David Cameron              | 2016-06-23 | Prime Minister of the United Kingdom | state/uk
David Cameron              | 2020-01-01 | -                                   |
Theresa May                | 2017-05-25 | Prime Minister of the United Kingdom | state/uk
Boris Johnson              | 2019-07-24 | Prime Minister of the United Kingdom | state/uk
Liz Truss                  | 2022-10-01 | Prime Minister of the United Kingdom | state/uk
Rishi Sunak                | 2022-10-25 | Prime Minister of the United Kingdom | state/uk
Keir Starmer               | 2024-07-05 | Prime Minister of the United Kingdom | state/uk
# France
Charles de Gaulle          | 1950-01-01 | -                                   |
Charles de Gaulle          | 1966-03-07 | President of France                 | state/france
Georges Pompidou           | 1965-01-01 | Prime Minister of France            | state/france
Georges Pompidou           | 1973-10-01 | President of France                 | state/france
François Mitterrand        | 1985-01-01 | President of France                 | state/france
Jacques Chirac             | 1987-01-01 | Prime Minister of France            | state/france
Jacques Chirac             | 1993-01-01 | -                                   |
Jacques Chirac             | 2003-03-10 | President of France                 | state/france
Nicolas Sarkozy            | 2009-04-04 | President of France                 | state/france
François Hollande          | 2013-08-31 | President of France                 | state/france
Emmanuel Macron            | 2017-05-13 | -                                   |
Emmanuel Macron            | 2017-05-14 | President of France                 | state/france
Michel Barnier             | 2024-10-01 | Prime Minister of France            | state/france
François Bayrou            | 2025-02-01 | Prime Minister of France            | state/france
# Germany, with the GDR
Konrad Adenauer            | 1949-09-15 | Chancellor of                       | state/germany
Konrad Adenauer            | 1963-10-16 | -                                   |
Willy Brandt               | 1972-12-21 | Chancellor of                       | state/germany
Helmut Schmidt             | 1979-12-12 | Chancellor of                       | state/germany
Helmut Kohl                | 1989-11-28 | Chancellor of                       | state/germany
Gerhard Schröder           | 2002-09-22 | Chancellor of                       | state/germany
Gerhard Schröder           | 2006-01-01 | -                                   |
Angela Merkel              | 2005-11-21 | -                                   |
Angela Merkel              | 2005-11-22 | Chancellor of                       | state/germany
Angela Merkel              | 2021-12-07 | Chancellor of                       | state/germany
Olaf Scholz                | 2021-12-08 | Chancellor of                       | state/germany
Friedrich Merz             | 2025-05-05 | -                                   |
Friedrich Merz             | 2025-05-06 | Chancellor of                       | state/germany
Frank-Walter Steinmeier    | 2020-01-01 | President of                        | state/germany
# Further Europe
Viktor Orbán               | 2000-01-01 | Prime Minister of Hungary           | state/hungary
Viktor Orbán               | 2005-01-01 | -                                   |
Viktor Orbán               | 2024-07-05 | Prime Minister of Hungary           | state/hungary
Giorgia Meloni             | 2022-10-22 | Italy                               | state/italy
Silvio Berlusconi          | 2003-01-01 | Italy                               | state/italy
Silvio Berlusconi          | 2007-01-01 | -                                   |
José María Aznar           | 2003-01-30 | Prime Minister of Spain             | state/spain
Pedro Sánchez              | 2025-06-25 | Prime Minister of Spain             | state/spain
Mette Frederiksen          | 2026-01-05 | Prime Minister of Denmark           | state/denmark
Alexander Stubb            | 2014-09-01 | Prime Minister of Finland           | state/finland
Alexander Stubb            | 2024-03-01 | President of Finland                | state/finland
Sanna Marin                | 2022-05-15 | Prime Minister of Finland           | state/finland
Magdalena Andersson        | 2022-05-18 | Prime Minister of Sweden            | state/sweden
Ulf Kristersson            | 2024-03-07 | Prime Minister of Sweden            | state/sweden
Andrzej Duda               | 2022-03-26 | President of Poland                 | state/poland
Lech Wałęsa                | 1985-01-01 | -                                   |
Lech Wałęsa                | 1991-01-01 | President of Poland                 | state/poland
Václav Havel               | 1991-01-01 | President of                        | state/czechoslovakia
Václav Havel               | 1992-12-01 | -                                   |
Václav Havel               | 2002-11-21 | President of                        | state/czechia
Aleksandar Vučić           | 2015-01-01 | Prime Minister of Serbia            | state/serbia
Aleksandar Vučić           | 2020-09-04 | President of Serbia                 | state/serbia
# Russia, Ukraine, Turkey, Israel, Iran, China
Mikhail Gorbachev          | 1987-12-08 | Soviet Union                        | state/soviet-union
Mikhail Gorbachev          | 1992-06-01 | -                                   |
Boris Yeltsin              | 1997-05-27 | President of Russia                 | state/russia
Vladimir Putin             | 2000-06-01 | President of Russia                 | state/russia
Vladimir Putin             | 2009-06-01 | Prime Minister of Russia            | state/russia
Vladimir Putin             | 2022-02-24 | President of Russia                 | state/russia
Dmitry Medvedev            | 2009-06-01 | President of Russia                 | state/russia
Dmitry Medvedev            | 2015-06-01 | Prime Minister of Russia            | state/russia
Viktor Yanukovych          | 2014-02-01 | President of Ukraine                | state/ukraine
Petro Poroshenko           | 2015-02-12 | President of Ukraine                | state/ukraine
Volodymyr Zelensky         | 2019-05-20 | President of Ukraine                | state/ukraine
Volodymyr Zelensky         | 2026-02-14 | President of Ukraine                | state/ukraine
Recep Tayyip Erdogan       | 2005-01-01 | Prime Minister of Turkey            | state/turkey
Recep Tayyip Erdogan       | 2020-01-01 | President of Turkey                 | state/turkey
Benjamin Netanyahu         | 1997-01-01 | Prime Minister of Israel            | state/israel
Benjamin Netanyahu         | 2022-01-01 | -                                   |
Benjamin Netanyahu         | 2023-10-07 | Prime Minister of Israel            | state/israel
Xi Jinping                 | 2019-03-26 | China                               | state/china
Josip Broz Tito            | 1970-01-01 | Yugoslavia                          | state/yugoslavia
Erich Honecker             | 1987-09-07 | Socialist Unity Party               | state/east-germany
Justin Trudeau             | 2018-06-09 | Prime Minister of Canada            | state/canada
Mark Carney                | 2025-03-13 | -                                   |
Mark Carney                | 2025-03-14 | Prime Minister of Canada            | state/canada
# Ministers
Joschka Fischer            | 2003-02-08 | Foreign                             | state/germany
Dominique de Villepin      | 2003-02-14 | Foreign                             | state/france
Dominique de Villepin      | 2006-01-01 | Prime Minister of France            | state/france
Sergei Lavrov              | 2022-02-24 | Foreign                             | state/russia
David Cameron              | 2024-01-01 | Foreign                             | state/uk
Boris Johnson              | 2017-01-10 | Foreign                             | state/uk
Philip Hammond             | 2015-07-14 | Foreign                             | state/uk
Philip Hammond             | 2018-06-01 | Exchequer                           | state/uk
Frank-Walter Steinmeier    | 2014-02-01 | Foreign                             | state/germany
Boris Pistorius            | 2024-06-01 | Defence                             | state/germany
Annalena Baerbock          | 2022-06-01 | Foreign                             | state/germany
Johann Wadephul            | 2025-06-01 | Foreign                             | state/germany
Ursula von der Leyen       | 2016-06-01 | Defence                             | state/germany
Jean-Yves Le Drian         | 2015-06-01 | Armed Forces                        | state/france
Jean-Yves Le Drian         | 2021-09-16 | Foreign                             | state/france
Lars Løkke Rasmussen       | 2018-01-01 | Prime Minister of Denmark           | state/denmark
Lars Løkke Rasmussen       | 2025-03-01 | Foreign                             | state/denmark
Radosław Sikorski          | 2010-06-01 | Foreign                             | state/poland
Radosław Sikorski          | 2024-06-01 | Foreign                             | state/poland
Dmytro Kuleba              | 2022-06-01 | Foreign                             | state/ukraine
Wang Yi                    | 2018-06-01 | Foreign                             | state/china
Hakan Fidan                | 2024-06-01 | Foreign                             | state/turkey
Mevlüt Çavuşoğlu           | 2022-06-01 | Foreign                             | state/turkey
Selwyn Lloyd               | 1956-10-31 | Foreign                             | state/uk
Hans-Dietrich Genscher     | 1985-06-01 | Foreign                             | state/germany
Wolfgang Schäuble          | 2012-06-01 | Finance                             | state/germany
Bruno Le Maire             | 2019-06-01 | Finance                             | state/france
"""

MEMBERS = """
uk       | eu   | 2020-01-31 | yes
uk       | eu   | 2020-02-01 | no
uk       | eu   | 1972-12-31 | no
uk       | eu   | 1973-01-01 | yes
uk       | nato | 2021-01-01 | yes
croatia  | eu   | 2013-06-30 | no
croatia  | eu   | 2013-07-01 | yes
finland  | nato | 2023-04-03 | no
finland  | nato | 2023-04-04 | yes
sweden   | nato | 2024-03-06 | no
sweden   | nato | 2024-03-07 | yes
sweden   | eu   | 1995-01-01 | yes
austria  | eu   | 1994-12-31 | no
austria  | nato | 2026-01-01 | no
germany  | nato | 1955-05-05 | no
germany  | nato | 1955-05-06 | yes
germany  | eu   | 1958-01-01 | yes
france   | nato | 1970-01-01 | yes
spain    | nato | 1982-05-29 | no
spain    | nato | 1982-05-30 | yes
spain    | eu   | 1986-01-01 | yes
greece   | eu   | 1981-01-01 | yes
greece   | eu   | 1980-12-31 | no
turkey   | nato | 1952-02-18 | yes
poland   | nato | 1999-03-11 | no
poland   | nato | 1999-03-12 | yes
poland   | eu   | 2004-04-30 | no
poland   | eu   | 2004-05-01 | yes
romania  | eu   | 2007-01-01 | yes
romania  | nato | 2004-03-29 | yes
bulgaria | eu   | 2006-12-31 | no
norway   | eu   | 2020-01-01 | no
norway   | nato | 1949-08-24 | yes
us       | nato | 1950-01-01 | yes
us       | eu   | 2020-01-01 | no
canada   | g7   | 1975-12-01 | no
canada   | g7   | 1976-07-01 | yes
us       | un   | 1945-10-24 | yes
germany  | un   | 1973-09-17 | no
germany  | un   | 1973-09-18 | yes
"""


def lines(table: str) -> list[list[str]]:
    rows = (line for line in table.splitlines() if line.strip() and not line.startswith("#"))
    return [[cell.strip() for cell in row.split("|")] for row in rows]


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.mark.parametrize(("name", "day", "office", "polity"), lines(PEOPLE))
def test_office_on_that_day(world: World, name: str, day: str, office: str, polity: str) -> None:
    on = date.fromisoformat(day)
    persons = [actor.iri for actor in world.find(name) if actor.kind is ActorKind.PERSON]
    assert persons, f"nobody is called {name}"
    # a name may be shared, as by two Gerhard Schröders: the date tells them apart
    tenures = [tenure for person in persons for tenure in world.tenures_of(person, on)]
    held = {world.label(t.office): world.offices[t.office].represents for t in tenures}
    if office == "-":
        assert held == {}
    else:
        assert ID + polity in {iri for label, iri in held.items() if office in label}, held


@pytest.mark.parametrize(("state", "bloc", "day", "answer"), lines(MEMBERS))
def test_membership_on_that_day(world: World, state: str, bloc: str, day: str, answer: str) -> None:
    on = date.fromisoformat(day)
    blocs = world.blocs_of(f"{ID}state/{state}", on)
    assert (f"{ID}bloc/{bloc}" in blocs) == (answer == "yes")
    assert (f"{ID}state/{state}" in world.members(f"{ID}bloc/{bloc}", on)) == (answer == "yes")
