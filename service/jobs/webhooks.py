"""Tell clients that their job has ended: signed, retried with backoff and jitter, never lost."""

from __future__ import annotations

import logging
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping

from service import codec
from service.jobs import signing
from service.jobs.protocol import Hook, Job
from service.jobs.queue import JobQueue

logger = logging.getLogger(__name__)

# After the first attempt: about 5 s, 30 s, 3 min, 18 min, 1.8 h, 6 h, 6 h.
_FIRST_WAIT_S = 5.0
_GROWTH = 6.0
_LONGEST_WAIT_S = 6 * 3600.0
ATTEMPTS = 8
_JITTER = 0.2
_LOOK_UP_EVERY_S = 0.5
_GONE = 410
# What a call that is under way gets at the end; one that is cut off is made again by the next
# process.
_END_S = 5.0

Post = Callable[[str, bytes, Mapping[str, str]], int]


class Webhooks:
    """Calls the webhooks of ended jobs on a thread of its own.

    Args:
        queue: knows which are due, and keeps that over a crash.
        key: signs them.
        post: sends a body with headers to a URL and gives the answer's status.
        first_wait_s: before the second attempt.
    """

    def __init__(
        self, queue: JobQueue, key: bytes, post: Post, first_wait_s: float = _FIRST_WAIT_S
    ) -> None:
        self._queue, self._key, self._post = queue, key, post
        self._first_wait_s = first_wait_s
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="webhooks", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop after the call that is under way, or leave it to itself: it is on record as due."""
        self._closing.set()
        self._thread.join(_END_S)

    def _work(self) -> None:
        while not self._closing.wait(_LOOK_UP_EVERY_S):
            try:
                for hook in self._queue.due_hooks(time.time()):
                    if not self._closing.is_set():
                        self._call(hook)
            except sqlite3.OperationalError as error:  # full or busy, and not for ever
                logger.warning("the record of jobs cannot be used: %s", error)
                self._closing.wait(self._first_wait_s)  # what was called is called again

    def _call(self, hook: Hook) -> None:
        now = time.time()
        body = codec.dumps(message(hook.job, now))
        signed = signing.headers(self._key, hook.job.id, int(now), body)
        try:
            status = self._post(hook.url, body, signed)
        except Exception as error:  # whatever it is, others wait to be called
            logger.warning(
                "webhook cannot be delivered: %s", type(error).__name__, extra={"job": hook.job.id}
            )
            status = 0
        over = is_over(status) or hook.attempts + 1 >= ATTEMPTS
        wait = None if over else wait_s(hook.attempts, self._first_wait_s)
        try:
            self._queue.hook_called(hook.job.id, time.time(), wait)
        except sqlite3.ProgrammingError:
            if not self._closing.is_set():  # or else the queue was closed, for we took too long
                raise


def is_over(status: int) -> bool:
    """Whether the client has it, or has gone for good (410)."""
    return 200 <= status < 300 or status == _GONE


def wait_s(attempts: int, first_s: float = _FIRST_WAIT_S) -> float:
    """Seconds until the next attempt, jitter included, after so many retries."""
    wait = min(first_s * _GROWTH**attempts, _LONGEST_WAIT_S)
    return wait * random.uniform(1 - _JITTER, 1 + _JITTER)


def message(job: Job, now: float) -> dict[str, object]:
    """What is told: the job's end and the article's id, never the article."""
    return {
        "type": f"job.{job.state}",
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now)),
        "data": {
            "job_id": job.id,
            "state": job.state,
            "article_id": job.article_id,
            "problem": dict(job.problem) if job.problem else None,
        },
    }
