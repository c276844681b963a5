"""Ingesting: what changes in the store, and what must not."""

import io
import itertools
from datetime import date

import pytest

import kg.workspace
from kg.errors import NotFoundError, StoreError, UsageError
from kg.records import PartialDate
from kg.workspace import Outcome

ROW = "On 14 February 2026, the European Union criticised the United States over tariffs.\n"
DEAL = "On 15 February 2026, Germany and France signed an agreement with Canada on energy.\n"
VISIT = "On 16 February 2026, French President Emmanuel Macron met U.S. President Donald Trump.\n"
OWN_REPORT = (
    "The United States were criticised by the European Union on 14 February 2026. "
    "Traders in Hamburg had expected worse and prices hardly moved in the afternoon.\n"
)
DAY = date(2026, 3, 1)


@pytest.fixture
def folder(tmp_path, new_store):
    for name in ("a.kg", "b.kg"):
        new_store(tmp_path / name)
    for name, text in (("row.txt", ROW), ("deal.txt", DEAL), ("visit.txt", VISIT)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def ingest(store, *inputs, read_on=DAY, **options):
    with kg.workspace.open_graph(store, write=True) as graph:
        return list(graph.ingest([str(path) for path in inputs], read_on=read_on, **options))


def dump(store) -> bytes:
    out = io.BytesIO()
    with kg.workspace.open_graph(store) as graph:
        graph.store.dump(out)
    return out.getvalue()


def test_ingesting_again_changes_no_byte_even_on_another_day(folder):
    store = folder / "a.kg"
    assert [r.outcome for r in ingest(store, folder / "row.txt")] == [Outcome.ADDED]
    before = dump(store)
    (again,) = ingest(store, folder / "row.txt", read_on=date(2026, 4, 1))
    assert again.outcome is Outcome.UNCHANGED
    assert dump(store) == before


def test_any_order_in_one_go_or_one_by_one_gives_the_same_graph(folder, new_store):
    names = ("row.txt", "deal.txt", "visit.txt")
    dumps = set()
    for number, order in enumerate(itertools.permutations(names)):
        store = new_store(folder / f"{number}.kg")
        if number % 2:
            for name in order:
                ingest(store, folder / name)
        else:
            ingest(store, *(folder / name for name in order))
        dumps.add(dump(store))
    assert len(dumps) == 1


def test_an_edited_document_replaces_its_own_share_only(folder):
    store, fresh = folder / "a.kg", folder / "b.kg"
    ingest(store, folder / "row.txt", folder / "deal.txt")
    (folder / "row.txt").write_text(ROW.replace("criticised", "praised"), "utf-8")
    (report,) = ingest(store, folder / "row.txt")
    assert report.outcome is Outcome.REPLACED
    ingest(fresh, folder / "row.txt", folder / "deal.txt")
    assert dump(store) == dump(fresh)


def test_forgetting_removes_exactly_a_documents_share(folder):
    store, other = folder / "a.kg", folder / "b.kg"
    ingest(other, folder / "deal.txt")
    ingest(store, folder / "deal.txt", folder / "row.txt")
    with kg.workspace.open_graph(store, write=True) as graph:
        assert graph.forget("row.txt").source == "row.txt"
        with pytest.raises(NotFoundError):
            graph.forget("row.txt")
    assert dump(store) == dump(other)


def test_an_event_told_twice_is_one_event_and_survives_one_of_its_documents(folder):
    store = folder / "a.kg"
    (folder / "own.txt").write_text(OWN_REPORT, "utf-8")
    (folder / "copy.txt").write_text(ROW + "Copyright of the agency.\n", "utf-8")
    ingest(store, folder / "row.txt", folder / "own.txt", folder / "copy.txt")
    with kg.workspace.open_graph(store, write=True) as graph:
        (dyad,) = graph.rifts(left="us", right="eu").dyads
        assert (dyad.confrontations, dyad.sources) == (1, 2)
        graph.forget("own.txt")
        (dyad,) = graph.rifts(left="us", right="eu").dyads
        assert (dyad.confrontations, dyad.sources) == (1, 1)


def test_the_same_content_at_two_paths_is_one_document(folder):
    (folder / "copy.txt").write_text(ROW, "utf-8")
    _, second = ingest(folder / "a.kg", folder / "row.txt", folder / "copy.txt")
    assert second.outcome is Outcome.UNCHANGED
    assert "row.txt" in second.remark


def test_standard_input_and_a_date_from_the_caller(folder):
    (report,) = ingest(
        folder / "a.kg", "-", stdin=io.BytesIO(b"France thanked Germany for its support."),
        stated={"published": PartialDate(2024, 5, 6)},
    )  # fmt: skip
    assert report.outcome is Outcome.ADDED
    with kg.workspace.open_graph(folder / "a.kg") as graph:
        (row,) = graph.sources()
    assert (str(row.published), row.source) == ("2024-05-06", "stdin")


def test_a_reader_cannot_write(folder):
    ingest(folder / "a.kg", folder / "row.txt")
    with kg.workspace.open_graph(folder / "a.kg") as graph, pytest.raises(StoreError):
        graph.forget("row.txt")


def test_explain_takes_a_pair_or_an_event_and_refuses_the_rest(folder):
    ingest(folder / "a.kg", folder / "row.txt")
    with kg.workspace.open_graph(folder / "a.kg") as graph:
        by_comma, by_hyphen = graph.explain("us,eu"), graph.explain("us-eu")
        assert by_comma.events == by_hyphen.events
        (event,) = by_comma.events
        assert event.evidence[0].quote in ROW
        assert graph.explain(event.iri).events == (event,)
        assert graph.explain(event.iri.rpartition("/")[2][:8]).events == (event,)
        with pytest.raises(NotFoundError):
            graph.explain("0123456789abcdef")
        with pytest.raises(UsageError):
            graph.explain("nonsense")


def test_offices_of_the_day_are_told(folder):
    ingest(folder / "a.kg", folder / "visit.txt")
    with kg.workspace.open_graph(folder / "a.kg") as graph:
        found = graph.explain("Emmanuel Macron, Donald Trump")
        told = {
            found.labels[office] for e in found.events for p in e.parties for office in p.offices
        }
    assert {"President of the United States"} <= told


def test_a_store_passes_its_own_checks(folder):
    ingest(folder / "a.kg", folder / "row.txt", folder / "deal.txt", folder / "visit.txt")
    with kg.workspace.open_graph(folder / "a.kg") as graph:
        assert graph.check().findings == ()
        info = graph.info()
    assert (info.documents, info.undated) == (3, 0)


def test_a_document_in_another_language_is_kept_and_not_coded(folder):
    text = (
        "Am 14. Februar 2026 hat die Europäische Union die Vereinigten Staaten wegen der Zölle "
        "scharf kritisiert und mit Gegenmaßnahmen gedroht, die nicht lange auf sich warten ließen."
    )
    (folder / "de.txt").write_text(text, "utf-8")
    german, english = ingest(folder / "a.kg", folder / "de.txt", folder / "row.txt")
    assert (german.outcome, german.events) == (Outcome.ADDED, 0)
    assert "de" in german.remark
    assert english.events == 1
