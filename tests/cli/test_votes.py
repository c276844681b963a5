"""Votes in the General Assembly through the command line."""

from __future__ import annotations

import json

import pytest

VOTES = "rcid,session,date,me,ccode,vote\n" + "".join(
    f"{call},50,{1990 + call}-05-01,1,{country},{vote}\n"
    for call in range(1, 9)
    for country, vote in ((2, 3), (220, 1 if call % 2 else 3), (255, 3), (20, 1))
)


@pytest.fixture
def table(tmp_path):
    (tmp_path / "UNVotes.csv").write_text(VOTES)


@pytest.fixture
def stored(kg, table, new_store, tmp_path):
    store = str(new_store(tmp_path / "v.kg"))
    assert kg("ingest", "UNVotes.csv", "-s", store).code == 0
    return store


def _rows(ran):
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_votes_come_from_a_table_or_from_the_store(kg, table, stored):
    asked = ("votes", "us", "eu", "--by", "year", "-f", "json")
    direct = _rows(kg(*asked, "--from", "UNVotes.csv"))
    kept = _rows(kg(*asked, "-s", stored))
    assert kept["rows"] == direct["rows"]
    assert len(direct["rows"]) == 8
    assert direct["rows"][0]["raw"] == 0.5  # Germany with, France against
    assert direct["one"] == "United States"


def test_by_issue_and_period(kg, table):
    asked = ("votes", "us", "canada", "--from", "UNVotes.csv", "-f", "json")
    (row,) = _rows(kg(*asked, "--by", "issue", "--issue", "palestin"))["rows"]
    assert (row["group"], row["votes"], row["s"]) == ("Palestinian conflict", 8, -1.0)
    assert len(_rows(kg(*asked, "--since", "1995"))["rows"]) == 4


def test_the_same_table_again_changes_nothing(kg, stored):
    (row,) = _rows(kg("ingest", "UNVotes.csv", "-s", stored, "-f", "json"))["rows"]
    assert row["outcome"] == "unchanged"


def test_a_store_with_votes_passes_its_checks(kg, stored):
    assert kg("check", "-s", stored).code == 0


def test_compare_needs_acts_to_say_anything(kg, stored):
    ran = kg("votes", "us", "france", "--compare", "-s", stored, "-f", "json")
    found = _rows(ran)
    assert found["comparison"]["rho"] is None
    assert any("too few" in note for note in found["notes"])


def test_a_plot_is_equal_for_equal_data(kg, table, tmp_path):
    pytest.importorskip("matplotlib")
    asked = ("votes", "us", "eu", "--from", "UNVotes.csv", "--plot")
    for name in ("one.svg", "two.svg"):
        assert kg(*asked, name).code == 0
    first = (tmp_path / "one.svg").read_text()
    assert "<svg" in first
    assert first == (tmp_path / "two.svg").read_text()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("us", "Kaja Kallas"), 2, "neither a state nor a bloc"),
        (("us", "us"), 2, "both sides are the same"),
        (("us", "iceland"), 1, "no roll call in common"),
        (("us", "eu", "--by", "issue", "--compare"), 2, "--compare goes with --by year"),
    ],
)
def test_what_cannot_be_answered_is_told(words, code, told, kg, table):
    ran = kg("votes", *words, "--from", "UNVotes.csv")
    assert ran.code == code
    assert told in ran.err


def test_other_tables_and_stores_without_votes_are_told(kg, tmp_path, new_store):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    assert "holds no roll calls" in kg("votes", "us", "eu", "--from", "a.csv").err
    store = str(new_store(tmp_path / "empty.kg"))
    assert "holds no roll calls" in kg("votes", "us", "eu", "-s", store).err


def test_explain_says_what_the_measures_are(kg):
    ran = kg("votes", "us", "eu", "--explain")
    assert ran.code == 0
    assert "Signorino" in ran.out


def test_votes_are_compared_with_the_tone_of_acts_year_by_year(kg, stored, tmp_path):
    """France votes against the United States in 1991, 1993 …, and in those years it accuses."""
    header = (
        "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tCAMEO Code\t"
        "Target Name\tTarget Sectors\tTarget Country\tStory ID\n"
    )
    rows = "".join(
        f"{year}\t{year}-03-01\tFrance\tNA\tFrance\t{'112' if year % 2 else '051'}\t"
        f"United States\tNA\tUnited States\t{year}\n"
        for year in range(1991, 1999)
    )
    (tmp_path / "events.tab").write_text(header + rows)
    assert kg("ingest", "events.tab", "-s", stored).code == 0
    asked = ("votes", "us", "france", "--compare", "--measure", "raw", "-s", stored, "-f", "json")
    found = _rows(kg(*asked))
    assert found["comparison"]["years"] == list(range(1991, 1999))
    assert found["comparison"]["rho"] == 1.0
    assert [row["tone"] > 0 for row in found["rows"]] == [row["raw"] == 1 for row in found["rows"]]
