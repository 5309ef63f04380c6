"""Have an order done elsewhere and wait for it, as if it were done here."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from service.errors import Cancelled, CapacityError, InputError, KhulasaError
from service.jobs.protocol import Job, Jobs, Order

T = TypeVar("T")

_LOOK_EVERY_S = 0.2
# A queue that is full or away is tried again this soon at the latest.
_LONGEST_PAUSE_S = 30.0


def see_through(jobs: Jobs, order: Order) -> str:
    """The id of the order's Digest, once the job is done; waits for room, and for a broker.

    Raises:
        InputError: the article cannot be worked on, as its own kind of error.
        Cancelled: somebody took the job back.
        KhulasaError: the job failed for another reason.
    """
    job = _patiently(partial(jobs.submit, order))
    while not job.ended:
        time.sleep(_LOOK_EVERY_S)
        job = _patiently(partial(jobs.get, job.id))
    if job.article_id is None:
        raise _error_of(job)
    return job.article_id


def _patiently(call: Callable[[], T]) -> T:
    while True:
        try:
            return call()
        except CapacityError as error:
            time.sleep(min(error.retry_after, _LONGEST_PAUSE_S))


def _error_of(job: Job) -> KhulasaError:
    if job.problem is None:
        return Cancelled("the job was cancelled")
    problem: Mapping[str, Any] = job.problem
    inputs: tuple[type[KhulasaError], ...] = (InputError, *InputError.__subclasses__())
    kinds = {kind.code: kind for kind in inputs}
    facts = {k: v for k, v in problem.items() if k not in {"title", "status", "code", "detail"}}
    return kinds.get(problem["code"], KhulasaError)(problem["detail"], **facts)
