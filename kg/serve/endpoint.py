"""The SPARQL endpoint: requests in, answers in the format the client likes best."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.errors import KgError
from kg.serve.description import CLASSES, service_description, void_description, written
from kg.serve.guards import check_same_site
from kg.serve.negotiation import GRAPHS, ROWS, choose
from kg.serve.problems import Refusal, refusal
from kg.serve.protocol import Asked, read_request
from kg.store.sparql import inspect

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.requests import Request

    from kg.serve.hub import Hub
    from kg.serve.jobs.sparql import Answer

__all__ = ["plain_refusal", "sparql", "void"]

_PAGE = {"text/html": "html", "application/xhtml+xml": "html"}


async def sparql(request: Request) -> Response:
    """``/sparql``: query, update, or description of the service."""
    hub: Hub = request.app.state.hub
    try:
        asked = await read_request(request, hub.settings)
        if asked.kind == "update":
            return await _update(request, hub, asked)
        if asked.kind == "query":
            return await _query(request, hub, asked)
        return _described(request, hub)
    except KgError as error:
        return plain_refusal(error)


async def void(request: Request) -> Response:
    """``/.well-known/void``: what the data are."""
    hub: Hub = request.app.state.hub
    kind = choose(", ".join(request.headers.getlist("accept")), GRAPHS) or "text/turtle"
    found = await hub.parts(counts=("overview:classes", CLASSES))
    counts = found["counts"]
    members, total = ({}, None) if not counts or isinstance(counts, Refusal) else counts
    address = f"{_base(request)}/.well-known/void"
    triples = void_description(f"{_base(request)}/sparql", address, members, total)
    return _answered(written(triples, GRAPHS[kind]), kind)


def plain_refusal(error: KgError) -> Response:
    """An error as a line or two of plain text."""
    told = refusal(error)
    lines = [told.message, *([f"Hint: {told.hint}"] if told.hint else [])]
    return PlainTextResponse("\n".join(lines) + "\n", told.status, told.headers)


async def _query(request: Request, hub: Hub, asked: Asked) -> Response:
    form = inspect(asked.text).form
    offers = ROWS if form in ("SELECT", "ASK") else GRAPHS
    kind = _chosen(request, offers)
    most = hub.settings.max_rows
    work = hub.queries.run(
        *("sparql:query", asked.text, asked.dataset, offers[kind], most),
        revision=hub.revision.now(),
        seconds=asked.seconds,
        client=request.client.host if request.client else "",
    )
    answer: Answer = await _unless_gone(request, work)
    headers = {"Kg-Row-Limit": str(most), "Kg-Rows": str(answer.size)}
    if answer.cut:
        headers["Kg-Truncated"] = "true"
    return _answered(answer.body, kind, headers)


async def _update(request: Request, hub: Hub, asked: Asked) -> Response:
    if not hub.settings.writable:
        raise Refusal(403, "this server only reads", "start it with kg serve --writable")
    check_same_site(request, hub.settings.cors)
    added, removed = await hub.writer.run(
        *("updates:update", asked.text, asked.dataset, hub.settings.max_copy),
        seconds=asked.seconds,
    )
    hub.revision.changed()
    return PlainTextResponse(f"{added} statements added, {removed} removed\n")


def _described(request: Request, hub: Hub) -> Response:
    kind = _chosen(request, GRAPHS | _PAGE)
    if kind in _PAGE:
        return RedirectResponse("/query", 303, {"Vary": "Accept"})
    endpoint = f"{_base(request)}/sparql"
    triples = service_description(endpoint, writable=hub.settings.writable)
    return _answered(written(triples, GRAPHS[kind]), kind)


def _chosen(request: Request, offers: dict[str, str]) -> str:
    accept = request.headers.getlist("accept")
    kind = choose(", ".join(accept), offers)
    if kind is None:
        raise Refusal(
            406,
            "this cannot be given in any format the request accepts",
            f"one of: {', '.join(offers)}",
            {"Vary": "Accept"},
        )
    return kind


def _answered(body: bytes, kind: str, headers: dict[str, str] | None = None) -> Response:
    shown = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    common = {"Content-Type": shown, "Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(body, headers=common | (headers or {}))


def _base(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Any]) -> Any:
    """What the work gives; it is stopped when the client hangs up."""
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((task, watch), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Refusal(499, "the client has gone")
        return task.result()
    finally:
        for other in (task, watch):
            other.cancel()
        with contextlib.suppress(asyncio.CancelledError, KgError):
            await asyncio.gather(task, watch)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
