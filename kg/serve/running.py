"""Starting the server, saying where it is, and ending it when asked."""

from __future__ import annotations

import contextlib
import socket
from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.settings import Settings

__all__ = ["run"]

_IDLE = 30  # seconds a connection is kept for a client that rests; 5 cut off clients about to ask
_GRACE = 3  # seconds that answers under way are given when the server is ended


def run(settings: Settings, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        settings: what to serve and how.
        host: address to listen at.
        port: port to listen at; 0 for any that is free.
        ready: told the address of the overview as soon as requests are answered.

    Raises:
        UsageError: the libraries are not installed, or the port is taken.
        StoreError: there is no store.
    """
    _check()
    _check_store(settings)
    import uvicorn  # noqa: PLC0415 - an extra

    from kg.serve.app import create_app  # noqa: PLC0415 - needs Starlette

    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"

    app = create_app(settings)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready(address)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await app.state.hub.close()  # answers under way end at once instead of being waited for
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_GRACE,
        limit_concurrency=1000,
    )
    with listening, contextlib.suppress(KeyboardInterrupt):  # uvicorn has ended all by then
        Server(config).run(sockets=[listening])


def _check() -> None:
    for module in ("starlette", "uvicorn"):
        try:
            import_module(module)
        except ImportError as error:
            raise UsageError(
                f"kg serve needs {module}, which is not installed",
                "pip install 'transatlantic-kg[serve]'",
            ) from error


def _check_store(settings: Settings) -> None:
    from kg.workspace import open_graph  # noqa: PLC0415 - not needed to say what is missing

    if settings.store == ":memory:":
        raise StoreError("a store in memory has nothing to serve", "name a folder with --store")
    open_graph(settings.store, write=False).close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"cannot listen at {host}, port {port}: {error.strerror or error}",
            "choose another with --port, or --port 0 for any that is free",
        ) from error
    return listening
