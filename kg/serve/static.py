"""Style sheets and scripts, read once; what a request names is looked up, never opened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import Response

from kg.serve.problems import Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["static"]

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class _File:
    body: bytes
    type: str
    tag: str


async def static(request: Request) -> Response:
    """``/static/NAME``: one of our own files."""
    found = _files().get(request.path_params["name"])
    if found is None:
        raise Refusal(404, "there is no such file")
    headers = {"Content-Type": found.type, "ETag": found.tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == found.tag:
        return Response(status_code=304, headers=headers)
    return Response(found.body, headers=headers)


@cache
def _files() -> dict[str, _File]:
    found = {}
    for entry in (files("kg.serve") / "assets" / "static").iterdir():
        body = entry.read_bytes()
        kind = _TYPES[entry.name.rpartition(".")[2]]
        found[entry.name] = _File(body, kind, f'"{hashlib.sha256(body).hexdigest()[:24]}"')
    return found
