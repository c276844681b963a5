"""Writing differences into a user's overlay file: checked before, and all of it or nothing."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import ReferenceDataError, UsageError
from kg.namespaces import ID, PREFIXES, TKG
from kg.records import PartialDate, Precision
from kg.reference.facts import SINGLE, Facts, Subject
from kg.reference.world import load_world

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.workspace.refresh import Difference

__all__ = ["apply", "turtle"]

Term = NamedNode | Literal
RDF, SKOS, SCHEMA = PREFIXES["rdf"], PREFIXES["skos"], PREFIXES["schema"]
WORDS = ("rdf", "skos", "foaf", "org", "schema", "dcterms", "tkg", "wd", "xsd")


def turtle(differences: Iterable[Difference], origin: str) -> str:
    """The differences as an overlay in Turtle.

    Args:
        differences: what to write.
        origin: note on where the dates come from.
    """
    return _written(_facts(differences, origin))


def apply(
    path: Path, differences: Iterable[Difference], origin: str, beneath: tuple[Path, ...] = ()
) -> None:
    """Put the differences on top of what an overlay file says.

    The file is replaced only once the whole of it has proved to be usable; its former content is
    kept beside it, as ``….bak``.

    Args:
        path: the user's Turtle file; made when it is not there.
        differences: what to write.
        origin: note on where the dates come from.
        beneath: the user's other overlays, which come before it.

    Raises:
        UsageError: it is no Turtle file.
        ReferenceDataError: what it says already, or would say, breaks the rules.
    """
    if path.suffix.lower() != ".ttl":
        raise UsageError(f"{path} is not a Turtle file", "name an overlay that ends in .ttl")
    facts = Facts()
    if path.is_file():
        facts.read([path])
    facts.overlay(_facts(differences, origin).subjects.values())
    new = path.with_name(f".{path.stem}.partial.ttl")
    try:
        new.write_text(_written(facts), "utf-8")
        load_world((*(p for p in beneath if p != path), new))
        if path.is_file():
            path.with_name(f"{path.name}.bak").write_bytes(path.read_bytes())
        new.replace(path)
    except ReferenceDataError as error:
        raise ReferenceDataError(
            f"{path} would become unusable: {error.message}", "nothing was changed"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def _facts(differences: Iterable[Difference], origin: str) -> Facts:
    facts = Facts()
    for difference in differences:
        for iri, predicate, term in _statements(difference, origin):
            subject = facts.subjects.get(iri)
            if subject is None:
                subject = facts.subjects[iri] = Subject(iri, Path("overlay"))
            if predicate in SINGLE:
                subject.values[predicate] = [term]
            else:
                subject.add(predicate, term)
    return facts


def _statements(difference: Difference, origin: str) -> Iterator[tuple[str, str, Term]]:
    iri = difference.iri
    if difference.wikidata:
        person = difference.holder
        yield person, RDF + "type", NamedNode(TKG + "Person")
        yield person, SKOS + "prefLabel", Literal(difference.holder_label, language="en")
        family = difference.holder_label.split()[-1]
        yield person, PREFIXES["foaf"] + "familyName", Literal(family)
        yield person, SKOS + "exactMatch", NamedNode(PREFIXES["wd"] + difference.wikidata)
    if difference.is_tenure:
        yield iri, RDF + "type", NamedNode(TKG + "Tenure")
        yield iri, PREFIXES["org"] + "member", NamedNode(difference.holder)
        yield iri, TKG + "office", NamedNode(difference.what)
    else:
        yield iri, RDF + "type", NamedNode(TKG + "BlocMembership")
        yield iri, TKG + "memberState", NamedNode(difference.holder)
        yield iri, TKG + "bloc", NamedNode(difference.what)
    for which, text in (("start", difference.start), ("end", difference.end)):
        if text:
            when = PartialDate.parse(text)
            day = Literal(when.first.isoformat(), datatype=NamedNode(PREFIXES["xsd"] + "date"))
            yield iri, f"{SCHEMA}{which}Date", day
            if difference.is_tenure and (when.precision is not Precision.DAY or difference.before):
                yield iri, f"{TKG}{which}Precision", Literal(when.precision.value)
    yield iri, PREFIXES["dcterms"] + "source", Literal(origin)


def _written(facts: Facts) -> str:
    lines = [f"@prefix {name}: <{PREFIXES[name]}> ." for name in WORDS]
    for iri in sorted(facts.subjects):
        values = facts.subjects[iri].values
        pairs = [
            f"{_short(predicate)} {', '.join(sorted(map(_term, values[predicate])))}"
            for predicate in sorted(values, key=lambda p: (p != RDF + "type", p))
        ]
        lines += ["", f"{NamedNode(iri)} " + " ;\n    ".join(pairs) + " ."]
    return "\n".join(lines) + "\n"


def _short(iri: str) -> str:
    for name in WORDS:
        local = iri.removeprefix(PREFIXES[name])
        if local != iri and local.isalnum():
            return f"{name}:{local}"
    return str(NamedNode(iri))


def _term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return str(term) if term.value.startswith(ID) else _short(term.value)
    if term.datatype.value == PREFIXES["xsd"] + "date":
        return f'"{term.value}"^^xsd:date'
    return str(term)
