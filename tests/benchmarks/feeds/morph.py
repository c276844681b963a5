"""The same mapping by morph-kgc (https://github.com/morph-kgc/morph-kgc), in a process of its own.

It gets the easier half of the work: a table in which everybody is linked and every event has its
IRI already, so that it only has to make triples of cells by RML rules. The triples are the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import islice
from typing import TYPE_CHECKING

import polars as pl

from kg.feeds.reading import feed_files
from kg.feeds.tally import Tally
from kg.graph.bulk import coded_rows
from kg.graph.bulk_sides import SharedSides
from kg.namespaces import PREFIXES, document_iri, issue_iri
from kg.reference.schemes import event_types
from kg.reference.world import load_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["HOW", "available", "blocks", "mapped", "write_table"]

HOW = "pip install morph-kgc (in a virtual environment, say), then --morph PATH/TO/ITS/bin/python"
_RML = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""
_SUPERTYPE = {-1: "Confrontation", 0: "Consultation", 1: "Cooperation"}
_INTEGER, _DECIMAL, _DATE = (PREFIXES["xsd"] + name for name in ("integer", "decimal", "date"))
_TKG, _TYPE = PREFIXES["tkg"], PREFIXES["rdf"] + "type"
_EVENT = (
    ("constant", _TYPE, f"{_TKG}Event"),
    ("iri", _TYPE, "supertype"),
    *(("iri", _TKG + name, column) for name, column in (
        ("eventType", "kind"), ("eventClass", "class"), ("actor", "actor"),
        ("recipient", "recipient"), ("issue", "issue"))),
    (_INTEGER, f"{_TKG}sign", "sign"),
    (_DECIMAL, f"{_TKG}intensity", "intensity"),
    (_DATE, f"{_TKG}date", "date"),
    ("text", f"{_TKG}status", "realised"),
    ("text", f"{_TKG}datePrecision", "day"),
)  # fmt: skip
_ROW = (
    ("constant", _TYPE, f"{_TKG}Row"),
    ("iri", f"{_TKG}ofEvent", "event"),
    ("iri", f"{_TKG}inDocument", "document"),
    ("string", f"{_TKG}quote", "record"),
    (_DECIMAL, f"{_TKG}confidence", "confidence"),
    ("string", PREFIXES["dcterms"] + "publisher", "outlet"),
    ("string", PREFIXES["dcterms"] + "source", "story"),
)
_SIDE = (("iri", f"{_TKG}ofEvent", "event"),)


def available(python: str) -> bool:
    """Whether an interpreter has morph-kgc."""
    command = [python, "-c", "import morph_kgc"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def write_table(folder: Path) -> None:
    """Write table.csv, mapping.ttl and config.ini into a folder with rows.export.CSV."""
    world = load_world()
    (file,) = feed_files(folder / "rows.export.CSV")
    sides = SharedSides(world)
    document = document_iri("rows")
    kinds = event_types()
    of_type = pl.DataFrame(
        [(name, kind.iri, kinds[kind.top].iri, _TKG + _SUPERTYPE[kind.sign], kind.sign,
          kind.intensity) for name, kind in kinds.items()],
        ["type", "kind", "class", "supertype", "sign", "intensity"], orient="row",
    )  # fmt: skip
    with (folder / "table.csv").open("wb") as out:
        for number, batch in enumerate(file.batches(world, Tally())):
            rows = sides.attach(coded_rows(batch)).join(of_type, on="type", maintain_order="left")
            issue = pl.col("issues").cast(pl.List(pl.String)).list.first()
            table = rows.select(
                *("event", "kind", "class", "supertype", "sign", "intensity", "actor"),
                *("recipient", "date", "record", "confidence", "outlet", "story"),
                *("actor_side", "recipient_side"),
                node=pl.format(f"{document}#row={{}}", "row"),
                document=pl.lit(document),
                issue=pl.when(issue.is_not_null()).then(pl.lit(issue_iri("")) + issue),
            )
            table.write_csv(out, include_header=not number, quote_style="necessary")
    maps = (("event", _EVENT), ("node", _ROW), ("actor_side", _SIDE), ("recipient_side", _SIDE))
    source = json.dumps(str(folder / "table.csv"))
    text = _RML + "".join(_triples_map(source, subject, rules) for subject, rules in maps)
    (folder / "mapping.ttl").write_text(text, encoding="utf-8")
    (folder / "config.ini").write_text(
        f"[CONFIGURATION]\noutput_file: {folder / 'mapped.nt'}\noutput_format: N-TRIPLES\n"
        "number_of_processes: 1\nlogging_level: ERROR\n"
        f"[rows]\nmappings: {folder / 'mapping.ttl'}\n"
    )


def mapped(folder: Path, python: str = sys.executable) -> None:
    """Let morph-kgc write mapped.nt.

    Raises:
        CalledProcessError: it failed.
    """
    subprocess.run([python, "-m", "morph_kgc", str(folder / "config.ini")], check=True,
                   stdout=sys.stderr)  # fmt: skip


def blocks(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What it wrote, as a store loads it: into one graph."""
    with (folder / "mapped.nt").open("rb") as lines:
        while some := list(islice(lines, 50_000)):
            yield document_iri("rows"), b"".join(line.rstrip(b" .\n") + b" .\n" for line in some)


def _triples_map(source: str, subject: str, rules: tuple[tuple[str, str, str], ...]) -> str:
    said = "".join(
        f" rr:predicateObjectMap [ rr:predicate <{predicate}> ; rr:objectMap "
        f"[ {_object(kind, value)} ] ] ;"
        for kind, predicate, value in rules
    )
    return (
        f"<#{subject}> a rr:TriplesMap ; rml:logicalSource [ rml:source {source} ; "
        f'rml:referenceFormulation ql:CSV ] ; rr:subjectMap [ rml:reference "{subject}" ; '
        f"rr:termType rr:IRI ] ;{said[:-2]} .\n"
    )


def _object(kind: str, value: str) -> str:
    if kind == "constant":
        return f"rr:constant <{value}>"
    if kind == "text":
        return f'rr:constant "{value}"'
    if kind == "iri":
        return f'rml:reference "{value}" ; rr:termType rr:IRI'
    datatype = "" if kind == "string" else f" ; rr:datatype <{kind}>"
    return f'rml:reference "{value}"{datatype}'
