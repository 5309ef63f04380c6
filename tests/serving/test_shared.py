import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.errors import Cancelled
from service.pipeline.run import Run
from service.serving.shared import SharedFlight
from tests.services import redis_server, until
from tests.wall_clock import WallClock

pytestmark = [pytest.mark.redis, pytest.mark.usefixtures("unhurried_redis")]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def shared():
    """What every machine sees: a cache, and a count of the work."""
    return {"cache": {}, "calls": 0}


def work_of(shared, seconds):
    def work():
        shared["calls"] += 1
        time.sleep(seconds)
        shared["cache"]["q"] = b"answer"
        return b"answer"

    return work


def ask(server, shared, run=None, lease_s=60.0, seconds=0.3):
    flight, work = SharedFlight(server.url, lease_s), work_of(shared, seconds)
    try:
        return flight.do("q", run or Run(), lambda: shared["cache"].get("q"), work)
    finally:
        flight.close()


def test_machines_that_ask_at_once_work_once(server, shared):
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: ask(server, shared), range(5)))
    assert answers == [b"answer"] * 5
    assert shared["calls"] == 1


def test_a_holder_that_died_is_waited_for_no_longer_than_its_lease(server, shared):
    dead = SharedFlight(server.url, lease_s=0.4)
    start = time.monotonic()
    assert dead._take("q", "dead")
    assert ask(server, shared, lease_s=600.0) == b"answer"
    assert 0.2 < time.monotonic() - start < 60
    dead.close()


def test_a_clock_set_back_an_hour_makes_nobody_wait_an_hour_for_the_dead(tmp_path, shared):
    clock = WallClock(tmp_path)
    with redis_server(tmp_path, clock.variables) as server:
        dead = SharedFlight(server.url, lease_s=2.0)
        assert dead._take("q", "dead")
        clock.set(-3600)
        assert dead._redis.pttl("khulasa:flight:q") > 3_000_000
        start = time.monotonic()
        assert ask(server, shared, lease_s=2.0) == b"answer"
        assert time.monotonic() - start < 60
        dead.close()


def test_the_lease_is_renewed_while_its_holder_works(server, shared):
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask, server, shared, lease_s=1.5, seconds=3.0)
        until(lambda: shared["calls"])
        second = pool.submit(ask, server, shared, lease_s=1.5, seconds=3.0)
        assert (first.result(), second.result()) == (b"answer", b"answer")
    assert shared["calls"] == 1


def test_an_error_lets_the_next_one_work(server, shared):
    flight = SharedFlight(server.url)
    with pytest.raises(ZeroDivisionError):
        flight.do("q", Run(), lambda: None, lambda: 1 // 0)
    flight.close()
    assert ask(server, shared) == b"answer"


def test_who_waits_can_be_cancelled(server, shared):
    holder, run = SharedFlight(server.url, lease_s=600.0), Run()
    assert holder._take("q", "holder")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ask, server, shared, run)
        threading.Timer(0.1, run.cancelled.set).start()
        assert isinstance(waiting.exception(timeout=60), Cancelled)
    holder._give_back("q", "holder")
    holder.close()


def test_without_redis_everyone_works_and_nobody_fails(tmp_path, shared):
    with redis_server(tmp_path) as server:
        server.kill()
        assert ask(server, shared) == b"answer"
