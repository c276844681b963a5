"""Whose turn it is: clients one after the other, a line of bounded length, and no turn lost."""

from __future__ import annotations

import asyncio
import http.client
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.problems import Busy
from kg.serve.turns import Turns

LONG = 600.0
DEATH = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?g) }"


async def settled():
    for _ in range(5):
        await asyncio.sleep(0)


async def line_up(turns, clients, served):
    """One request of each client; ``served`` tells in which order they had their turns."""

    async def ask(number, client):
        await turns.take(client, LONG)
        served.append(number)

    tasks = []
    for number, client in enumerate(clients):
        tasks.append(asyncio.create_task(ask(number, client)))
        await settled()
    return tasks


def order_of(clients, room=100):
    async def run():
        turns, served = Turns(1, room), []
        await turns.take("first", LONG)
        tasks = await line_up(turns, clients, served)
        while turns.waiting:
            turns.give()
            await settled()
        told = await asyncio.gather(*tasks, return_exceptions=True)
        return served, [isinstance(error, Busy) for error in told]

    return asyncio.run(run())


def test_one_client_is_served_in_the_order_of_its_requests():
    assert order_of("aaaa")[0] == [0, 1, 2, 3]


def test_a_client_that_asks_much_delays_others_by_one_request_at_a_time():
    assert order_of("aaaabbc")[0] == [0, 4, 6, 1, 5, 2, 3]


def test_a_full_line_refuses_one_more():
    served, refused = order_of("aaa", room=2)
    assert (served, refused) == ([0, 1], [False, False, True])


def test_a_full_line_takes_a_place_from_the_client_that_has_most():
    served, refused = order_of("aaab", room=3)
    assert (served, refused) == ([0, 3, 1], [False, False, True, False])


def test_without_room_what_cannot_be_done_at_once_is_refused():
    assert order_of("a", room=0) == ([], [True])


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.integers(0, 10))
def test_everybody_is_served_or_refused_and_the_line_never_exceeds_its_room(clients, room):
    served, refused = order_of(clients, room)
    assert len(served) == len(set(served)) == min(len(clients), room)
    assert len(served) + sum(refused) == len(clients)


def test_no_turn_in_time_is_busy_with_a_time_to_come_again():
    async def run():
        turns = Turns(1, 5)
        await turns.take("a", LONG)
        with pytest.raises(Busy) as busy:
            await turns.take("b", 0.01)
        assert int(busy.value.headers["Retry-After"]) >= 1
        assert turns.waiting == 0
        turns.give()
        await asyncio.wait_for(turns.take("c", LONG), 5)

    asyncio.run(run())


@pytest.mark.parametrize("called", [False, True])
def test_who_leaves_the_line_takes_no_turn_along(called):
    async def run():
        turns, served = Turns(1, 5), []
        await turns.take("a", LONG)
        gone, other = await line_up(turns, "bc", served)
        if called:
            turns.give()  # to the one that goes before it can hear of it
        gone.cancel()
        await settled()
        if not called:
            turns.give()
        await asyncio.wait_for(other, 5)
        assert served == [1]
        assert turns.waiting == 0

    asyncio.run(run())


def ask_from(server, address, query):
    line = http.client.HTTPConnection(
        server.host, server.port, timeout=60, source_address=(address, 0)
    )
    try:
        line.request("GET", f"/sparql?{urlencode({'query': query})}")
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def test_a_flood_from_one_address_shuts_nobody_else_out(start):
    server = start("--timeout", "1", "--workers", "1", "--queue", "6")
    try:
        ask_from(server, "127.0.0.2", "ASK {}")
    except OSError:
        pytest.skip("this system has one loopback address only")
    with ThreadPoolExecutor(20) as many:
        flood = [many.submit(ask_from, server, "127.0.0.2", DEATH) for _ in range(20)]
        wait(flood, return_when=FIRST_COMPLETED)
        assert ask_from(server, "127.0.0.1", "ASK {}")[0] == 200
        left = sum(not answer.done() for answer in flood)
        assert {answer.result()[0] for answer in flood} == {503, 504}
    assert left >= 2  # it did not have to wait for all of them
