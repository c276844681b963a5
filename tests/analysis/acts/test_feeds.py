"""Acts of documents and feeds together: each once, and the same when something was never read."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import Level, side_keys, told_events
from kg.analysis.acts import Acts, Without, acts, ties
from kg.analysis.acts.agreement import disagreements
from kg.analysis.acts.combining import CODED
from kg.analysis.acts.details import acts_in_full
from kg.analysis.acts.feeds import feed_rows, read_feed
from kg.analysis.acts.shelf import shelf_of
from kg.feeds.coded import CODED as SCHEMA
from kg.feeds.coded import Feed
from kg.graph import document_share
from kg.judgements import Signature, Verdict, append
from kg.namespaces import document_iri, entity_iri
from kg.records import (
    ActorKind,
    Document,
    Entity,
    EventMention,
    Modality,
    PartialDate,
    Reading,
)
from kg.reference.world import load_world
from kg.resolution import link
from kg.store import MemoryStore, open_store
from kg.workspace.bulk import load_feed

NAMES = ("us", "germany", "france", "uk")
STATES = {name: entity_iri("state", name) for name in NAMES}
DAYS = (date(2018, 6, 1), date(2018, 6, 2))


def row(number: int, kind: str, actor: str, recipient: str, **said: object) -> dict[str, object]:
    base: dict[str, object] = {
        "row": number, "id": str(number), "date": DAYS[0], "type": kind, "actor": STATES[actor],
        "recipient": STATES[recipient], "issues": [], "confidence": 0.35, "outlet": "",
        "story": "", "record": f'{{"n":{number}}}',
    }  # fmt: skip
    return base | said


rows = st.builds(
    lambda kind, sides, day, issues, outlet, story: {
        "type": kind, "actor": STATES[sides[0]], "recipient": STATES[sides[1]], "date": day,
        "issues": issues, "outlet": outlet, "story": story,
    },
    st.sampled_from(["criticise", "blame", "meet", "support"]),
    st.permutations(NAMES),
    st.sampled_from(DAYS),
    st.lists(st.sampled_from(["china", "iran"]), unique=True, max_size=2),
    st.sampled_from(["", "bbc.example", "cnn.example"]),
    st.sampled_from(["", "https://x.example/1", "https://x.example/2"]),
)  # fmt: skip
feeds = st.lists(st.lists(rows, min_size=1, max_size=6), max_size=2)
told = st.lists(
    st.tuples(
        st.sampled_from(["criticise", "accuse", "meet"]),
        st.permutations(NAMES),
        st.sampled_from(DAYS),
        st.sampled_from(["bbc.example", "The Paper"]),
    ),
    max_size=3,
)


def document(number: int, kind: str, actor: str, recipient: str, day: date, outlet: str) -> Reading:
    text = " ".join(f"word{number}x{place}" for place in range(20))  # no copy of another
    written = Document(text, outlet=outlet, published=PartialDate.of(day))
    span = written.span(0, len(text))
    entities = tuple(
        Entity(name, name, ActorKind.STATE, (span,), STATES[name]) for name in (actor, recipient)
    )
    said = EventMention(
        kind, (actor,), (recipient,), span, span, Modality.ASSERTED, 0.8, "rule",
        PartialDate.of(day),
    )  # fmt: skip
    return Reading(written, "reader", "1", entities, events=(said,))


def put_document(store: MemoryStore, reading: Reading) -> str:
    share = document_share(link(reading, load_world()), date(2026, 1, 1))
    store.replace(share.graphs)
    return share.document


def put_feed(store: MemoryStore, number: int, found: list[dict[str, object]]) -> None:
    coded = [
        {"row": n, "id": f"r{n}", "confidence": 0.35, "record": f'{{"n":{n}}}'} | said
        for n, said in enumerate(found, 1)
    ]
    feed = Feed(f"{number:020d}", "gdelt", ("GDELT", "2.0"), f"feed {number}")
    frame = pl.DataFrame(coded, SCHEMA)
    load_feed(store, load_world(), feed, [frame], read_on=date(2026, 1, 1))


def content(found: Acts) -> list[tuple[object, ...]]:
    """What the tables say, without numbers."""
    table = found.weighed().collect()
    faces = found.faces.collect().rows()
    tellings = found.tellings.collect().rows()
    out = []
    for act in table.iter_rows(named=True):
        number = act.pop("act")
        party = found.parties
        out.append((
            tuple(str(value) for value in act.values()),
            tuple(sorted((party[a], party[b]) for n, a, b in faces if n == number)),
            tuple(sorted(str(telling[1:]) for telling in tellings if telling[0] == number)),
        ))  # fmt: skip
    return sorted(out, key=str)


def build(
    documents: list[tuple[str, list[str], date, str]],
    coded: list[list[dict[str, object]]],
    keep_document=lambda said: True,
    keep_row=lambda number, said: True,
) -> MemoryStore:
    store = MemoryStore()
    for number, said in enumerate(documents):
        if keep_document(said):
            kind, sides, day, outlet = said
            put_document(store, document(number, kind, sides[0], sides[1], day, outlet))
    for number, found in enumerate(coded):
        # a row that was never read keeps its place in the file
        kept = [said | {"row": n, "id": f"r{n}"} for n, said in enumerate(found, 1)]
        kept = [said for said in kept if keep_row(number, said)]
        if kept:
            put_feed(store, number, kept)
    return store


@settings(max_examples=25, deadline=None)
@given(told, feeds)
def test_without_an_outlet_equals_never_having_read_it(documents, coded) -> None:
    whole = build(documents, coded)
    less = build(
        documents,
        coded,
        lambda said: said[3] != "bbc.example",
        lambda _, said: said["outlet"] != "bbc.example",
    )
    left = acts(whole, without=Without(sources=frozenset({"BBC.example"})))
    assert content(left) == content(acts(less))


@settings(max_examples=25, deadline=None)
@given(told, feeds)
def test_without_a_feed_an_actor_or_an_issue(documents, coded) -> None:
    whole = build(documents, coded)
    no_feed = build(documents, coded, keep_row=lambda number, _: number != 0)
    left = acts(whole, without=Without(sources=frozenset({f"{0:020d}"})))
    assert content(left) == content(acts(no_feed))
    uk = STATES["uk"]
    no_uk = build(
        documents,
        coded,
        lambda said: "uk" not in said[1][:2],
        lambda _, said: uk not in (said["actor"], said["recipient"]),
    )
    left = acts(whole, without=Without(actors=frozenset({uk})))
    assert content(left) == content(acts(no_uk))


@settings(max_examples=25, deadline=None)
@given(told, feeds)
def test_tables_from_triples_are_those_kept_while_loading(documents, coded) -> None:
    store = build(documents, coded)
    kept = content(acts(store))
    for feed in feed_rows(store):
        again = read_feed(store, feed)
        held = shelf_of(store).get(feed.id, next(iter(shelf_of(store)._memory[feed.id][:1])))
        assert held is not None
        assert content(again) == content(held)
    shelf_of(store).keep_only(frozenset())
    assert content(acts(store)) == kept


def test_a_feed_and_a_document_that_tell_one_act_tell_it_once() -> None:
    store = MemoryStore()
    doc = put_document(store, document(1, "criticise", "us", "germany", DAYS[0], "The Paper"))
    put_feed(store, 0, [row(1, "criticise", "us", "germany"), row(2, "blame", "france", "uk")])
    found = acts(store)
    (act,) = [
        a for a in found.weighed().collect().iter_rows(named=True) if a["type"] == "criticise"
    ]
    assert (act["confidence"], act["sources"]) == (0.8, 2)
    assert found.acts.collect().height == 2
    (first,) = told_events(store)
    (full,) = acts_in_full(store, found, [act["act"]], {})
    assert full.iri == first.iri
    assert {piece.document for piece in full.evidence} == {doc, document_iri(f"{0:020d}")}


def test_the_same_class_sides_and_day_is_one_act_by_a_named_rule() -> None:
    store = MemoryStore()
    put_document(store, document(1, "blame", "us", "germany", DAYS[0], "The Paper"))
    put_feed(store, 0, [row(1, "criticise", "us", "germany"), row(2, "criticise", "germany", "us")])
    found = acts(store)
    assert found.merged.select("rule").collect()["rule"].to_list() == [CODED]
    assert found.acts.collect().height == 2
    assert ties(found, side_keys(Level.POLITY)).collect().height == 2


def test_an_event_of_a_feed_judged_wrong_does_not_count() -> None:
    store = MemoryStore()
    put_feed(store, 0, [row(1, "criticise", "us", "germany"), row(2, "meet", "us", "germany")])
    iri = acts(store).acts.collect()["event"][0]
    append(store, Verdict.WRONG, [iri], by=Signature("me"))
    assert acts(store).acts.collect()["event"].to_list() != [iri]
    assert acts(store).acts.collect().height == 1


def test_files_beside_a_store_may_be_deleted_and_readers_need_not_write(tmp_path) -> None:
    with open_store(tmp_path / "a.kg", write=True) as store:
        put_feed(store, 0, [row(1, "criticise", "us", "germany"), row(2, "meet", "uk", "france")])
        before = content(acts(store))
    columns = tmp_path / "a.kg" / "columns"
    assert columns.is_dir()
    for file in sorted(columns.rglob("*.parquet")):
        file.unlink()
    columns.chmod(0o555)
    try:
        with open_store(tmp_path / "a.kg") as reader:
            assert content(acts(reader)) == before
    finally:
        columns.chmod(0o755)


def test_columns_of_an_older_state_are_not_used(tmp_path) -> None:
    with open_store(tmp_path / "a.kg", write=True) as store:
        put_feed(store, 0, [row(1, "criticise", "us", "germany")])
        assert acts(store).acts.collect().height == 1
        put_document(store, document(1, "meet", "us", "uk", DAYS[0], "The Paper"))
        assert acts(store).acts.collect().height == 2


def test_columns_that_say_something_else_than_the_triples_are_told(tmp_path) -> None:
    with open_store(tmp_path / "a.kg", write=True) as store:
        put_feed(store, 0, [row(1, "criticise", "us", "germany"), row(2, "meet", "uk", "france")])
        assert list(disagreements(store)) == []
        (kept,) = (tmp_path / "a.kg" / "columns").glob("0*/acts.parquet")
        pl.read_parquet(kept).with_columns(intensity=pl.lit(9.0)).write_parquet(kept)
        ((feed, message),) = disagreements(store)
    assert feed == document_iri(f"{0:020d}")
    assert "2 types" in message
