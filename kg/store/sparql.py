"""SPARQL as tokens: enough to see what a query is and to put terms into it safely.

The engine parses queries; this module only tells words from strings, IRIs and comments, so that
nothing is ever mistaken for something else (after the terminals of SPARQL 1.1, section 19.8).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Shape", "Token", "bind", "inspect", "syntax_error", "term_text", "tokens"]

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_UPDATES = frozenset(
    "INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split()  # noqa: SIM905 - reads best
)
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^\x00-\x20<>"{}|^`\\]*>)
    | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
        | '(?:[^'\\\n\r]|\\.)*'
        | "(?:[^"\\\n\r]|\\.)*")
    | (?P<variable>[?$][\w\u00b7\u0300-\u036f\u203f\u2040]+)
    | (?P<name>(?:[^\W\d][\w.\-]*)?:(?:[\w:%.\-]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query. ``kind``: space comment iri string variable name language word other."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What a query is.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        prefixes: prefixes it uses without declaring them.
    """

    form: str
    prefixes: tuple[str, ...]


def tokens(sparql: str) -> Iterator[Token]:
    """Cut a query into tokens; joined, their texts give the query back.

    >>> [token.text for token in tokens('?a <b> "?c" # ?d') if token.kind != "space"]
    ['?a', '<b>', '"?c"', '# ?d']
    """
    for found in _TOKEN.finditer(sparql):
        assert found.lastgroup is not None
        yield Token(found.lastgroup, found.group(), found.start())


def inspect(sparql: str) -> Shape:
    """Say what a query is.

    Raises:
        QueryError: it is an update, no SPARQL at all, or calls another server.
    """
    pieces = [token for token in tokens(sparql) if token.kind not in ("space", "comment")]
    words = [token.text.upper() for token in pieces if token.kind == "word"]
    form = next((word for word in words if word in _FORMS | _UPDATES), "")
    if form in _UPDATES:
        raise QueryError(
            f"a query only reads, but this one says {form}",
            "documents are added with 'kg ingest' and removed with 'kg forget'",
        )
    if not form:
        raise QueryError(
            "this is not a SPARQL query",
            "a query says SELECT, ASK, CONSTRUCT or DESCRIBE, for example: "
            "SELECT ?event WHERE { ?event a tkg:Confrontation } LIMIT 5",
        )
    if "SERVICE" in words:
        raise QueryError(
            "SERVICE would call another server, and queries stay inside the store",
            "ask that server by itself, or open it as the store",
        )
    return Shape(form, _undeclared(pieces))


def _undeclared(pieces: list[Token]) -> tuple[str, ...]:
    declared: set[str] = set()
    used: dict[str, None] = {}
    previous = ""
    for token in pieces:
        if token.kind == "name":
            prefix = token.text.split(":", 1)[0]
            if previous == "PREFIX":
                declared.add(prefix)
            elif prefix != "_":
                used[prefix] = None
        previous = token.text.upper() if token.kind == "word" else ""
    return tuple(prefix for prefix in used if prefix not in declared)


def bind(sparql: str, bindings: Mapping[str, NamedNode | Literal]) -> str:
    """Put terms in the place of variables, everywhere but inside strings, IRIs and comments.

    In a SELECT list the variable becomes ``(term AS ?variable)``, so that it is still shown.

    Args:
        sparql: the query.
        bindings: variable name without ``?`` → term.

    Raises:
        QueryError: a name that does not occur as a variable.
    """
    if not bindings:
        return sparql
    out: list[str] = []
    place, depth, seen = "pattern", 0, set()
    for token in tokens(sparql):
        name = token.text[1:] if token.kind == "variable" else ""
        if name in bindings:
            seen.add(name)
            shape = "{term}" if depth else _SHAPES[place]
            out.append(shape.format(term=term_text(bindings[name]), name=name))
            continue
        out.append(token.text)
        depth += (token.text == "(") - (token.text == ")")
        if token.text in ("{", "}"):
            place, depth = "pattern", 0
        elif token.kind == "word":
            place = _PLACES.get(token.text.upper(), place)
    missing = sorted(set(bindings) - seen)
    if missing:
        raise QueryError(f"the query has no variable ?{missing[0]}")
    return "".join(out)


_PLACES = {"SELECT": "list", "WHERE": "pattern", "FROM": "pattern", "ORDER": "order"}
_PLACES |= {"GROUP": "order", "HAVING": "pattern", "LIMIT": "pattern", "VALUES": "pattern"}
_SHAPES = {"pattern": "{term}", "list": "({term} AS ?{name})", "order": "({term})"}


def term_text(term: NamedNode | Literal) -> str:
    r"""The term as SPARQL, safe on engines that expand ``\u`` before and after parsing.

    Such engines would read the two characters ``\u`` of a value as the start of an escape, so the
    ``u`` is written as an escape itself.

    >>> print(term_text(Literal('say "no"')))
    "say \"no\""
    """
    if isinstance(term, NamedNode):
        return str(term)
    text = '"' + re.sub(r'\\[uU]?|["\n\r\t\x00-\x1f\x7f]', _escape, term.value) + '"'
    if term.language:
        return f"{text}@{term.language}"
    if term.datatype.value == _XSD_INTEGER and re.fullmatch(r"[0-9]+", term.value):
        return term.value  # LIMIT and OFFSET take nothing else
    if term.datatype.value == _XSD_STRING:
        return text
    return f"{text}^^{term.datatype}"


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    if char.startswith("\\"):
        return "\\\\" + "".join(f"\\U{ord(after):08X}" for after in char[1:])
    plain = {'"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return plain.get(char) or f"\\U{ord(char):08X}"


def syntax_error(sparql: str, message: str) -> QueryError:
    """Turn an engine's complaint ("error at 2:21: expected …") into one line with a hint."""
    found = re.search(r"(\d+):(\d+): *(.*)", message, re.DOTALL)
    pieces = [token for token in tokens(sparql) if token.kind not in ("space", "comment")]
    unknown = [prefix for prefix in _undeclared(pieces) if prefix not in PREFIXES]
    if unknown:
        return QueryError(
            f"the query uses the prefix {unknown[0]}: without declaring it",
            f"begin it with PREFIX {unknown[0]}: <...>",
        )
    if not found:
        return QueryError(f"malformed SPARQL: {' '.join(message.split())}")
    line, column, what = int(found[1]), int(found[2]), " ".join(found[3].split())
    lines = sparql.split("\n")
    before = lines[line - 1][: column - 1].strip()[-40:] if line <= len(lines) else ""
    near = f" after {before!r}" if before else ""
    if "[" in what:  # the engine's grammar in full tells a reader nothing
        what = "something else was expected here"
    return QueryError(
        f"malformed SPARQL in line {line}, column {column}{near}: {what}", _suspect(pieces)
    )


def _suspect(pieces: list[Token]) -> str:
    """What is probably wrong with a query that the engine cannot read."""
    for left, right in ("{}", "()"):
        opened, closed = (sum(token.text == char for token in pieces) for char in (left, right))
        if opened != closed:
            return f"{left} is opened {opened} times and closed {closed} times"
    return "dots between patterns, ? before variables and spelling are the usual suspects"
