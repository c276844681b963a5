"""Which stretches of a text stand between quotation marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["quoted_stretches"]

_MARK = re.compile(r"[\"“”„«»]|''|``")
_OPEN, _CLOSE = "“„«", "”»"


def quoted_stretches(text: str, paragraphs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches (start, end) inside quotation marks, marks included.

    A quotation ends at the latest with its paragraph; it runs on when the next paragraph opens with
    a quotation mark, as newspapers print long quotations. Straight marks toggle.

    Args:
        text: the whole text.
        paragraphs: (start, end) of each paragraph, in order.
    """
    found: list[tuple[int, int]] = []
    for start, end in paragraphs:
        opened = -1
        for mark in _MARK.finditer(text, start, end):
            sign = mark.group()
            opens = sign in _OPEN or (sign not in _CLOSE and opened < 0)
            if opens and opened < 0:
                opened = mark.start()
            elif not opens and opened >= 0:
                found.append((opened, mark.end()))
                opened = -1
        if opened >= 0 and end - opened > 1:
            found.append((opened, end))
    return found
