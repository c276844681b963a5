"""Doubts about reference data: what is found, and what is not made a fuss about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.namespaces import ID, PREFIXES
from kg.reference.audit import Finding, FindingKind, audit
from kg.reference.world import load_world, read_world

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
HEADER += f"@base <{ID}> .\n"
BASE = """
<state/x> a tkg:State ; skos:prefLabel "Xland"@en .
<bloc/b> a tkg:Bloc ; skos:prefLabel "Bloc"@en .
<person/ann> a tkg:Person ; skos:prefLabel "Ann"@en .
<person/bob> a tkg:Person ; skos:prefLabel "Bob"@en .
<office/pm> a tkg:Office ; skos:prefLabel "Prime Minister of Xland"@en ;
    tkg:represents <state/x> ; tkg:officeKind "head-of-government" .
<office/mp> a tkg:Office ; skos:prefLabel "Member of Parliament"@en ;
    tkg:represents <state/x> ; tkg:officeKind "legislator" .
"""


def tenure(who: str, start: str, end: str = "", note: str = "", office: str = "pm") -> str:
    closing = f' ; schema:endDate "{end}"^^xsd:date' if end else ""
    return (
        f"<tenure/{who}/{office}/{start}> a tkg:Tenure ; org:member <person/{who}> ; "
        f'tkg:office <office/{office}> ; schema:startDate "{start}"^^xsd:date{closing} ; '
        f'dcterms:source "{note or "public record"}" .\n'
    )


def findings(tmp_path: Path, body: str, on: date | None = None) -> list[Finding]:
    path = tmp_path / "data.ttl"
    path.write_text(HEADER + BASE + body, encoding="utf-8")
    return [f for f in audit(read_world([[path]]), on) if f.kind is not FindingKind.VACANT]


def test_a_clean_handover_is_no_finding(tmp_path: Path) -> None:
    clean = tenure("ann", "2010-05-11", "2016-07-13") + tenure("bob", "2016-07-13")
    assert findings(tmp_path, clean) == []


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (
            tenure("ann", "2010-01-01") + tenure("bob", "2016-01-01"),
            FindingKind.SUPERSEDED,
            "Ann as Prime Minister of Xland is open, though Bob followed on 2016-01-01",
        ),
        (
            tenure("ann", "2010-01-01", "2016-01-11") + tenure("bob", "2016-01-01"),
            FindingKind.OVERLAP,
            "Ann and Bob both hold Prime Minister of Xland for 10 days from 2016-01-01",
        ),
        (
            tenure("ann", "2010-01-01", "2015-01-01") + tenure("bob", "2016-01-01"),
            FindingKind.GAP,
            "nobody holds Prime Minister of Xland from 2015-01-01 to 2016-01-01",
        ),
        (
            tenure("ann", "2010-01-01", "2015-01-01", office="mp")
            + tenure("ann", "2014-01-01", office="mp"),
            FindingKind.DOUBLE,
            "Ann as Member of Parliament is recorded twice",
        ),
        (
            '<person/ann-2> a tkg:Person ; skos:prefLabel "Dr Ann"@en ; skos:altLabel "ANN"@en .',
            FindingKind.AMBIGUOUS,
            "'ann' names 2 of kind person: Ann, Dr Ann",
        ),
    ],
)
def test_each_doubt_is_found_once(tmp_path: Path, body: str, kind: FindingKind, words: str) -> None:
    (found,) = findings(tmp_path, body)
    assert found.kind is kind
    assert words in found.message


def test_an_open_tenure_past_its_data_is_found(tmp_path: Path) -> None:
    body = tenure("ann", "2010-01-01", note="list of leaders, as of 2022-10")
    (found,) = findings(tmp_path, body, date(2026, 11, 22))
    assert found.kind is FindingKind.STALE
    assert "2022-10-01" in found.message
    assert findings(tmp_path, body, date(2023, 1, 1)) == []


def test_by_default_the_newest_note_is_the_measure(tmp_path: Path) -> None:
    old = tenure("ann", "2010-01-01", note="as of 2022-10")
    new = tenure("bob", "2020-01-01", note="no end known in 2026-11", office="mp")
    assert [f.kind for f in findings(tmp_path, old)] == []
    assert [f.kind for f in findings(tmp_path, old + new)] == [FindingKind.STALE]


def test_several_legislators_at_once_are_normal(tmp_path: Path) -> None:
    body = tenure("ann", "2010-01-01", office="mp") + tenure("bob", "2011-01-01", office="mp")
    assert findings(tmp_path, body) == []


def test_a_presidency_of_several_is_normal(tmp_path: Path) -> None:
    body = tenure("ann", "2010-01-01") + tenure("bob", "2010-01-01")
    assert findings(tmp_path, body) == []


def test_a_year_is_no_proof_of_an_overlap(tmp_path: Path) -> None:
    body = tenure("ann", "2010-01-01", "2016-07-13") + tenure("bob", "2016-01-01").replace(
        " ; dcterms", ' ; tkg:startPrecision "year" ; dcterms'
    )
    assert findings(tmp_path, body) == []


def test_doubled_membership_is_found(tmp_path: Path) -> None:
    body = "".join(
        f"<membership/x/b/{start}> a tkg:BlocMembership ; tkg:memberState <state/x> ; "
        f'tkg:bloc <bloc/b> ; schema:startDate "{start}"^^xsd:date .\n'
        for start in ("2004-05-01", "2007-01-01")
    )
    (found,) = findings(tmp_path, body)
    assert found.kind is FindingKind.DOUBLE
    assert "Xland in Bloc" in found.message


def test_shipped_data_have_no_contradiction() -> None:
    grave = {FindingKind.INVERTED, FindingKind.DOUBLE, FindingKind.SUPERSEDED}
    assert [f.message for f in audit(load_world()) if f.kind in grave] == []
