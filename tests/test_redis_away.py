"""Redis killed and started again under a whole service: cache, leases, quotas and jobs."""

import re
import threading
import time
from contextlib import contextmanager

import pytest
import redis
import requests

from tests.server import server
from tests.services import redis_server, until

pytestmark = [pytest.mark.slow, pytest.mark.redis]
celery = pytest.importorskip("celery", reason="needs requirements-celery.txt")

STORY = "وصل الوفد إلى العاصمة صباح الأحد. وقال رئيسه إن المحادثات تبدأ غداً في القصر."


class Clients:
    """Ask without a pause: a new article, the same again, one that is known, a translation."""

    def __init__(self, url):
        self._url, self._over = url, threading.Event()
        self.statuses, self.ids = [], []
        self.threads = [threading.Thread(target=self._ask, args=(n,)) for n in range(2)]

    def _ask(self, number):
        session, count = requests.Session(), 0
        while not self._over.is_set():
            count += 1
            body = {"text": f"{STORY} هذا الخبر رقم {number}{count:03}.", "lengths": ["short"]}
            for _ in range(2):
                made = session.post(f"{self._url}/v1/articles", json=body, timeout=300)
                self.statuses.append(made.status_code)
            self.ids.append(made.json()["id"])
            known = session.get(f"{self._url}/v1/articles/{self.ids[0]}", timeout=300)
            texts = {"texts": [body["text"]], "target": "en"}
            translated = session.post(f"{self._url}/v1/translate", json=texts, timeout=300)
            self.statuses += [known.status_code, translated.status_code]
        session.close()

    def more(self, count=6):
        """Wait until so many further articles were answered."""
        wanted = len(self.ids) + count
        until(lambda: len(self.ids) >= wanted or not all(t.is_alive() for t in self.threads), 300)
        assert all(thread.is_alive() for thread in self.threads)

    @contextmanager
    def asking(self):
        for thread in self.threads:
            thread.start()
        try:
            yield self
        finally:
            self._over.set()
            for thread in self.threads:
                thread.join()


def trouble(running):
    text = requests.get(f"{running.url}/metrics", timeout=60).text
    return float(re.search(r"^khulasa_cache_trouble_total (\S+)$", text, re.M)[1])


def submit(running):
    body = {"text": f"{STORY} {time.monotonic()}."}
    later = {"Prefer": "respond-async"}
    return requests.post(f"{running.url}/v1/articles", json=body, headers=later, timeout=60)


def test_no_request_fails_and_the_cache_heals(tmp_path):
    (tmp_path / "broker").mkdir()
    with redis_server(tmp_path) as shared, redis_server(tmp_path / "broker") as broker:
        settings = {
            "cache_url": shared.url,
            "broker_url": broker.url,
            "jobs": "celery",
            "rate_limit": "1000000/minute",
            "sync_deadline_s": 300,  # no article becomes a job, however slow the machine is
        }
        with (
            server(tmp_path / "data", **settings) as running,
            Clients(running.url).asking() as clients,
        ):
            clients.more()
            assert submit(running).status_code == 202
            before = trouble(running)
            shared.kill()
            clients.more()
            away = submit(running)
            assert (away.status_code, away.json()["code"]) == (503, "jobs_away")
            assert trouble(running) > before
            shared.start()
            clients.more()
            until(lambda: submit(running).status_code == 202)
            clients.more()
            with redis.Redis.from_url(shared.url) as kept:
                until(lambda: kept.exists(f"khulasa:article:{clients.ids[-1]}"))
                # The limiter looks for its storage less and less often while it is away.
                until(lambda: kept.keys("LIMIT*"), 90)
    assert set(clients.statuses) == {200}
