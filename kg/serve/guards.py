"""Around every request: which Host it may name, who may read the answer, what a page may load."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.serve.problems import Refusal

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kg.serve.settings import Settings

__all__ = ["CSP", "CSP_ATLAS", "CSP_EDITOR", "Guard", "Tokens", "check_same_site", "known_host"]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
CSP_EDITOR = CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""For the SPARQL editor, whose library sets styles; scripts stay forbidden all the same."""

CSP_ATLAS = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
"""For the exported page in its frame, which carries a stricter policy of its own."""

_OPEN_PATHS = ("/sparql", "/.well-known/void", "/feed.atom", "/reconcile")
_EXPOSED = "Kg-Row-Limit, Kg-Rows, Kg-Truncated, Retry-After"


def known_host(header: str, allowed: tuple[str, ...]) -> bool:
    """Whether a Host header names this server: a name that is allowed, or an address in figures.

    A page elsewhere can have its own name point to this machine, but must then send that name.

    >>> known_host("localhost:8000", ()), known_host("[::1]:80", ()), known_host("evil.test", ())
    (True, True, False)
    """
    try:
        name = (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if name in ("localhost", *(host.lower() for host in allowed)):
        return True
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


class Guard:
    """ASGI middleware: the Host check, headers of every answer, and CORS where it was asked for.

    Args:
        app: what it guards.
        settings: says which hosts and origins.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in
                   reversed(scope["headers"])}  # fmt: skip
        if not known_host(headers.get("host", ""), self._settings.allowed_hosts):
            text = b"421: this server does not go by that name; see kg serve --allow-host\n"
            await _plain(send, 421, text)
            return
        shared = self._cors(scope["path"], headers)
        if scope["method"] == "OPTIONS" and shared and "access-control-request-method" in headers:
            await _plain(send, 204, b"", shared)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _completed(list(message.get("headers", ())), shared)
            await send(message)

        await self._app(scope, receive, guarded)

    def _cors(self, path: str, headers: dict[str, str]) -> dict[str, str]:
        origin = headers.get("origin", "")
        if not path.startswith(_OPEN_PATHS) or origin not in self._settings.cors:
            return {}
        return {
            "access-control-allow-origin": origin,
            "access-control-allow-methods": "GET, POST, OPTIONS",
            "access-control-allow-headers": "accept, content-type",
            "access-control-expose-headers": _EXPOSED,
            "access-control-max-age": "600",
        }


def _completed(
    headers: list[tuple[bytes, bytes]], shared: dict[str, str]
) -> list[tuple[bytes, bytes]]:
    present = {name.lower() for name, _ in headers}
    wanted = {
        "content-security-policy": CSP,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "cross-origin" if shared else "same-origin",
        **shared,
    }
    for name, value in wanted.items():
        if name.encode() not in present:
            headers.append((name.encode(), value.encode("latin-1")))
    if shared:
        headers.append((b"vary", b"Origin"))
    return headers


async def _plain(
    send: Send, status: int, body: bytes, headers: dict[str, str] | None = None
) -> None:
    named = [(name.encode(), value.encode("latin-1")) for name, value in (headers or {}).items()]
    kind = [(b"content-type", b"text/plain; charset=utf-8")] if body else []
    start = {
        "type": "http.response.start",
        "status": status,
        "headers": _completed([*kind, *named], {}),
    }
    await send(start)
    await send({"type": "http.response.body", "body": body})


def check_same_site(request: Request, allowed: tuple[str, ...] = ()) -> None:
    """Refuse a request that changes something and was made by a page of another site.

    Programs send neither of the headers browsers send, and may pass.

    Raises:
        Refusal: 403.
    """
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if origin is not None and origin != own and origin not in allowed:
        raise Refusal(403, "this request was made by a page of another site")
    if origin is None and site not in (None, "same-origin", "none"):
        raise Refusal(403, "this request was made by a page of another site")


class Tokens:
    """Tokens that show that a form came from a page of ours: a cookie, and its keyed hash."""

    cookie = "kg-session"

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def session(self, request: Request) -> str:
        """The session of a request, or a new one."""
        return request.cookies.get(self.cookie, "") or secrets.token_urlsafe(24)

    def token(self, session: str) -> str:
        """What a form of that session carries."""
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()

    def check(self, request: Request, token: str) -> None:
        """Refuse a form that does not carry the token of its session.

        Raises:
            Refusal: 403.
        """
        session = request.cookies.get(self.cookie, "")
        if not session or not hmac.compare_digest(token.encode(), self.token(session).encode()):
            raise Refusal(403, "this form is out of date", "go back, reload the page and try again")
