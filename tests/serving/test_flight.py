import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from service.errors import Cancelled, EngineFailed, QueueFull
from service.pipeline.run import Run
from service.serving.flight import SingleFlight, _wait
from tests.services import until


class Work:
    """Counts how often it is done; ends when it is let go."""

    def __init__(self, outcome="answer"):
        self.outcome, self.calls = outcome, 0
        self.begun, self.let_go = threading.Event(), threading.Event()

    def __call__(self):
        self.calls += 1
        self.begun.set()
        assert self.let_go.wait(60)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


class Follower(Run):
    """Tells when it waits for another's work: only who waits is asked whether it is still there."""

    waits = False

    def check(self):
        self.waits = True
        super().check()


def ask_together(flights, work, count=5):
    pool, runs = ThreadPoolExecutor(count), [Follower() for _ in range(count)]
    futures = [pool.submit(flights.do, "q", run, work) for run in runs]
    assert work.begun.wait(60)
    until(lambda: sum(run.waits for run in runs) == count - 1)
    work.let_go.set()
    pool.shutdown()
    return futures


def test_equal_questions_at_once_are_worked_on_once():
    work = Work()
    assert {f.result() for f in ask_together(SingleFlight(), work)} == {"answer"}
    assert work.calls == 1


def test_all_get_the_one_error():
    work = Work(EngineFailed("broke"))
    errors = [f.exception() for f in ask_together(SingleFlight(), work)]
    assert len(set(map(id, errors))) == 1
    assert work.calls == 1


def test_afterwards_the_question_is_open_again_even_after_an_error():
    flights = SingleFlight()
    with pytest.raises(ZeroDivisionError):
        flights.do("q", Run(), lambda: 1 // 0)
    assert flights.do("q", Run(), lambda: 2) == 2
    assert flights.do("q", Run(), lambda: 3) == 3


def test_other_questions_do_not_wait():
    flights, slow = SingleFlight(), Work()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(flights.do, "q", Run(), slow)
        assert slow.begun.wait(60)
        assert flights.do("other", Run(), lambda: "at once") == "at once"
        slow.let_go.set()
        assert first.result() == "answer"


def test_when_the_leader_is_cancelled_the_next_in_line_leads():
    flights, given_up, good = SingleFlight(), Work(Cancelled()), Work()
    good.let_go.set()
    with ThreadPoolExecutor(2) as pool:
        leader = pool.submit(flights.do, "q", Run(), given_up)
        assert given_up.begun.wait(60)
        run = Follower()
        follower = pool.submit(flights.do, "q", run, good)
        until(lambda: run.waits)
        given_up.let_go.set()
        assert isinstance(leader.exception(), Cancelled)
        assert follower.result() == "answer"


def test_a_waiter_that_is_cancelled_leaves_and_the_leader_goes_on():
    flights, work, run = SingleFlight(), Work(), Run()
    with ThreadPoolExecutor(2) as pool:
        leader = pool.submit(flights.do, "q", Run(), work)
        assert work.begun.wait(60)
        waiter = pool.submit(flights.do, "q", run, work)
        run.cancelled.set()
        assert isinstance(waiter.exception(timeout=60), Cancelled)
        work.let_go.set()
        assert leader.result() == "answer"


def test_when_the_leader_is_turned_away_the_next_in_line_leads():
    flights, refused = SingleFlight(), Work(QueueFull("the queue is full"))
    with ThreadPoolExecutor(2) as pool:
        leader = pool.submit(flights.do, "q", Run(), refused)
        assert refused.begun.wait(5)
        follower = pool.submit(flights.do, "q", Run(), lambda: "answer")
        time.sleep(0.05)
        refused.let_go.set()
        assert follower.result(5) == "answer"
        assert isinstance(leader.exception(5), QueueFull)


def test_an_answer_that_comes_as_a_look_ends_is_no_timeout():
    class Late(Future):
        def result(self, timeout=None):
            if timeout is not None:
                self.set_result("answer")
                raise TimeoutError
            return super().result()

    assert _wait(Late(), Run()) == "answer"


def test_a_timeout_of_the_work_itself_is_told():
    flight = Future()
    flight.set_exception(TimeoutError("of the work"))
    with pytest.raises(TimeoutError, match="of the work"):
        _wait(flight, Run())
