"""How the server and its child processes talk: length, then a pickle, over pipes.

Both ends are this program, started by itself; nothing from a request is ever unpickled.
"""

from __future__ import annotations

import pickle
import struct
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from asyncio import StreamReader

__all__ = ["pack", "read", "read_async"]

_LENGTH = struct.Struct(">Q")


def pack(value: object) -> bytes:
    """A frame with ``value``."""
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


def read(source: BinaryIO) -> Any:
    """The next value.

    Raises:
        EOFError: the other end is gone.
    """
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    body = source.read(length)
    if len(body) < length:
        raise EOFError
    return pickle.loads(body)  # noqa: S301 - written by our own process


async def read_async(source: StreamReader) -> Any:
    """The next value; ``asyncio.IncompleteReadError`` when the other end is gone."""
    (length,) = _LENGTH.unpack(await source.readexactly(_LENGTH.size))
    return pickle.loads(await source.readexactly(length))  # noqa: S301 - as above
