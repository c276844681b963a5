"""``kg rift`` in a shell, over a feed made here: a trade quarrel that begins in June 2018."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from pyoxigraph import NamedNode

from kg.cli.main import main
from kg.feeds.kinds.icews import COLUMNS
from kg.records import Modality
from kg.store import open_store
from kg.workspace import open_graph

US, EU, DE, FR, CA, MX = (
    "United States", "European Union", "Germany", "France", "Canada", "Mexico",
)  # fmt: skip
OUTLETS = ("Reuters News", "Agence France-Presse", "Dow Jones News Service", "Xinhua News Agency")
TRADE = "Government,Executive,Finance / Economy / Commerce / Trade Ministry"
GOOD, BAD = (
    [("050", "3.5"), ("057", "8"), ("036", "4")],
    [("111", "-2"), ("112", "-2"), ("120", "-4")],
)
QUARREL = date(2018, 6, 1)


def rows():
    """Three years; from June 2018 the United States and their partners quarrel about trade."""
    dice = random.Random(5)
    found = []
    for day in range(0, 3 * 365, 3):
        when = date(2016, 7, 1) + timedelta(days=day)
        for pair in ((US, EU), (US, DE), (US, FR), (US, CA), (US, MX), (DE, FR), (EU, FR)):
            if dice.random() > 0.35:
                continue
            dark = 0.85 if US in pair and when >= QUARREL else 0.15
            bad = dice.random() < dark
            source, target = dice.sample(pair, 2)
            code, intensity = dice.choice(BAD if bad else GOOD)
            found.append({
                "Event ID": str(len(found) + 1), "Event Date": when.isoformat(),
                "Source Name": source, "Source Country": source, "Event Text": f"coded {code}",
                "Source Sectors": TRADE if bad and US in pair else "", "CAMEO Code": code,
                "Intensity": intensity, "Target Name": target, "Target Country": target,
                "Story ID": str(dice.randrange(10**6)), "Sentence Number": "1",
                "Publisher": dice.choice(OUTLETS),
            })  # fmt: skip
    return found


def written(path: Path, chosen) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, COLUMNS, restval="NA")
        writer.writeheader()
        writer.writerows(chosen)
    return path


def stored(folder: Path, template: Path, source: Path) -> Path:
    store = folder / f"{source.stem}.kg"
    shutil.copytree(template, store)
    with open_graph(store, write=True) as graph:
        outcomes = [str(done.outcome) for done in graph.ingest([str(source)])]
    assert outcomes
    return store


@pytest.fixture(scope="module")
def make(template, tmp_path_factory):
    """``make(rows)``: a store of a feed."""
    folder = tmp_path_factory.mktemp("feeds")
    made = []

    def store_of(chosen) -> Path:
        made.append(0)
        return stored(folder, template, written(folder / f"icews{len(made)}.csv", chosen))

    return store_of


@pytest.fixture(scope="module")
def store(make):
    return make(rows())


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def run(*words, command="rift") -> Ran:
    """``kg rift``, or another command, in this process, as the shell would run it."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
        main([command, *map(str, words)])
    return Ran(int(left.value.code or 0), out.getvalue(), err.getvalue())


def answer(*words, command="rift"):
    ran = run(*words, "-f", "json", command=command)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_the_quarrel_shows_with_its_begin_its_issue_and_its_evidence(store):
    data = answer("us,eu", "-s", store)
    (change,) = data["changes"]
    assert change["low"] <= "2018-06-01" <= change["high"]
    assert change["before"] > 0.3
    assert change["after"] < 0
    assert data["rift"]["low"] > 0
    assert sum(d["contribution"] for d in data["drivers"]) == pytest.approx(
        data["tone"]["value"], abs=1e-3
    )
    darkest = min(data["drivers"], key=lambda driver: driver["contribution"])
    assert darkest["issue"] == "trade-tariffs"
    assert len(data["moved"]) == 5
    for act in data["moved"]:
        assert act["iri"].endswith(act["event"])
        assert act["evidence"][0]["document"].startswith("https://")
        assert '"CAMEO Code"' in act["evidence"][0]["quote"]
        assert act["outlet"] in OUTLETS
    assert {data["sources"]["without_low"], data["sources"]["without_high"]} <= set(OUTLETS)
    assert data["sources"]["low"] < data["tone"]["value"] < data["sources"]["high"]
    assert data["cohesion_left"] is None
    assert any("inside of the right alone" in note for note in data["notes"])


@pytest.mark.parametrize("partner", ["canada", "mexico", "germany"])
def test_each_partner_is_against_the_united_states_from_that_day(store, partner):
    before = answer(f"us,{partner}", "-s", store, "--until", "2018-05-31")
    after = answer(f"us,{partner}", "-s", store, "--since", "2018-06")
    assert before["tone"]["low"] > 0 > after["tone"]["high"]
    trade = answer(f"us,{partner}", "-s", store, "--since", "2018-06", "--issue", "trade-tariffs")
    assert trade["support"]["conflict"] > 0.8 * after["support"]["conflict"]


def test_the_library_gives_what_reports_need(store):
    with open_graph(store) as graph:
        found = graph.rift("us", "eu", since=date(2018, 6, 1), until=date(2018, 12, 31))
        assert found.low < found.tone < found.high < 0
        forward, backward, asymmetry = found.directions
        assert asymmetry.value == pytest.approx(forward.value - backward.value)
        assert found.abstained == ""
        assert found.left == "United States"
        assert found.sentences[0].quote
        silent = graph.rift("us", "eu", since=date(2031, 1, 1))
        assert silent.tone is None
        assert "too little to say" in silent.abstained


def test_a_series_has_a_row_for_each_quarter(store):
    ran = run("us,eu", "-s", store, "--by", "quarter", "-f", "csv")
    lines = list(csv.DictReader(ran.out.splitlines()))
    assert [line["window"] for line in lines][0:2] == ["2016-Q3", "2016-Q4"]
    data = answer("us,eu", "-s", store, "--by", "quarter")
    tones = {row["window"]: row["tone"] for row in data["rows"]}
    assert tones["2017-Q1"] > 0 > tones["2018-Q4"]


def test_all_pairs_are_ranked_and_pairs_without_evidence_are_counted(store):
    data = answer("-s", store, "--since", "2018-06")
    shown = [(row["a"], row["b"]) for row in data["rows"]]
    assert all("United States" in pair for pair in shown[:3])
    assert data["rows"][0]["q_value"] < 0.05
    assert [row["tone"] for row in data["rows"]] == sorted(row["tone"] for row in data["rows"])
    table = run("-s", store, "--since", "2018-06-01", "--until", "2018-06-20")
    assert "left out for want of evidence" in table.err


def test_tables_name_the_figures_and_the_sentences_say_them(store):
    ran = run("us,eu", "-s", store)
    for word in ("tone", "asymmetry", "rift", "trade-tariffs", "Moves the tone by"):
        assert word in ran.out
    assert "The level changed around 2018-0" in ran.err
    assert "of the acts are conflict; what the two do otherwise lets expect" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("useu",), 2, "is no pair"),
        (("us,us",), 2, "both sides are the same"),
        (("us,nobodyland",), 2, "nobody called 'nobodyland'"),
        (("us,eu", "--without", "everything"), 2, "names nothing to leave out"),
        (("us,eu", "--without", "source:The Moon"), 2, "no source is called 'The Moon'"),
        (("us,eu", "--without", "issue:moon"), 2, "no issue is called 'moon'"),
        (("us,eu", "--without", "event:moon"), 2, "'moon' is no event"),
        (("--by", "month"), 2, "--by needs a pair"),
        (("us,eu", "--since", "2031", "--fail-empty"), 4, "no signed events"),
    ],
)
def test_mistakes_are_one_clear_line(store, words, code, said):
    ran = run(*words, "-s", store)
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_explain_is_in_the_documentation_word_for_word():
    page = Path(__file__).resolve().parents[3] / "docs" / "reference" / "measures.md"
    said = run("--explain").out.strip()
    assert "Limits:" in said
    assert said in page.read_text("utf-8")


def comparable(data):
    """What must not differ, but for how often something was drawn by chance."""
    return {
        name: data[name]
        for name in ("tone", "rift", "forward", "backward", "cohesion_right", "support", "drivers",
                     "moved", "sources", "changes", "surprise", "abstained")
    }  # fmt: skip


def evidence_apart(data):
    """The same with documents left out: another feed has another name."""
    for act in data["moved"]:
        for piece in act["evidence"]:
            del piece["document"], piece["title"], piece["start"], piece["end"]
    return comparable(data)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("source:Reuters News", lambda row: row["Publisher"] != "Reuters News"),
        ("source:reuters news", lambda row: row["Publisher"] != "Reuters News"),
        ("actor:germany", lambda row: DE not in (row["Source Name"], row["Target Name"])),
    ],
)
def test_without_something_is_a_store_that_never_held_it(store, make, wanted, kept):
    without = answer("us,eu", "-s", store, "--without", wanted, "--limit", "3")
    never = answer("us,eu", "-s", make([row for row in rows() if kept(row)]), "--limit", "3")
    assert evidence_apart(without) == evidence_apart(never)


def test_without_an_issue_is_a_store_that_never_held_its_acts(store, make):
    with open_graph(store) as graph:
        about = pl.col("issues").cast(pl.List(pl.String)).list.contains("trade-tariffs")
        events = graph.acts().acts.filter(about).collect()["event"]
        told = {
            json.loads(quote)["Event ID"]
            for event in events
            for (quote,) in graph.store.select(
                "SELECT ?quote WHERE { ?row tkg:ofEvent ?event ; tkg:quote ?quote }",
                {"event": NamedNode(event)},
            ).texts()
        }
    assert len(told) > 50
    without = answer("us,eu", "-s", store, "--without", "issue:trade-tariffs", "--limit", "3")
    kept = [row for row in rows() if row["Event ID"] not in told]
    never = answer("us,eu", "-s", make(kept), "--limit", "3")
    assert evidence_apart(without) == evidence_apart(never)


def test_without_an_event_is_a_store_that_never_held_it(store, make):
    act = answer("us,eu", "-s", store)["moved"][0]
    lost = {json.loads(piece["quote"])["Event ID"] for piece in act["evidence"]}
    without = answer("us,eu", "-s", store, "--without", f"event:{act['event']}", "--limit", "3")
    kept = [row for row in rows() if row["Event ID"] not in lost]
    never = answer("us,eu", "-s", make(kept), "--limit", "3")
    assert evidence_apart(without) == evidence_apart(never)
    assert act["event"] not in {moved["event"] for moved in without["moved"]}


def test_a_file_read_twice_under_two_names_changes_nothing(store, make, tmp_path):
    twice = make(rows())
    copy = written(tmp_path / "copy.csv", rows())
    with copy.open("a", encoding="utf-8") as out:
        out.write("\n")  # another file, the same reports
    with open_graph(twice, write=True) as graph:
        list(graph.ingest([str(copy)]))
    one, other = (answer("us,eu", "-s", place) for place in (store, twice))
    assert one["tone"] == other["tone"]
    assert one["rift"] == other["rift"]
    assert one["support"] == other["support"]


@pytest.fixture(scope="module")
def smaller(make):
    """The store without what Germany did, or suffered, and what one outlet told."""
    return make([
        row for row in rows()
        if DE not in (row["Source Name"], row["Target Name"]) and row["Publisher"] != OUTLETS[1]
    ])  # fmt: skip


@pytest.mark.parametrize("command", ["rifts", "alliances", "balance", "network", "rift"])
def test_every_analysis_can_leave_things_out(store, smaller, command):
    left_out = ("--without", "actor:germany", "--without", f"source:{OUTLETS[1]}")
    without = answer("-s", store, "--limit", "0", *left_out, command=command)
    never = answer("-s", smaller, "--limit", "0", command=command)
    whole = answer("-s", store, "--limit", "0", command=command)
    for data in (without, never, whole):
        for row in data["rows"]:
            row["events"] = row["events"] if command == "rift" else sorted(row.get("events", ()))
            for one_of_equals in ("document", "quote", "event"):
                row.pop(one_of_equals, None)
    assert without["rows"] == never["rows"]
    assert without["rows"] != whole["rows"]


@pytest.mark.skipif("KG_FEEDS" not in os.environ, reason="KG_FEEDS names no folder of real feeds")
def test_the_steel_tariffs_of_june_2018_show_in_icews(template, tmp_path):
    """ICEWS codes part of the quarrel of these two days as agreements: intervals are wide."""
    source = Path(os.environ["KG_FEEDS"]) / "icews_2018-06_transatlantic_subset.csv"
    if not source.is_file():
        pytest.skip(f"{source} is not there")
    place = stored(tmp_path, template, source)
    days = ("-s", place, "--since", "2018-06-01", "--until", "2018-06-02")
    europe, canada = answer("us,eu", *days), answer("us,canada", *days)
    for data in (europe, canada):
        assert data["support"]["events"] >= 15
        trade = next(d for d in data["drivers"] if d["issue"] == "trade-tariffs")
        assert trade["conflict"] > 5
    assert europe["surprise"]["found"] > 0.5
    darkest = answer(*days)["rows"][0]
    assert "United States" in (darkest["a"], darkest["b"])


def test_with_a_half_life_the_quarrel_of_the_end_outweighs_the_peace_before(store):
    fresh, aged = (answer("us,eu", *more, "-s", store) for more in ((), ("--half-life", "60")))
    assert aged["tone"]["value"] < -0.2 < fresh["tone"]["value"]
    assert aged["parameters"]["half_life"] == 60
    assert (aged["changes"], aged["surprise"]) == (fresh["changes"], fresh["surprise"])
    tones = {
        (row["a"], row["b"]): row["tone"]
        for row in answer("--half-life", "60", "-s", store, "-n", "0")["rows"]
    }
    alone = answer("us,canada", "--half-life", "60", "-s", store)["tone"]["value"]
    assert tones["Canada", "United States"] == pytest.approx(alone, abs=1e-3)


def test_what_was_only_threatened_counts_when_asked_for(new_store, share, tmp_path):
    with open_store(new_store(tmp_path / "a.kg"), write=True) as store:
        for number, city in enumerate(("Lyon", "Nice", "Brest", "Metz", "Lille", "Nancy")):
            text = f"Washington might sanction Paris over {city}."
            store.replace(share(text, "sanction", when=f"2026-02-{number + 1:02d}",
                                modality=Modality.HYPOTHETICAL, outlet=city))  # fmt: skip
    assert answer("us,france", "-s", tmp_path / "a.kg")["tone"] is None
    told = answer("us,france", "--status", "hypothetical", "-s", tmp_path / "a.kg")
    assert told["tone"]["value"] < 0
    assert told["support"]["events"] == 6
    pairs = answer("--status", "hypothetical", "--status", "realised", "-s", tmp_path / "a.kg")
    assert [(row["a"], row["b"]) for row in pairs["rows"]] == [("France", "United States")]
