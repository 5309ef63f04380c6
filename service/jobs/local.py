"""The default: jobs on threads of this process, their queue in SQLite."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import partial

from service.errors import Cancelled, Draining
from service.jobs.problems import problem_of
from service.jobs.protocol import Job, Order, Perform
from service.jobs.queue import JobQueue
from service.jobs.webhooks import Webhooks
from service.pipeline.run import Progress, Run

logger = logging.getLogger(__name__)

# Orders and cancellations of other processes are seen this soon; our own at once.
_LOOK_UP_EVERY_S = 0.5
# Ended jobs can be asked for until this many newer ones have ended.
_KEEP_ENDED = 10_000
_TIDY_EVERY_S = 60.0


class LocalJobs:
    """Sees orders through on ``threads`` threads.

    Args:
        queue: what was taken, and how far it has come.
        perform: walks the corridor for an order and gives the Digest's id.
        webhooks: tells clients of the jobs in the queue that ended; closed with this.
    """

    def __init__(
        self,
        queue: JobQueue,
        perform: Perform,
        threads: int = 1,
        webhooks: Webhooks | None = None,
    ) -> None:
        self._queue = queue
        self._perform = perform
        self._webhooks = webhooks
        self._news = threading.Condition()
        self._closing = False
        self._runs: dict[str, Run] = {}
        if rescued := queue.rescue():
            logger.warning("took over %d jobs of a process that is gone", rescued)
        self._threads = [
            threading.Thread(target=self._work, name=f"job-{number}", daemon=True)
            for number in range(threads)
        ]
        self._threads.append(threading.Thread(target=self._watch, name="job-watch", daemon=True))
        for thread in self._threads:
            thread.start()

    def submit(self, order: Order) -> Job:
        """Take an order; it is on the disk when this returns."""
        job = self._queue.put(order)
        with self._news:
            self._news.notify_all()
        return job

    def get(self, job_id: str) -> Job:
        """How far a job has come."""
        return self._queue.get(job_id)

    def cancel(self, job_id: str) -> Job:
        """Take a job back; one that runs here is told at once."""
        job = self._queue.cancel(job_id)
        if run := self._runs.get(job_id):
            run.cancelled.set()
        return job

    def close(self, timeout_s: float) -> None:
        """Begin nothing new, wait, hand back what does not end in time."""
        with self._news:
            self._closing = True
            self._news.notify_all()
        end = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        for job_id, run in list(self._runs.items()):
            self._queue.hand_back(job_id)
            run.cancelled.set()
        for thread in self._threads:
            thread.join()
        if self._webhooks is not None:
            self._webhooks.close()
        self._queue.close()

    def _work(self) -> None:
        while not self._closing:
            claimed = None
            with _DiskTrouble():
                claimed = self._queue.claim()
            if claimed is None:
                self._pause()
            else:
                self._see_through(*claimed)

    def _see_through(self, job: Job, order: Order) -> None:
        run = self._runs[job.id] = Run(listener=_Noted(self._queue, job.id))
        try:
            self._put_on_record(partial(self._queue.finish, job.id, self._perform(order, run)))
        except Cancelled:
            pass  # whoever cancelled or handed back has put it on record
        except Draining:
            # the next process sees it through
            self._put_on_record(partial(self._queue.hand_back, job.id))
        except Exception as error:
            logger.exception("job failed", extra={"job": job.id})
            self._put_on_record(partial(self._queue.fail, job.id, problem_of(error)))
        finally:
            del self._runs[job.id]

    def _put_on_record(self, end: Callable[[], None]) -> None:
        """As soon as the disk has room; if we are closed before, the next process does the job."""
        while True:
            with _DiskTrouble():
                end()
                return
            if self._closing:
                return
            self._pause()

    def _pause(self) -> None:
        with self._news:
            if not self._closing:
                self._news.wait(_LOOK_UP_EVERY_S)

    def _watch(self) -> None:
        """Stop what another process cancelled, take over from processes that are gone."""
        tidied = 0.0
        while not self._closing:
            with _DiskTrouble():
                for job_id, run in list(self._runs.items()):
                    if not self._queue.is_ours(job_id):
                        run.cancelled.set()
                self._queue.rescue()
                if time.monotonic() - tidied > _TIDY_EVERY_S:
                    self._queue.forget_ended(_KEEP_ENDED)
                    tidied = time.monotonic()
            self._pause()


class _DiskTrouble(AbstractContextManager[None, bool]):
    """A disk that is full or busy does not end a thread that nobody would begin again."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if not isinstance(error, sqlite3.OperationalError):
            return False
        logger.warning("the record of jobs cannot be used: %s", error)
        return True


class _Noted:
    """Writes progress down, a few times a second at most."""

    _EVERY_S = 0.2

    def __init__(self, queue: JobQueue, job_id: str) -> None:
        self._queue, self._job_id = queue, job_id
        self._stage, self._at = "", 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        ends = progress.done >= progress.total
        if progress.stage == self._stage and not ends and now - self._at < self._EVERY_S:
            return
        self._stage, self._at = progress.stage, now
        with suppress(sqlite3.OperationalError):  # the work goes on, whoever is told of it
            self._queue.progress(self._job_id, progress.stage, progress.done, progress.total)
