"""Each feed is known by its columns, and its rows say what they should."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import FormatError, UnreadableError
from kg.feeds import Wanted, feed_files
from kg.feeds.recording import record_json


def _one(coded):
    assert coded.height == 1
    return coded.row(0, named=True)


def test_a_gdelt_row_is_an_act_of_one_state_towards_another(write, read, rows):
    act = _one(read(write("gdelt2", [rows["gdelt2"](7)]))[0])
    assert (act["actor"], act["type"], act["recipient"]) == (
        "state/us",
        "criticise",
        "state/germany",
    )
    assert act["date"] == date(2025, 2, 21)
    assert (act["id"], act["story"]) == ("7", "https://www.news.example/7")
    assert act["outlet"] == "news.example"
    assert 0 < act["confidence"] < 0.5


def test_every_filled_field_of_a_row_is_kept(write, read, rows):
    act = _one(
        read(write("gdelt2", [rows["gdelt2"](1, NumMentions='"4', Actor1Geo_Type="x\\y")]))[0]
    )
    record = json.loads(act["record"])
    assert record["NumMentions"] == '"4'
    assert record["Actor1Geo_Type"] == "x\\y"
    assert "Actor2Geo_Type" not in record


def test_older_gdelt_files_with_and_without_the_address_are_read_together(write, read, rows):
    lines = [rows["gdelt1"](1), rows["gdelt1"](2, url=False)]
    coded, tallies = read(write("gdelt1", lines))
    assert coded["id"].to_list() == ["1", "2"]
    assert coded["story"].to_list() == ["1", "2"]
    assert tallies["gdelt1.csv"].rejected.total() == 0


def test_a_renamed_export_is_known_by_its_header(tmp_path, read):
    header = (
        ",Global_Event_ID,Day,Actor_1_Country_Code,Actor_1_Name,Actor_1_Country_ABBR,"
        "Actor_1_Role,Actor_2_Country_ABBR,Event_Code,Event_Root_Code,Source_URL,Confidence"
    )
    path = tmp_path / "export.csv"
    path.write_text(
        f"{header}\n0,5,20201113,USAGOV,WASHINGTON,USA,GOV,FRA,43,4,https://a.example/x,50\n"
    )
    act = _one(read(path)[0])
    assert (act["actor"], act["type"], act["recipient"]) == ("state/us", "host", "state/france")
    assert act["confidence"] == pytest.approx(0.35 * 0.5)
    assert json.loads(act["record"])["Actor_1_Country_Code"] == "USAGOV"


def test_an_icews_person_in_office_is_that_person_and_sanctions_name_their_issue(write, read, rows):
    path = write("icews", [rows["icews"](1, CAMEO_Code="163", Target_Name="Iran",
                                         Target_Country="Iran", Target_Sectors="NA")])  # fmt: skip
    act = _one(read(path)[0])
    assert (act["actor"], act["recipient"]) == ("person/donald-trump", "state/iran")
    assert act["type"] == "impose-sanctions"
    assert act["issues"] == ["iran-sanctions"]
    assert act["outlet"] == "Agency"


def test_quoted_icews_tables_and_lost_zeros_are_read(tmp_path, read):
    path = tmp_path / "subset.csv"
    path.write_text(
        "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,"
        "Intensity,Target Name,Target Sectors,Target Country,Story ID,Publisher\n"
        '1,2018-06-01,France,NA,France,"Intent, ""economic""",311,5,Canada,NA,Canada,9,"A\nB"\n'
        "2,2018-06-01,France,NA,France,Consult,40,1,Canada,NA,Canada,9,A\n"
    )
    coded, tallies = read(path)
    assert coded["type"].to_list() == ["promise", "consult"]
    assert coded["outlet"].to_list() == ["A\nB", "A"]
    assert tallies["subset.csv"].rows == 2


def test_a_polecat_row_uses_event_mode_contexts_and_codes(write, read, rows):
    lines = [rows["polecat"](1), rows["polecat"](2, Event_Type="CONSULT", Event_Mode="odd",
                                                 Actor_Country="", Actor_COW="2")]  # fmt: skip
    coded, _ = read(write("polecat", lines))
    assert coded["type"].to_list() == ["suspend-cooperation", "consult"]
    assert coded["actor"].to_list() == ["person/joe-biden"] * 2
    assert coded["issues"].to_list()[0] == ["trade-tariffs"]


def _several(**said):
    """A row with two actors and two recipients, each with a country and a sector of its own."""
    given = {
        "Actor_Name": "Joe Biden; Emmanuel Macron", "Actor_Country": "USA; FRA",
        "Actor_Primary_Sector": "GOV; GOV", "Recipient_Name": "Russia; Belarus",
        "Recipient_Country": "RUS; BLR", "Recipient_COW": "365; 370",
    }  # fmt: skip
    return given | said


def test_a_polecat_row_tells_an_act_of_each_actor_towards_each_recipient(write, read, rows):
    coded, tallies = read(write("polecat", [rows["polecat"](1, **_several()), rows["polecat"](2)]))
    acts = coded.select("row", "act", "actor", "recipient").rows()
    biden, macron = "person/joe-biden", "person/emmanuel-macron"
    assert acts == [
        (1, 0, biden, "state/russia"),
        (1, 1, biden, "state/belarus"),
        (1, 2, macron, "state/russia"),
        (1, 3, macron, "state/belarus"),
        (2, 0, biden, "state/russia"),
    ]
    assert len(set(coded["record"].to_list()[:4])) == 1
    tally = tallies["polecat.csv"]
    assert (tally.rows, tally.coded, tally.filtered.total(), tally.pairs.total()) == (2, 2, 0, 0)


def test_a_value_that_all_of_a_side_share_is_given_once(write, read, rows):
    row = rows["polecat"](1, **_several(Actor_Name="", Actor_Primary_Sector="GOV",
                                        Actor_Country="USA;;FRA;"))  # fmt: skip
    coded, _ = read(write("polecat", [row]))
    assert coded["actor"].unique(maintain_order=True).to_list() == ["state/us", "state/france"]


def test_sectors_whose_owner_nobody_can_tell_leave_nobody_out(write, read, rows):
    said = _several(Actor_Name="", Actor_Country="USA;FRA;DEU", Actor_Primary_Sector="GOV;BUS")
    coded, _ = read(write("polecat", [rows["polecat"](1, **said)]))
    assert coded["actor"].n_unique() == 3


def test_pairs_left_out_of_a_row_that_counts_are_told(write, read, rows):
    """The row counts once; what of it does not count is in the tally, by reason."""
    several = _several(Actor_Name="Joe Biden; Some Firm; Nobody", Actor_Country="USA; FRA; XXX",
                       Actor_Primary_Sector="GOV; BUS; GOV")  # fmt: skip
    lost = _several(Actor_Name="Some Firm; Other", Actor_Primary_Sector="BUS; BUS")
    path = write("polecat", [rows["polecat"](1, **several), rows["polecat"](2, **lost)])
    coded, tallies = read(path)
    assert coded["row"].to_list() == [1, 1]
    tally = tallies["polecat.csv"]
    private = "private actor (citizens, business, media …)"
    assert dict(tally.filtered) == {private: 1}
    assert dict(tally.pairs) == {private: 2, "no linked actor": 2}


def test_what_is_not_wanted_of_a_row_goes_and_the_rest_stays(write, read, rows, world):
    wanted = Wanted(only=Wanted.actors(world, "france"))
    coded, tallies = read(write("polecat", [rows["polecat"](1, **_several())]), wanted=wanted)
    assert coded["actor"].to_list() == ["person/emmanuel-macron"] * 2
    assert coded["act"].to_list() == [0, 1]
    assert dict(tallies["polecat.csv"].pairs) == {"none of the actors asked for": 2}


def test_two_of_one_state_act_for_it_once(write, read, rows):
    said = _several(Actor_Name="A Minister; A General", Actor_Country="USA; USA",
                    Actor_Primary_Sector="GOV; MIL")  # fmt: skip
    coded, _ = read(write("polecat", [rows["polecat"](1, **said)]))
    assert coded.select("actor", "recipient").rows() == [
        ("state/us", "state/russia"),
        ("state/us", "state/belarus"),
    ]


def test_a_row_with_a_crowd_on_a_side_is_rejected(write, read, rows):
    crowd = _several(Actor_Name=";".join(["France"] * 51), Recipient_Name=";" * 60)
    coded, tallies = read(write("polecat", [rows["polecat"](1, **crowd), rows["polecat"](2)]))
    assert coded["row"].to_list() == [2]
    assert dict(tallies["polecat.csv"].rejected) == {"more than 50 actors on a side": 1}


def test_polecat_tables_lacking_some_columns_are_read(tmp_path, read):
    path = tmp_path / "few.txt"
    path.write_text(
        "Event ID\tEvent Date\tEvent Type\tActor Country\tRecipient Country\n"
        "a\t2022-01-01\tACCUSE\tUnited States\tChina\n"
    )
    act = _one(read(path)[0])
    assert (act["actor"], act["type"], act["recipient"]) == ("state/us", "accuse", "state/china")


def test_mentions_tell_the_events_of_the_same_run_again(write, read, rows):
    events = write("gdelt2", [rows["gdelt2"](7)])
    told = write("mentions", [rows["mentions"](7), rows["mentions"](8)])
    coded, tallies = read(told, events)
    assert coded["id"].to_list() == ["7", "7"]
    assert coded["type"].to_list() == ["criticise", "criticise"]
    assert coded["outlet"].to_list() == ["news.example", "other.example"]
    assert dict(tallies["mentions.csv"].filtered) == {
        "mentions an event that is not in this run": 1
    }


def test_mentions_alone_are_all_filtered(write, read, rows):
    coded, tallies = read(write("mentions", [rows["mentions"](7)]))
    assert coded.height == 0
    assert tallies["mentions.csv"].filtered.total() == 1


def test_the_leading_theme_of_a_page_is_the_issue_of_events_from_it(write, read, rows):
    pages = write("gkg", [rows["gkg"](1)])
    events = write("gdelt2", [rows["gdelt2"](1), rows["gdelt2"](2)])
    coded, tallies = read(events, pages)
    assert coded["issues"].to_list() == [["trade-tariffs"], []]
    assert tallies["gkg.csv"].filtered.total() == tallies["gkg.csv"].rows == 1


@pytest.mark.parametrize("kind", ["gdelt1", "gdelt2", "mentions", "gkg", "icews", "polecat"])
def test_each_kind_is_told_from_the_others(write, rows, kind):
    (file,) = feed_files(write(kind, [rows[kind](1), rows[kind](2)], "noname"))
    assert file.kind == kind


def test_other_tables_are_no_feeds(tmp_path):
    path = tmp_path / "articles.csv"
    path.write_text("title,text,date\nA,B,2020-01-01\n")
    assert feed_files(path) == []


def test_a_kind_asked_for_must_fit_and_exist(write, rows):
    path = write("icews", [rows["icews"](1)])
    with pytest.raises(UnreadableError, match="columns of gkg"):
        feed_files(path, kind="gkg")
    with pytest.raises(FormatError, match="nothing"):
        feed_files(path, kind="nothing")


def test_filters_are_named_by_their_reason(write, read, rows):
    make = rows["gdelt2"]
    lines = [
        make(1, EventCode="010", EventRootCode="01"),
        make(2, Actor2Name="", Actor2CountryCode=""),
        make(3, Actor2Name="NIUE", Actor2CountryCode="NIU"),
        make(4, Actor1Type1Code="BUS"),
        make(5, Actor2Name="", Actor2CountryCode="USA"),
        make(6, IsRootEvent="0"),
        make(7, SQLDATE="20240101"),
        make(8, Actor2CountryCode="MEX", Actor2Name="MEXICO"),
        make(9),
    ]
    wanted = Wanted(
        only=frozenset({"https://w3id.org/transatlantic-kg/id/bloc/eu"}),
        since=date(2025, 1, 1),
        root_only=True,
    )
    coded, tallies = read(write("gdelt2", lines), wanted=wanted)
    assert coded["id"].to_list() == ["9"]
    assert sorted(tallies["gdelt2.csv"].filtered) == [
        "no linked actor",
        "none of the actors asked for",
        "not a root event",
        "only one side named",
        "outside the period",
        "private actor (citizens, business, media …)",
        "same actor on both sides",
        "tells no act (statement, symbolic act)",
    ]


def test_private_actors_count_for_their_country_on_request(write, read, rows):
    path = write("gdelt2", [rows["gdelt2"](1, Actor1Type1Code="BUS")])
    assert read(path)[0].height == 0
    assert read(path, wanted=Wanted(private=True))[0]["actor"].to_list() == ["state/us"]


def test_members_count_for_a_bloc_only_while_they_belong_to_it(write, read, rows):
    only = frozenset({"https://w3id.org/transatlantic-kg/id/bloc/eu"})
    lines = [
        rows["gdelt2"](1, Actor2CountryCode="GBR", Actor2Name="LONDON", SQLDATE="20190301"),
        rows["gdelt2"](2, Actor2CountryCode="GBR", Actor2Name="LONDON", SQLDATE="20210301"),
    ]
    coded, _ = read(write("gdelt2", lines), wanted=Wanted(only=only))
    assert coded["id"].to_list() == ["1"]


def test_the_same_file_read_the_same_way_is_the_same_feed(write, rows):
    (file,) = feed_files(write("gdelt2", [rows["gdelt2"](1)]))
    assert file.feed("a") == file.feed("a")
    assert file.feed("a").id != file.feed("a", Wanted(private=True)).id
    assert file.feed("a").kind == "gdelt"


@given(
    st.lists(st.lists(st.text('"\\{},:nul xé\n', max_size=8), min_size=3, max_size=3), min_size=1)
)
@pytest.mark.parametrize("names", [("a", "b", "c"), ('a"', "b\\,", ":null")])
def test_records_are_json_of_what_is_there(names, cells):
    rows = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    rows = rows.with_columns(pl.when(pl.all() != "").then(pl.all()))
    told = [json.loads(record) for record in record_json(rows)]
    assert told == [{k: v for k, v in row.items() if v} for row in rows.iter_rows(named=True)]
