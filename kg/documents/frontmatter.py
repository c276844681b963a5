"""The block between ``---`` (YAML) or ``+++`` (TOML) lines on top of a Markdown file.

Only what a document's description needs is read: ``key: value`` with plain, quoted or folded
values and lists of them. Anything more elaborate is passed over, never an error.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from typing import TYPE_CHECKING

from kg.documents.dates import whole_date

if TYPE_CHECKING:
    from kg.records import PartialDate

__all__ = ["FrontMatter", "split_front_matter"]

_YAML = re.compile(r"---[ \t]*\n(?:(.*?)\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?:(.*?)\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(.*)|[ \t]*)")
_LONGEST_LIST = 10_000  # characters
_DATE_KEYS = ("date", "published", "datepublished", "pubdate", "publishdate", "issued", "created")


class FrontMatter(dict[str, str]):
    """Key (lower case, without ``-``, ``_`` and spaces) → value; lists are joined by ", "."""

    def first(self, *keys: str) -> str:
        """The value of the first key that has one, else ""."""
        return next((self[key] for key in keys if self.get(key)), "")

    @property
    def published(self) -> PartialDate | None:
        """The date under any of the usual keys; None when there is none that can be read."""
        value = self.first(*_DATE_KEYS)
        return whole_date(value, year_alone=True) if value else None


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter and the rest; empty front matter and the whole text when there is none."""
    if (found := _YAML.match(text)) and (front := _yaml(found[1] or "")) is not None:
        return front, text[found.end() :]
    if (found := _TOML.match(text)) and (front := _toml(found[1] or "")) is not None:
        return front, text[found.end() :]
    return FrontMatter(), text


def _toml(block: str) -> FrontMatter | None:
    try:
        table = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    result = FrontMatter()
    for key, value in table.items():
        values = value if isinstance(value, list) else [value]
        result[_plain(key)] = ", ".join(str(one) for one in values if not isinstance(one, dict))
    return result


def _yaml(block: str) -> FrontMatter | None:
    """None when the block is text between two rules, not front matter."""
    first = next((line for line in block.split("\n") if line.strip() and line[0] != "#"), "")
    if block.strip() and not _PAIR.fullmatch(first):
        return None
    found: dict[str, list[str]] = {}
    key = ""
    for line in block.split("\n"):
        if pair := _PAIR.fullmatch(line):
            key = _plain(pair[1])
            found[key] = _values(pair[2] or "")
        elif key and line.startswith((" ", "\t", "- ")) and (more := line.strip()):
            if more.startswith("- "):
                found[key] += _values(more[2:])
            else:  # a folded value goes on
                found[key] = [" ".join([*found[key], more])]
    return FrontMatter({name: ", ".join(filter(None, values)) for name, values in found.items()})


def _plain(key: str) -> str:
    return re.sub(r"[ _-]", "", key.lower())


def _values(raw: str) -> list[str]:
    raw = raw.strip()
    if raw in ("", "|", ">", "|-", ">-", "~", "null"):
        return []
    if raw.startswith("[") and raw.endswith("]") and len(raw) <= _LONGEST_LIST:
        return [_scalar(part) for part in next(csv.reader([raw[1:-1]], skipinitialspace=True))]
    return [_scalar(raw)]


def _scalar(raw: str) -> str:
    raw = raw.strip()
    if len(raw) > 1 and raw[0] == raw[-1] == "'":
        return raw[1:-1].replace("''", "'")
    if len(raw) > 1 and raw[0] == raw[-1] == '"':
        try:
            return str(json.loads(raw, strict=False))
        except ValueError:
            return raw[1:-1]
    return re.sub(r"\s+#.*$", "", raw)
