"""A small graph made by hand, and real servers on loopback."""

from __future__ import annotations

import http.client
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import lxml.html
import pytest
from pyoxigraph import NamedNode, Triple

from kg.namespaces import entity_iri
from kg.records import ActorKind, Modality
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("starlette", reason="needs the extra serve")
pytest.importorskip("uvicorn", reason="needs the extra serve")

SHARES = (
    ("Kaja Kallas rebuked Mike Waltz in Munich over Ukraine.", "criticise",
     {"venue": "Munich Security Conference", "place": "Munich", "issue": "ukraine-support",
      "outlet": "The Tribune", "source": "https://news.example/kallas"}),
    ("Mike Waltz was rebuked, and Kaja Kallas did it. So it was told.", "criticise",
     {"outlet": "Le Courrier", "when": "2026-02-13", "read": "2026-03-02"}),
    ("Washington criticised Berlin over tariffs on steel.", "criticise", {}),
    ("Washington condemned Berlin again over cars.", "condemn",
     {"when": "2026-02-20", "read": "2026-03-05"}),
    ("Berlin thanked Paris for support with energy.", "support",
     {"when": "2026-01-10", "issue": "energy"}),
    ("Paris may have snubbed Washington.", "reject",
     {"confidence": 0.3, "sure": 0.6, "when": "2025-12-01"}),
    ("Washington might sanction Paris.", "sanction", {"modality": Modality.HYPOTHETICAL}),
    ("Max Rubio criticised Berlin.", "criticise", {"when": "2026-02-21"}),
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Server:
    """A running ``kg serve``."""

    def __init__(self, process, url, store):
        self.process, self.url, self.store = process, url, store
        parts = urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.origin = url.rstrip("/")

    def ask(self, path, method="GET", body=None, **headers) -> Said:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Said(answer.status, found, answer.read())
        finally:
            connection.close()

    def page(self, path, **headers) -> Said:
        """A page with all its parts, however often it asks to be loaded again."""
        for _ in range(100):
            said = self.ask(path, Accept="text/html", **headers)
            if "refresh" not in said.headers:
                return said
        pytest.fail(f"{path} is never complete")

    def html(self, path):
        """A page as a tree; it must be there."""
        said = self.page(path)
        assert said.status == 200, said.text
        return lxml.html.fromstring(said.text)

    def end(self) -> int:
        """What Ctrl-C does; gives the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@contextmanager
def serving(store, *options) -> Iterator[Server]:
    command = [sys.executable, "-m", "kg.cli", "serve", "--port", "0", "--store", str(store)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    environment["TMPDIR"] = str(Path(store).parent)
    with subprocess.Popen(
        [*command, *map(str, options)], stderr=subprocess.PIPE, text=True, env=environment,
        cwd=Path(store).parent, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            line = process.stderr.readline()
            found = re.search(r"at (http://\S+/) ", line)
            assert found, line + process.stderr.read()
            yield Server(process, found[1], store)
        finally:
            process.terminate()  # not kill: it must put its own folder away
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


def filled(template, path, shares) -> Path:
    shutil.copytree(template, path)
    with open_store(path, write=True) as store:
        for graphs in shares:
            store.replace(graphs)
    return path


@pytest.fixture(scope="session")
def making(share) -> SimpleNamespace:
    """What tests make stores and servers of their own with."""
    return SimpleNamespace(share=share, serving=serving, filled=filled, SHARES=SHARES)


@pytest.fixture(scope="session")
def small(template, share, tmp_path_factory) -> Path:
    """The store of ``SHARES``; not to be written to."""
    made = [share(text, kind, **more) for text, kind, more in SHARES]
    return filled(template, tmp_path_factory.mktemp("served") / "small.kg", made)


@pytest.fixture(scope="session")
def server(small) -> Iterator[Server]:
    """A read-only server over ``small``."""
    with serving(small, "--timeout", "20", "--max-rows", "50") as running:
        yield running


@pytest.fixture
def start(tmp_path, small) -> Iterator:
    """``start("--writable")`` runs a server over a copy of ``small``; ended after the test."""
    with ExitStack() as stack:

        def run(*options, store=None):
            if store is None:
                store = tmp_path / "copy.kg"
                shutil.copytree(small, store)
            return stack.enter_context(serving(store, *options))

        yield run


@pytest.fixture(scope="session")
def refusing(small, tmp_path_factory) -> Iterator[Server]:
    """A writable server for requests that it must refuse: nothing is ever changed in it."""
    store = tmp_path_factory.mktemp("refusing") / "copy.kg"
    shutil.copytree(small, store)
    with serving(store, "--writable", "--author", "Ada") as running:
        yield running


@pytest.fixture(scope="session")
def hostile_texts() -> tuple[str, ...]:
    """The texts that every output of the project must survive (tests/views/samples.py)."""
    path = Path(__file__).parents[1] / "views" / "samples.py"
    found = runpy.run_path(str(path))["HOSTILE"]
    return tuple(text.encode("utf-8", "replace").decode().replace("\0", "") for text in found)


@pytest.fixture(scope="session")
def hostile(template, share, tmp_path_factory, hostile_texts) -> Iterator[Server]:
    """A server whose documents consist of nothing but attempts."""
    made = []
    for number, text in enumerate(hostile_texts):
        name = f"{text} {number}"
        made.append(share(
            f"{name} rebuked Berlin over {text}.", "criticise", title=text, outlet=text,
            source=text if number % 2 else f"https://evil.example/{text}", venue=text[:200],
            place=text[:200], office=text[:200], confidence=0.3, sure=0.5,
            names={name: (name, ActorKind.PERSON, "")}, when=f"2026-02-{number + 1:02d}",
        ))  # fmt: skip
    made.append(share(
        "Evil rebuked Berlin.", "criticise",
        names={"Evil": ("Evil", ActorKind.PERSON, "")},
    ))  # fmt: skip
    bad = NamedNode("javascript:window.__pwned=1")
    evil = NamedNode(entity_iri("person", "evil"))
    swap = {evil: bad}
    made[-1] = {
        graph: [Triple(swap.get(t.subject, t.subject), t.predicate, swap.get(t.object, t.object))
                for t in triples]
        for graph, triples in made[-1].items()
    }  # fmt: skip
    store = filled(template, tmp_path_factory.mktemp("hostile") / "hostile.kg", made)
    with serving(store, "--writable", "--author", hostile_texts[1]) as running:
        yield running
