"""Bad input: one clear line, an exit code, and nothing that was stored is lost."""

import contextlib
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "Brussels, 14 February 2026 - The European Union criticised the United States over tariffs."


@pytest.fixture
def stored(kg, tmp_path, new_store):
    """A store with one document, and its bytes."""
    new_store(tmp_path / "atlantic.kg")
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    assert kg("ingest", "good.txt", "--read-on", "2026-02-15").code == 0
    return dump(kg)


def dump(kg) -> str:
    ran = kg("export", "nquads", "out.nq", "--force")
    assert ran.code == 0, ran.err
    return Path("out.nq").read_text("utf-8")


def make_missing(path: Path) -> None:
    """Nothing there."""


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_blank(path: Path) -> None:
    path.write_bytes(b" \n\t\n")


def make_binary(path: Path) -> None:
    path.write_bytes(b"\x7fELF\x00\x01\x02" * 500)


def make_huge(path: Path) -> None:
    with path.open("wb") as out:
        out.truncate(50 * 1024 * 1024)


def make_invalid(path: Path) -> None:
    path.write_bytes(
        "Il a déclaré que l’accord".encode("latin-1", "replace") * 20 + b"\xff\xfe\xfa"
    )


def make_folder(path: Path) -> None:
    path.mkdir()
    (path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")


BAD = [make_missing, make_empty, make_blank, make_binary, make_huge, make_invalid, make_folder]


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__.removeprefix("make_"))
def test_a_bad_file_is_told_and_costs_nothing(kg, tmp_path, stored, make):
    make(tmp_path / "bad.txt")
    (tmp_path / "other.txt").write_text(GOOD.replace("criticised", "praised"), "utf-8")
    ran = kg("ingest", "bad.txt", "other.txt")
    assert ran.code == 1
    errors = [line for line in ran.err.splitlines() if line.startswith("Error:")]
    assert len(errors) == 1
    assert "bad.txt" in errors[0]
    assert "Traceback" not in ran.err
    assert kg("forget", "other.txt").code == 0
    assert dump(kg) == stored


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?x WHERE { ?x",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DROP ALL",
        "DELETE WHERE { ?s ?p ?o }",
        "not sparql at all",
    ],
)
def test_a_query_that_is_malformed_or_updates_is_refused(kg, stored, sparql):
    ran = kg("query", "--text", sparql)
    assert ran.code == 2
    assert ran.err.startswith("Error:")
    assert "Traceback" not in ran.err
    assert dump(kg) == stored


def test_a_parameter_cannot_change_the_query(kg, stored):
    ran = kg("query", "confrontations", "-p", 'since=2026-01-01" } ; DROP ALL #')
    assert ran.code == 2
    assert dump(kg) == stored


def test_a_newer_store_is_left_alone(kg, tmp_path, stored):
    meta = tmp_path / "atlantic.kg" / "kg-store.json"
    before = meta.read_text()
    meta.write_text('{"format": 999, "made_by": "99.0"}')
    for words in (("sources",), ("ingest", "good.txt")):
        ran = kg(*words)
        assert ran.code == 1
        assert "format 999" in ran.err
        assert "upgrade" in ran.err
    meta.write_text(before)
    assert dump(kg) == stored


def test_a_folder_that_is_no_store_is_left_alone(kg, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("mine")
    (tmp_path / "good.txt").write_text(GOOD)
    ran = kg("ingest", "good.txt", "--store", "notes")
    assert ran.code == 1
    assert sorted(p.name for p in (tmp_path / "notes").iterdir()) == ["a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told(kg, tmp_path):
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "shut").mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    ran = kg("ingest", "good.txt", "--store", "shut/x.kg")
    assert ran.code == 1
    assert "Traceback" not in ran.err


def test_an_existing_export_is_not_overwritten_unasked(kg, tmp_path, stored):
    (tmp_path / "page.html").write_text("mine")
    ran = kg("export", "html", "page.html")
    assert ran.code == 2
    assert (tmp_path / "page.html").read_text() == "mine"


def press_ctrl_c(child) -> str:
    """As users do, again when nothing happens; what the child said last."""
    for _ in range(20):
        child.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.communicate(timeout=5)[1]
    child.kill()
    pytest.fail("Ctrl-C ends nothing")


@pytest.fixture
def heard():
    """Children hear Ctrl-C, even when these tests are a job in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_interrupting_an_ingest_keeps_what_was_read(tmp_path, stored, kg):
    """Ctrl-C at a moment when the second document has been opened but not stored."""
    fifo = tmp_path / "slow.txt"
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "kg.cli", "ingest", "good.txt", "slow.txt"]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=tmp_path) as child,
        fifo.open("wb"),  # returns when the child has begun to read the document
    ):
        err = press_ctrl_c(child)
    assert child.returncode == 130
    assert "Interrupted" in err
    assert "Traceback" not in err
    assert dump(kg) == stored


def test_text_from_a_document_cannot_talk_to_the_terminal(kg, tmp_path, new_store):
    new_store(tmp_path / "atlantic.kg")
    (tmp_path / "x.txt").write_text("Washington\x1b]0;pwned\x07 criticised Brussels.\n", "utf-8")
    assert kg("ingest", "x.txt").code == 0
    assert "\x1b" not in kg("explain", "us,eu").out
