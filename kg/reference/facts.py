"""Reading Turtle into facts about subjects, remembering where each subject stands.

Every complaint names file and line, so that somebody who keeps an overlay of their own can mend it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import ReferenceDataError
from kg.namespaces import PREFIXES, TKG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Facts", "Subject"]

Term = NamedNode | Literal
RDF_TYPE = PREFIXES["rdf"] + "type"
XSD_DATE = PREFIXES["xsd"] + "date"

# One value each: a later layer (an overlay) replaces what an earlier one says.
SINGLE = frozenset(
    {PREFIXES["skos"] + name for name in ("prefLabel", "definition")}
    | {PREFIXES["foaf"] + "familyName", PREFIXES["org"] + "member", PREFIXES["org"] + "postIn"}
    | {PREFIXES["schema"] + name for name in ("gender", "startDate", "endDate")}
    | {
        TKG + name
        for name in (
            *("accreditedTo", "bloc", "capital", "endPrecision", "intensity", "iso2", "iso3"),
            *("locatedIn", "memberState", "office", "officeKind", "partOf", "represents", "sign"),
            "startPrecision",
        )
    }
)


@dataclass(slots=True)
class Subject:
    """All that the files say about one IRI.

    Attributes:
        iri: the subject.
        path: the file that described it last.
        values: predicate IRI → terms, in order of the files.
        line: where in that file, 0 when it has to be looked for.
    """

    iri: str
    path: Path
    values: dict[str, list[Term]] = field(default_factory=dict)
    line: int = 0

    def add(self, predicate: str, *terms: Term) -> None:
        """Add terms that are not there yet."""
        known = self.values.setdefault(predicate, [])
        for term in terms:
            if term not in known:
                known.append(term)

    def terms(self, predicate: str) -> list[Term]:
        """The terms of one predicate, none when it is absent."""
        return self.values.get(predicate, [])

    def types(self) -> list[str]:
        """IRIs of its classes."""
        return [term.value for term in self.terms(RDF_TYPE)]

    def texts(self, predicate: str) -> tuple[str, ...]:
        """The literals of one predicate in any language, sorted."""
        found = {term.value for term in self.terms(predicate) if isinstance(term, Literal)}
        return tuple(sorted(found))

    def fail(self, problem: str, hint: str | None = None) -> NoReturn:
        """Raise ReferenceDataError that names this subject, its file and its line."""
        where = f"{self.path}:{self.line or line_of(self.path, self.iri)}"
        raise ReferenceDataError(f"{where}: <{self.iri}> {problem}", hint)

    def text(self, predicate: str, *, required: bool = False) -> str:
        """The one English (or untagged) literal, "" when absent; raises when there are several."""
        terms = self.terms(predicate)
        if not terms and not required:
            return ""
        plain = [t for t in terms if isinstance(t, Literal) and (t.language or "en") == "en"]
        if len(plain) > 1 or (not plain and required):
            problem = "none" if not plain else " and ".join(repr(t.value) for t in plain)
            self.fail(f"needs one {shorten(predicate)} in English, and has {problem}")
        return plain[0].value if plain else ""

    def link(self, predicate: str) -> str | None:
        """The one IRI, None when absent; raises when it is a literal or there are several."""
        terms = self.terms(predicate)
        if not terms:
            return None
        if len(terms) > 1:
            self.fail(f"has {len(terms)} values of {shorten(predicate)}, which takes one")
        if not isinstance(terms[0], NamedNode):
            self.fail(
                f"has the text {terms[0].value!r} as {shorten(predicate)}, which takes an IRI"
            )
        return terms[0].value

    def needed(self, predicate: str) -> str:
        """The one IRI of a predicate that must be there."""
        found = self.link(predicate)
        if found is None:
            self.fail(f"lacks {shorten(predicate)}")
        return found

    def day(self, predicate: str) -> date | None:
        """The one xsd:date, None when absent; raises on anything that is no calendar day."""
        terms = self.terms(predicate)
        if not terms:
            return None
        term = terms[0]
        if len(terms) > 1:
            self.fail(f"has {len(terms)} values of {shorten(predicate)}, which takes one")
        if not isinstance(term, Literal) or term.datatype.value != XSD_DATE:
            self.fail(f"has {term.value!r} as {shorten(predicate)}, which takes an xsd:date")
        try:
            return date.fromisoformat(term.value)
        except ValueError:
            self.fail(f"has {term.value!r} as {shorten(predicate)}, which is no calendar day")

    def number(self, predicate: str) -> float:
        """The one number of a predicate that must be there."""
        terms = self.terms(predicate)
        try:
            (term,) = terms
            return float(term.value)
        except ValueError:
            self.fail(f"needs one number as {shorten(predicate)}")


def shorten(iri: str) -> str:
    """``tkg:office`` for the full IRI, or the IRI in angle brackets."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def line_of(path: Path, iri: str) -> int:
    """The 1-based line where a subject is described: a line that starts with it, else names it.

    The Turtle may spell it as a full IRI, relative to a base, or as a prefixed name with escapes,
    so ever shorter tails of the IRI are tried.
    """
    lines = [line.replace("\\", "") for line in path.read_text("utf-8", "replace").splitlines()]
    parts = re.split(r"(?<=[/#])", iri)
    for skip in range(len(parts)):
        tail = "".join(parts[skip:])
        hits = [n for n, line in enumerate(lines, 1) if _ends_with(line.split(), tail)]
        if hits:
            return hits[0]
    return 1


def _ends_with(words: list[str], tail: str) -> bool:
    if not words:
        return False
    first = words[0].rstrip(">")
    return first.endswith(tail) and (len(first) == len(tail) or first[-len(tail) - 1] in ":</")


class Facts:
    """Subjects by IRI, read from files in layers."""

    def __init__(self) -> None:
        self.subjects: dict[str, Subject] = {}

    def read(self, paths: Iterable[Path]) -> None:
        """Add one layer: its files complement one another and override earlier layers.

        Args:
            paths: Turtle files in UTF-8.

        Raises:
            ReferenceDataError: a file cannot be read or is not Turtle, or has blank nodes.
        """
        layer: dict[str, Subject] = {}
        for path in paths:
            for subject, predicate, term in _triples(path):
                known = layer.get(subject)
                if known is None:
                    known = layer[subject] = Subject(subject, path)
                known.add(predicate, term)
        self.overlay(layer.values())

    def overlay(self, layer: Iterable[Subject]) -> None:
        """Put subjects on top: single-valued statements replace, the others are added."""
        for subject in layer:
            self._merge(subject.iri, subject)

    def _merge(self, iri: str, new: Subject) -> None:
        old = self.subjects.get(iri)
        if old is None:
            self.subjects[iri] = new
            return
        old.path, old.line = new.path, new.line
        for predicate, terms in new.values.items():
            if predicate in SINGLE:
                old.values[predicate] = terms
            else:
                old.add(predicate, *terms)

    def triples(self) -> Iterator[Triple]:
        """Everything as triples, overlays applied; sorted by subject and predicate."""
        for iri in sorted(self.subjects):
            for predicate, terms in sorted(self.subjects[iri].values.items()):
                for term in terms:
                    yield Triple(NamedNode(iri), NamedNode(predicate), term)

    def of_type(self, *classes: str) -> Iterator[Subject]:
        """Subjects of any of these classes, sorted by IRI."""
        wanted = set(classes)
        for iri in sorted(self.subjects):
            if wanted.intersection(self.subjects[iri].types()):
                yield self.subjects[iri]


def _triples(path: Path) -> Iterator[tuple[str, str, Term]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReferenceDataError(f"{path}: cannot be read: {reason}") from error
    try:
        for quad in parse(data, format=RdfFormat.TURTLE):
            subject, term = quad.subject, quad.object
            if isinstance(subject, BlankNode) or isinstance(term, BlankNode):
                raise ReferenceDataError(
                    f"{path}: has a blank node near {shorten(quad.predicate.value)}",
                    "give everything an IRI, so that it can be named and replaced",
                )
            assert isinstance(subject, NamedNode)
            assert isinstance(term, NamedNode | Literal)
            yield subject.value, quad.predicate.value, term
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        message = re.sub(r"^Parser error at line.*?: ", "", str(getattr(error, "msg", error)))
        raise ReferenceDataError(f"{path}:{line}: is not valid Turtle: {message}") from error
