"""A process that answers one query and can be killed: the engine itself cannot stop a query.

Run as ``answer`` on stdin and stdout. First line of stdin: JSON with ``query`` and ``folder`` (the
engine's files) or null; then, without a folder, the data as N-Quads. First line of stdout: JSON
with ``kind`` (rows, triples or error); then the answer as SPARQL JSON or N-Triples.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import BinaryIO

import pyoxigraph as ox

from kg import errors
from kg.store.answering import read_error, run
from kg.store.base import Result, Triples
from kg.store.results import read_rows, read_triples, serialise
from kg.store.sparql import inspect
from kg.waiting import let_interrupt

__all__ = ["answer", "ask_child"]

_PROGRAM = (
    "import sys; from kg.store.worker import answer; answer(sys.stdin.buffer, sys.stdout.buffer)"
)


def ask_child(sparql: str, timeout: float, folder: str | None, nquads: bytes = b"") -> Result:
    """Answer a query in a process of its own, for ``timeout`` seconds at most.

    Args:
        sparql: the query.
        timeout: seconds, counted from the start of the process (which takes about 0.1 s).
        folder: the engine's files; nobody may write to them meanwhile.
        nquads: the data, when there is no folder.

    Raises:
        QueryError: malformed, not allowed, or out of time.
        StoreError: the data cannot be read, or the process died.
    """
    inspect(sparql)
    head = json.dumps({"query": sparql, "folder": folder}).encode() + b"\n"
    # -P: never import from the folder the user happens to be in
    command = [sys.executable, "-P", "-c", _PROGRAM]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        let_interrupt()
        try:
            out, _ = child.communicate(head + nquads, timeout)
        except subprocess.TimeoutExpired as error:
            raise errors.QueryError(
                f"the query was stopped after {timeout:g} seconds",
                "make it narrower, or allow more time; counts over millions of events are for "
                "'kg rifts' (--by month, --by issue), or for a server such as Virtuoso",
            ) from error
        finally:
            child.kill()
    return _read(out)


def answer(source: BinaryIO, out: BinaryIO) -> None:
    """What the process does: read a question, write the answer."""
    asked = json.loads(source.readline())
    try:
        store = _load(source, asked["folder"])
        result = run(store, asked["query"], asked["folder"] or ":memory:")
    except errors.KgError as error:
        kind = {"kind": "error", "type": type(error).__name__}
        out.write(json.dumps(kind | {"message": error.message, "hint": error.hint}).encode())
        return
    triples = isinstance(result, Triples)
    out.write(json.dumps({"kind": "triples" if triples else "rows"}).encode() + b"\n")
    out.write(serialise(result, "ntriples" if triples else "json"))


def _load(source: BinaryIO, folder: str | None) -> ox.Store:
    if folder is not None:
        try:
            return ox.Store.read_only(folder)
        except (OSError, RuntimeError) as error:
            raise read_error(folder, error) from error
    store = ox.Store()
    store.bulk_load(source.read(), ox.RdfFormat.N_QUADS, lenient=True)
    return store


def _read(out: bytes) -> Result:
    head, _, body = out.partition(b"\n")
    if not head:
        raise errors.StoreError("the process that ran the query ended without an answer")
    said = json.loads(head)
    if said["kind"] == "error":
        raise getattr(errors, said["type"])(said["message"], said["hint"])
    return read_triples(body) if said["kind"] == "triples" else read_rows(body)
