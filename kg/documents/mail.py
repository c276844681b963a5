"""Mail (.eml), mailboxes (.mbox) and pages saved as one file (.mhtml), with the standard library.

Of a message the body is read: without the messages it quotes, and without its signature, since
what is quoted was said by somebody else at another time. Attachments are left out.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import TYPE_CHECKING, cast

from kg.documents.dates import whole_date
from kg.documents.draft import Draft
from kg.documents.encoding import decode
from kg.documents.page import draft_of as page_draft
from kg.documents.plain import draft_of as plain_draft
from kg.errors import SourceError, UnreadableError
from kg.sources import RawItem, SourceProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from kg.documents.draft import Known

__all__ = ["read", "read_mailbox", "read_saved_page"]

DATE = "mail Date header"
_SEPARATOR = re.compile(rb"(?:\A|\r?\n)From [^\r\n]*\d{4}\r?\n")
_REPLY_BEGINS = re.compile(
    r"(?:-{2,} ?original message ?-{2,}|-{2,} ?forwarded message ?-{2,}|_{20,}"
    r"|on .{5,100}\bwrote:|am .{5,100}\bschrieb.{0,60}:|le .{5,100}\ba écrit ?:)\s*",
    re.IGNORECASE,
)


def read(item: RawItem, known: Known) -> Iterator[Draft]:
    """One draft: subject as title, sender as author, the day it was sent as publication date."""
    del known
    yield _draft(item.data, item.name, "")


def read_mailbox(item: RawItem, known: Known) -> Iterator[Draft | SourceProblem]:
    """One draft for each message; messages without text are reported and passed over."""
    del known
    starts = [(found.start(), found.end()) for found in _SEPARATOR.finditer(item.data)]
    if not starts:
        raise UnreadableError(f"{item.name} holds no mail", 'a mailbox begins with "From "')
    ends = [start for start, _ in starts[1:]] + [len(item.data)]
    for number, ((_, start), end) in enumerate(zip(starts, ends, strict=True), 1):
        data = re.sub(rb"(?m)^>(>*From )", rb"\1", item.data[start:end])
        name = f"{item.name}#{number}"
        try:
            yield _draft(data, name, str(number))
        except SourceError as error:
            yield SourceProblem(name, error)


def read_saved_page(item: RawItem, known: Known) -> Iterator[Draft]:
    """One draft: the page in a .mhtml file."""
    del known
    message = _message(item.data, item.name)
    address = str(message.get("Snapshot-Content-Location") or "")
    for part in message.walk():
        if part.get_content_type() == "text/html":
            yield page_draft(_text(part, item.name), item.name, address)
            return
    raise UnreadableError(f"{item.name} holds no page")


def _message(data: bytes, name: str) -> EmailMessage:
    try:
        return message_from_bytes(data.lstrip(), policy=policy.default)
    except Exception as error:  # the parser breaks on hostile headers in several ways
        raise UnreadableError(f"{name} is damaged or no mail") from error


def _draft(data: bytes, name: str, number: str) -> Draft:
    message = _message(data, name)
    title, author, date = (_header(message, field) for field in ("Subject", "From", "Date"))
    if not (title or author or date):
        raise UnreadableError(f"{name} is no mail: it has neither subject nor sender nor date")
    display, address = parseaddr(author)
    published = whole_date(date)
    body = _body(message, name)
    return Draft(
        body.text,
        title=title,
        published=published,
        published_origin=DATE if published else "",
        author=display or address,
        language=body.language,
        part=number,
        prose=False,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # a broken header costs itself, not the message
        return ""


def _body(message: EmailMessage, name: str) -> Draft:
    try:
        part = message.get_body(preferencelist=("plain", "html"))
    except Exception as error:  # as in _message
        raise UnreadableError(f"{name} is damaged or no mail") from error
    if part is None:
        raise UnreadableError(f"{name} holds no text", "attachments are not read")
    text = _text(cast("EmailMessage", part), name)
    if part.get_content_type() == "text/html":
        return page_draft(text, name)
    return plain_draft(_own_words(text))


def _text(part: EmailMessage, name: str) -> str:
    try:
        data = part.get_payload(decode=True)
    except Exception as error:  # as in _message
        raise UnreadableError(f"{name} is damaged or no mail") from error
    if not isinstance(data, bytes):
        raise UnreadableError(f"{name} holds no text")
    return decode(data, name, str(part.get_content_charset() or ""))


def _own_words(text: str) -> str:
    """A body without quoted messages, what introduces them, and the signature."""
    kept: list[str] = []
    for line in text.splitlines():
        if line.rstrip("\r") in ("-- ", "--") or _REPLY_BEGINS.fullmatch(line.strip()):
            break
        if not line.startswith(">"):
            kept.append(line)
    return "\n".join(kept)
