"""``kg review`` and ``kg judgements`` as a user meets them."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from kg.cli.main import main


@pytest.fixture
def kg(capsys, monkeypatch, stored):
    """``kg("review", stdin="same")`` → exit code, stdout, stderr, in the folder of the store."""
    monkeypatch.chdir(stored.parent)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(stored.parent / "config"))
    monkeypatch.setenv("KG_AUTHOR", "A. Editor")
    monkeypatch.delenv("KG_STORE", raising=False)

    def run(*words, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(words)
        captured = capsys.readouterr()
        return int(left.value.code or 0), captured.out, captured.err

    return run


def rows(answer):
    code, out, err = answer
    assert code == 0, err
    return json.loads(out)["rows"]


def listed(kg):
    return rows(kg("judgements", "list", "-f", "json"))


def test_review_asks_stores_each_answer_at_once_and_undoes(kg):
    code, out, err = kg("review", stdin="nonsense\nreject\nundo\nreject\nskip\n")
    assert code == 0
    assert "[1/4] Is this right? (confidence 0.30)" in out
    assert "'nonsense' is no answer here." in err
    assert "1 decided, 3 left open." in err
    assert [(row["verdict"], row["standing"]) for row in listed(kg)] == [
        ("wrong", False), ("undo", True), ("wrong", True)
    ]  # fmt: skip


def test_answers_come_from_a_file_and_quitting_keeps_what_was_decided(kg, stored):
    (stored.parent / "answers.txt").write_text("a\nq\nr\n", "utf-8")
    code, _, err = kg("review", "--answers", "answers.txt", "--topic", "links", "--note", "sure")
    assert code == 0
    assert "1 decided, 1 left open." in err
    (row,) = listed(kg)
    assert (row["verdict"], row["author"], row["note"]) == ("right", "A. Editor", "sure")


def test_without_anything_to_undo_or_to_ask_it_says_so(kg):
    assert "Nothing to undo yet." in kg("review", stdin="u\nq\n")[2]
    assert "Nothing to review." in kg("review", "--topic", "duplicates")[2]


def test_a_decision_changes_the_tables_and_the_page_until_it_is_undone(kg):
    def conflict():
        return [row["confrontations"] for row in rows(kg("rifts", "--between", "us", "-f", "json"))]

    assert conflict() == [2]
    explained = rows(kg("explain", "us,germany", "-f", "json"))
    merged = next(row for row in explained if row["merged"])
    assert merged["merged"][0]["rule"] == "same-day"
    assert merged["links"][0]["reason"]
    assert merged["independent_sources"] == 2
    assert "one with" in kg("explain", merged["event"])[1]
    assert kg("judgements", "add", "wrong", merged["event"])[0] == 0
    assert conflict() == [1]
    assert "[judged wrong]" in kg("explain", merged["event"])[1]
    assert kg("judgements", "undo", "1")[0] == 0
    assert conflict() == [2]
    code, _, err = kg("judgements", "undo", "1")
    assert (code, err.count("\n")) == (2, 2)
    assert "judgement 1 was already undone by A. Editor" in err
    assert conflict() == [2]


def test_known_on_gives_the_state_of_that_day(kg):
    def facts(*more):
        return {row["what"]: row["value"] for row in rows(kg("info", "-f", "json", *more))}

    assert facts()["documents"] == 4
    assert facts("--known-on", "2026-03-04")["documents"] == 3
    asked = ("explain", "us,germany", "-f", "json", "--known-on")
    assert not any(row["merged"] for row in rows(kg(*asked, "2026-03-01")))
    kg("export", "nquads", "then.nq", "--known-on", "2026-03-04")
    text = Path("then.nq").read_text("utf-8")
    assert "Berlin may have snubbed Washington." in text
    assert "condemned" not in text


def test_the_log_is_exported_as_csv_and_runs_no_formula(kg):
    event = rows(kg("explain", "us,germany", "-f", "json"))[0]["event"]
    kg("judgements", "add", "wrong", event, "--note", "=1+1")
    code, _, err = kg("judgements", "export", "log.csv")
    assert (code, err) == (0, "Wrote log.csv (1 judgements).\n")
    (row,) = csv.DictReader(io.StringIO(kg("judgements", "export", "-")[1]))
    assert (row["verdict"], row["author"], row["note"]) == ("wrong", "A. Editor", "'=1+1")
    assert event in row["subjects"]
    assert kg("judgements", "export", "log.csv")[0] == 2
    assert kg("judgements", "export", "log.csv", "--force")[0] == 0
