"""The application: every address the server answers at."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from kg.serve import endpoint
from kg.serve.guards import Guard
from kg.serve.hub import Hub

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kg.serve.settings import Settings

__all__ = ["create_app"]


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
        routes=[
            Route("/sparql", endpoint.sparql, methods=["GET", "POST"]),
            Route("/.well-known/void", endpoint.void, methods=["GET"]),
        ],
        middleware=[Middleware(Guard, settings=settings)],
        lifespan=lifespan,
    )
    app.state.hub = hub
    return app
