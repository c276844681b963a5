"""Every question on the hand-written store, with the answers of answers.json."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rdflib import Dataset

from kg.errors import QueryError
from kg.store.parameters import load_query, query_names
from kg.store.results import table

QUESTIONS = json.loads(Path(__file__).with_name("answers.json").read_text(encoding="utf-8"))


def answer(store, name, **values):
    return table(store.query(load_query(name).bound(values)))


def test_every_question_has_its_answer_here():
    assert set(query_names()) == set(QUESTIONS)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_answer(store, name):
    expected = QUESTIONS[name]
    columns, rows = answer(store, name, **expected["parameters"])
    assert list(columns) == expected["columns"]
    assert [list(row) for row in rows] == expected["rows"]


@pytest.mark.parametrize("name", sorted(QUESTIONS))
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own
def test_another_engine_gives_the_same_answer(store, name):
    query = load_query(name).bound(QUESTIONS[name]["parameters"])
    nquads = io.BytesIO()
    store.dump(nquads)
    other = Dataset(default_union=True)
    other.parse(data=nquads.getvalue().decode(), format="nquads")
    found = other.query(query)
    expected = store.select(query)
    assert tuple(str(variable) for variable in found.vars) == expected.variables
    rows = sorted(tuple("" if term is None else str(term) for term in row) for row in found)
    assert rows == sorted(expected.texts())


def test_period_leaves_out_what_lies_outside_and_what_has_no_date(store):
    def dates(**values):
        _, rows = answer(store, "confrontations", **values)
        return sorted({row[0] for row in rows})

    assert dates() == ["", "2026-02-14"]
    assert dates(since="2026-02-14") == ["2026-02-14"]
    assert dates(until="2026-02-14") == ["2026-02-14"]
    assert dates(since="2026-02-15") == []
    assert dates(until="2026-02-13") == []


def test_limit(store):
    assert len(answer(store, "confrontations", limit=1)[1]) == 1


def test_claims_of_somebody_and_over_an_issue(store):
    def claims(**values):
        return len(answer(store, "claims", **values)[1])

    assert claims(claimant="id:person/ida-holm") == 1
    assert claims(claimant="id:person/kaja-kallas") == 0
    assert claims(issue="issue:trade-tariffs") == 1
    assert claims(issue="issue:ukraine-support") == 0


def test_documents_of_one_outlet(store):
    _, rows = answer(store, "documents-by-outlet", outlet="Atlantic Wire")
    assert [row[2] for row in rows] == ["Allies at odds in Munich"]


def test_membership_ends_on_its_last_day(store):
    def speakers(day):
        _, rows = answer(store, "speakers-for-a-bloc", bloc="id:bloc/eu", on=day)
        return [(row[0], row[1]) for row in rows]

    assert speakers("2020-01-31") == [("United Kingdom", "Boris Johnson")]
    assert speakers("2020-02-01") == []
    assert speakers("2024-07-22") == [("Estonia", "Kaja Kallas")]
    assert speakers("2024-07-23") == []


def test_a_question_without_its_parameter_says_which_there_are(store):
    with pytest.raises(QueryError, match="'actor'") as caught:
        answer(store, "events-by-actor")
    assert "actor (iri), since (date) = 0001-01-01" in caught.value.hint
