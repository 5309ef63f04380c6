"""A thread answers in one part and stays a moment: the worker itself, over a pair of sockets."""

import os
import signal
import socket
import time
from pathlib import Path

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import TConn

from service import gunicorn_worker

BODY = "خلاصة".encode()
PATH = Path(__file__)
LINGER_S = 60
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


def greet(environ, start_response):
    if environ["PATH_INFO"] == "/nothing":
        start_response("204 No Content", [])
        return []
    start_response("200 OK", [("Content-Length", "10")])
    if environ["PATH_INFO"] == "/file":
        return environ["wsgi.file_wrapper"](PATH.open("rb"))
    return [BODY]


@pytest.fixture
def worker(monkeypatch):
    monkeypatch.setattr(gunicorn_worker, "LINGER_MS", LINGER_S * 1000)
    config = Config()
    config.set("threads", 2)
    worker = gunicorn_worker.worker(30)(1, os.getpid(), [], greet, 30, config, Logger(config))
    worker.wsgi, worker.nr, worker.max_requests, worker.alive = greet, 0, 100, True
    worker.tpool = worker.get_thread_pool()
    yield worker
    worker.tpool.shutdown()
    worker.tmp.close()


@pytest.fixture
def ends():
    near, far = socket.socketpair()
    yield near, far
    near.close()
    far.close()


def connection(worker, far):
    return TConn(worker.cfg, far, ("127.0.0.1", 1), ("127.0.0.1", 2))


def answers(near):
    """How many answers have come once something has come; head and body come together."""
    near.settimeout(60)
    received = near.recv(100_000)
    assert received.endswith(BODY)
    return received.count(b"HTTP/1.1 200 OK")


def test_one_thread_answers_requests_that_follow_each_other(worker, ends):
    near, far = ends
    handled = worker.tpool.submit(worker.handle, connection(worker, far))
    for _ in range(3):
        near.sendall(REQUEST)
        assert answers(near) == 1
    assert not handled.done()
    near.close()
    assert not handled.result(60)


def test_no_thread_lingers_while_another_connection_waits(worker, ends):
    near, far = ends
    near.sendall(REQUEST)
    worker.tpool._work_queue.put(None)  # what waits
    start = time.monotonic()
    assert worker.handle(connection(worker, far)) is True
    assert time.monotonic() - start < LINGER_S
    worker.tpool._work_queue.get()


def test_a_stopping_worker_lets_go_at_once(worker, ends):
    near, far = ends
    near.sendall(REQUEST)
    worker.alive = False
    start = time.monotonic()
    worker.handle(connection(worker, far))
    assert answers(near) == 1
    assert time.monotonic() - start < LINGER_S


def test_an_answer_that_is_all_head_goes_out(worker, ends, monkeypatch):
    monkeypatch.setattr(gunicorn_worker, "LINGER_MS", 0)
    near, far = ends
    near.sendall(REQUEST.replace(b"/ ", b"/nothing ", 1))
    worker.handle(connection(worker, far))
    near.settimeout(60)
    assert near.recv(100_000).startswith(b"HTTP/1.1 204 No Content\r\n")


def test_the_head_goes_before_a_file_that_the_kernel_sends(worker, ends, monkeypatch):
    monkeypatch.setattr(gunicorn_worker, "LINGER_MS", 0)
    near, far = ends
    near.sendall(REQUEST.replace(b"/ ", b"/file ", 1))
    worker.handle(connection(worker, far))
    near.settimeout(60)
    received = b""
    while len(received) < 10 or not received.endswith(PATH.read_bytes()[:10]):
        received += near.recv(100_000)
    assert received.startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_client_that_left_is_no_fault(worker, ends):
    near, far = ends
    near.sendall(REQUEST.replace(b"/ ", b"/nothing ", 1))
    near.close()
    assert worker.handle(connection(worker, far)) is False


def test_the_application_is_told_when_the_worker_is_to_end(worker):
    told = []
    type(worker).leaving = staticmethod(told.append)
    worker.method_queue.init()
    worker.handle_exit(signal.SIGTERM, None)
    worker.method_queue.close()
    assert told == [greet]
    assert not worker.alive
