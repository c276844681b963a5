"""What an analyst finds on each page, and that every number leads to its sentences."""

from __future__ import annotations

import gzip
import re

import pytest

KALLAS, WALTZ = "person/kaja-kallas", "person/mike-waltz"


def words(tree):
    return " ".join(tree.text_content().split())


def links(tree, start):
    return [a for a in tree.xpath("//main//a/@href") if a.startswith(start)]


def event_id(server, part):
    tree = server.html(f"/search?q={part}&kind=event")
    return links(tree, "/event?id=")[0]


def test_the_overview_has_figures_latest_confrontations_and_ranks(server):
    tree = server.html("/")
    figures = dict(
        zip(
            [dt.text for dt in tree.xpath("//dl[@class='figures']//dt")],
            [dd.text for dd in tree.xpath("//dl[@class='figures']//dd")],
            strict=True,
        )
    )
    assert figures["documents"] == "8"
    assert figures["events that happened"] == "7"
    assert figures["threatened, denied or possible"] == "1"
    latest = [words(h) for h in tree.xpath("//section[h2[@id='latest']]//h3")]
    assert latest[0].startswith("Max Rubio")
    assert "2026-02-21" in latest[0]
    ranks = words(tree.xpath("//section[h2[@id='rifts']]")[0])
    assert "Germany – United States" in ranks
    assert "France – Germany" in ranks


def test_every_link_of_the_main_pages_opens(server):
    seen, wait = set(), ["/", "/matrix", "/issues", "/documents", "/review", "/query", "/network"]
    while wait and len(seen) < 80:
        path = wait.pop(0)
        if path in seen:
            continue
        seen.add(path)
        said = server.page(path)
        assert said.status == 200, path
        if said.type == "text/html" and "atlas" not in path:
            found = re.findall(r'href="(/[^"#]*)', said.text)
            wait += [link.replace("&amp;", "&") for link in found]
    assert len(seen) > 40


def test_the_matrix_opens_the_pair_with_the_same_balance(server):
    tree = server.html("/matrix")
    cell = tree.xpath("//a[starts-with(@aria-label, 'Germany and United States')]")[0]
    balance = words(cell.xpath("span[@class='tone']")[0])
    assert "2 confrontations" in cell.get("aria-label")
    pair = server.html(cell.get("href"))
    assert words(pair.xpath("//span[starts-with(@class, 'badge')]")[0]) == balance
    assert "Washington criticised Berlin over tariffs on steel." in words(pair)


def test_a_period_changes_the_matrix_and_what_is_no_day_is_refused(server):
    assert "Germany" not in words(server.html("/matrix?since=2025-11-01&until=2025-12-31"))
    assert server.ask("/matrix?since=yesterday").status == 400
    assert server.ask("/matrix?since=2026-02-31").status == 400
    assert server.ask("/matrix?level=galaxy").status == 400
    assert server.ask("/matrix?since=2026-03-01&until=2026-01-01").status in (200, 400)


def test_a_pair_has_its_months_as_chart_and_table(server):
    tree = server.html("/pair?a=state/us&b=state/germany")
    assert len(tree.xpath("//*[local-name()='rect']")) == 1
    (row,) = tree.xpath("//details//tbody/tr")
    assert [cell.text for cell in row] == ["2026-02", "2", "0", "0"]
    assert "Washington condemned Berlin again over cars." in words(tree)


def test_what_may_happen_is_shown_and_not_counted(server):
    tree = server.html("/pair?a=state/us&b=state/france")
    assert "Washington might sanction Paris." in words(tree)
    assert "hypothetical, not counted" in words(tree)


def test_a_person_has_offices_over_time_and_adversaries(server):
    tree = server.html(f"/actor?id={KALLAS}")
    assert "High Representative" in words(tree)
    assert tree.xpath("//*[local-name()='svg']//*[local-name()='title']")
    against = words(tree.xpath("//section[h2[@id='adversaries']]")[0])
    assert "United States" in against or "Mike Waltz" in against
    later = server.html(f"/actor?id={KALLAS}&since=2026-03-01")
    assert "Nobody in this period" in words(later.xpath("//section[h2[@id='adversaries']]")[0])


def test_a_state_shows_who_spoke_for_it_and_where_it_belonged_on_the_day(server):
    then = words(server.html("/actor?id=state/uk&on=2019-06-01"))
    now = words(server.html("/actor?id=state/uk&on=2021-06-01"))
    assert "Theresa May" in then
    assert "European Union" in then
    assert "Boris Johnson" in now
    assert "European Union" not in now


def test_somebody_only_documents_know_has_a_page(server):
    (found,) = links(server.html("/search?q=rubio+max&kind=actor"), "/actor")
    tree = server.html(found)
    assert "only documents know" in words(tree)
    assert "Max Rubio criticised Berlin." in words(tree)


def test_an_event_is_told_side_by_side_by_outlet(server):
    tree = server.html(event_id(server, "munich"))
    (section,) = tree.xpath("//section[contains(@class, 'telling')]")
    assert words(section.xpath("h3")[0]) == "The Tribune"
    assert words(section.xpath(".//mark")[0]).startswith("Kaja Kallas rebuked")
    assert "Munich Security Conference" in words(tree)
    assert links(tree, f"/actor?id={KALLAS.replace('/', '%2F')}")
    assert section.xpath(".//a[@href='https://news.example/kallas']")


def test_the_reader_marks_actors_acts_and_sentences_and_leads_on(server):
    link = links(server.html(event_id(server, "munich")), "/document")[0]
    tree = server.html(link.partition("#")[0])
    text = tree.xpath("//div[@class='text reading']")[0]
    assert "".join(text.itertext()).replace("#1", "").startswith("Kaja Kallas rebuked Mike Waltz")
    (actor,) = text.xpath(".//a[text() = 'Mike Waltz']")
    assert actor.get("href") == "/actor?id=person%2Fmike-waltz"
    assert actor.get("title") == "Mike Waltz, person"
    assert text.xpath(".//*[contains(@class, 'evidence')]")
    assert text.xpath(".//a[contains(@class, 'minus')]/@href")[0].startswith("/event?id=")


def test_issues_lead_to_their_events_and_pairs(server):
    assert "/issue?code=trade-tariffs" in links(server.html("/issues"), "/issue")
    tree = server.html("/issue?code=trade-tariffs")
    assert "Washington condemned Berlin again over cars." in words(tree)
    assert "Berlin thanked Paris" not in words(tree)
    assert "Germany – United States" in words(tree.xpath("//section[h2[@id='pairs']]")[0])


def test_search_finds_names_sentences_and_texts_and_marks_them(server):
    tree = server.html("/search?q=kallas")
    kinds = [words(h) for h in tree.xpath("//h2")]
    assert [kind.split()[0] for kind in kinds] == ["Actors", "Sentences", "Documents"]
    assert "Kallas" in [mark.text for mark in tree.xpath("//mark")]
    assert "Washington criticised Berlin" in words(server.html("/search?q=washington+stee"))
    assert "Washington condemned" not in words(server.html("/search?q=washington+stee"))
    phrase = server.html('/search?q="condemned+berlin"')
    assert "Washington condemned Berlin again" in words(phrase)
    assert not links(server.html('/search?q="berlin+condemned"'), "/event")


@pytest.mark.parametrize(
    "query", ['"', "'", "AND", "a*b+NEAR(", "-x", "^", "{col}:x", "%00", "(", "*"]
)
def test_no_search_is_a_mistake_of_ours(server, query):
    assert server.page(f"/search?q={query}").status == 200


@pytest.mark.parametrize("path", [
    "/actor?id=person/nobody", "/event?id=0123456789abcdef", "/event", "/document?id=x",
    "/issue?code=none", "/pair?a=state/us", "/pair", "/nowhere", "/event?id=%00%ff",
    "/actor?id=a%20b:c",
])  # fmt: skip
def test_what_is_not_there_is_404_with_a_way_back(server, path):
    said = server.page(path)
    assert said.status == 404
    assert 'href="/"' in said.text


def test_a_page_that_has_not_changed_is_not_sent_again(server):
    said = server.page("/matrix")
    again = server.page("/matrix", If_None_Match=said.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_pages_are_compressed_for_those_who_ask(server):
    server.page("/matrix")
    said = server.ask("/matrix", Accept_Encoding="gzip", Accept="text/html")
    assert said.headers["content-encoding"] == "gzip"
    assert b"<table" in gzip.decompress(said.body)


def test_long_lists_have_further_pages(server):
    assert "Later ones" in server.page("/documents?page=1").text
    assert "Better matches" in server.page("/search?q=berlin&kind=event&page=1").text
    assert server.ask("/documents?page=-1").status == 400


def test_the_network_is_the_export_in_a_frame(server):
    tree = server.html("/network")
    (frame,) = tree.xpath("//iframe")
    said = server.ask(frame.get("src"))
    assert said.status == 200
    assert "frame-ancestors 'self'" in said.headers["content-security-policy"]
    assert 'id="atlas-data"' in said.text


def test_the_ready_questions_all_run(server):
    import json

    data = json.loads(server.ask("/query/questions.json").body)
    assert len(data["questions"]) >= 16
    for question in data["questions"]:
        said = server.ask("/sparql", "POST", question["text"].encode(),
                          Content_Type="application/sparql-query")  # fmt: skip
        assert said.status == 200, (question["name"], said.text)


def test_an_empty_store_has_pages_too(template, making):
    with making.serving(template) as server:
        for path in ("/", "/matrix", "/issues", "/documents", "/search?q=x", "/review",
                     "/feed.atom", "/actor?id=state/us"):  # fmt: skip
            assert server.page(path).status == 200, path
