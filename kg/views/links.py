"""Which texts may become links: addresses of web pages, and nothing else."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

__all__ = ["web_address"]

_KEPT = "/:?#[]@!$&'*+,;=%~"  # everything an address is made of, but brackets that end a link


def web_address(text: str) -> str:
    """``text`` as an address that is safe in a link, "" when it is no http or https address.

    >>> web_address("https://example.org/a b?x=(1)")
    'https://example.org/a%20b?x=%281%29'
    >>> web_address("javascript:alert(1)"), web_address("report.txt")
    ('', '')
    """
    try:
        parts = urlsplit(text.strip())
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    return quote(text.strip().encode("utf-8", "replace"), safe=_KEPT)
