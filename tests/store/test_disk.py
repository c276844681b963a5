from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import textwrap

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import StoreError, StoreLockedError, StoreVersionError
from kg.store import open_store

EX = "http://example.org/"
GRAPH = EX + "graph"


def facts(label, count):
    says = NamedNode(EX + "says")
    return [Triple(NamedNode(f"{EX}{i}"), says, Literal(f"{label} {i}")) for i in range(count)]


def labels(store):
    found = store.select("SELECT ?o { ?s ?p ?o }").texts()
    return {text.split()[0] for (text,) in found}, len(found)


def child(script, *arguments, **options):
    """Run a script in another Python process, connected by pipes."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "atlantic.kg"


@pytest.fixture
def filled(path):
    with open_store(path, write=True) as store:
        store.replace({GRAPH: facts("old", 20)})
    return path


def test_content_outlives_the_process(filled):
    with open_store(filled) as store:
        assert labels(store) == ({"old"}, 20)
        assert store.location == str(filled)


def test_layout_on_disk(filled):
    marker = json.loads((filled / "kg-store.json").read_text())
    assert marker["format"] == 1
    assert sorted(entry.name for entry in filled.iterdir()) == ["kg-store.json", "oxigraph"]


def test_folders_above_are_made(tmp_path):
    with open_store(tmp_path / "a" / "b.kg", write=True) as store:
        assert store.size() == 0


def test_an_empty_folder_becomes_a_store(path):
    path.mkdir()
    with open_store(path, write=True) as store:
        assert store.size() == 0


def test_a_missing_store_is_not_made_by_reading(path):
    with pytest.raises(StoreError, match="no store at") as caught:
        open_store(path)
    assert "kg ingest" in caught.value.hint
    assert not path.exists()


def test_a_missing_store_is_not_made_without_create(path):
    with pytest.raises(StoreError, match="no store at"):
        open_store(path, write=True, create=False)
    assert not path.exists()


@pytest.mark.parametrize("write", [False, True])
def test_a_folder_with_other_files_is_no_store(path, write):
    path.mkdir()
    (path / "thesis.docx").write_text("precious")
    with pytest.raises(StoreError, match="not a store"):
        open_store(path, write=write)
    assert [entry.name for entry in path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("write", [False, True])
def test_a_file_is_no_store(path, write):
    path.write_text("an article")
    with pytest.raises(StoreError, match="is a file"):
        open_store(path, write=write)
    assert path.read_text() == "an article"


@pytest.mark.parametrize("write", [False, True])
def test_a_newer_format_is_left_alone(filled, write):
    (filled / "kg-store.json").write_text('{"format": 99, "made_by": "7.0"}')
    with pytest.raises(StoreVersionError, match="99") as caught:
        open_store(filled, write=write)
    assert "7.0" in caught.value.message
    assert "upgrade" in caught.value.hint


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": null}', "\x00"])
def test_a_damaged_marker_is_an_error(filled, content):
    (filled / "kg-store.json").write_text(content)
    with pytest.raises(StoreError, match="damaged"):
        open_store(filled)


def test_lost_engine_files_are_an_error(filled):
    for file in (filled / "oxigraph").iterdir():
        if file.suffix == ".sst":
            file.unlink()
    with pytest.raises(StoreError, match="cannot open") as caught:
        open_store(filled)
    assert "\n" not in caught.value.message


def test_a_store_whose_making_was_interrupted_says_so_and_can_be_filled(path):
    path.mkdir()
    (path / "kg-store.json").write_text('{"format": 1}')
    with pytest.raises(StoreError, match="empty"):
        open_store(path)
    with open_store(path, write=True) as store:
        store.replace({GRAPH: facts("new", 1)})
        assert labels(store) == ({"new"}, 1)


def test_a_second_writer_in_this_process_is_refused(filled):
    with open_store(filled, write=True), pytest.raises(StoreLockedError, match=str(os.getpid())):
        open_store(filled, write=True)


WRITER = """
    import sys
    from pathlib import Path
    from pyoxigraph import Literal, NamedNode, Triple
    from kg.store import open_store

    store = open_store(Path(sys.argv[1]), write=True)
    print("open", flush=True)
    for number, line in enumerate(sys.stdin):
        label = line.strip()
        store.replace({"http://example.org/graph": [
            Triple(NamedNode(f"http://example.org/{i}"), NamedNode("http://example.org/says"),
                   Literal(f"{label} {i}"))
            for i in range(20)
        ]})
        print("done", flush=True)
    store.close()
"""


def test_readers_read_on_while_another_process_writes(filled):
    with child(WRITER, filled) as writer:
        assert writer.stdout.readline() == "open\n"
        before = open_store(filled)
        with pytest.raises(StoreLockedError, match=str(writer.pid)) as caught:
            open_store(filled, write=True)
        assert "wait" in caught.value.hint
        writer.stdin.write("new\n")
        writer.stdin.flush()
        assert writer.stdout.readline() == "done\n"
        assert labels(before) == ({"old"}, 20)  # what was there when it was opened
        with open_store(filled) as after:
            assert labels(after) == ({"new"}, 20)
        before.close()
        writer.communicate("newer\n")
    with open_store(filled, write=True) as store:
        assert labels(store) == ({"newer"}, 20)


def test_reading_keeps_working_through_many_changes(filled):
    with child(WRITER, filled) as writer:
        assert writer.stdout.readline() == "open\n"
        for round_ in range(30):
            writer.stdin.write(f"round{round_}\n")
            writer.stdin.flush()
            with open_store(filled) as store:  # at any moment of the change
                found, count = labels(store)
            assert (len(found), count) == (1, 20)
            assert writer.stdout.readline() == "done\n"
        writer.communicate()


def test_an_open_reader_keeps_its_view_through_many_changes(filled):
    with child(WRITER, filled) as writer, open_store(filled) as store:
        assert writer.stdout.readline() == "open\n"
        for round_ in range(10):
            writer.stdin.write(f"round{round_}\n")
            writer.stdin.flush()
            assert writer.stdout.readline() == "done\n"
            assert labels(store) == ({"old"}, 20)
        writer.communicate()


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib's own
def test_rdflib_reads_a_store_that_is_open_for_reading(filled):
    with open_store(filled) as store:
        dataset = store.dataset()
        assert GRAPH in {str(graph.identifier) for graph in dataset.graphs()}
        assert len(list(dataset.query("SELECT ?s { ?s ?p ?o }"))) == 20
        assert len(list(dataset.triples((None, None, None)))) == 20


def test_readers_leave_nothing_behind(filled):
    forgotten = open_store(filled)
    with open_store(filled):
        assert len(list((filled / "readers").iterdir())) == 2
    del forgotten
    assert not (filled / "readers").exists()


READER = """
    import os, signal, sys
    from pathlib import Path
    from kg.store import open_store

    store = open_store(Path(sys.argv[1]))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_next_writer_cleans_up_after_a_killed_reader(filled):
    with child(READER, filled) as reader:
        reader.wait()
    assert (filled / "readers").exists()
    with open_store(filled, write=True):
        assert not (filled / "readers").exists()


def test_the_next_reader_cleans_up_after_a_killed_reader(filled):
    with open_store(filled) as alive:
        with child(READER, filled) as reader:
            reader.wait()
        assert len(list((filled / "readers").iterdir())) == 2
        with open_store(filled) as store:
            assert len(list((filled / "readers").iterdir())) == 2  # two that live, none dead
            assert labels(store) == labels(alive) == ({"old"}, 20)


def test_what_nobody_locked_is_kept_while_its_process_lives(filled):
    """A reader that has just made its folder has no lock yet."""
    (filled / "readers" / f"{os.getpid()}-new").mkdir(parents=True)
    (filled / "readers" / "999999999-dead").mkdir()
    with open_store(filled, write=True):
        assert [p.name for p in (filled / "readers").iterdir()] == [f"{os.getpid()}-new"]


REMOVER = """
    import os, signal, sys
    from pathlib import Path
    from kg.store import bulk, open_store

    bulk._CHUNK, steps, remove = 3, [], bulk._remove

    def killed_in_the_middle(*given):
        remove(*given)
        steps.append(given)
        if len(steps) == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)

    bulk._remove = killed_in_the_middle
    with open_store(Path(sys.argv[1]), write=True) as store:
        store.discard(["http://example.org/graph"])
"""


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_a_killed_removal_is_not_seen_by_readers_and_finished_by_the_next_writer(filled, steps):
    with open_store(filled, write=True) as store:
        store.replace({"http://example.org/other": facts("other", 4)})
    with child(REMOVER, filled, str(steps)) as remover:
        assert remover.wait() == -signal.SIGKILL
    with open_store(filled) as store:
        assert labels(store) == ({"old", "other"}, 24)
        counted = store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", timeout=60)
        assert counted.texts() == (("24",),)
    with open_store(filled, write=True) as store:
        assert labels(store) == ({"other"}, 4)
        store.replace({"http://example.org/new": facts("new", 1)})
    with open_store(filled) as store:
        assert labels(store) == ({"new", "other"}, 5)
    assert not (filled / "before").exists()
    assert not (filled / "removing.json").exists()


def test_readers_see_a_removal_whole_or_not_at_all(filled):
    with child(REMOVER, filled, "999") as remover:
        seen = set()
        while remover.poll() is None:
            with open_store(filled) as store:
                seen.add(labels(store)[1])
        assert remover.returncode == 0
    with open_store(filled) as store:
        assert labels(store)[1] == 0
    assert seen <= {20, 0}


def test_a_killed_writer_leaves_no_lock(filled):
    with child(WRITER, filled) as writer:
        assert writer.stdout.readline() == "open\n"
        writer.kill()
        writer.wait()
    with open_store(filled, write=True) as store:
        assert labels(store) == ({"old"}, 20)


ENDLESS = """
    import itertools, sys
    from pathlib import Path
    from pyoxigraph import Literal, NamedNode, Triple
    from kg.store import open_store

    says = NamedNode("http://example.org/says")
    with open_store(Path(sys.argv[1]), write=True) as store:
        for number in itertools.count():
            content = [Triple(NamedNode(f"http://example.org/{i}"), says,
                              Literal(f"{sys.argv[2]}-{number} {i}")) for i in range(3000)]
            if number == 1:
                print("writing", flush=True)
            store.replace({"http://example.org/graph": content})
"""


@pytest.mark.slow
@pytest.mark.parametrize("patience", [0.0, 0.02, 0.05, 0.09, 0.15, 0.24])
def test_kill_in_mid_write_leaves_the_old_or_the_new_content(path, patience):
    with child(ENDLESS, path, "run") as writer:
        assert writer.stdout.readline() == "writing\n"
        try:
            writer.wait(timeout=patience)  # lets the write get so far
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
    with open_store(path, write=True) as store:
        found, count = labels(store)
        assert (len(found), count) == (1, 3000)
        store.replace({GRAPH: facts("after", 5)})
        assert labels(store) == ({"after"}, 5)


FULL = """
    import resource, signal, sys
    from pathlib import Path
    from pyoxigraph import Literal, NamedNode, Triple
    from kg.errors import StoreError
    from kg.store import open_store

    def big(label):
        return [Triple(NamedNode(f"http://example.org/{i}"), NamedNode("http://example.org/says"),
                       Literal(f"{label} {i} " + "x" * 500)) for i in range(20_000)]

    graph = "http://example.org/graph"
    with open_store(Path(sys.argv[1]), write=True) as store:
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        if len(sys.argv) > 2:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
        try:
            store.replace({graph: big("new")})
        except StoreError as error:
            print(error.message, "|", error.hint)
        if len(sys.argv) > 2:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        print(store.size())
        small = [Triple(NamedNode("http://example.org/s"), NamedNode("http://example.org/says"),
                        Literal("small"))]
        store.replace({"http://example.org/other": small})
        print(store.size())
"""


def test_files_that_may_not_grow_cost_nothing_that_was_there(filled):
    assert hasattr(resource, "RLIMIT_FSIZE")
    with child(FULL, filled, "limit") as writer:
        out, err = writer.communicate()
    assert out.splitlines()[1:] == ["20", "21"], out + err
    assert "no space left" in out
    assert "free some space" in out
    with open_store(filled) as store:
        assert store.size() == 21


def test_a_full_disk_costs_nothing_that_was_there(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("mounting a small file system needs root")
    try:
        with open_store(disk / "a.kg", write=True) as store:
            store.replace({GRAPH: facts("old", 20)})
        with child(FULL, disk / "a.kg") as writer:
            out, err = writer.communicate()
        assert "no space left" in out, out + err
        with open_store(disk / "a.kg", write=True) as store:
            assert {quad.object.value.split()[0] for quad in store.quads(GRAPH)} == {"old"}
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


READ_ONLY = """
    import os, sys
    from pathlib import Path
    import kg.store.disk  # before we become nobody, who may not be able to read our Python
    from kg.errors import StoreError
    from kg.store import open_store

    if os.geteuid() == 0:
        os.setuid(65534)  # root may write anywhere
    path = Path(sys.argv[1])
    with open_store(path) as store:
        print(store.size())
    for target in (path, path.parent / "other.kg"):
        try:
            open_store(target, write=True)
        except StoreError as error:
            print(error.message, "|", error.hint)
"""


def test_a_read_only_folder_can_be_read_and_says_why_it_cannot_be_written(filled):
    folders = [filled / "oxigraph", filled, filled.parent]
    for folder in filled.parents:  # let somebody else through to it
        if "pytest-of" in str(folder):
            folder.chmod(0o755)
    for folder in folders:
        folder.chmod(0o555)
    try:
        with child(READ_ONLY, filled) as other:
            out, err = other.communicate()
    finally:
        for folder in folders:
            folder.chmod(0o755)
    lines = out.splitlines()
    assert lines[:1] == ["20"], out + err
    assert "read-only" in lines[1]
    assert "cannot make a store" in lines[2]


def test_somebody_elses_store_can_be_read_in_a_shared_folder(filled):
    if os.geteuid() != 0:
        pytest.skip("becoming somebody else needs root")
    for folder in filled.parents:
        if "pytest-of" in str(folder):
            folder.chmod(0o755)
    filled.chmod(0o777)  # may add files, but not link to those that are there
    with child(READ_ONLY, filled) as other:
        out, err = other.communicate()
    assert out.splitlines()[:1] == ["20"], out + err
    assert not (filled / "readers").exists()
