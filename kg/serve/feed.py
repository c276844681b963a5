"""The Atom feed (RFC 4287) of confrontations, those that came to be known last first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from kg.errors import KgError
from kg.namespaces import BASE, ID
from kg.serve.endpoint import plain_refusal
from kg.serve.hub import Later
from kg.serve.problems import Refusal
from kg.serve.rendering import render

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.hub import Hub

__all__ = ["feed"]

TYPE = "application/atom+xml; charset=utf-8"


async def feed(request: Request) -> Response:
    """``/feed.atom``."""
    hub: Hub = request.app.state.hub
    try:
        entries = await hub.feed()
        if isinstance(entries, Later):
            raise Refusal(503, "the feed is still being computed", headers={"Retry-After": "5"})
    except KgError as error:
        return plain_refusal(error)
    base = f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"
    text = render("feed.xml", base=base, entries=entries, identifier=f"{BASE}feed", ids=ID)
    return Response(text, headers={"Content-Type": TYPE, "Cache-Control": "no-cache"})
