"""Templates: every word is escaped, and nothing that reorders or breaks a page gets through."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from kg.serve.hub import Later
from kg.serve.jobs.search import CLOSE, OPEN
from kg.serve.problems import Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.hub import Hub

__all__ = ["address", "clean", "page", "render"]

# Characters that no HTML document may contain, and direction overrides that reorder its text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_WAIT = "4"  # seconds after which a page with missing parts is loaded again


def clean(text: str) -> str:
    """Text without characters that no page may contain."""
    return _FORBIDDEN.sub("", text)


def address(target: str, /, **fields: object) -> str:
    """The path of a page with its fields, those that are empty left out.

    >>> address("pair", a="state/us", b="bloc/eu", level="")
    '/pair?a=state%2Fus&b=bloc%2Feu'
    >>> address("documents", page=2)
    '/documents?page=2'
    """
    given = [(name, str(value)) for name, value in fields.items() if value]
    query = urlencode(given, errors="replace")
    return f"/{target}?{query}" if query else f"/{target}"


async def page(
    request: Request,
    template: str,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> Response:
    """A page, or 304 when the browser has it already.

    A page with parts that are still computed asks to be loaded again.
    """
    hub: Hub = request.app.state.hub
    shared = {"writable": hub.settings.writable, "path": request.url.path, "q": "", **values}
    text = await run_in_threadpool(render, template, **shared)
    body = text.encode()
    extra = {"Cache-Control": "no-cache", **(headers or {})}
    waiting = any(isinstance(value, Later) for value in values.values())
    if waiting:
        extra |= {"Refresh": _WAIT, "Cache-Control": "no-store"}
    elif status == 200:
        extra["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        if request.headers.get("if-none-match") == extra["ETag"]:
            return Response(status_code=304, headers=extra)
    return HTMLResponse(body, status, extra)


def render(template: str, **values: Any) -> str:
    """A template filled in."""
    return clean(_environment().get_template(template).render(**values))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.serve", "assets/templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals["address"] = address
    environment.filters.update(
        cut=_cut, hits=_hits, signed=_signed, number=_number, source_link=_source_link
    )
    environment.tests.update(
        later=lambda value: isinstance(value, Later),
        refused=lambda value: isinstance(value, Refusal),
    )
    return environment


def _cut(text: str, most: int = 160) -> str:
    """At most so many characters."""
    clean_text = " ".join(clean(text).split())
    return clean_text if len(clean_text) <= most else clean_text[: most - 1].rstrip() + "…"


def _hits(text: str) -> Markup:
    """An excerpt of a search with its hits marked."""
    safe = str(escape(text))
    opened = safe.count(OPEN) == safe.count(CLOSE)
    pair = ("<mark>", "</mark>") if opened else ("", "")
    return Markup(safe.replace(OPEN, pair[0]).replace(CLOSE, pair[1]))  # noqa: S704 - escaped above


def _signed(value: float) -> str:
    """+1.5, −0.3 or 0.0, with a true minus."""
    text = f"{value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def _number(value: int) -> str:
    return f"{value:,}"


def _source_link(source: str) -> str:
    """The address when it is one of the web, else ""."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    return source if parts.scheme in ("http", "https") and parts.hostname else ""
