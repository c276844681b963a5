"""Query files with parameters, in the manner of grlc (https://github.com/CLARIAH/grlc).

    #+ summary: Who confronted whom since a day
    #+ defaults:
    #+   - since: 0001-01-01
    SELECT ... FILTER(?date >= ?_since_date) ... ?event tkg:actor ?__actor_iri

``?_name_type`` is a parameter, ``?__name_type`` an optional one: without a value it stays an
ordinary variable that matches anything. Types: date, iri, code, integer, decimal, boolean,
string (also when no type is given). Unlike grlc, values are checked against their type, written
as one SPARQL term and put in the place of variable tokens only, so no value can change the query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.resources import queries_dir
from kg.store.sparql import bind, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Parameter", "ParameterisedQuery", "load_query", "parse_query", "query_names"]

_XSD = PREFIXES["xsd"]
_HEADER = re.compile(r"#\+ ?(.*)")
_FIELD = re.compile(r"(\w+):\s*(.*)")
_DEFAULT = re.compile(r"\s*-\s*(\w+):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query file.

    Attributes:
        name: as the user gives it ("since").
        type: date, iri, code, integer, decimal, boolean or string.
        variable: as the query has it, without ``?`` ("_since_date").
        default: used when no value is given; None when there is none.
        optional: may stay without any value.
    """

    name: str
    type: str
    variable: str
    default: str | None = None
    optional: bool = False

    def term(self, value: object) -> NamedNode | Literal:
        """The value as a term; QueryError when it is not of the parameter's type."""
        if isinstance(value, NamedNode | Literal):
            return value
        try:
            return _READERS[self.type](str(value).strip() if self.type != "string" else str(value))
        except (ValueError, InvalidOperation) as error:
            raise QueryError(
                f"{self.name}={str(value)[:60]!r} is not {_SAY[self.type]}",
                f"for example {self.name}={_EXAMPLES[self.type]}",
            ) from error


@dataclass(frozen=True, slots=True)
class ParameterisedQuery:
    """A query file: its text, what it says about itself, and its parameters by name."""

    name: str
    text: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]

    def bound(self, values: Mapping[str, object] | None = None) -> str:
        """The query with its parameters filled in.

        Args:
            values: parameter name → text, number, date or term.

        Raises:
            QueryError: an unknown or missing parameter, or a value of the wrong type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        given = dict(values or {})
        for name in given:
            if name not in known:
                raise QueryError(f"the query {self.name} has no parameter {name!r}", self._say())
        terms: dict[str, NamedNode | Literal] = {}
        for name, parameter in known.items():
            value = given.get(name, parameter.default)
            if value is not None:
                terms[parameter.variable] = parameter.term(value)
            elif not parameter.optional:
                raise QueryError(f"the query {self.name} needs a value for {name!r}", self._say())
        return bind(self.text, terms)

    def _say(self) -> str:
        if not self.parameters:
            return "it has no parameters"
        parts = []
        for parameter in self.parameters:
            note = f" = {parameter.default}" if parameter.default is not None else ""
            note = note or (" (optional)" if parameter.optional else "")
            parts.append(f"{parameter.name} ({parameter.type}){note}")
        return "its parameters: " + ", ".join(parts)


def parse_query(text: str, name: str = "query") -> ParameterisedQuery:
    """Read a query with its header.

    Raises:
        QueryError: two variables for one parameter, or a default for none.
    """
    fields, defaults = _header(text)
    parameters: dict[str, Parameter] = {}
    for token in tokens(text):
        if token.kind == "variable" and token.text.startswith(("?_", "$_")):
            found = _parameter(token.text[1:], defaults)
            if parameters.setdefault(found.name, found) != found:
                raise QueryError(f"the query {name} has two variables for {found.name!r}")
    for extra in sorted(set(defaults) - set(parameters)):
        raise QueryError(f"the query {name} has a default for {extra!r}, but no such parameter")
    return ParameterisedQuery(
        name,
        text,
        fields.get("summary", ""),
        fields.get("description", ""),
        tuple(parameters.values()),
    )


def load_query(path_or_name: Path | str) -> ParameterisedQuery:
    """Read a query file, or one of ours by name ("confrontations", "checks/spans").

    Raises:
        QueryError: no such file or name; the hint lists the names.
    """
    path = Path(path_or_name)
    if not path.is_file():
        path = _own(str(path_or_name))
    try:
        return parse_query(path.read_text(encoding="utf-8-sig"), path.stem)
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"cannot read the query file {path}: {error}") from error


def query_names(kind: str = "questions") -> tuple[str, ...]:
    """Names of the queries in one folder: questions, checks, rules or exports."""
    return tuple(sorted(path.stem for path in (queries_dir() / kind).glob("*.rq")))


def _own(name: str) -> Path:
    short = name.removeprefix("queries/").removesuffix(".rq")
    kind, _, stem = short.rpartition("/")
    if re.fullmatch(r"[a-z]*", kind) and re.fullmatch(r"[a-z0-9-]+", stem):
        found = queries_dir() / (kind or "questions") / f"{stem}.rq"
        if found.is_file():
            return found
    raise QueryError(
        f"there is no query file and no question named {name!r}",
        f"questions: {', '.join(query_names())}",
    )


def _header(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The ``#+`` lines as fields; the list below ``defaults:`` apart."""
    fields: dict[str, str] = {}
    defaults: dict[str, str] = {}
    current = ""
    for line in text.splitlines():
        found = _HEADER.match(line)
        if not found:
            continue
        content = found[1]
        if field := _FIELD.match(content):
            current = field[1].lower()
            fields[current] = field[2].strip().lstrip("|>").strip()
        elif current == "defaults" and (item := _DEFAULT.match(content)):
            defaults[item[1]] = item[2].strip()
        elif current:
            fields[current] = f"{fields[current]} {content.strip()}".strip()
    return fields, defaults


def _parameter(variable: str, defaults: Mapping[str, str]) -> Parameter:
    optional = variable.startswith("__")
    name, _, kind = variable.lstrip("_").rpartition("_")
    if kind not in _READERS or not name:
        name, kind = variable.lstrip("_"), "string"
    return Parameter(name, kind, variable, defaults.get(name), optional)


def _matching(pattern: str, kind: str = "") -> Callable[[str], Literal]:
    def read(text: str) -> Literal:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return Literal(text, datatype=NamedNode(_XSD + kind)) if kind else Literal(text)

    return read


def _iri(text: str) -> NamedNode:
    prefix, _, local = text.partition(":")
    if prefix in PREFIXES and not local.startswith("//"):
        return NamedNode(PREFIXES[prefix] + local)
    return NamedNode(text.removeprefix("<").removesuffix(">"))


def _date(text: str) -> Literal:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(text)
    return Literal(date.fromisoformat(text).isoformat(), datatype=NamedNode(_XSD + "date"))


def _decimal(text: str) -> Literal:
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > 15:
        raise ValueError(text)
    return Literal(f"{number:f}", datatype=NamedNode(_XSD + "decimal"))


_READERS: dict[str, Callable[[str], NamedNode | Literal]] = {
    "date": _date,
    "iri": _iri,
    "code": _matching(r"[a-z0-9]+(?:-[a-z0-9]+)*"),
    "integer": _matching(r"[0-9]{1,15}", "integer"),
    "decimal": _decimal,
    "boolean": _matching("true|false", "boolean"),
    "string": Literal,
}
_SAY = {
    "date": "a date (YYYY-MM-DD)",
    "iri": "an IRI",
    "code": "a code of small letters, digits and hyphens",
    "integer": "a whole number, 0 or more",
    "decimal": "a number",
    "boolean": "true or false",
    "string": "text",
}
_EXAMPLES = {
    "date": "2026-02-14",
    "iri": "id:state/us",
    "code": "trade-tariffs",
    "integer": "20",
    "decimal": "0.5",
    "boolean": "true",
    "string": "words",
}
