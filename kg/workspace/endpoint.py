"""Asking a public SPARQL endpoint politely: by name, page by page, slowly, and with patience."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from kg.errors import SourceError, UsageError
from kg.store.base import Rows
from kg.store.results import read_rows
from kg.version import VERSION
from kg.waiting import let_interrupt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Endpoint"]

_AGENT = f"transatlantic-kg/{VERSION} (reference data update; https://w3id.org/transatlantic-kg/)"
_TABLES = "application/sparql-results+json"
_BUSY = (429, 500, 502, 503, 504)
_LONGEST = 300.0  # seconds a server may ask us to wait


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 endpoint that belongs to somebody else.

    Attributes:
        url: where it takes queries.
        page: rows to ask for at once.
        pause: seconds between two requests.
        attempts: how often a request is made before it is given up.
        timeout: seconds to wait for an answer.
        sleep: what waits; for tests.
    """

    url: str
    page: int = 1000
    pause: float = 1.0
    attempts: int = 5
    timeout: float = 70.0
    sleep: Callable[[float], None] = time.sleep

    def rows(self, query: str) -> Iterator[tuple[str, ...]]:
        """All rows of a SELECT query without LIMIT, as texts; asks until a page is empty.

        Args:
            query: must order its rows, or pages may repeat and miss some.

        Raises:
            SourceError: the server cannot be reached, refuses, or its answer is cut off.
        """
        offset = 0
        while True:
            found = self._page(f"{query}\nLIMIT {self.page} OFFSET {offset}")
            if not found:
                return
            yield from found
            offset += len(found)
            self.sleep(self.pause)

    def _page(self, query: str) -> tuple[tuple[str, ...], ...]:
        problem = SourceError(f"{self.url} does not answer")
        for attempt in range(self.attempts):
            wait = self.pause * 2**attempt
            try:
                status, asked, body = self._post(query)
            except (OSError, http.client.HTTPException) as error:
                problem = SourceError(
                    f"the answer of {self.url} was cut off"
                    if isinstance(error, http.client.IncompleteRead)
                    else f"cannot reach {self.url}: {_reason(error)}",
                    "nothing was changed; try again later",
                )
            else:
                if status == http.client.OK:
                    return self._read(body)
                problem = SourceError(
                    f"{self.url} answers {status}: {_shown(body)}".rstrip(": "),
                    "nothing was changed; try again later",
                )
                if status not in _BUSY:
                    raise problem
                wait = max(wait, asked)
            if attempt + 1 < self.attempts:
                self.sleep(min(wait, _LONGEST))
        raise problem

    def _read(self, body: bytes) -> tuple[tuple[str, ...], ...]:
        try:
            found = read_rows(body)
        except (SyntaxError, ValueError) as error:
            raise SourceError(
                f"the answer of {self.url} is cut off or no SPARQL result",
                "nothing was changed; try again later",
            ) from error
        if not isinstance(found, Rows):
            raise SourceError(f"{self.url} does not answer with a table")
        return found.texts()

    def _post(self, query: str) -> tuple[int, float, bytes]:
        """Status, seconds the server asks us to wait, content."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"not the URL of a SPARQL endpoint: {self.url}")
        secure = parts.scheme == "https"
        make = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = make(parts.hostname, parts.port, timeout=self.timeout)
        headers = {
            "User-Agent": _AGENT,
            "Accept": _TABLES,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        let_interrupt()
        try:
            connection.request("POST", path, urlencode({"query": query}).encode(), headers)
            answer = connection.getresponse()
            asked = _seconds(answer.getheader("Retry-After", ""))
            return answer.status, asked, answer.read()
        finally:
            connection.close()


def _seconds(text: str) -> float:
    """Retry-After: seconds, or a date (RFC 9110, section 10.2.3)."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return 0.0


def _shown(body: bytes) -> str:
    return " ".join(body.decode("utf-8", "replace").split())[:160]


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())
