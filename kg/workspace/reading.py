"""Read a document without a store: how one sees what the reader finds, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kg.documents import parse_all
from kg.errors import SourceError
from kg.sources import SourceProblem, collect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.extraction import Extractor
    from kg.records import Document, PartialDate, Reading

__all__ = ["read_inputs"]


def read_inputs(
    inputs: Sequence[str],
    *,
    base: Path,
    stdin: BinaryIO | None = None,
    published: PartialDate | None = None,
    model: str | None = None,
    extractor: Extractor | None = None,
) -> Iterator[Reading | SourceProblem]:
    """Read everything named, in order; what cannot be read is yielded, not raised.

    Args:
        inputs: files, folders, patterns, or "-" for ``stdin``.
        base: folder that the documents' sources are relative to.
        stdin: what "-" reads.
        published: publication date of all documents, instead of the one they state.
        model: name or path of another spaCy pipeline; None for the built-in one.
        extractor: what reads instead of the built-in reader; ``model`` then has no effect.

    Raises:
        ModelError: the pipeline is missing; raised with the first document.
    """
    for found in _documents(inputs, base, stdin, published):
        if isinstance(found, SourceProblem):
            yield found
            continue
        if extractor is None:
            from kg.extraction.coder import AnalystExtractor  # noqa: PLC0415 - loads spaCy

            extractor = AnalystExtractor(model)
        yield extractor.read(found)


def _documents(
    inputs: Sequence[str], base: Path, stdin: BinaryIO | None, published: PartialDate | None
) -> Iterator[Document | SourceProblem]:
    for item in collect(inputs, base=base, stdin=stdin):
        if isinstance(item, SourceProblem):
            yield item
            continue
        try:
            yield from parse_all(item, published=published)
        except SourceError as error:
            yield SourceProblem(item.name, error)
