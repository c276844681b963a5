"""Roll calls in both published forms."""

from __future__ import annotations

from datetime import date

import pytest

from kg.feeds import Tally, feed_files
from kg.feeds.kinds.votes import read_votes

WHOLE = """\
rcid,session,year,date,unres,short,me,nu,di,hr,co,ec,ccode,Countryname,vote
9001,46,1991,1991-10-01,R/46/1,ONE,1,0,0,0,0,0,2,United States,3
9001,46,1991,1991-10-01,R/46/1,ONE,1,0,0,0,0,0,365,Russia,1
9001,46,1991,1991-10-01,R/46/1,ONE,1,0,0,0,0,0,220,France,8
9002,47,1992,1992-10-01,R/47/1,TWO,0,0,0,1,1,0,2,United States,2
9002,47,1992,1992-10-01,R/47/1,TWO,0,0,0,1,1,0,365,Russia,1
9002,47,1992,1992-10-01,R/47/1,TWO,0,0,0,1,1,0,511,Zanzibar,1
9002,47,1992,1992-10-01,R/47/1,TWO,0,0,0,1,1,0,220,France,7
x,47,1992,1992-10-01,R/47/1,TWO,0,0,0,1,1,0,220,France,1
"""
THREE = {
    "votes.csv": "rcid,country,country_code,vote\n3.0,United States,US,yes\n3.0,Cuba,CU,no\n"
    "3.0,Cuba,CU,no\n3,Côte d’Ivoire,CI,abstain\n",
    "calls.csv": "rcid,session,importantvote,date,unres,amend,para,short,descr\n"
    '3,1.0,0,1946-01-01,R/1/66,1,0,"AMENDMENTS, RULES","TO ADOPT"\n'
    "4,1,0,1946-01-02,R/1/79,0,0,B,C\n",
    "issues.csv": "rcid,short_name,issue\n3,me,Palestinian conflict\n4,me,Palestinian conflict\n",
}


@pytest.fixture
def read_all(tmp_path, world):
    def run(texts: dict[str, str]):
        files = []
        for name, text in texts.items():
            (tmp_path / name).write_text(text, "utf-8")
            files += feed_files(tmp_path / name)
        tallies: dict[str, Tally] = {}
        found = read_votes([(file.part, file.layout) for file in files], world, tallies)
        assert all(tally.balanced for tally in tallies.values())
        short = {name.rpartition("/")[2]: tally for name, tally in tallies.items()}
        return found, short

    return run


def test_one_table_of_everything(read_all):
    found, tallies = read_all({"UNVotes.csv": WHOLE})
    votes = [(call, state.rpartition("/")[2], vote) for call, state, vote in found.cast.iter_rows()]
    assert votes == [
        (9001, "soviet-union", "yes"),
        (9001, "us", "no"),
        (9002, "russia", "yes"),
        (9002, "us", "abstain"),
    ]
    assert found.calls["issues"].to_list() == [
        ["Palestinian conflict"],
        ["Colonialism", "Human rights"],
    ]
    assert found.calls["date"].to_list() == [date(1991, 10, 1), date(1992, 10, 1)]
    tally = tallies["UNVotes.csv"]
    assert (tally.rows, tally.coded) == (8, 4)
    assert dict(tally.filtered) == {"absent": 1, "no member then": 0, "no linked state": 1} or dict(
        tally.filtered
    ) == {"absent": 1, "no linked state": 1}
    assert tally.rejected.total() == 2


def test_three_tables_that_belong_together(read_all):
    found, tallies = read_all(THREE)
    assert found.cast["vote"].to_list() == ["no", "abstain", "yes"]
    assert found.calls.height == 1
    assert found.calls.row(0, named=True)["title"] == "AMENDMENTS, RULES"
    assert found.calls["issues"].to_list() == [["Palestinian conflict"]]
    assert dict(tallies["votes.csv"].filtered) == {"state has voted already": 1}
    assert tallies["calls.csv"].filtered.total() == 2
    assert tallies["issues.csv"].filtered.total() == 2


def test_the_order_of_the_tables_does_not_matter(read_all):
    one, _ = read_all(THREE)
    other, _ = read_all(dict(reversed(THREE.items())))
    assert one.cast.equals(other.cast)
    assert one.calls.equals(other.calls)
