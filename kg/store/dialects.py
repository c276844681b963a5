"""Where SPARQL servers differ from the standard, all in one place."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.namespaces import graph_iri
from kg.store.base import Rows
from kg.store.results import read_rows
from kg.store.sparql import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store.sparql import Token

__all__ = ["Dialect", "Virtuoso", "dialect"]


class Dialect:
    """A server that keeps to the standards."""

    union: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph()
    """The graph that holds the union of all others, where the server does not make it itself."""

    longest: int | None = None
    """Most quads that one update request may hold; None for no limit."""

    def form(self, query: str) -> Mapping[str, str]:
        """The fields of the HTTP form that asks a query."""
        return {"query": query}

    def rows(self, body: bytes) -> Rows | bool:
        """A SELECT or ASK answer in SPARQL 1.1 Results JSON."""
        return read_rows(body)

    def ours(self, graph: str) -> bool:
        """Whether a named graph is the users', not the server's own or the union."""
        return True


class Virtuoso(Dialect):
    """OpenLink Virtuoso 7.

    Its default graph counts a triple once for each graph it lies in, and shows the server's own
    graphs as well. So the union is a named graph here, and queries name it as their default graph.
    Once they do, ``GRAPH <constant>`` finds nothing, while a variable does; constants become
    variables that are compared, and other variables are kept from the union and the server's own.

    What it does not allow: one request holds some thousands of triples at most, and each commits
    by itself, so a change is not atomic; what a graph says of itself comes last and goes first.
    """

    union = ox.NamedNode(graph_iri("union"))
    longest = 2000

    _OWN = (
        "http://www.openlinksw.com/",
        "http://www.w3.org/ns/ldp#",
        "http://www.w3.org/2002/07/owl#",
        "http://localuriqaserver/",
        "urn:virtuoso:",
    )
    _HELPER = "kg_graph_"

    def form(self, query: str) -> Mapping[str, str]:
        """See ``Dialect.form``; a query that says FROM keeps its own dataset."""
        pieces = list(tokens(query))
        if any(piece.kind == "word" and piece.text.upper() == "FROM" for piece in pieces):
            return {"query": query}
        return {"query": self._compared(pieces), "default-graph-uri": self.union.value}

    def _compared(self, pieces: list[Token]) -> str:
        out: list[str] = []
        condition = ""
        named = False
        for number, piece in enumerate(pieces):
            text = piece.text
            if named and piece.kind == "variable":
                condition, named = self._not_own(text), False
            elif named and piece.kind in ("iri", "name"):
                helper = f"?{self._HELPER}{number}"
                text, condition, named = helper, f"FILTER({helper} = {text}) ", False
            elif piece.kind == "word" and text.upper() == "GRAPH":
                named = True
            elif condition and text == "{":
                text, condition = f"{{ {condition}", ""
            out.append(text)
        return "".join(out)

    def _not_own(self, variable: str) -> str:
        own = "|".join(re.escape(start).replace("\\", "\\\\") for start in self._OWN)
        return f'FILTER(?{variable[1:]} != {self.union} && !REGEX(STR({variable}), "^({own})")) '

    def rows(self, body: bytes) -> Rows | bool:
        """See ``Dialect.rows``; ASK answers with a number, and datatypes bear an old word."""
        answer = json.loads(body)
        if answer["head"].get("vars") == ["__ASK_RETVAL"]:
            return any(row["__ASK_RETVAL"]["value"] == "1" for row in answer["results"]["bindings"])
        for row in answer.get("results", {}).get("bindings", ()):
            for term in row.values():
                if term["type"] == "typed-literal":
                    term["type"] = "literal"
        found = read_rows(json.dumps(answer).encode())
        return _without(found, self._HELPER) if isinstance(found, Rows) else found

    def ours(self, graph: str) -> bool:
        """See ``Dialect.ours``."""
        return graph != self.union.value and not graph.startswith(self._OWN)


def dialect(server: str) -> Dialect:
    """The dialect of the server that calls itself so in the HTTP header ``Server``."""
    return Virtuoso() if server.startswith("Virtuoso") else Dialect()


def _without(rows: Rows, prefix: str) -> Rows:
    """The table without the columns that we added."""
    kept = [i for i, name in enumerate(rows.variables) if not name.startswith(prefix)]
    if len(kept) == len(rows.variables):
        return rows
    return Rows(
        tuple(rows.variables[i] for i in kept),
        tuple(tuple(row[i] for i in kept) for row in rows.rows),
    )
