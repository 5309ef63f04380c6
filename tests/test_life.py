"""The life of a real process: warm-up, draining, kill -9."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.server import Server, server
from tests.services import until

pytestmark = pytest.mark.slow


def long_article(seed, times):
    """The seed's paragraphs over and over, each time told to be another day's."""
    story = seed.split("\n\n")[0]
    return "\n\n".join(f"اليوم {number}: {story}" for number in range(times))


def test_sigterm_lets_a_request_end_takes_no_new_one_and_exits_0(tmp_path, seed):
    # Long enough that it is under way when it is looked at, and no job however slow the machine is.
    with server(tmp_path, sync_deadline_s=300) as running, ThreadPoolExecutor(1) as pool:
        body = {"text": long_article(seed, 40)}
        asked = pool.submit(requests.post, f"{running.url}/v1/articles", json=body, timeout=300)
        until(lambda: "khulasa_working 1.0" in requests.get(f"{running.url}/metrics").text)
        running.terminate()
        assert not asked.done()
        response = asked.result()
        assert response.status_code == 200
        assert len(response.json()["translation"]["sentences"]) >= 40
        assert running.process.wait(180) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{running.url}/health/live", timeout=5)


def test_a_job_that_runs_at_sigterm_goes_on_in_the_next_process(tmp_path, seed):
    running = Server(tmp_path)
    running.start()
    location = submit(running, long_article(seed, 200))
    until(lambda: state(running, location)["done"] > 0)
    running.terminate()
    assert running.process.wait(180) == 0
    running.start()
    until(lambda: state(running, location)["state"] == "done", 600)
    running.stop()


def test_who_follows_a_job_does_not_hold_up_the_end(tmp_path, seed):
    with server(tmp_path) as running:
        location = submit(running, long_article(seed, 200))
        until(lambda: state(running, location)["done"] > 0, 60)
        events = requests.get(f"{running.url}{location}/events", stream=True, timeout=60)
        lines = events.iter_lines()
        assert next(lines)
        running.terminate()
        assert running.process.wait(30) == 0
        assert not any(line.startswith(b"event: done") for line in lines)


def test_kill_9_in_mid_job_loses_nothing_and_makes_one_digest(tmp_path, seed):
    running = Server(tmp_path)
    running.start()
    location = submit(running, long_article(seed, 60))
    until(lambda: state(running, location)["done"] > 0)
    running.kill()
    running.start()
    until(lambda: state(running, location)["state"] == "done", 300)
    article = requests.get(
        f"{running.url}/v1/articles/{state(running, location)['article_id']}", timeout=60
    )
    assert article.status_code == 200
    running.stop()


def submit(running, text):
    response = requests.post(
        f"{running.url}/v1/articles",
        json={"text": text},
        headers={"Prefer": "respond-async"},
        timeout=60,
    )
    assert response.status_code == 202
    return response.headers["Location"]


def state(running, location):
    return requests.get(running.url + location, timeout=60).json()
