"""The review queue: answers are written down, and only by those who may."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from kg.workspace import open_graph

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def server(start):
    return start("--writable", "--author", "Ada", "--workers", "1")


def opened(server):
    """The cookie and the forms of the page, by the words of the question."""
    said = server.page("/review")
    cookie = said.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    import lxml.html

    tree = lxml.html.fromstring(said.text)
    forms = {}
    for question in tree.xpath("//article[@class='question']"):
        fields = {i.get("name"): i.get("value", "") for i in question.xpath(".//input")}
        choices = question.xpath(".//button/@value")
        forms[" ".join(question.text_content().split())] = (fields, choices)
    return cookie.partition(";")[0], forms


def send(server, cookie, fields, **headers):
    headers = {"Origin": server.origin} | headers
    return server.ask(
        "/review", "POST", urlencode(fields), Content_Type=FORM, Cookie=cookie, **headers
    )


def pick(forms, part):
    return next((fields, choices) for text, (fields, choices) in forms.items() if part in text)


def test_an_answer_is_written_down_and_counts_at_once(server):
    cookie, forms = opened(server)
    fields, choices = pick(forms, "Is this right? (confidence 0.30)")
    assert choices == ["right", "wrong"]
    said = send(server, cookie, fields | {"verdict": "wrong", "note": "it is a guess"})
    assert (said.status, said.headers["location"]) == (303, "/review?done=1")
    page = server.page("/review?done=1").text
    assert "Decision 1 was written down." in page
    assert "it is a guess" in page
    assert not any("Is this right" in text for text in opened(server)[1] if "snubbed" in text)
    with open_graph(server.store) as graph:
        (row,) = graph.judgements()
    assert (row.verdict, row.author, row.note) == ("wrong", "Ada", "it is a guess")


def test_same_and_different_are_answers_where_two_are_compared(server):
    cookie, forms = opened(server)
    fields, choices = pick(forms, "Max Rubio")
    assert choices == ["same", "different"]
    assert send(server, cookie, fields | {"verdict": "different"}).status == 303
    assert send(server, cookie, fields | {"verdict": "different"}).status == 404


def test_a_decision_can_be_undone(server):
    cookie, forms = opened(server)
    fields, _ = pick(forms, "snubbed")
    send(server, cookie, fields | {"verdict": "wrong"})
    with open_graph(server.store) as graph:
        (row,) = graph.judgements()
    undo = {"token": fields["token"], "undo": row.id, "author": "Ada"}
    assert send(server, cookie, undo).status == 303
    assert any("snubbed" in text for text in opened(server)[1])


@pytest.mark.parametrize("change", [
    {"token": "0" * 64}, {"token": ""}, {"cookie": "kg-session=other"}, {"cookie": "x=y"},
    {"Origin": "https://evil.test"}, {"Origin": "null"},
])  # fmt: skip
def test_403_for_a_form_that_is_not_ours(refusing, change):
    cookie, forms = opened(refusing)
    fields, _ = pick(forms, "snubbed")
    headers = {name: value for name, value in change.items() if name == "Origin"}
    fields |= {"verdict": "wrong"} | {k: v for k, v in change.items() if k == "token"}
    said = send(refusing, change.get("cookie", cookie), fields, **headers)
    assert said.status == 403
    with open_graph(refusing.store) as graph:
        assert graph.judgements() == ()


def test_only_what_was_asked_can_be_answered(refusing):
    cookie, forms = opened(refusing)
    fields, _ = pick(forms, "snubbed")
    assert send(refusing, cookie, fields | {"verdict": "same"}).status == 400
    assert send(refusing, cookie, fields | {"key": "f" * 24, "verdict": "wrong"}).status == 404
    assert send(refusing, cookie, fields | {"author": " ", "verdict": "wrong"}).status == 400
    assert send(refusing, cookie, fields | {"undo": "12"}).status == 404


def test_a_server_that_only_reads_shows_the_queue_without_forms(start):
    server = start()
    said = server.page("/review")
    assert "snubbed" in said.text
    assert "<form method" not in said.text
    assert "set-cookie" not in said.headers
    assert send(server, "kg-session=x", {"verdict": "wrong"}).status == 403
