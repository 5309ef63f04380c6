import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.errors import Cancelled, DeadlineExceeded, Draining, QueueFull
from service.pipeline.run import Run
from service.serving.gate import Gate
from tests.services import until


class Visitor:
    """Goes in, stays until let go."""

    def __init__(self, gate, log=None):
        self.gate, self.log, self.run = gate, log if log is not None else [], Run()
        self.inside, self.let_go = threading.Event(), threading.Event()

    def visit(self):
        with self.gate.enter(self.run):
            self.log.append(self)
            self.inside.set()
            assert self.let_go.wait(60)


@pytest.fixture
def pool():
    with ThreadPoolExecutor(20) as pool:
        yield pool


def test_so_many_work_so_many_wait_the_rest_are_refused_at_once(pool):
    gate = Gate(working=2, waiting=3, expected_s=4.0)
    visitors = [Visitor(gate) for _ in range(5)]
    futures = [pool.submit(visitor.visit) for visitor in visitors]
    until(lambda: gate.depth == 3)
    for knock in (gate.check, gate.enter(Run()).__enter__):
        with pytest.raises(QueueFull) as refused:
            knock()
        assert refused.value.retry_after == pytest.approx(4.0 * 4 / 2)
    for visitor in visitors:
        visitor.let_go.set()
    assert [future.result() for future in futures] == [None] * 5
    gate.check()


def test_first_come_first_served(pool):
    gate, log = Gate(working=1, waiting=10), []
    visitors = []
    for number in range(6):
        visitors.append(Visitor(gate, log))
        pool.submit(visitors[-1].visit)
        until(lambda number=number: gate.depth + len(log) == number + 1)
    for visitor in visitors:
        visitor.let_go.set()
    until(lambda: len(log) == 6)
    assert log == visitors


def test_retry_after_follows_the_measured_rate():
    gate = Gate(working=1, waiting=0, expected_s=100.0)
    for _ in range(60):
        with gate.enter(Run()):
            pass
    with gate.enter(Run()), pytest.raises(QueueFull) as refused, gate.enter(Run()):
        pass
    assert refused.value.retry_after < 1


def test_who_is_cancelled_or_late_leaves_the_line_and_nobody_is_stuck(pool):
    gate = Gate(working=1, waiting=5)
    first, gone, late, last = (Visitor(gate) for _ in range(4))
    futures = []
    for number, visitor in enumerate((first, gone, late, last)):
        futures.append(pool.submit(visitor.visit))
        until(lambda number=number: gate.depth + first.inside.is_set() == number + 1)
    gone.run.cancelled.set()
    late.run.deadline = 0.0
    assert isinstance(futures[1].exception(timeout=60), Cancelled)
    assert isinstance(futures[2].exception(timeout=60), DeadlineExceeded)
    first.let_go.set(), last.let_go.set()
    assert futures[3].result(timeout=60) is None


def test_an_error_inside_gives_the_place_back():
    gate = Gate(working=1, waiting=0)
    with pytest.raises(ZeroDivisionError), gate.enter(Run()):
        raise ZeroDivisionError
    with gate.enter(Run()):
        pass


def test_draining_lets_those_inside_finish_and_nobody_in(pool):
    gate = Gate(working=1, waiting=5)
    inside, waiting = Visitor(gate), Visitor(gate)
    done = pool.submit(inside.visit)
    assert inside.inside.wait(60)
    refused = pool.submit(waiting.visit)
    until(lambda: gate.depth == 1)
    drained = pool.submit(gate.drain, 60)
    assert isinstance(refused.exception(timeout=60), Draining)
    assert not drained.done()
    for knock in (gate.check, gate.enter(Run()).__enter__):
        with pytest.raises(Draining):
            knock()
    inside.let_go.set()
    assert drained.result(timeout=60) is True
    assert done.result() is None


def test_work_that_was_taken_waits_however_many_do(pool):
    gate = Gate(working=1, waiting=0)
    inside, taken = Visitor(gate), Visitor(gate)
    taken.run.patient = True
    pool.submit(inside.visit)
    assert inside.inside.wait(60)
    visit = pool.submit(taken.visit)
    until(lambda: gate.depth == 1 or visit.done())
    inside.let_go.set()
    taken.let_go.set()
    visit.result(60)


def test_a_closed_door_is_closed_to_work_that_was_taken_too():
    gate = Gate(working=1, waiting=1)
    gate.drain(0)
    with pytest.raises(Draining), gate.enter(Run(patient=True)):
        pytest.fail("let in")
