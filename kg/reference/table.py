"""Tenures from a CSV table: for people who keep a list of their own and no Turtle.

One row is one tenure. The columns ``person``, ``office``, ``polity`` and ``start`` are needed;
``end``, ``title``, ``kind``, ``aliases`` (of the person, separated by ";"), ``family_name``,
``gender``, ``accredited_to``, ``wikidata`` and ``source`` may be there. Dates are YYYY, YYYY-MM or
YYYY-MM-DD; the end is the first day on which the office was no longer held. People, offices and
polities that exist already are found by their names or IRIs; the others are new, except polities,
which must exist.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NoReturn

from pyoxigraph import Literal, NamedNode

from kg.errors import ReferenceDataError
from kg.namespaces import ID, PREFIXES, TKG, entity_iri
from kg.records import PartialDate, Precision
from kg.reference.facts import RDF_TYPE, XSD_DATE, Facts, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

__all__ = ["COLUMNS", "read_table"]

NEEDED = ("person", "office", "polity", "start")
COLUMNS = (
    *NEEDED,
    *("end", "title", "kind", "aliases", "family_name", "gender", "accredited_to", "wikidata"),
    "source",
)
SKOS, SCHEMA = PREFIXES["skos"], PREFIXES["schema"]
POLITIES = (TKG + "State", TKG + "Bloc")


def read_table(path: Path, base: Facts) -> list[Subject]:
    """The persons, offices and tenures of one CSV file.

    Args:
        path: UTF-8, with a header line; comma or semicolon between the cells.
        base: what is known already; names in the table are looked up there.

    Returns:
        Subjects to put on top of ``base`` with ``Facts.overlay``.

    Raises:
        ReferenceDataError: with file and line: a missing or unknown column, a cell too many, an
            unknown polity, a name that several share, a date that is none.
    """
    table = _Table(path, base)
    for line, row in _rows(path):
        table.add(line, row)
    return list(table.subjects.values())


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"{path}: is not UTF-8", "save it as UTF-8 CSV") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReferenceDataError(f"{path}: cannot be read: {reason}") from error
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = _header(path, next(reader, []))
        for cells in reader:
            if len(cells) > len(header):
                problem = f"has {len(cells)} cells, and the header {len(header)}"
                raise ReferenceDataError(f"{path}:{reader.line_num}: {problem}")
            if any(cell.strip() for cell in cells):
                row = dict.fromkeys(COLUMNS, "")
                row.update(zip(header, (cell.strip() for cell in cells), strict=False))
                yield reader.line_num, row
    except csv.Error as error:
        raise ReferenceDataError(f"{path}:{reader.line_num}: is not valid CSV: {error}") from error


def _header(path: Path, cells: list[str]) -> list[str]:
    header = [cell.strip().lower().replace(" ", "_") for cell in cells]
    hint = "columns are " + ", ".join(COLUMNS)
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            how = "twice the column" if name in COLUMNS else "the unknown column"
            raise ReferenceDataError(f"{path}:1: has {how} {name!r}", hint)
    for name in NEEDED:
        if name not in header:
            raise ReferenceDataError(f"{path}:1: lacks the column {name!r}", hint)
    return header


class _Table:
    """Collects the subjects of one file, row by row."""

    def __init__(self, path: Path, base: Facts) -> None:
        self.path = path
        self.base = base
        self.line = 0
        self.subjects: dict[str, Subject] = {}
        self.names = {kind: _names(base, *classes) for kind, classes in _LOOKED_UP.items()}

    def add(self, line: int, row: dict[str, str]) -> None:
        """One row."""
        self.line = line
        for name in NEEDED:
            if not row[name]:
                self._fail(f"has nothing in the column {name!r}")
        person = self._person(row)
        office = self._office(row)
        self._tenure(row, person, office)

    def _fail(self, problem: str, hint: str | None = None) -> NoReturn:
        raise ReferenceDataError(f"{self.path}:{self.line}: {problem}", hint)

    def _find(self, kind: str, name: str) -> str | None:
        if name.startswith(ID):
            return name
        found = sorted(self.names[kind].get(name.casefold(), ()))
        if len(found) > 1:
            self._fail(f"{name!r} names {len(found)}: {', '.join(found)}", "write the IRI instead")
        return found[0] if found else None

    def _subject(self, kind: str, iri: str, name: str) -> Subject:
        subject = self.subjects.get(iri)
        if subject is None:
            subject = self.subjects[iri] = Subject(iri, self.path, line=self.line)
            if iri not in self.base.subjects and kind != "tenure":
                subject.add(SKOS + "prefLabel", Literal(name, language="en"))
                self.names[kind].setdefault(name.casefold(), set()).add(iri)
            subject.add(RDF_TYPE, NamedNode(TKG + kind.capitalize()))
        return subject

    def _new(self, kind: str, name: str) -> str:
        iri = entity_iri(kind, name)
        taken = self.base.subjects.get(iri) or self.subjects.get(iri)
        if taken is not None:
            label = taken.text(SKOS + "prefLabel")
            self._fail(f"{name!r} would get the IRI of {label!r}", f"write {iri} if it is the same")
        return iri

    def _person(self, row: dict[str, str]) -> str:
        iri = self._find("person", row["person"]) or self._new("person", row["person"])
        subject = self._subject("person", iri, row["person"])
        for alias in filter(None, (part.strip() for part in row["aliases"].split(";"))):
            subject.add(SKOS + "altLabel", Literal(alias, language="en"))
        if row["family_name"]:
            subject.values[PREFIXES["foaf"] + "familyName"] = [Literal(row["family_name"])]
        if row["gender"]:
            if row["gender"] not in ("female", "male"):
                self._fail(f"has the gender {row['gender']!r}", "female, male, or nothing")
            subject.values[SCHEMA + "gender"] = [Literal(row["gender"])]
        if row["wikidata"]:
            if not re.fullmatch(r"Q[1-9]\d*", row["wikidata"]):
                self._fail(f"has the Wikidata identifier {row['wikidata']!r}", "as in Q567")
            subject.add(SKOS + "exactMatch", NamedNode(PREFIXES["wd"] + row["wikidata"]))
        return iri

    def _polity(self, name: str) -> NamedNode:
        iri = self._find("polity", name)
        if iri is None:
            self._fail(f"{name!r} is no known state or bloc", "add it in a Turtle overlay")
        return NamedNode(iri)

    def _office(self, row: dict[str, str]) -> str:
        known = self._find("office", row["office"])
        iri = known or self._new("office", row["office"])
        subject = self._subject("office", iri, row["office"])
        subject.values[TKG + "represents"] = [self._polity(row["polity"])]
        if row["title"]:
            subject.add(TKG + "title", Literal(row["title"], language="en"))
        if row["kind"]:
            subject.values[TKG + "officeKind"] = [Literal(row["kind"])]
        if row["accredited_to"]:
            subject.values[TKG + "accreditedTo"] = [self._polity(row["accredited_to"])]
        return iri

    def _tenure(self, row: dict[str, str], person: str, office: str) -> None:
        start = self._date(row["start"])
        slugs = "/".join(iri.rsplit("/", 1)[-1] for iri in (person, office))
        iri = f"{ID}tenure/{slugs}/{start if start.precision is Precision.DAY else start.year}"
        subject = self._subject("tenure", iri, "")
        subject.line = self.line
        subject.values[PREFIXES["org"] + "member"] = [NamedNode(person)]
        subject.values[TKG + "office"] = [NamedNode(office)]
        self._dated(subject, "start", start)
        if row["end"]:
            self._dated(subject, "end", self._date(row["end"]))
        subject.add(PREFIXES["dcterms"] + "source", Literal(row["source"] or self.path.name))

    def _date(self, text: str) -> PartialDate:
        try:
            return PartialDate.parse(text)
        except ValueError:
            self._fail(f"has the date {text!r}", "dates are YYYY, YYYY-MM or YYYY-MM-DD")

    def _dated(self, subject: Subject, which: str, when: PartialDate) -> None:
        subject.values[f"{SCHEMA}{which}Date"] = [_day(when.first)]
        subject.values[f"{TKG}{which}Precision"] = [Literal(when.precision.value)]


_LOOKED_UP = {
    "person": (TKG + "Person",),
    "office": (TKG + "Office",),
    "polity": POLITIES,
}


def _day(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=NamedNode(XSD_DATE))


def _names(base: Facts, *classes: str) -> dict[str, set[str]]:
    """Labels, aliases and ISO codes in lower case → IRIs."""
    names: dict[str, set[str]] = {}
    for subject in base.of_type(*classes):
        for predicate in (SKOS + "prefLabel", SKOS + "altLabel", TKG + "iso3"):
            for text in subject.texts(predicate):
                names.setdefault(text.casefold(), set()).add(subject.iri)
    return names
