"""What leaves through stdout."""

import csv
import io
import json

import pytest

from kg.cli.output import FORMATS, Table, clean, show

HOSTILE = '\x1b[31mred\x1b[0m\r\n=1+1 \u202egnp|x "q"'
TABLE = Table(
    "rifts",
    [{"name": HOSTILE, "n": -2, "balance": -1.5, "list": ["a", "b"], "none": None}],
    {"name": "Name", "n": "N", "balance": "Balance", "list": "List", "none": "None"},
    {"store": "x"},
    ["1 event has no date."],
)


def printed(capsys, format_):
    import click

    with click.Context(click.Command("x")):
        show(TABLE, format_)
    return capsys.readouterr()


def test_control_characters_never_reach_a_terminal():
    assert clean(HOSTILE) == '[31mred[0m =1+1 gnp|x "q"'


@pytest.mark.parametrize("format_", [f for f in FORMATS if "json" not in f])
def test_no_format_for_people_carries_escape_sequences(capsys, format_):
    out = printed(capsys, format_).out
    assert "\x1b[31m" not in out
    assert "\u202e" not in out


def test_json_carries_rows_parameters_and_notes(capsys):
    data = json.loads(printed(capsys, "json").out)
    assert data["schema"] == 1
    assert data["command"] == "rifts"
    assert data["rows"][0]["name"] == HOSTILE
    assert data["notes"] == ["1 event has no date."]


def test_jsonl_has_a_row_per_line(capsys):
    (line,) = printed(capsys, "jsonl").out.splitlines()
    assert json.loads(line)["n"] == -2


def test_csv_reads_back_and_formulas_are_disarmed(capsys):
    Table("x", [], {})
    out = printed(capsys, "csv").out
    (row,) = csv.DictReader(io.StringIO(out))
    assert row["n"] == "-2"
    assert row["balance"] == "-1.50"
    armed = Table("x", [{"name": "=cmd()"}], {"name": "Name"})
    show(armed, "csv")
    assert capsys.readouterr().out.splitlines()[1] == "'=cmd()"


def test_notes_go_to_stderr(capsys):
    both = printed(capsys, "table")
    assert "no date" in both.err
    assert "no date" not in both.out


def test_markdown_escapes_the_column_separator(capsys):
    assert "\\|x" in printed(capsys, "markdown").out
