"""People and offices as documents state them, and where the reference data disagree."""

import json
from datetime import date
from pathlib import Path

import pytest

from kg.cli.main import main
from kg.errors import NotFoundError
from kg.graph import document_share
from kg.namespaces import entity_iri
from kg.records import (
    ActorKind,
    Document,
    Entity,
    EventMention,
    Modality,
    OfficeStatement,
    OfficeStatus,
    PartialDate,
    Reading,
)
from kg.reference.world import load_world
from kg.resolution import link
from kg.store import open_store
from kg.workspace import KnowledgeGraph

WORLD = load_world()
ESTONIA = entity_iri("state", "estonia")


def share(person, office, published, *, status=OfficeStatus.CURRENT, body=ESTONIA):
    """A document that says "<office> <person> …"."""
    text = f"Estonian {office} {person} criticised Germany."
    document = Document(text, f"{person} speaks", PartialDate.parse(published), "option")
    start = text.index(person)
    known = WORLD.find(person)
    who = Entity("p", person, ActorKind.PERSON, (document.span(start, start + len(person)),),
                 known[0].iri if known else None)  # fmt: skip
    place = text.index("Germany")
    other = Entity("g", "Germany", ActorKind.STATE, (document.span(place, place + 7),),
                   entity_iri("state", "germany"))  # fmt: skip
    reading = Reading(
        document, "hand", "1", (who, other),
        (OfficeStatement("p", office, "Estonia", document.span(0, start + len(person)), status,
                         body),),
        (EventMention("criticise", ("p",), ("g",), document.span(0, len(text)),
                      document.span(0, 5), Modality.ASSERTED, 0.8, "hand",
                      PartialDate.parse(published)),),
    )  # fmt: skip
    return document_share(link(reading, WORLD), date(2026, 3, 1)).graphs


@pytest.fixture
def told():
    """A graph in memory filled with such documents."""
    with open_store(None, write=True) as store:

        def fill(*documents):
            for graphs in documents:
                store.replace(graphs)
            return KnowledgeGraph(store, Path.cwd(), writable=True)

        yield fill


def test_a_newcomer_holds_an_office_at_least_on_the_days_documents_say_so(told):
    graph = told(
        share("Nemo Nautilus", "Harbour Minister", "2026-02-14"),
        share("Nemo Nautilus", "Harbour Minister", "2026-03-01"),
        share("Nemo Nautilus", "harbour minister", "2026-01-01", status=OfficeStatus.FORMER),
    )
    (match,) = graph.who("nautilus")
    assert (match.label, match.told, match.polity) == ("Nemo Nautilus", True, "Estonia")
    (held,) = match.offices
    assert (held.since, held.until) == (None, None)
    assert held.at_least_on == ("2026-02-14", "2026-03-01")
    assert held.evidence == ("Estonian Harbour Minister Nemo Nautilus",)
    with pytest.raises(NotFoundError):
        graph.who("Nobody Atall")


def conflicts(graph):
    return [f.message for f in graph.check().findings if f.check == "stated-offices"]


def test_somebody_in_an_office_that_another_holds_is_reported_and_changes_nothing(told):
    graph = told(share("Nemo Nautilus", "Prime Minister", "2023-06-01"))
    assert conflicts(graph) == [
        "“Nemo Nautilus speaks” of 2023-06-01 says that Nemo Nautilus holds Prime Minister of "
        "Estonia; the reference data have Kaja Kallas"
    ]
    (finding,) = (f for f in graph.check().findings if f.check == "stated-offices")
    assert finding.severity == "warning"
    assert WORLD.holders(WORLD.tenures_of(WORLD.find("Kaja Kallas")[0].iri)[0].office)


def test_somebody_who_held_the_office_at_another_time_is_reported(told):
    (message,) = conflicts(told(share("Kaja Kallas", "Prime Minister", "2025-06-01")))
    assert "says that Kaja Kallas holds Prime Minister of Estonia; the reference data" in message


@pytest.mark.parametrize(
    "document",
    [
        share("Kaja Kallas", "Prime Minister", "2023-06-01"),
        share("Kaja Kallas", "Prime Minister", "2025-06-01", status=OfficeStatus.FORMER),
        share("Kaja Kallas", "Prime Minister", "2025"),
        share("Nemo Nautilus", "Harbour Minister", "2025-06-01"),
        share("Nemo Nautilus", "Prime Minister", "2025-06-01", body=None),
    ],
)
def test_what_agrees_or_cannot_be_compared_is_no_conflict(told, document):
    assert conflicts(told(document)) == []


def test_the_command_shows_them_with_a_store_only(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with open_store(tmp_path / "a.kg", write=True) as store:
        store.replace(share("Nemo Nautilus", "Harbour Minister", "2026-02-14"))

    def kg(*words):
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(words)
        captured = capsys.readouterr()
        return int(left.value.code or 0), captured.out, captured.err

    assert kg("world", "show", "Nemo Nautilus")[0] == 1
    code, out, _ = kg("world", "show", "Nemo Nautilus", "--store", "a.kg", "-f", "json")
    assert code == 0
    assert json.loads(out)["rows"][0]["offices"][0]["at_least_on"] == ["2026-02-14"]
    assert "2026-02-14" in kg("world", "show", "Nautilus", "-s", "a.kg", "-f", "csv")[1]
    assert kg("world", "show", "Macron", "-s", "none.kg")[0] == 1
    Path("kg.toml").write_text('store = "none.kg"', "utf-8")
    assert kg("world", "show", "Macron")[0] == 0
