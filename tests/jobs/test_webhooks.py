import json
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from service.domain import Article
from service.jobs import delivery, signing
from service.jobs import webhooks as module
from service.jobs.local import LocalJobs
from service.jobs.protocol import Order
from service.jobs.queue import JobQueue
from service.jobs.webhooks import Webhooks
from tests.services import until

KEY = b"k" * 32
ALLOWED = frozenset({"127.0.0.1"})


class Receiver:
    """A client's server: answers the statuses it was given, then 204."""

    def __init__(self, *statuses):
        self.statuses, self.calls = list(statuses), []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.calls.append((dict(self.headers), body))
                status = receiver.statuses.pop(0) if receiver.statuses else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"http://127.0.0.1:{receiver.port}/elsewhere")
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/hook?desk=1"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver(request):
    receiver = Receiver(*getattr(request, "param", ()))
    yield receiver
    receiver.close()


@pytest.fixture
def jobs(tmp_path):
    def perform(order, run):
        return "a" * 64

    queue = JobQueue(tmp_path, limit=5)
    webhooks = Webhooks(queue, KEY, partial(delivery.post, allowed=ALLOWED), first_wait_s=0.01)
    jobs = LocalJobs(queue, perform, webhooks=webhooks)
    yield jobs
    jobs.close(1)


def submit(jobs, receiver):
    return jobs.submit(Order(article=Article(text="سر لا يقال"), webhook=receiver.url))


def test_the_end_of_a_job_is_told_signed_and_without_the_article(jobs, receiver):
    job = submit(jobs, receiver)
    until(lambda: receiver.calls)
    headers, body = receiver.calls[0]
    told = json.loads(body)
    assert told["type"] == "job.done"
    assert told["data"]["job_id"] == job.id
    assert told["data"]["article_id"] == "a" * 64
    assert "سر" not in body.decode()
    expected = signing.headers(KEY, job.id, int(headers["webhook-timestamp"]), body)
    assert headers["webhook-signature"] == expected["webhook-signature"]


@pytest.mark.parametrize("receiver", [(500, 503, 302)], indirect=True)
def test_it_is_tried_again_and_no_redirect_is_followed(jobs, receiver):
    submit(jobs, receiver)
    until(lambda: len(receiver.calls) == 4)
    assert len({headers["webhook-id"] for headers, _ in receiver.calls}) == 1
    assert not any("elsewhere" in str(headers) for headers, _ in receiver.calls)


@pytest.mark.parametrize("receiver", [(410,)], indirect=True)
def test_a_client_that_is_gone_is_not_asked_again(jobs, receiver):
    job = submit(jobs, receiver)
    until(lambda: receiver.calls)
    until(lambda: not jobs._queue.due_hooks(4e9))
    assert len(receiver.calls) == 1
    assert jobs.get(job.id).state == "done"


def test_a_crash_between_the_end_and_the_call_loses_nothing(tmp_path, receiver):
    queue = JobQueue(tmp_path, limit=5)
    queue.put(Order(article=Article(text="مقال"), webhook=receiver.url))
    job, _ = queue.claim()
    queue.finish(job.id, "b" * 64)
    queue.close()
    again = JobQueue(tmp_path, limit=5)
    webhooks = Webhooks(again, KEY, partial(delivery.post, allowed=ALLOWED))
    until(lambda: receiver.calls)
    webhooks.close()
    again.close()
    assert json.loads(receiver.calls[0][1])["data"]["article_id"] == "b" * 64


def test_a_clock_set_back_an_hour_does_not_hold_a_call_for_an_hour(tmp_path, receiver):
    queue = JobQueue(tmp_path, limit=5)
    queue.put(Order(article=Article(text="مقال"), webhook=receiver.url))
    job, _ = queue.claim()
    queue.finish(job.id, "b" * 64)
    queue.hook_called(job.id, time.time() + 3600, wait_s=5.0)
    webhooks = Webhooks(queue, KEY, partial(delivery.post, allowed=ALLOWED))
    until(lambda: receiver.calls)
    webhooks.close()
    queue.close()


def test_one_that_breaks_the_call_does_not_silence_the_others(tmp_path, receiver):
    def post(url, body, headers):
        if "broken" in url:
            raise UnicodeError("label empty or too long")
        return delivery.post(url, body, headers, ALLOWED)

    queue = JobQueue(tmp_path, limit=5)
    jobs = LocalJobs(queue, lambda _order, _run: "a" * 64, webhooks=Webhooks(queue, KEY, post))
    broken = jobs.submit(Order(article=Article(text="خبر"), webhook="https://broken/"))
    until(lambda: jobs.get(broken.id).ended)
    time.sleep(1)
    submit(jobs, receiver)
    until(lambda: receiver.calls)
    jobs.close(1)


def test_a_call_that_does_not_end_does_not_hold_up_the_end_and_is_made_again(
    tmp_path, receiver, monkeypatch
):
    monkeypatch.setattr(module, "_END_S", 0.2)
    begun, let_go = threading.Event(), threading.Event()

    def post(url, body, headers):
        begun.set()
        assert let_go.wait(60)
        return 204

    queue = JobQueue(tmp_path, limit=5)
    hooks = Webhooks(queue, KEY, post)
    jobs = LocalJobs(queue, lambda _order, _run: "a" * 64, webhooks=hooks)
    submit(jobs, receiver)
    assert begun.wait(60)
    started = time.monotonic()
    jobs.close(1)
    assert time.monotonic() - started < 20
    let_go.set()
    hooks._thread.join(60)
    assert not hooks._thread.is_alive()
    again = JobQueue(tmp_path, limit=5)
    later = Webhooks(again, KEY, partial(delivery.post, allowed=ALLOWED))
    until(lambda: receiver.calls)
    later.close()
    again.close()
