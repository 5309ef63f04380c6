"""The wall clock set an hour forward and back under a real service, while work is under way."""

import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime

import pytest
import requests

from tests.server import server
from tests.services import until
from tests.test_life import long_article, state, submit
from tests.wall_clock import WallClock

pytestmark = pytest.mark.slow
HOUR = 3600


def ahead_s(running):
    """How far the service's clock is ahead of ours."""
    told = requests.get(f"{running.url}/health/live", timeout=60).headers["Date"]
    return parsedate_to_datetime(told).timestamp() - time.time()


def events(running, location):
    with requests.get(f"{running.url}{location}/events", stream=True, timeout=300) as stream:
        return stream.content.decode()


def test_an_hour_forward_and_back_disturbs_nothing(tmp_path, seed):
    clock = WallClock(tmp_path)
    with (
        server(tmp_path / "data", clock.variables, sync_deadline_s=300) as running,
        ThreadPoolExecutor(2) as pool,
    ):
        location = submit(running, long_article(seed, 60))
        until(lambda: state(running, location)["done"] > 0)
        stream = pool.submit(events, running, location)
        body = {"text": long_article(seed, 12)}
        asked = pool.submit(requests.post, f"{running.url}/v1/articles", json=body, timeout=300)
        for offset in (HOUR, 0, -HOUR, HOUR, -HOUR, 0):
            clock.set(offset)
            assert ahead_s(running) == pytest.approx(offset, abs=60)
            assert requests.get(f"{running.url}/health/ready", timeout=60).status_code == 200
            time.sleep(0.3)
        # Neither a deadline nor a lease nor a time-out ended early, and none is an hour late.
        assert asked.result(300).status_code == 200
        assert "event: done" in stream.result(300)
        assert state(running, location)["state"] == "done"


def test_work_that_waits_out_a_clock_set_back_comes_to_its_turn_and_its_deadline(tmp_path, seed):
    clock = WallClock(tmp_path)
    with (
        server(tmp_path / "data", clock.variables, sync_deadline_s=2, working=1) as running,
        ThreadPoolExecutor(4) as pool,
    ):
        bodies = [{"text": f"{long_article(seed, 30)}\n\nالخبر {n}."} for n in range(4)]
        asked = [
            pool.submit(requests.post, f"{running.url}/v1/articles", json=body, timeout=120)
            for body in bodies
        ]
        time.sleep(0.5)
        clock.set(-HOUR)
        answers = [future.result(120) for future in asked]
        assert {answer.status_code for answer in answers} <= {200, 202}
        jobs = [a.headers["Location"] for a in answers if a.status_code == 202]
        assert jobs, "four long articles on one place cannot all be done in two seconds"
        until(lambda: all(state(running, job)["state"] == "done" for job in jobs), 600)
