"""The command line as a whole: help, errors, configuration, and a page of docs per command."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.main import COMMANDS
from kg.cli.main import kg as group

DOCS = Path(__file__).resolve().parents[2] / "docs" / "commands"


def test_help_lists_every_command_by_section(kg):
    shown = kg("--help")
    assert shown.code == 0
    for name, command in COMMANDS.items():
        assert name in shown.out
        assert command.summary in shown.out
        assert f"{command.section}:" in shown.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_the_same_summary(kg, name):
    shown = kg(name, "--help")
    assert shown.code == 0
    assert "Example" in shown.out
    assert f"kg {name}" in shown.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_every_command_is_in_its_page(name):
    page = (DOCS / f"{name}.md").read_text("utf-8")
    command = group.get_command(None, name)  # type: ignore[arg-type]
    for parameter in command.params:
        for option in parameter.opts:
            assert option.lstrip("-") in page or parameter.param_type_name == "argument"


def test_help_imports_none_of_the_heavy_libraries():
    heavy = ("rdflib", "spacy", "pyvis", "networkx", "pyoxigraph", "rich", "trafilatura", "numpy")
    code = (
        "import sys\nfrom kg.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == "[]"


def test_a_mistyped_command_is_a_usage_error_with_a_suggestion(kg):
    ran = kg("rifst")
    assert ran.code == 2
    assert "rifts" in ran.err


def test_a_missing_store_says_how_to_make_one(kg):
    ran = kg("sources")
    assert ran.code == 1
    assert "atlantic.kg" in ran.err
    assert "kg ingest" in ran.err
    assert "Traceback" not in ran.err


def test_a_configuration_file_sets_defaults_and_flags_win(kg, tmp_path):
    (tmp_path / "kg.toml").write_text('store = "elsewhere.kg"\n')
    assert "elsewhere.kg" in kg("sources").err
    assert "third.kg" in kg("sources", "-s", "third.kg").err


def test_the_environment_wins_over_the_configuration(kg, tmp_path, monkeypatch):
    (tmp_path / "kg.toml").write_text('[sources]\nstore = "elsewhere.kg"\n')
    monkeypatch.setenv("KG_STORE", "second.kg")
    assert "second.kg" in kg("sources").err


def test_a_broken_configuration_is_a_usage_error(kg, tmp_path):
    (tmp_path / "kg.toml").write_text("store = \n")
    ran = kg("sources")
    assert ran.code == 2
    assert "kg.toml" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("rifts", "--since", "yesterday"),
        ("rifts", "--and", "eu"),
        ("rifts", "--format", "yaml"),
        ("query",),
        ("export", "pdf", "x.pdf"),
        ("ingest",),
    ],
)
def test_bad_usage_is_exit_code_2_and_one_clear_line(kg, words):
    ran = kg(*words)
    assert ran.code == 2
    assert "Error:" in ran.err
    assert "Traceback" not in ran.err
