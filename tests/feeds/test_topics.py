"""What an act is about, when its row does not say."""

from __future__ import annotations

TRADE = "Executive,Government,Finance / Economy / Commerce / Trade Ministry"


def test_a_portfolio_names_the_issue_and_rows_of_one_report_share_it(write, read, rows):
    make = rows["icews"]
    path = write("icews", [
        make(1, Source_Name="Ministry (France)", Source_Country="France", Source_Sectors=TRADE,
             Target_Name="China", Target_Country="China", Target_Sectors="NA", Story_ID="1"),
        make(2, Story_ID="1"),
        make(3, Story_ID="2"),
    ])  # fmt: skip
    coded, _ = read(path)
    assert coded["issues"].to_list() == [["china-trade"], ["china-trade"], []]
    assert '"kg: issue taken from":"its report"' in coded["record"][1]
    assert "issue taken from" not in coded["record"][0]


def test_two_reports_of_a_day_lend_their_issue_to_other_acts_of_the_pair(write, read, rows):
    make = rows["icews"]
    statement = {"CAMEO_Code": "010", "Source_Name": "Wilbur Ross", "Source_Sectors": TRADE}
    lines = [
        make(1, Story_ID="1", **statement),
        make(2, Story_ID="2", **statement),
        make(3, Story_ID="3"),
        make(4, Story_ID="4", Event_Date="2018-06-02"),
        make(5, Story_ID="5", Target_Name="Canada", Target_Country="Canada", Target_Sectors="NA"),
    ]
    coded, _ = read(write("icews", lines))
    assert coded.select("id", "issues").rows() == [("3", ["trade-tariffs"]), ("4", []), ("5", [])]
    coded, _ = read(write("icews", lines[1:]))
    assert coded["issues"].to_list() == [[], [], []]


def test_a_minister_of_trade_deals_with_trade(write, read, rows):
    path = write(
        "icews", [rows["icews"](1, Source_Name="Liam Fox", Source_Country="United Kingdom")]
    )
    coded, _ = read(path)
    assert coded["actor"].to_list() == ["person/liam-fox"]
    assert coded["issues"].to_list() == [["trade-tariffs"]]


def test_days_are_told_whole_however_the_file_is_cut(write, read, rows, monkeypatch):
    make = rows["icews"]
    statement = {"CAMEO_Code": "010", "Source_Name": "Wilbur Ross", "Source_Sectors": TRADE}
    lines = [make(1, Story_ID="1", **statement)]
    lines += [make(number, Story_ID=f"s{number}") for number in range(2, 40)]
    lines += [make(40, Story_ID="2", **statement)]
    path = write("icews", lines)
    whole, _ = read(path)
    monkeypatch.setattr("kg.feeds.records.BLOCK", 700)
    cut, _ = read(path)
    assert cut.equals(whole)
    assert all(issues == ["trade-tariffs"] for issues in cut["issues"].to_list())
