"""Read a signed network from a table: source, target, and sign or weight."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import TYPE_CHECKING

from kg.analysis.balance.network import SignedNetwork, exact
from kg.errors import SourceError, UnreadableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["parse_edges", "read_edges"]

WORDS = {"+": 1, "-": -1, "−": -1, "positive": 1, "negative": -1, "pos": 1, "neg": -1}
HINT = "the first line names the columns: source,target,sign or source,target,weight"


def read_edges(path: Path, *, directed: bool = False) -> SignedNetwork:
    """Read a network from a file of UTF-8 text, separated by commas, semicolons or tabs.

    Raises:
        SourceError: the file cannot be read.
        UnreadableError: it is no such table; the message names the line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path} is not UTF-8 text", "save it as UTF-8") from error
    return parse_edges(text, str(path), directed=directed)


def parse_edges(text: str, name: str = "the table", *, directed: bool = False) -> SignedNetwork:
    r"""Read a network from text; see ``read_edges``.

    ``sign`` is +, -, 1, -1, positive, negative or a signed number; ``weight`` a signed number.
    With both columns the sign is that of ``sign`` and the size that of ``weight``.

    >>> parse_edges("source,target,sign\nus,eu,-\neu,nato,2.5\n").nodes
    ('eu', 'nato', 'us')
    """
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(_rows(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), name))
    except csv.Error as error:
        raise UnreadableError(f"{name} is not a table: {error}", HINT) from error
    return SignedNetwork.build(rows, directed=directed)


def _rows(reader: Iterator[list[str]], name: str) -> Iterator[tuple[str, str, Fraction]]:
    header = [cell.strip().lower() for cell in next(reader, [])]
    column = {cell: i for i, cell in reversed(list(enumerate(header)))}
    missing = [c for c in ("source", "target") if c not in column]
    if not ("sign" in column or "weight" in column):
        missing.append("sign or weight")
    if missing:
        raise UnreadableError(f"{name} has no column {' and no column '.join(missing)}", HINT)
    for number, row in enumerate(reader, start=2):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        where = f"{name}, row {number}"
        if len(cells) < len(header):
            raise UnreadableError(f"{where}: {len(cells)} cells where {len(header)} are named")
        source, target = cells[column["source"]], cells[column["target"]]
        if not source or not target:
            raise UnreadableError(f"{where}: a tie needs a source and a target")
        sign = cells[column["sign"]] if "sign" in column else None
        weight = cells[column["weight"]] if "weight" in column else None
        yield source, target, _signed(sign, weight, where)


def _signed(sign: str | None, weight: str | None, where: str) -> Fraction:
    """The signed weight of a row."""
    try:
        given = None if sign is None else exact(str(WORDS.get(sign.lower(), sign)))
        size = None if weight is None else exact(weight)
    except UsageError as error:
        raise UnreadableError(f"{where}: {error.message}", error.hint) from error
    if given is None or size is None:
        return given if given is not None else size or Fraction(0)
    if size < 0 < given:
        raise UnreadableError(f"{where}: a positive sign with a negative weight")
    return abs(size) if given > 0 else -abs(size) if given < 0 else Fraction(0)
