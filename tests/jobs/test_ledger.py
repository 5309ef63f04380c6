import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from service.errors import Conflict, NotFound
from service.jobs.ledger import Ledger
from tests.services import redis_server, until
from tests.wall_clock import WallClock

pytestmark = [pytest.mark.redis, pytest.mark.usefixtures("unhurried_redis")]
# Short enough to be waited out, long enough that a crowded machine does not let it end too soon.
LEASE_S = 2.0


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def ledger(server):
    ledger = Ledger(server.url)
    yield ledger
    ledger._redis.flushall()
    ledger.close()


def test_a_job_goes_from_queued_to_done(ledger):
    assert ledger.open("j").state == "queued"
    assert ledger.begin("j") == 1
    assert ledger.progress("j", "translate", 3, 9)
    assert (ledger.get("j").stage, ledger.get("j").done, ledger.get("j").total) == (
        "translate",
        3,
        9,
    )
    assert ledger.finish("j", "a" * 64)
    done = ledger.get("j")
    assert (done.state, done.article_id, done.attempts) == ("done", "a" * 64, 1)
    assert done.finished_at >= done.created_at


def test_what_has_ended_is_neither_begun_nor_changed(ledger):
    ledger.open("j")
    ledger.cancel("j")
    assert not ledger.renew("j")
    assert ledger.begin("j") == "ended"
    assert not ledger.finish("j", "a" * 64)
    assert not ledger.progress("j", "translate", 1, 2)
    assert ledger.get("j").state == "cancelled"
    with pytest.raises(Conflict, match="cancelled"):
        ledger.cancel("j")


def test_a_worker_after_one_that_died_counts_as_a_second_attempt(server, ledger):
    dead = Ledger(server.url, lease_s=LEASE_S)
    ledger.open("j")
    assert dead.begin("j") == 1
    assert ledger.begin("j") == "busy"
    until(lambda: ledger.begin("j") == 2)
    dead.close()


def test_a_worker_that_lives_holds_on_to_its_job(server, ledger):
    alive = Ledger(server.url, lease_s=LEASE_S)
    ledger.open("j")
    assert alive.begin("j") == 1
    for _ in range(6):
        time.sleep(LEASE_S / 5)
        assert alive.renew("j")
        assert ledger.begin("j") == "busy"
    alive.leave("j")
    assert ledger.begin("j") == 2
    alive.close()


def test_a_clock_set_back_an_hour_leaves_no_job_with_a_dead_worker_for_an_hour(tmp_path):
    clock = WallClock(tmp_path)
    with redis_server(tmp_path, clock.variables) as server:
        dead, next_one = (Ledger(server.url, lease_s=LEASE_S) for _ in range(2))
        dead.open("j")
        assert dead.begin("j") == 1
        clock.set(-3600)
        assert next_one.begin("j") == "busy"
        until(lambda: next_one.begin("j") == 2)
        dead.close()
        next_one.close()


def test_a_job_that_redis_has_lost_is_still_to_be_done(ledger):
    ledger.open("j")
    ledger.begin("j")
    ledger._redis.flushall()
    assert ledger.renew("j")


def test_a_patient_ledger_waits_for_a_redis_that_is_away_the_others_say_so(tmp_path):
    with redis_server(tmp_path) as server, ThreadPoolExecutor(1) as pool:
        patient, other = Ledger(server.url, patient=True), Ledger(server.url)
        server.kill()
        with pytest.raises(redis.RedisError):
            other.open("j")
        opened = pool.submit(patient.open, "j")
        time.sleep(0.5)
        assert not opened.done()
        server.start()
        assert opened.result(60).state == "queued"
        patient.close()
        other.close()


def test_a_problem_is_kept(ledger):
    ledger.open("j")
    ledger.begin("j")
    ledger.fail("j", {"code": "too_short", "detail": "كلمتان"})
    assert ledger.get("j").problem == {"code": "too_short", "detail": "كلمتان"}


def test_an_unknown_job_is_not_found_and_not_made(ledger):
    for call in (ledger.get, ledger.cancel, ledger.begin):
        with pytest.raises(NotFound):
            call("nope")
    assert not ledger._redis.keys("*nope*")


def test_an_ended_job_is_forgotten_some_day(ledger):
    ledger.open("j")
    assert ledger._redis.ttl("khulasa:job:j") == -1
    ledger.begin("j")
    ledger.finish("j", "a" * 64)
    assert ledger._redis.ttl("khulasa:job:j") > 0
