"""The application: every address the server answers at."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from kg.errors import KgError
from kg.serve import editor, endpoint, feed, pages, reconciling, reviewing, static
from kg.serve.guards import Guard
from kg.serve.hub import Hub
from kg.serve.negotiation import choose
from kg.serve.problems import Refusal, refusal
from kg.serve.rendering import page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.settings import Settings

__all__ = ["create_app"]

_GET = ("GET",)
_BOTH = ("GET", "POST")
_ROUTES = [
    Route("/", pages.overview, methods=_GET),
    Route("/matrix", pages.matrix, methods=_GET),
    Route("/network", pages.network, methods=_GET),
    Route("/network/atlas.html", pages.atlas, methods=_GET),
    Route("/pair", pages.pair, methods=_GET),
    Route("/actor", pages.actor, methods=_GET),
    Route("/event", pages.event, methods=_GET),
    Route("/documents", pages.documents, methods=_GET),
    Route("/document", pages.document, methods=_GET),
    Route("/issues", pages.issues, methods=_GET),
    Route("/issue", pages.issue, methods=_GET),
    Route("/search", pages.search, methods=_GET),
    Route("/query", editor.editor, methods=_GET),
    Route("/query/questions.json", editor.ready_questions, methods=_GET),
    Route("/review", reviewing.review, methods=_GET),
    Route("/review", reviewing.decide, methods=("POST",)),
    Route("/feed.atom", feed.feed, methods=_GET),
    Route("/reconcile", reconciling.service, methods=_BOTH),
    Route("/reconcile/suggest/{what}", reconciling.suggest, methods=_GET),
    Route("/reconcile/properties", reconciling.properties, methods=_GET),
    Route("/reconcile/preview", reconciling.preview, methods=_GET),
    Route("/sparql", endpoint.sparql, methods=_BOTH),
    Route("/.well-known/void", endpoint.void, methods=_GET),
    Route("/static/{name}", static.static, methods=_GET),
]
_ERRORS = {"text/html": "", "text/plain": ""}


def create_app(settings: Settings) -> Starlette:
    """An ASGI application that serves one store."""
    hub = Hub(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await hub.start()
        try:
            yield
        finally:
            await hub.close()

    app = Starlette(
        routes=_ROUTES,
        middleware=[
            Middleware(Guard, settings=settings),
            Middleware(GZipMiddleware, minimum_size=2000, compresslevel=5),
        ],
        exception_handlers={KgError: _refused, HTTPException: _refused},
        lifespan=lifespan,
    )
    app.state.hub = hub
    return app


async def _refused(request: Request, error: Exception) -> Response:
    """An error as a page for people, as plain text for programs."""
    if isinstance(error, HTTPException):
        told = Refusal(error.status_code, error.detail.lower(), headers=dict(error.headers or {}))
    else:
        assert isinstance(error, KgError)
        told = refusal(error)
    kind = choose(request.headers.get("accept"), _ERRORS)
    if kind == "text/plain" or (kind is None and request.method != "GET"):
        return endpoint.plain_refusal(told)
    return await page(
        request, "error.html", told.status, told.headers, message=told.message,
        hint=told.hint or "", code=told.status,
    )  # fmt: skip
