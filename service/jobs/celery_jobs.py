"""``Jobs`` past one machine: orders travel by Celery, their record is a ledger in Redis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from service.errors import JobsAway
from service.jobs.celery_app import BRIEFLY, CONFIRM_S, PERFORM, UNTOLD, build
from service.jobs.ledger import Ledger
from service.jobs.protocol import Job, Order
from service.settings import Settings

_COME_BACK_AFTER_S = 10.0


class CeleryJobs:
    """Sends orders to workers (``celery -A service.jobs.worker worker``).

    Every method raises ``JobsAway`` while the broker or the record of jobs does not answer.
    """

    def __init__(self, settings: Settings) -> None:
        self._app = build(settings)
        self._ledger = Ledger(settings.cache_url)

    def submit(self, order: Order) -> Job:
        """Send an order; it is with the broker when this returns.

        Raises:
            JobsAway: the broker does not take it.
        """
        with _reached():
            job = self._ledger.open(uuid4().hex)
            try:
                self._app.send_task(
                    PERFORM,
                    args=[job.id, order.to_json()],
                    argsrepr=UNTOLD,
                    task_id=job.id,
                    retry_policy=BRIEFLY,
                    confirm_timeout=CONFIRM_S,
                )
            except BaseException:
                self._ledger.forget(job.id)
                raise
        return job

    def get(self, job_id: str) -> Job:
        """How far a job has come."""
        with _reached():
            return self._ledger.get(job_id)

    def cancel(self, job_id: str) -> Job:
        """Take a job back; its worker stops within a second."""
        with _reached():
            return self._ledger.cancel(job_id)

    def close(self, timeout_s: float) -> None:  # noqa: ARG002 - nothing runs in this process
        """Close the connections; what runs, runs elsewhere."""
        self._app.close()
        self._ledger.close()


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (OperationalError, OSError):
        raise JobsAway(
            "the message broker does not answer", retry_after=_COME_BACK_AFTER_S
        ) from None
    except RedisError:
        raise JobsAway(
            "Redis, which holds the record of jobs, does not answer", retry_after=_COME_BACK_AFTER_S
        ) from None
