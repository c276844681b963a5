"""A table of one's own, described by a mapping; mistakes are told by key and line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kg.errors import SourceError, UsageError
from kg.feeds.kinds.mapped import FIELDS, read_mapping

ACLED = """\
name = "acled"
coder = "ACLED"
version = "2024"
confidence = 0.8
date_format = "%d %B %Y"

[columns]
id = "event_id_cnty"
date = "event_date"
type = "sub_event_type"
actor = "actor1"
recipient = "actor2"
story = "source"

[types]
"Armed clash" = "attack"
"Peaceful protest" = "demonstrate"

[actors]
"Military Forces of Russia (2000-)" = "russia"
"Military Forces of Ukraine (2019-)" = "UKR"

[filters]
disorder_type = ["Political violence"]
"""
ROWS = """\
event_id_cnty;event_date;disorder_type;sub_event_type;actor1;actor2;source
A1;24 February 2022;Political violence;Armed clash;Military Forces of Russia (2000-);Ukraine;N
A2;24 February 2022;Demonstrations;Peaceful protest;France;Germany;N
A3;24 February 2022;Political violence;Odd thing;France;Germany;N
A4;some day;Political violence;Armed clash;France;Germany;N
A5;24 February 2022;Political violence;Armed clash;Rioters (France);Germany;N
"""


@pytest.fixture
def mapped(tmp_path, world):
    def make(text: str):
        path = tmp_path / "mapping.toml"
        path.write_text(text, "utf-8")
        return read_mapping(path, world)

    return make


def test_a_mapped_table_becomes_acts(mapped, read, tmp_path):
    table = tmp_path / "acled.csv"
    table.write_text(ROWS)
    coded, tallies = read(table, mapping=mapped(ACLED))
    assert coded.select("id", "actor", "type", "recipient").rows() == [
        ("A1", "state/russia", "attack", "state/ukraine")
    ]
    assert coded["date"][0] == date(2022, 2, 24)
    assert coded["confidence"][0] == 0.8
    tally = tallies["acled.csv"]
    assert dict(tally.filtered) == {
        "other disorder_type": 1,
        "no type for its value": 1,
        "no linked actor": 1,
    }
    assert dict(tally.rejected) == {"no date": 1}


def test_sign_intensity_codes_constants_and_issues(mapped, read, tmp_path):
    table = tmp_path / "own.tsv"
    table.write_text(
        "day\twho\tscore\ttopic\tsure\n"
        "2024-03-01\tFRA\t-9\ttariff row;climate\t0.9\n"
        "2024-03-02\tDEU\t1\t\t\n"
        "2024-03-03\tDEU\tmuch\t\t\n"
    )
    mapping = mapped(
        'confidence = 1\n[columns]\ndate = "day"\nactor_country = "who"\nintensity = "score"\n'
        'issues = "topic"\nconfidence = "sure"\n[constants]\nrecipient = "us"\noutlet = "mine"\n'
        '[issues]\n"tariff row" = "trade-tariffs"\n'
    )
    coded, tallies = read(table, mapping=mapping)
    assert coded.select("actor", "type").rows() == [
        ("state/france", "assault"),
        ("state/germany", "consult"),
    ]
    assert coded["issues"].to_list() == [["climate", "trade-tariffs"], []]
    assert coded["confidence"].to_list() == [0.9, 1.0]
    assert coded["outlet"].to_list() == ["mine", "mine"]
    assert tallies["own.tsv"].rejected.total() == 1


def test_a_person_whom_the_mapping_names_needs_no_office(mapped, read, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("d,who\n2023-01-01,DJT\n")
    mapping = mapped(
        'confidence = 1\n[columns]\ndate = "d"\nactor = "who"\n[constants]\ntype = "criticise"\n'
        'recipient = "NATO"\n[actors]\nDJT = "Donald Trump"\n'
    )
    coded, _ = read(table, mapping=mapping)
    assert coded.select("actor", "recipient").rows() == [("person/donald-trump", "bloc/nato")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('date = "event_date"', 'dat = "event_date"', r"mapping.toml:9: dat in \[columns\]"),
        ("confidence = 0.8", "confidence = 8", "mapping.toml:4: confidence must be"),
        ('= "attack"', '= "atack"', r"mapping.toml:16: Armed clash .*'atack'"),
        ('= "UKR"', '= "Ruritania"', "mapping.toml:21: .*Ruritania"),
        ('["Political violence"]', '"Political violence"', "mapping.toml:24: disorder_type"),
        ("[filters]", "[filter]", "mapping.toml:23: filter is unknown"),
        ('recipient = "actor2"', "", "mapping.toml:7: columns needs recipient"),
        ('name = "acled"', "name = acled", "mapping.toml: .*line 1"),
    ],
)
def test_mistakes_are_told_by_key_and_line(old, new, told, mapped):
    with pytest.raises(UsageError, match=told):
        mapped(ACLED.replace(old, new))


def test_columns_that_are_not_there_are_named(mapped, read, tmp_path):
    table = tmp_path / "other.csv"
    table.write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="no column actor1, actor2, disorder_type"):
        read(table, mapping=mapped(ACLED))


def test_a_mapping_that_is_not_there(tmp_path, world):
    with pytest.raises(SourceError, match="cannot read the mapping"):
        read_mapping(tmp_path / "none.toml", world)


def test_the_mapping_in_the_documentation_is_right(mapped):
    page = Path(__file__).parents[2] / "docs" / "reference" / "feeds.md"
    text = page.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    found = mapped(text)
    assert found.coder.name == "ACLED"
    assert set(found.columns) | set(found.constants) <= set(FIELDS)


def test_odd_headers_are_read(mapped, read, tmp_path):
    table = tmp_path / "odd.csv"
    table.write_text("row,,d,d,_date,a,b\n5,x,2024-01-01,y,z,France,Italy\n")
    mapping = mapped(
        'confidence = 1\n[columns]\ndate = "d"\nactor = "a"\nrecipient = "b"\n'
        '[constants]\ntype = "praise"\n'
    )
    coded, _ = read(table, mapping=mapping)
    assert json.loads(coded["record"][0]) == {
        **{"row (1)": "5", "column 2": "x", "d": "2024-01-01", "d (4)": "y"},
        **{"_date": "z", "a": "France", "b": "Italy"},
    }
