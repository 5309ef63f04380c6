"""What a real service and a real worker log: never an article's words, a key or a secret."""

import base64
import json
import os
import socket
import subprocess
import sys
import time

import pytest
import requests

from service.access.keys import Keys
from tests.server import Server
from tests.services import redis_server, until

pytestmark = pytest.mark.slow

WEBHOOK_SECRET = "whsec_" + base64.b64encode(b"a secret of the webhook's own ok").decode()
TOKEN = "hook-token-4711"
ASKED = {"ar": "استعلام-خفي", "en": "hidden-query"}


def words_of(*texts):
    return {word for text in texts for word in text.split() if len(word) > 6}


def spoken(log, words):
    return sorted(word for word in words if word in log)


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_the_service_at_every_level(tmp_path, samples, level):
    texts = [samples["ar-weather-01"]["text"], samples["en-economy-02"]["text"]]
    keys = Keys(tmp_path / "keys.sqlite")
    _, key = keys.create("test", "admin")
    keys.close()
    running = Server(tmp_path, keys="on", webhook_secret=WEBHOOK_SECRET, rate_limit="200/minute")
    running.settings |= {"log_level": level, "webhook_hosts": "localhost", "sync_deadline_s": 300}
    path = tmp_path / "service.log"
    with path.open("wb") as log:
        running.start(stderr=log)
        try:
            drive(running, key, texts)
        finally:
            running.stop()
    said = path.read_text("utf-8")
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {"service.access", "gunicorn.error"} <= {line["logger"] for line in lines}
    assert any(line.get("status") == 429 for line in lines)
    assert any("no HTTP" in line["message"] for line in lines)
    assert [line for line in said.splitlines() if not line.startswith("{")] == [
        f"khulasa: http://127.0.0.1:{running.port}"
    ]
    secrets = {key, *key.split("_", 2)[1:], WEBHOOK_SECRET, TOKEN, *ASKED.values()}
    assert spoken(said, words_of(*texts) | secrets) == []
    addressed = [line["message"] for line in lines if "127.0.0.1" in line["message"]]
    assert {line.partition(":")[0] for line in addressed} <= {"Listening at"}


def look(place, headers):
    time.sleep(0.5)  # a quota is being used up
    return requests.get(place, headers=headers, timeout=60).json()


def drive(running, key, texts):
    url, headers = running.url, {"Authorization": f"Bearer {key}"}
    for text in texts:
        body = {"text": text, "lengths": ["short"]}
        made = requests.post(f"{url}/v1/articles", json=body, headers=headers, timeout=300)
        assert made.status_code == 200
        hook = f"http://localhost:9/{TOKEN}?token={TOKEN}"
        job = requests.post(
            f"{url}/v1/articles", json={**body, "title": "T", "webhook": hook},
            headers={**headers, "Prefer": "respond-async"}, timeout=60,
        )  # fmt: skip
        place = url + job.headers["Location"]
        until(lambda p=place: look(p, headers)["state"] == "done", 300)
        batch = {"texts": text.split("\n\n"), "source": "auto", "target": "ar"}
        requests.post(f"{url}/v1/translate", json=batch, headers=headers, timeout=300)
        requests.post(f"{url}/v1/articles", data=text.encode(), headers=headers, timeout=60)
        requests.post(f"{url}/v1/articles", json={text[:80]: 1}, headers=headers, timeout=60)
    for asked in ASKED.values():
        requests.get(f"{url}/?query={asked}", timeout=60)
        requests.get(f"{url}/v1/articles/{asked}?{asked}", headers=headers, timeout=60)
    requests.get(f"{url}/v1/articles", headers={"Authorization": f"Bearer {key}x"}, timeout=60)
    with socket.create_connection(("127.0.0.1", running.port)) as raw:
        raw.sendall(f"{ASKED['en']} {key}\r\n\r\n".encode())
        raw.recv(1000)
    # However slowly they come, and whenever the minute ends in which they are counted.
    info = {"url": f"{url}/v1/info", "headers": headers, "timeout": 60}
    until(lambda: requests.get(**info).status_code == 429, 300)


@pytest.mark.redis
@pytest.mark.usefixtures("unhurried_redis")
def test_a_worker_at_debug(tmp_path, samples):
    pytest.importorskip("celery", reason="needs requirements-celery.txt")
    from service.domain import Article
    from service.jobs import open_jobs
    from service.jobs.protocol import Order
    from service.settings import Settings

    texts = [samples["ar-weather-01"]["text"], samples["en-economy-02"]["text"]]
    path = tmp_path / "worker.log"
    with redis_server(tmp_path) as redis, path.open("wb") as log:
        broker = redis.url.replace("/0", "/1")
        variables = {
            "KHULASA_JOBS": "celery", "KHULASA_BROKER_URL": broker, "KHULASA_CACHE_URL": redis.url,
            "KHULASA_DATA_DIR": str(tmp_path / "worker"), "KHULASA_LOG_LEVEL": "DEBUG",
            "KHULASA_WEBHOOK_SECRET": WEBHOOK_SECRET, "KHULASA_WEBHOOK_HOSTS": "localhost",
        }  # fmt: skip
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KHULASA_")}
        command = [sys.executable, "-m", "celery", "-A", "service.jobs.worker", "worker"]
        worker = subprocess.Popen(
            [*command, "--loglevel", "DEBUG"], env={**kept, **variables}, stdout=log, stderr=log
        )
        jobs = open_jobs(
            Settings(data_dir=tmp_path, jobs="celery", broker_url=broker, cache_url=redis.url),
            lambda *_: "",
        )
        try:
            for text in (*texts, "كلمتان سريتان"):
                order = Order(article=Article(text=text, lengths=("short",)),
                              webhook=f"http://localhost:9/{TOKEN}")  # fmt: skip
                job = jobs.submit(order)
                until(lambda j=job: jobs.get(j.id).ended, 300)
            until(lambda: b"webhook cannot be delivered" in path.read_bytes())
        finally:
            jobs.close(0)
            worker.terminate()
            worker.wait(180)
    said = path.read_text("utf-8")
    assert "job failed" in said
    assert "webhook cannot be delivered" in said
    assert spoken(said, words_of(*texts) | {"سريتان", TOKEN, WEBHOOK_SECRET}) == []
