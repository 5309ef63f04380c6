"""What the real gunicorn does with clients that send too much or too slowly."""

import json
import socket
import threading
import time

import pytest
import requests

from tests.server import server

pytestmark = pytest.mark.slow

THREADS, LIMIT, PATIENCE_S = 4, 100_000, 3
HEAD = b"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    facts = {"threads": THREADS, "max_body_bytes": LIMIT, "receive_timeout_s": PATIENCE_S}
    with server(tmp_path_factory.mktemp("slow"), **facts) as running:
        yield running


def connect(running):
    return socket.create_connection(("127.0.0.1", running.port), timeout=60)


def answer(connection):
    """Everything that comes back until the other side hangs up."""
    received = b""
    while part := connection.recv(65536):
        received += part
    return received


def problem(received):
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    return json.loads(body)


def test_a_declared_length_is_refused_before_the_body_comes(running):
    with connect(running) as client:
        client.sendall(HEAD + b"Content-Length: 999999999\r\n\r\n")
        assert problem(answer(client))["code"] == "too_large"


def test_a_chunked_body_is_refused_while_it_still_comes(running):
    with connect(running) as client:
        client.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        client.sendall(b"%x\r\n%s\r\n" % (2 * LIMIT, b"x" * 2 * LIMIT))  # and no end
        assert problem(answer(client))["code"] == "too_large"


@pytest.mark.parametrize("text", ["a slow body ", "متن بطيء "])
def test_slow_bodies_are_told_so_and_give_their_threads_back(running, text):
    """Twice as many as there are threads, a byte at a time, which no idle time-out would end."""
    stalled = [connect(running) for _ in range(2 * THREADS)]
    answers, stop = [], threading.Event()

    def trickle(client):
        for byte in json.dumps({"text": text * 1000}, ensure_ascii=False).encode():
            if stop.wait(0.2):
                return
            try:
                client.sendall(bytes([byte]))
            except OSError:
                return

    for client in stalled:
        client.sendall(HEAD + b"Content-Length: 50000\r\n\r\n")
        threading.Thread(target=trickle, args=(client,), daemon=True).start()
    try:
        answers = [problem(answer(client)) for client in stalled]
    finally:
        stop.set()
        for client in stalled:
            client.close()
    assert {(each["status"], each["code"]) for each in answers} == {(408, "too_slow")}
    assert requests.get(f"{running.url}/health/live", timeout=30).status_code == 200


def test_slow_headers_are_hung_up_on(running):
    started = time.monotonic()
    stalled = [connect(running) for _ in range(2 * THREADS)]
    for client in stalled:
        client.sendall(HEAD)
    assert requests.get(f"{running.url}/health/live", timeout=60).status_code == 200
    assert {answer(client) for client in stalled} == {b""}
    assert time.monotonic() - started >= PATIENCE_S
    for client in stalled:
        client.close()


def test_a_connection_is_used_again_after_it_was_quick(running):
    with requests.Session() as session:
        for _ in range(3):
            assert session.get(f"{running.url}/health/live", timeout=30).status_code == 200
            time.sleep(PATIENCE_S / 2)
