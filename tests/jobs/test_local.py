import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from service.domain import Article
from service.errors import Conflict, Draining, NotFound, QueueFull, TooShort
from service.jobs.local import LocalJobs
from service.jobs.owners import Owner, is_gone
from service.jobs.protocol import Order
from service.jobs.queue import JobQueue
from tests.services import until


def order(text="مقال", **facts):
    return Order(article=Article(text=text), **facts)


class Desk:
    """Performs orders: slow ones until they are let go, and by their text's word."""

    def __init__(self):
        self.let_go, self.begun, self.done = threading.Event(), [], []
        self.sentences = 0

    def __call__(self, order, run):
        self.begun.append(order.article.text)
        if order.article.text == "short":
            raise TooShort("two words", words=2)
        if order.article.text == "fault":
            raise ZeroDivisionError("secret inside")
        if order.article.text == "slow":
            for sentence in range(10_000):
                run.check()
                self.sentences += 1
                run.report("translate", sentence, 10_000)
                if self.let_go.wait(0.01):
                    break
        self.done.append(order.article.text)
        return "a" * 64


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def jobs(tmp_path, desk):
    jobs = LocalJobs(JobQueue(tmp_path, limit=5), desk)
    yield jobs
    jobs.close(0.1)


def test_a_job_is_done_and_names_its_digest(jobs):
    job = jobs.submit(order("خبر", profile="embedded"))
    assert job.state == "queued"
    until(lambda: jobs.get(job.id).ended)
    done = jobs.get(job.id)
    assert (done.state, done.article_id, done.attempts) == ("done", "a" * 64, 1)
    assert done.finished_at >= done.created_at


def test_a_lone_surrogate_does_not_keep_an_order_out(jobs, desk):
    job = jobs.submit(order("خبر\ud800"))
    until(lambda: jobs.get(job.id).ended)
    assert desk.done == ["خبر\ud800"]


def test_an_owner_that_tidies_up_while_it_is_looked_at_is_gone(tmp_path, monkeypatch):
    owner = Owner(tmp_path)
    assert not is_gone(tmp_path, owner.name)
    owner.close()
    monkeypatch.setattr(Path, "exists", lambda _: True)
    assert is_gone(tmp_path, owner.name)


def test_an_error_of_ours_becomes_the_jobs_problem(jobs):
    job = jobs.submit(order("short"))
    until(lambda: jobs.get(job.id).ended)
    problem = jobs.get(job.id).problem
    assert (problem["code"], problem["status"], problem["words"]) == ("too_short", 422, 2)


def test_a_fault_tells_nothing_of_the_inside(jobs, caplog):
    job = jobs.submit(order("fault"))
    until(lambda: jobs.get(job.id).ended)
    assert jobs.get(job.id).problem["code"] == "internal"
    assert "secret" not in str(jobs.get(job.id).problem)
    assert "secret" in caplog.text


def test_progress_can_be_followed(jobs, desk):
    job = jobs.submit(order("slow"))
    until(lambda: jobs.get(job.id).done > 1)
    assert jobs.get(job.id).stage == "translate"
    assert jobs.get(job.id).total == 10_000
    desk.let_go.set()


def test_cancelling_stops_running_work_at_the_next_sentence(jobs, desk):
    job = jobs.submit(order("slow"))
    until(lambda: desk.begun)
    assert jobs.cancel(job.id).state == "cancelled"
    sentences = desk.sentences
    until(lambda: not jobs._runs)
    assert desk.sentences <= sentences + 1
    assert desk.done == []
    with pytest.raises(Conflict, match="cancelled"):
        jobs.cancel(job.id)


def test_cancelling_one_that_waits_never_begins_it(jobs, desk):
    jobs.submit(order("slow"))
    waiting = jobs.submit(order("خبر"))
    jobs.cancel(waiting.id)
    desk.let_go.set()
    last = jobs.submit(order("آخر"))
    until(lambda: jobs.get(last.id).ended)
    assert "خبر" not in desk.begun


def test_another_process_can_cancel(jobs, desk, tmp_path):
    job = jobs.submit(order("slow"))
    until(lambda: desk.begun)
    other = JobQueue(tmp_path, limit=5)
    other.cancel(job.id)
    until(lambda: not jobs._runs)  # far sooner than its ten thousand sentences take
    other.close()
    assert jobs.get(job.id).state == "cancelled"


def test_the_line_is_bounded(jobs, desk):
    jobs.submit(order("slow"))
    until(lambda: desk.begun)
    for _ in range(5):
        jobs.submit(order())
    with pytest.raises(QueueFull) as full:
        jobs.submit(order())
    assert full.value.retry_after > 0


def test_an_unknown_job_is_not_found(jobs):
    with pytest.raises(NotFound):
        jobs.get("nope")
    with pytest.raises(NotFound):
        jobs.cancel("nope")


def test_closing_hands_back_what_does_not_end_in_time(tmp_path, desk):
    jobs = LocalJobs(JobQueue(tmp_path, limit=5), desk)
    job = jobs.submit(order("slow"))
    until(lambda: desk.begun)
    jobs.close(0.1)
    desk.let_go.set()
    again = LocalJobs(JobQueue(tmp_path, limit=5), desk)
    until(lambda: again.get(job.id).ended)
    assert again.get(job.id).state == "done"
    assert again.get(job.id).attempts == 1
    again.close(1)


def test_a_house_that_shuts_down_fails_no_job(tmp_path, desk):
    begun = threading.Event()

    def draining(order, run):
        begun.set()
        raise Draining("the service is shutting down")

    jobs = LocalJobs(JobQueue(tmp_path, limit=5), draining)
    job = jobs.submit(order("خبر"))
    assert begun.wait(60)
    jobs.close(0.5)
    again = LocalJobs(JobQueue(tmp_path, limit=5), desk)
    until(lambda: again.get(job.id).ended)
    assert again.get(job.id).state == "done"
    again.close(1)


def test_jobs_go_on_once_a_full_disk_has_room_again(jobs, desk):
    running = jobs.submit(order("slow"))
    waiting = jobs.submit(order("خبر"))
    until(lambda: jobs.get(running.id).done)
    jobs._queue._db.execute("PRAGMA query_only = ON")  # fails as a full disk does
    desk.let_go.set()
    time.sleep(1.2)
    assert jobs.get(running.id).state == "running"
    jobs._queue._db.execute("PRAGMA query_only = OFF")
    until(lambda: jobs.get(waiting.id).ended)
    assert [jobs.get(job.id).state for job in (running, waiting)] == ["done", "done"]


def _crash(folder, begun):
    """Begin the job, then hang until killed."""

    def hang(order, run):
        begun.set()
        time.sleep(600)

    LocalJobs(JobQueue(folder, limit=50), hang)
    time.sleep(600)


@pytest.mark.slow
def test_kill_9_twenty_times_over_loses_no_job(tmp_path, desk):
    context = multiprocessing.get_context("spawn")
    taken = JobQueue(tmp_path, limit=50)
    ids = [taken.put(order(f"مقال {number}")).id for number in range(20)]
    for number in range(20):
        begun = context.Event()
        process = context.Process(target=_crash, args=(tmp_path, begun))
        process.start()
        assert begun.wait(180)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        taken.rescue()
        # The line starts with the job that was killed: let another go first, so that each of the
        # twenty is killed once and none becomes poison.
        taken._rows("UPDATE jobs SET number = number + 100 WHERE id = ? RETURNING id", ids[number])
    taken.close()
    jobs = LocalJobs(JobQueue(tmp_path, limit=50), desk)
    until(lambda: all(jobs.get(job_id).ended for job_id in ids))
    assert {jobs.get(job_id).state for job_id in ids} == {"done"}
    assert {jobs.get(job_id).attempts for job_id in ids} == {2}  # killed once, each of them
    assert sorted(desk.done) == sorted(f"مقال {number}" for number in range(20))
    jobs.close(1)


def test_a_job_that_kills_its_process_three_times_is_not_begun_again(tmp_path):
    queue = JobQueue(tmp_path, limit=5)
    poison = queue.put(order())
    for _ in range(3):
        victim = JobQueue(tmp_path, limit=5)
        assert victim.claim() is not None
        victim._owner._file.close()  # what the kernel does when a process is gone
        queue.rescue()
    assert queue.get(poison.id).state == "failed"
    assert queue.get(poison.id).problem["status"] == 500
    assert queue.claim() is None
    queue.close()
