"""SPARQL updates and judgements: the store is opened for writing just for the moment it takes.

A store holds named graphs, and its default graph is their union. So an update runs on a copy in
memory, what it did to named graphs is worked out, and that difference is written as one
transaction; an update that changes the default graph itself is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.namespaces import PREFIXES
from kg.serve.problems import Refusal
from kg.store import open_store
from kg.store.oxigraph import OxigraphStore
from kg.store.sparql import syntax_error, tokens
from kg.workspace import open_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.judgements import Signature, Verdict
    from kg.serve.child import Child
    from kg.serve.jobs.sparql import Dataset
    from kg.store.sparql import Token
    from kg.workspace.review import Question

__all__ = ["answer", "undo", "update", "with_dataset"]

_DEFAULT = ox.DefaultGraph()


def update(child: Child, text: str, dataset: Dataset, most: int) -> tuple[int, int]:
    """Run an update; all of it, or nothing.

    Args:
        child: knows which store.
        text: SPARQL 1.1 Update; our prefixes need not be declared.
        dataset: the graphs its WHERE clauses look at, by parameters of the request.
        most: quads of the largest store that can be updated.

    Returns:
        How many quads of named graphs were added and removed.

    Raises:
        QueryError: malformed, reads files or other servers, or would change the default graph.
        StoreError: locked, or cannot be written.
    """
    sparql = with_dataset(text, dataset)
    child.close()
    with open_store(child.opening.store, write=True, create=False) as store:
        if not isinstance(store, OxigraphStore):
            raise Refusal(501, "updates of another endpoint are sent to that endpoint")
        engine = store.engine
        if len(engine) > most:
            raise Refusal(
                501,
                f"a store of more than {most:,} quads takes no SPARQL updates here",
                "stop kg serve and use kg ingest, kg forget or the library",
            )
        copy = ox.Store()
        copy.bulk_extend(engine)
        try:
            copy.update(sparql, prefixes=PREFIXES)
        except (SyntaxError, ValueError) as error:
            raise syntax_error(sparql, str(error)) from error
        except (OSError, RuntimeError) as error:
            raise QueryError(f"the update cannot be done: {error}") from error
        _check_default(engine, copy)
        try:
            change = store.replace(_changed(engine, copy))
        except StoreError as error:
            if "blank nodes" in error.message:
                raise QueryError(error.message, "name every node with an IRI") from error
            raise
        return change.added, change.removed


def answer(child: Child, question: Question, verdict: Verdict, by: Signature) -> int:
    """Write down the answer to a question; gives the number of the judgement."""
    child.close()
    with open_graph(child.opening.store, write=True, overlays=child.opening.overlays) as graph:
        return graph.answer(question, verdict, by=by).number


def undo(child: Child, wanted: str, by: Signature) -> int:
    """Take a judgement back; gives the number of the entry that does so."""
    child.close()
    with open_graph(child.opening.store, write=True, overlays=child.opening.overlays) as graph:
        return graph.undo(wanted, by=by).number


def with_dataset(text: str, dataset: Dataset) -> str:
    """The update with USING clauses for the graphs a request chose.

    Raises:
        QueryError: it reads files or other servers, or says USING or WITH itself.
    """
    pieces = list(tokens(text))
    words = {piece.text.upper() for piece in pieces if piece.kind == "word"}
    for word in ("LOAD", "SERVICE"):
        if word in words:
            raise QueryError(f"{word} would read files or call other servers")
    if not dataset:
        return text
    if words & {"USING", "WITH"}:
        raise QueryError("the request and the update both choose graphs (USING or WITH)")
    clauses = "".join(f"USING <{iri}> " for iri in dataset.default)
    clauses += "".join(f"USING NAMED <{iri}> " for iri in dataset.named)
    return "".join(_with(pieces, clauses))


def _with(pieces: list[Token], clauses: str) -> Iterator[str]:
    """The clauses before each WHERE that follows a template, not before that of DELETE WHERE."""
    depth, before = 0, ""
    for piece in pieces:
        word = piece.text.upper() if piece.kind == "word" else piece.text
        if word == "WHERE" and depth == 0 and before != "DELETE":
            yield clauses
        yield piece.text
        depth += (word == "{") - (word == "}")
        if piece.kind not in ("space", "comment"):
            before = word


def _check_default(engine: ox.Store, copy: ox.Store) -> None:
    count = 0
    for quad in copy.quads_for_pattern(None, None, None, _DEFAULT):
        count += 1
        if quad not in engine:
            count = -1
            break
    if count != sum(1 for _ in engine.quads_for_pattern(None, None, None, _DEFAULT)):
        raise QueryError(
            "the default graph is the union of the named graphs and cannot be changed itself",
            "say GRAPH <…> { … }, WITH <…>, or CLEAR and DROP with GRAPH or NAMED",
        )


def _changed(engine: ox.Store, copy: ox.Store) -> dict[str, set[ox.Triple]]:
    """The graphs whose content differs, with what they are to hold."""
    names = {str(name): name for store in (engine, copy) for name in store.named_graphs()}
    changed = {}
    for name in (names[key] for key in sorted(names)):
        new = {quad.triple for quad in copy.quads_for_pattern(None, None, None, name)}
        old = {quad.triple for quad in engine.quads_for_pattern(None, None, None, name)}
        if new != old:
            if isinstance(name, ox.BlankNode):
                raise QueryError("a graph needs an IRI for its name")
            changed[name.value] = new
    return changed
