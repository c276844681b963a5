"""Requests of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), read strictly."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from kg.serve.jobs.sparql import Dataset
from kg.serve.problems import Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.settings import Settings

__all__ = ["Asked", "form_of", "read_body", "read_request"]

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_FIELDS = 1000  # parameters of one request

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request wants.

    Attributes:
        kind: a query, an update, or (nothing said) the description of the service.
        text: SPARQL.
        dataset: the graphs it chose.
        seconds: the time it allows, None for the server's limit.
    """

    kind: Literal["query", "update", "description"]
    text: str = ""
    dataset: Dataset = field(default_factory=Dataset)
    seconds: float | None = None


async def read_request(request: Request, settings: Settings) -> Asked:
    """Read a GET or POST request.

    Raises:
        Refusal: 400 not according to the protocol, 413 too long, 415 not a type it knows.
    """
    fields = _fields(request.url.query)
    if request.method != "POST":
        if "update" in fields:
            raise Refusal(400, "an update comes by POST, not by GET")
        if "query" not in fields:
            if fields.keys() & {"default-graph-uri", "named-graph-uri"}:
                raise Refusal(400, "the parameter 'query' is missing")
            return Asked("description")
        return _asked("query", fields, settings)
    kind = _type(request)
    body = await read_body(request, settings.max_update if kind == _UPDATE else settings.max_query)
    text = _decoded(body)
    if kind == _FORM:
        for name, values in _fields(text).items():
            fields.setdefault(name, []).extend(values)
        if ("query" in fields) == ("update" in fields):
            raise Refusal(400, "a request holds either a query or an update")
        return _asked("query" if "query" in fields else "update", fields, settings)
    if fields.keys() & {"query", "update"}:
        raise Refusal(400, "the body is the query or update; there can be none in the address")
    word: Literal["query", "update"] = "query" if kind == _QUERY else "update"
    return _asked(word, fields | {word: [text]}, settings)


async def form_of(request: Request, most: int) -> Fields:
    """The fields of a urlencoded POST; Refusal for any other."""
    if _type(request) != _FORM:
        raise Refusal(415, f"a form is sent as {_FORM}", headers={"Accept-Post": _FORM})
    return _fields(_decoded(await read_body(request, most)))


async def read_body(request: Request, most: int) -> bytes:
    """The body; Refusal 413 as soon as it is longer than ``most`` bytes."""
    problem = Refusal(413, f"a request of this kind may hold {most:,} bytes")
    said = request.headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > most:
        raise problem
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise problem
    return bytes(body)


def _type(request: Request) -> str:
    known = (_FORM, _QUERY, _UPDATE)
    kind, *parameters = (
        part.strip() for part in request.headers.get("content-type", "").split(";")
    )
    kind = kind.lower()
    charset = next((p for p in parameters if p.lower().startswith("charset=")), "charset=utf-8")
    if kind not in known or charset[8:].strip('"').lower() not in ("utf-8", "utf8"):
        raise Refusal(
            415,
            f"the type {kind or '(none)'} is not known here",
            f"one of: {', '.join(known)}, in UTF-8",
            {"Accept-Post": ", ".join(known)},
        )
    return kind


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "the request is not UTF-8") from error


def _fields(text: str) -> Fields:
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS, separator="&"
        )
    except ValueError as error:
        raise Refusal(400, "the parameters cannot be read") from error
    fields: Fields = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _asked(kind: Literal["query", "update"], fields: Fields, settings: Settings) -> Asked:
    texts = fields[kind]
    if len(texts) != 1:
        raise Refusal(400, f"the parameter {kind!r} is there {len(texts)} times")
    prefix = "" if kind == "query" else "using-"
    default = "default-graph-uri" if kind == "query" else "using-graph-uri"
    dataset = Dataset(
        _iris(fields.get(default, [])), _iris(fields.get(f"{prefix}named-graph-uri", []))
    )
    limit = settings.max_query if kind == "query" else settings.max_update
    if len(texts[0].encode("utf-8", "replace")) > limit:
        raise Refusal(413, f"a {kind} may hold {limit:,} bytes")
    return Asked(kind, texts[0], dataset, _seconds(fields.get("timeout", [])))


def _iris(values: list[str]) -> tuple[str, ...]:
    for value in values:
        try:
            NamedNode(value)
        except ValueError as error:
            raise Refusal(400, f"not an absolute IRI of a graph: {value[:200]!r}") from error
    return tuple(dict.fromkeys(values))


def _seconds(values: list[str]) -> float | None:
    if not values:
        return None
    try:
        seconds = float(values[-1])
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise Refusal(400, "the parameter 'timeout' is a number of seconds")
    return seconds
