"""The SPARQL editor, with the questions that ship with the package."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from kg.namespaces import PREFIXES
from kg.serve.guards import CSP_EDITOR
from kg.serve.rendering import page
from kg.store.parameters import Parameter, load_query, query_names

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.hub import Hub
    from kg.store.parameters import ParameterisedQuery

__all__ = ["editor", "ready_questions"]

_FIRST = """\
# The latest confrontations, and the sentence that says so
SELECT DISTINCT ?date ?event ?sentence WHERE {
  ?event a tkg:Confrontation ; tkg:status "realised" ; tkg:date ?date .
  ?mention tkg:ofEvent ?event ; tkg:quote ?sentence .
} ORDER BY DESC(?date) LIMIT 20
"""

# Values for parameters that have no default: something to begin with, easily replaced.
_EXAMPLES = {
    "actor": "id:state/us", "bloc": "id:bloc/eu", "person": "id:person/emmanuel-macron",
    "issue": "trade-tariffs", "on": "2026-02-14", "venue": "Munich Security Conference",
    "polity": "id:state/us",
}  # fmt: skip
_BY_TYPE = {
    "iri": "id:state/us", "date": "2026-02-14", "code": "trade-tariffs", "integer": "20",
    "decimal": "0.5", "boolean": "true", "string": "Munich",
}  # fmt: skip


async def editor(request: Request) -> Response:
    """``/query``: the editor."""
    hub: Hub = request.app.state.hub
    return await page(
        request,
        "query.html",
        headers={"Content-Security-Policy": CSP_EDITOR},
        questions=_questions(),
        timeout=hub.settings.timeout,
        rows=hub.settings.max_rows,
    )


async def ready_questions(_: Request) -> Response:
    """``/query/questions.json``: the same for the editor's script."""
    rows = [{"name": q.name, "summary": q.summary, "text": _filled(q)} for q in _questions()]
    return JSONResponse({"prefixes": PREFIXES, "first": _declared(_FIRST), "questions": rows})


@cache
def _questions() -> tuple[ParameterisedQuery, ...]:
    return tuple(load_query(name) for name in query_names())


def _filled(question: ParameterisedQuery) -> str:
    """The query with defaults, and examples where there is none; what they are stands above."""
    values = {}
    notes = []
    for parameter in question.parameters:
        if parameter.optional:
            continue
        value = parameter.default if parameter.default is not None else _example(parameter)
        values[parameter.name] = value
        notes.append(f"#   {parameter.name} = {value}")
    text = question.bound(values)
    lines = [line for line in text.splitlines() if not line.startswith("#+")]
    head = [f"# {question.summary}", *(["# Filled in below:", *notes] if notes else [])]
    return "\n".join([*head, *lines]) + "\n"


def _example(parameter: Parameter) -> str:
    return _EXAMPLES.get(parameter.name) or _BY_TYPE[parameter.type]


def _declared(text: str) -> str:
    return "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("tkg",)) + text
