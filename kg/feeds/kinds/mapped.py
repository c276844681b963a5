"""Any table, by a mapping in TOML that says which column is what (docs/reference/feeds.md)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

import polars as pl

from kg.errors import SourceError, UsageError
from kg.feeds.draft import day
from kg.feeds.vocabulary import Coder
from kg.reference.schemes import event_types, issues

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.reference.world import World

__all__ = ["FIELDS", "Mapped", "draft", "read_mapping"]

FIELDS = (
    *("id", "date", "type", "cameo", "intensity", "sign", "actor", "actor_country", "recipient"),
    *("recipient_country", "issues", "confidence", "outlet", "story"),
)
"""What a column or a constant can be."""
_ROOT = ("name", "coder", "version", "confidence", "separator", "date_format")
_TABLES = ("columns", "constants", "types", "actors", "issues", "filters")
_DATES = ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S")
_ACTS = ("type", "cameo", "intensity", "sign")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping, checked.

    Attributes:
        name: of the kind of feed.
        coder: who coded the rows, with the prior of a row.
        text: the file it was read from, part of a feed's identity.
        columns: our field → column of the table.
        constants: our field → value of all rows.
        types, actors, issues: value in the table → our type, IRI, issue.
        filters: column → values that are kept.
        date_format: of ``strptime``; "" to try the usual ones.
        separator: of fields; "" to find out.
    """

    name: str
    coder: Coder
    text: str
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    types: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    issues: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_format: str = ""
    separator: str = ""


def read_mapping(path: Path, world: World) -> Mapped:
    """Read and check a mapping.

    Raises:
        SourceError: the file cannot be read.
        UsageError: with line and key, when it is no TOML or says something unknown.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot read the mapping {path}: {error}") from error
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: {error}", "see docs/reference/feeds.md") from error
    return _Checked(path, text, said, world).mapped()


@dataclass(slots=True)
class _Checked:
    path: Path
    text: str
    said: dict[str, Any]
    world: World

    def mapped(self) -> Mapped:
        for key in self.said:
            if key not in (*_ROOT, *_TABLES):
                self.fail(key, "is unknown", f"there are {', '.join((*_ROOT, *_TABLES))}")
        columns, constants = self.fields("columns"), self.fields("constants")
        self.complete(columns, constants)
        for code, type_ in self.table("types").items():
            self.known("types", code, type_, event_types())
        for code, issue in self.table("issues").items():
            self.known("issues", code, issue, issues())
        if "type" in constants:
            self.known("constants", "type", constants["type"], event_types())
        prior = self.said.get("confidence")
        if not isinstance(prior, int | float) or not 0 < prior <= 1:
            self.fail("confidence", "must be a number above 0 and at most 1")
        return Mapped(
            name=self.root("name") or self.path.stem,
            coder=Coder(
                self.root("coder") or self.root("name") or self.path.stem,
                self.root("version") or "1",
                float(prior),
            ),
            text=self.text,
            columns=columns,
            constants=constants,
            types=self.table("types"),
            actors=dict(self.people()),
            issues=self.table("issues"),
            filters=dict(self.filters()),
            date_format=self.root("date_format"),
            separator=self.root("separator"),
        )

    def root(self, key: str) -> str:
        value = self.said.get(key, "")
        if not isinstance(value, str):
            self.fail(key, "must be a string")
        return str(value)

    def table(self, name: str) -> dict[str, str]:
        found = self.said.get(name, {})
        if not isinstance(found, dict):
            self.fail(name, "must be a table", f"write [{name}] on a line of its own")
        for key, value in found.items():
            if not isinstance(value, str):
                self.fail(key, f"in [{name}] must be a string", within=name)
        return dict(found)

    def fields(self, name: str) -> dict[str, str]:
        found = self.table(name)
        for key in found:
            if key not in FIELDS:
                hint = f"there are {', '.join(FIELDS)}"
                self.fail(key, f"in [{name}] is unknown", hint, within=name)
        return found

    def complete(self, columns: Mapping[str, str], constants: Mapping[str, str]) -> None:
        for both in columns.keys() & constants.keys():
            self.fail(both, "is a column and a constant", within="constants")
        given = columns.keys() | constants.keys()
        if "date" not in given:
            self.fail("columns", "needs a date")
        if given.isdisjoint(_ACTS):
            self.fail("columns", f"needs one of {', '.join(_ACTS)}")
        for side in ("actor", "recipient"):
            if given.isdisjoint((side, f"{side}_country")):
                self.fail("columns", f"needs {side} or {side}_country")

    def known(self, table: str, key: str, value: str, known: Mapping[str, object]) -> None:
        if value not in known:
            hint = "the types and issues are in docs/reference/ontology.md"
            self.fail(key, f"in [{table}] has the unknown value {value!r}", hint, within=table)

    def people(self) -> Iterator[tuple[str, str]]:
        for name, whom in self.table("actors").items():
            found = self.world.find(whom)
            if not found:
                hint = "use names, abbreviations or codes: us, FRA, NATO"
                self.fail(name, f"in [actors]: nobody is called {whom!r}", hint, within="actors")
            yield name, found[0].iri

    def filters(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        found = self.said.get("filters", {})
        for column, values in found.items():
            if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
                self.fail(column, "in [filters] must be a list of strings", within="filters")
            yield column, tuple(values)

    def fail(self, key: str, what: str, hint: str | None = None, within: str = "") -> NoReturn:
        """Raise a UsageError that names the key and the line where it stands."""
        lines = self.text.splitlines()
        inside = not within
        for number, line in enumerate(lines, 1):
            bare = line.strip()
            if bare.startswith("["):
                inside = bare.strip("[] ") == (within or key)
                if bare.strip("[] ") == key and not within:
                    raise UsageError(f"{self.path}:{number}: {key} {what}", hint)
            elif inside and re.match(rf"[\"']?{re.escape(key)}[\"']?\s*=", bare):
                raise UsageError(f"{self.path}:{number}: {key} {what}", hint)
        raise UsageError(f"{self.path}: {key} {what}", hint)


def draft(rows: pl.DataFrame, by: Mapped) -> pl.DataFrame:
    """What the rows of a mapped table say; columns as in ``DRAFT``.

    Args:
        rows: with "row" and the table's own columns.
        by: the mapping.
    """
    fields = {name: _field(name, by) for name in FIELDS}
    rows = rows.with_columns(**{f"_{name}": value for name, value in fields.items()})
    formats = (by.date_format,) if by.date_format else _DATES
    date = day(pl.col("_date"), *formats)
    kind = _types(by)
    bad_number = _no_number("_intensity") | _no_number("_sign")
    return rows.select(
        "row",
        date=date,
        type=kind,
        id=pl.col("_id").fill_null(""),
        **_side("actor", by),
        **_side("recipient", by),
        about=_issues(by),
        confidence=_confidence(by),
        outlet="_outlet",
        story="_story",
        bad=pl.coalesce(
            pl.when(date.is_null()).then(pl.lit("no date")),
            pl.when(bad_number).then(pl.lit("no number where sign or intensity should be")),
        ),
        left_out=_unwanted(by, kind),
        code="_cameo",
    )


def _field(name: str, by: Mapped) -> pl.Expr:
    if name in by.columns:
        return pl.col(by.columns[name])
    return pl.lit(by.constants.get(name), pl.String)


def _side(side: str, by: Mapped) -> dict[str, pl.Expr]:
    name = pl.col(f"_{side}").replace(dict(by.actors)) if by.actors else pl.col(f"_{side}")
    return {
        f"{side}_name": name,
        f"{side}_country": pl.coalesce(f"_{side}_country", name),
        f"{side}_group": pl.lit(None, pl.String),
        f"{side}_speaks": pl.lit(value=True),
    }


def _types(by: Mapped) -> pl.Expr:
    """The type stated, by CAMEO code, or the broad type whose intensity comes closest."""
    from kg.feeds.vocabulary import type_of_cameo  # noqa: PLC0415

    known = {kind: kind for kind in event_types()} | dict(by.types)
    stated = pl.col("_type").replace_strict(known, default=None, return_dtype=pl.String)
    cameo = pl.col("_cameo").map_elements(type_of_cameo, return_dtype=pl.String)
    by_number = pl.coalesce(
        pl.col("_intensity").cast(pl.Float64, strict=False),
        3.0 * pl.col("_sign").cast(pl.Float64, strict=False).sign(),
    ).map_elements(_closest, return_dtype=pl.String)
    return pl.coalesce(stated, cameo, by_number)


def _closest(intensity: float) -> str:
    """The broad type of the same sign whose intensity comes closest.

    >>> _closest(-9.0), _closest(0.0), _closest(7.0)
    ('assault', 'request', 'aid')
    """
    sign = (intensity > 0) - (intensity < 0)
    tops = [kind for kind in event_types().values() if kind.is_top and kind.sign == sign]
    best = min(tops, key=lambda kind: (abs(kind.intensity - intensity), kind.notation))
    return best.notation


def _issues(by: Mapped) -> pl.Expr:
    known = {code: code for code in issues()} | dict(by.issues)
    named = (
        pl.element().str.strip_chars().replace_strict(known, default=None, return_dtype=pl.String)
    )
    return pl.col("_issues").fill_null("").str.split(";").list.eval(named.drop_nulls())


def _confidence(by: Mapped) -> pl.Expr:
    own = pl.col("_confidence").cast(pl.Float64, strict=False)
    usable = own.is_between(0, 1)
    return pl.when(usable).then(own).otherwise(pl.lit(by.coder.prior))


def _no_number(column: str) -> pl.Expr:
    return pl.col(column).is_not_null() & pl.col(column).cast(pl.Float64, strict=False).is_null()


def _unwanted(by: Mapped, kind: pl.Expr) -> pl.Expr:
    reasons = [
        pl.when(~pl.col(column).is_in(values).fill_null(value=False)).then(
            pl.lit(f"other {column}")
        )
        for column, values in by.filters.items()
    ]
    no_type = pl.when(kind.is_null()).then(pl.lit("no type for its value"))
    no_act = pl.when(kind == "").then(pl.lit("tells no act (statement, symbolic act)"))
    return pl.coalesce(*reasons, no_type, no_act)
