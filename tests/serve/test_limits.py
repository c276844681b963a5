"""Limits that hold: time, memory, waiting, and an end that is an end."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

DEATH = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?g) }"
HUNGER = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c ?a"
QUICK = "ASK {}"


def path(query):
    return f"/sparql?{urlencode({'query': query})}"


def test_a_query_of_death_is_stopped_while_pages_go_on(start):
    server = start("--timeout", "2", "--workers", "1")
    server.page("/")
    with ThreadPoolExecutor() as others:
        death = others.submit(server.ask, path(DEATH))
        pages = 0
        while not death.done():
            assert server.ask("/").status == 200
            pages += 1
    said = death.result()
    assert said.status == 504
    assert "2 seconds" in said.text
    assert pages >= 3
    assert server.ask(path(QUICK)).status == 200


def test_a_client_may_allow_less_time(start):
    server = start("--timeout", "600")
    said = server.ask(f"/sparql?{urlencode({'query': DEATH, 'timeout': '0.5'})}")
    assert (said.status, "0.5 seconds" in said.text) == (504, True)


def test_a_hungry_query_ends_without_taking_the_server_along(start):
    if sys.platform != "linux":
        pytest.skip("only Linux keeps a process to its memory")
    server = start("--memory", "256", "--timeout", "120", "--workers", "1")
    said = server.ask(path(HUNGER))
    assert said.status == 500
    assert "memory" in said.text
    assert server.ask(path(QUICK)).status == 200


def test_what_cannot_wait_is_told_to_come_again(start):
    server = start("--timeout", "2", "--workers", "1", "--queue", "3")
    with ThreadPoolExecutor(20) as many:
        answers = list(many.map(lambda _: server.ask(path(DEATH)), range(20)))
    assert {said.status for said in answers} == {503, 504}
    busy = next(said for said in answers if said.status == 503)
    assert int(busy.headers["retry-after"]) > 0
    assert server.ask(path(QUICK)).status == 200


def test_fifty_clients_behind_a_query_of_death_are_all_answered(start):
    server = start("--timeout", "3", "--workers", "1")
    with ThreadPoolExecutor(51) as many:
        death = many.submit(server.ask, path(DEATH))
        answers = list(many.map(lambda _: server.ask(path(QUICK)).status, range(50)))
        assert death.result().status == 504
    assert answers == [200] * 50


def test_a_client_that_hangs_up_frees_its_place(start):
    server = start("--timeout", "600", "--workers", "1")
    with socket.create_connection((server.host, server.port)) as line:
        line.sendall(f"GET {path(DEATH)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        with ThreadPoolExecutor() as others:
            waiting = others.submit(server.ask, path(QUICK))
            line.shutdown(socket.SHUT_RDWR)
            line.close()
            assert waiting.result(30).status == 200


def ask_in_vain(server):
    with contextlib.suppress(OSError, http.client.HTTPException):
        server.ask(path(DEATH))


def test_ctrl_c_ends_it_cleanly_even_amid_a_query(start):
    server = start("--timeout", "600")
    asked = threading.Thread(target=ask_in_vain, args=(server,))
    asked.start()
    assert server.ask("/").status == 200
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(server.process.pid)], capture_output=True, text=True,
        check=True,
    ).stdout.split()  # fmt: skip
    assert len(children) >= 3
    assert server.end() in (0, 130)
    left = server.process.stderr.read()
    assert "Traceback" not in left
    asked.join(20)
    assert not list(Path(server.store).parent.glob("kg-serve-*"))
    alive = subprocess.run(["ps", "-p", ",".join(children)], capture_output=True, check=False)
    assert alive.returncode == 1


def test_a_taken_port_is_one_clear_line(server):
    command = [sys.executable, "-m", "kg.cli", "serve", "-s", str(server.store)]
    ran = subprocess.run(
        [*command, "--port", str(server.port)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "cannot listen" in ran.stderr
    assert "--port 0" in ran.stderr


def test_a_missing_store_is_one_clear_line(tmp_path):
    command = [sys.executable, "-m", "kg.cli", "serve", "--port", "0"]
    ran = subprocess.run(
        [*command, "-s", "none.kg"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert ran.returncode == 1
    assert "no store" in ran.stderr
