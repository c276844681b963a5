"""One page from the web, on explicit request: bounded in size, time and redirects.

Addresses inside one's own network are refused, so that a link in a list of sources cannot reach
what only this machine can reach. The address is looked up once, checked, and then connected to,
so that a name cannot mean one thing when it is checked and another when it is used. Proxies of
the environment are not used.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from kg.errors import SourceError, UnreadableError
from kg.version import VERSION
from kg.waiting import let_interrupt

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Answer", "download", "fetch"]

_CHUNK = 64 * 1024
_REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent.

    Attributes:
        data: the content, unpacked.
        url: where it was in the end, after redirects, without fragment.
        media_type: as the server declares it, lower case, "" when it does not.
        charset: likewise.
    """

    data: bytes
    url: str
    media_type: str
    charset: str


def fetch(url: str, *, max_bytes: int, seconds: float = 30, allow_private: bool = False) -> Answer:
    """Get one page.

    Args:
        url: http or https, without a password.
        max_bytes: largest content that is accepted, packed or unpacked.
        seconds: time for everything together, redirects included.
        allow_private: whether addresses that are not public (loopback, 10.x …) may be read.

    Raises:
        SourceError: it cannot be reached, is refused, or answers anything but 200.
        UnreadableError: it is too large or wrongly packed.
    """
    content = BytesIO()
    said = download(url, content, max_bytes=max_bytes, seconds=seconds, allow_private=allow_private)
    return replace(said, data=content.getvalue())


def download(
    url: str, into: BinaryIO, *, max_bytes: int, seconds: float, allow_private: bool = False
) -> Answer:
    """Write one page or file into a stream, piece by piece.

    Args:
        url: http or https, without a password.
        into: where the content goes; when this raises, a part of it may be there.
        max_bytes: largest content that is accepted, packed or unpacked.
        seconds: time for everything together, redirects included.
        allow_private: whether addresses that are not public may be read.

    Returns:
        What the server said of it, with empty ``data``.

    Raises:
        SourceError, UnreadableError: as ``fetch`` does.
    """
    deadline = time.monotonic() + seconds
    try:
        return _follow(url, into, max_bytes, deadline, allow_private)
    except (OSError, http.client.HTTPException, ValueError, UnreadableError) as error:
        if isinstance(error, TimeoutError) or time.monotonic() >= deadline:
            raise SourceError(f"{url} took longer than {seconds:g} seconds") from error
        if isinstance(error, UnreadableError):
            raise
        raise SourceError(
            f"cannot read {url}: {_reason(error)}", "is the address right?"
        ) from error


def _follow(
    url: str, into: BinaryIO, max_bytes: int, deadline: float, allow_private: bool
) -> Answer:
    here = urldefrag(url).url
    for _ in range(_REDIRECTS + 1):
        parts = _checked(here, secure=url.lower().startswith("https:"))
        with (
            _connected(parts, deadline, allow_private) as connection,
            _ask(connection, parts) as response,
        ):
            if response.status in _MOVED and response.headers.get("Location"):
                here = urldefrag(urljoin(here, response.headers["Location"])).url
                continue
            if response.status != http.client.OK:
                raise SourceError(f"{here} answers {response.status} {response.reason}".strip())
            for piece in _content(response, here, max_bytes):
                into.write(piece)
            headers = response.headers
            declared = headers.get_content_type() if "Content-Type" in headers else ""
            return Answer(b"", here, declared, headers.get_content_charset() or "")
    raise SourceError(f"{url} redirects more than {_REDIRECTS} times")


def _checked(url: str, *, secure: bool) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError(f"only http and https addresses are read: {url}")
    if parts.username or parts.password:
        raise SourceError("an address with a password in it is not read", "save the page instead")
    if secure and parts.scheme == "http":
        raise SourceError(f"{url} would be read without encryption", "name it with http:// if so")
    return parts


@contextmanager
def _connected(
    parts: SplitResult, deadline: float, allow_private: bool
) -> Iterator[http.client.HTTPConnection]:
    """A connection that is cut off when the time is up, however slowly the server goes on."""
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    sock = socket.create_connection((_address(host, port, allow_private), port), _left(deadline))
    watch = threading.Timer(_left(deadline), _cut, [sock])
    watch.daemon = True
    watch.start()
    connection = http.client.HTTPConnection(host, port)
    try:
        if secure:
            connection.default_port = 443
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
            watch.args = [sock]
        connection.sock = sock
        yield connection
    finally:
        watch.cancel()
        connection.close()
        sock.close()


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _address(host: str, port: int, allow_private: bool) -> str:
    """The first address of a host, if all of its addresses may be read."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        number = ipaddress.ip_address(address.partition("%")[0])
        mapped = getattr(number, "ipv4_mapped", None) or number
        if not allow_private and (not mapped.is_global or mapped.is_multicast):
            raise SourceError(f"{host} is not a public address: {address}", "save the page instead")
    return found[0]


def _ask(connection: http.client.HTTPConnection, parts: SplitResult) -> http.client.HTTPResponse:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    let_interrupt()
    connection.request(
        "GET",
        f"{path}?{query}" if query else path,
        headers={
            "User-Agent": f"transatlantic-kg/{VERSION}",
            "Accept": "text/html, text/*;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, identity",
        },
    )
    return connection.getresponse()


def _content(response: http.client.HTTPResponse, url: str, max_bytes: int) -> Iterator[bytes]:
    """The content in pieces, unpacked, as long as it stays within the limits."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise UnreadableError(f"{url} is packed in an unknown way: {packing}")
    unpacker = zlib.decompressobj(31) if packing.endswith("gzip") else None
    size = 0
    while piece := response.read1(_CHUNK):
        try:
            unpacked = unpacker.decompress(piece, max_bytes + 1) if unpacker else piece
        except zlib.error as error:
            raise UnreadableError(f"{url} is damaged") from error
        size += len(unpacked)
        if size > max_bytes:
            raise UnreadableError(f"{url} is larger than {max_bytes / 1024 / 1024:g} MB")
        yield unpacked
    if (unpacker and not unpacker.eof) or response.length:
        raise UnreadableError(f"{url} ended too early", "try again")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())
