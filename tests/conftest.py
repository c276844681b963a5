"""Shared by all tests: a store that has ontology and reference data, made once and copied."""

from __future__ import annotations

import contextlib
import importlib
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.graph import background_graphs, document_share
from kg.namespaces import entity_iri
from kg.records import (
    ActorKind,
    Document,
    Entity,
    EventMention,
    Issue,
    Modality,
    OfficeStatement,
    PartialDate,
    Reading,
)
from kg.reference.world import load_world
from kg.resolution import link
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import ModuleType

    from pyoxigraph import Triple


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What keeps one process waiting longest starts first, so that the others need not wait."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """All tests of Spark go to one process: one cluster, not one for each."""
    from xdist.scheduler import LoadScopeScheduling

    class OneCluster(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "spark" if nodeid.startswith("tests/spark/") else nodeid

    return OneCluster(config, log)


@pytest.fixture(scope="module")
def scripts() -> Iterator[Callable[..., dict[str, ModuleType]]]:
    """Modules by name from a folder of scripts, on the path while one file's tests run."""
    folders: list[str] = []

    def load(folder: Path, *names: str) -> dict[str, ModuleType]:
        folders.append(str(folder))
        sys.path.insert(0, folders[-1])
        return {name: importlib.import_module(name) for name in names}

    yield load
    for folder in folders:
        sys.path.remove(folder)


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """A store without documents. Filling one takes seconds, copying it a moment."""
    path = tmp_path_factory.mktemp("template") / "empty.kg"
    with open_store(path, write=True) as store:
        store.replace(background_graphs())
    return path


@pytest.fixture
def new_store(template) -> Callable[[Path], Path]:
    """``new_store(path)`` puts a store without documents at ``path``, unless there is one."""

    def make(path: Path) -> Path:
        if not path.exists():
            shutil.copytree(template, path)
        return path

    return make


_KNOWN = {
    "Washington": ("United States", ActorKind.STATE, "us"),
    "Berlin": ("Germany", ActorKind.STATE, "germany"),
    "Paris": ("France", ActorKind.STATE, "france"),
    "Kaja Kallas": ("Kaja Kallas", ActorKind.PERSON, "kaja-kallas"),
    "Mike Waltz": ("Mike Waltz", ActorKind.PERSON, "mike-waltz"),
    "Max Rubio": ("Max Rubio", ActorKind.PERSON, ""),
}


def _share(text, kind, *, when="2026-02-14", read="2026-03-01", outlet="The Wire", title="",
           issue="trade-tariffs", confidence=0.8, sure=1.0, modality=Modality.ASSERTED,
           names=None, source="", venue="", place="", office=""):  # fmt: skip
    """The graphs of a document with one event between the first two known names in it."""
    title = title or text.partition(".")[0]
    document = Document(text, title, PartialDate(2026, 2, 15), "option", outlet, source=source)
    table = _KNOWN | (names or {})
    found = sorted((name for name in table if name in text), key=text.index)
    entities = []
    for number, name in enumerate(found):
        label, sort, tail = table[name]
        start = text.index(name)
        entities.append(Entity(
            f"e{number}", label, sort, (document.span(start, start + len(name)),),
            entity_iri(sort.value, tail) if tail else None, link_confidence=sure,
        ))  # fmt: skip
    event = EventMention(
        kind, ("e0",), ("e1",), document.span(0, len(text)), document.span(0, 5), modality,
        confidence, "hand", PartialDate.parse(when) if when else None, venue=venue, place=place,
        issues=(Issue(issue),),
    )  # fmt: skip
    offices = (OfficeStatement("e0", office, office, document.span(0, 5)),) if office else ()
    reading = Reading(document, "hand", "1", tuple(entities), offices, (event,))
    return document_share(link(reading, load_world()), date.fromisoformat(read)).graphs


@pytest.fixture(scope="session")
def share() -> Callable[..., dict[str, tuple[Triple, ...]]]:
    """``share(text, type, ...)``: the graphs of a document with one event, made by hand."""
    return _share


@pytest.fixture(scope="session")
def sparql_server() -> Callable[[], AbstractContextManager[str]]:
    """``with sparql_server() as address``: the server of the PyPI package "oxigraph"."""
    beside = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}")
    program = beside or shutil.which("oxigraph")
    if program is None:
        pytest.skip("needs the server of the package oxigraph: pip install oxigraph")

    @contextmanager
    def serve() -> Iterator[str]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        command = [program, "serve", "--bind", address]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
            assert running.stdout is not None
            assert b"Listening" in running.stdout.readline()
            try:
                yield address
            finally:
                running.terminate()

    return serve


VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 7000
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = .
ServerThreads = 8
MaxClientConnections = 8
"""


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory) -> Iterator[str]:
    """The query address of a Virtuoso that takes updates (Debian: virtuoso-opensource-7)."""
    server, client = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if server is None or client is None:
        pytest.skip("needs Virtuoso: apt-get install virtuoso-opensource-7")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, web = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, web=web))
    with (
        (folder / "out.log").open("wb") as log,
        subprocess.Popen(
            [server, "+foreground", "+wait"], cwd=folder, stdout=log, stderr=log
        ) as run,
    ):
        try:
            _wait_for(web, run)
            grant = 'grant SPARQL_UPDATE to "SPARQL";\n'
            command = [client, f"127.0.0.1:{sql}", "dba", "dba", "ERRORS=STDOUT"]
            subprocess.run(command, input=grant, text=True, check=True, capture_output=True)
            yield f"http://127.0.0.1:{web}/sparql"
        finally:
            run.kill()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, run: subprocess.Popen[bytes]) -> None:
    """Until somebody listens at the port; no longer than the server lives or a minute."""
    for _ in range(600):
        if run.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(0.1)
    pytest.fail("Virtuoso did not start")
