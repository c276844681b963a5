"""What kind of feed a file is: told by its columns, never by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import FormatError, UnreadableError, UsageError
from kg.feeds.kinds import gdelt, icews, polecat, votes
from kg.feeds.layout import Layout
from kg.feeds.tables import Dialect, head, parquet_columns, sample

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.feeds.kinds.mapped import Mapped
    from kg.feeds.opening import Part

__all__ = ["GKG", "KINDS", "MENTIONS", "layout_of", "mapped_layout"]

MENTIONS = (
    *("GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName"),
    *("MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset"),
    *("ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone"),
    *("MentionDocTranslationInfo", "Extras"),
)
GKG = (
    *("GKGRECORDID", "DATE", "SourceCollectionIdentifier", "SourceCommonName"),
    *("DocumentIdentifier", "Counts", "V2Counts", "Themes", "V2Themes", "Locations"),
    *("V2Locations", "Persons", "V2Persons", "Organizations", "V2Organizations", "V2Tone"),
    *("Dates", "GCAM", "SharingImage", "RelatedImages", "SocialImageEmbeds"),
    *("SocialVideoEmbeds", "Quotations", "AllNames", "Amounts", "TranslationInfo", "Extras"),
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A feed we know: its columns, those that must be there, other names of theirs."""

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)
    bare: int = 0  # a file without header has this many columns, 0: always has one
    optional: int = 0  # and this many fewer


_EVENT = ("GLOBALEVENTID", "SQLDATE", "EventCode", "Actor1CountryCode", "Actor2CountryCode")
_KNOWN: Mapping[str, _Known] = {
    "gdelt2": _Known(gdelt.COLUMNS_2, (*_EVENT, "Actor1Geo_ADM2Code"), bare=61),
    "gdelt1": _Known(gdelt.COLUMNS_1, (*_EVENT, "DATEADDED"), bare=58, optional=1),
    "gdelt-renamed": _Known(gdelt.COLUMNS_2, _EVENT, gdelt.RENAMED),
    "mentions": _Known(MENTIONS, ("GLOBALEVENTID", "MentionIdentifier", "Confidence"), bare=16),
    "gkg": _Known(GKG, ("GKGRECORDID", "DocumentIdentifier", "V2Themes"), bare=27),
    "icews": _Known(icews.COLUMNS, ("Event ID", "Event Date", "CAMEO Code", "Source Name",
                                    "Target Name")),
    "polecat": _Known(polecat.COLUMNS, polecat.NEEDED),
    "un-votes": _Known(votes.VOTES, ("rcid", "vote")),
    "un-issues": _Known(votes.ISSUES, votes.ISSUES),
    "un-rollcalls": _Known(votes.ROLL_CALLS, ("rcid", "session", "date")),
}  # fmt: skip
KINDS = tuple(_KNOWN)
"""The feeds that are known by their columns."""
_WRITTEN = (("\t", False), (",", True), (";", True), ("\t", True), ("|", True))
_FIRST = {
    "gdelt1": (r"\d+", r"\d{8}", r"\d{0,6}"),
    "gdelt2": (r"\d+", r"\d{8}", r"\d{0,6}"),
    "mentions": (r"\d+", r"\d{14}", r"\d{14}"),
    "gkg": (r"\d{14}-T?\d+", r"\d{14}", r"\d+"),
}
"""What the first fields of a file without header look like."""


def layout_of(part: Part, kind: str = "") -> Layout | None:
    """The layout of a table; None when it is no feed we know.

    Args:
        part: the table.
        kind: take it for this kind.

    Raises:
        FormatError: ``kind`` is unknown.
        UnreadableError: the file is damaged, or is not of ``kind``.
    """
    if kind and kind not in _KNOWN:
        raise FormatError(f"no feed is called {kind!r}", f"known are {', '.join(KINDS)}")
    for dialect, records in _heads(part):
        found = _by_header(dialect, kind) or _bare(dialect, records, kind)
        if found:
            return found
    if kind:
        raise UnreadableError(f"{part.name} does not have the columns of {kind}")
    return None


def mapped_layout(part: Part, by: Mapped) -> Layout:
    """The layout of a table that a mapping describes.

    Raises:
        UsageError: the mapping names a column that is not there.
    """
    wanted = {*by.columns.values(), *by.filters}
    best: tuple[str, ...] = ()
    for dialect, _ in _heads(part):
        if by.separator and dialect.separator != by.separator and part.packing != "parquet":
            continue
        if wanted <= set(dialect.columns):
            return Layout(by.name, dialect, mapping=by)
        best = max(best, dialect.columns, key=len)
    missing = ", ".join(sorted(wanted - set(best)))
    raise UsageError(f"{part.name} has no column {missing}", f"it has {', '.join(best)[:300]}")


def _heads(part: Part) -> list[tuple[Dialect, list[list[str]]]]:
    """Each way the table can be written, with its first records."""
    if part.packing == "parquet":
        return [(Dialect(",", True, _unique(parquet_columns(part)), header=True), [])]
    found = []
    beginning = sample(part)
    for separator, quoted in _WRITTEN:
        records = head(beginning, separator, quoted)
        if records and max(len(record) for record in records) > 1:
            dialect = Dialect(separator, quoted, _unique(records[0]), header=True)
            found.append((dialect, records))
    return found


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Column names that are not empty, not repeated, and not "row", which is our own."""
    found: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        base = name.strip() or f"column {number}"
        found[f"{base} ({number})" if base in found or base == "row" else base] = None
    return tuple(found)


def _by_header(dialect: Dialect, kind: str) -> Layout | None:
    by_key = {_key(name): name for name in dialect.columns}
    for name, known in _KNOWN.items():
        if kind not in ("", name):
            continue
        names = {column: by_key[_key(column)] for column in known.columns if _key(column) in by_key}
        names |= {
            ours: by_key[theirs] for theirs, ours in known.renamed.items() if theirs in by_key
        }
        if set(known.needed) <= names.keys():
            return Layout(name, dialect, names)
    return None


def _bare(dialect: Dialect, records: list[list[str]], kind: str) -> Layout | None:
    """A file without a header: most of its first records look as they should."""
    for name, known in _KNOWN.items():
        if kind not in ("", name) or not known.bare or not records:
            continue
        widths = range(known.bare - known.optional, known.bare + 1)
        fitting = [r for r in records if len(r) in widths and _looks(name, r)]
        if 2 * len(fitting) > len(records):
            written = Dialect(
                dialect.separator,
                dialect.quoted,
                known.columns,
                header=False,
                optional=known.optional,
            )
            return Layout(name, written, {column: column for column in known.columns})
    return None


def _looks(kind: str, fields: Sequence[str]) -> bool:
    pairs = zip(_FIRST[kind], fields, strict=False)
    return all(re.fullmatch(pattern, one.strip()) for pattern, one in pairs)


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
