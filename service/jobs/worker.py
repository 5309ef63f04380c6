"""The worker: ``celery -A service.jobs.worker worker`` on as many machines as there are.

Each holds the models once and sees orders through on its threads.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from typing import Any

from celery import Task
from celery.exceptions import Reject
from celery.signals import setup_logging, worker_ready, worker_shutdown
from urllib3.exceptions import HTTPError

from service import codec
from service.errors import Cancelled, KhulasaError, NotFound
from service.house import House
from service.jobs import delivery, signing, webhooks
from service.jobs.celery_app import PATIENTLY, PERFORM, TELL, UNTOLD, build, declare_dead_letters
from service.jobs.ledger import Ledger
from service.jobs.problems import problem_of
from service.jobs.protocol import Order
from service.observability import logs
from service.pipeline.run import Progress, Run
from service.settings import Settings

logger = logging.getLogger(__name__)

_MAX_ATTEMPTS = 3
_LOOK_UP_EVERY_S = 0.5

settings = Settings.from_env()
app = build(settings)


@cache
def _house() -> House:
    return House(settings)


@cache
def _ledger() -> Ledger:
    return Ledger(settings.cache_url, patient=True)


@setup_logging.connect
def _on_logging(**_: Any) -> None:
    """Ours instead of Celery's, which at DEBUG tells what a task was given: the article."""
    logs.configure(settings.log_level)


@worker_ready.connect
def _on_ready(**_: Any) -> None:
    declare_dead_letters(app)
    _house().warm_up()


@worker_shutdown.connect
def _on_shutdown(**_: Any) -> None:
    _house().close()
    _ledger().close()


@app.task(name=PERFORM, bind=True)
def perform(self: Task, job_id: str, facts: dict[str, Any]) -> None:
    """See one order through.

    Raises:
        Reject: it has ended its worker too often; the message goes to the dead letters.
    """
    order = Order.from_json(facts)
    attempt = _begin(job_id)
    if attempt > _MAX_ATTEMPTS:
        problem = problem_of(KhulasaError("the job ended its worker too often"))
        _put_on_record(job_id, lambda ledger: ledger.fail(job_id, problem))
    elif attempt:
        _see_through(job_id, order)
    # Also where there was nothing to do: a worker that put the end on record may have died there.
    if order.webhook:
        self.app.send_task(
            TELL, args=[job_id, order.webhook], argsrepr=UNTOLD, retry_policy=PATIENTLY
        )
    if attempt > _MAX_ATTEMPTS:
        raise Reject("poison", requeue=False)


@app.task(name=TELL, bind=True, max_retries=webhooks.ATTEMPTS - 1)
def tell(self: Task, job_id: str, url: str) -> None:
    """Call a webhook; retried with backoff and jitter by the broker."""
    key = signing.read_secret(settings.webhook_secret)
    now = time.time()
    body = codec.dumps(webhooks.message(_ledger().get(job_id), now))
    try:
        status = delivery.post(
            url, body, signing.headers(key, job_id, int(now), body), settings.webhook_allowed
        )
    except (OSError, HTTPError) as error:
        logger.warning(
            "webhook cannot be delivered: %s", type(error).__name__, extra={"job": job_id}
        )
        status = 0
    if webhooks.is_over(status):
        return
    if self.request.retries >= webhooks.ATTEMPTS - 1:  # Celery's own error would tell the URL
        logger.warning("webhook given up", extra={"job": job_id})
    else:
        raise self.retry(countdown=webhooks.wait_s(self.request.retries), argsrepr=UNTOLD)


def _begin(job_id: str) -> int:
    """The number of the attempt once the lease is ours; 0 where there is nothing to do."""
    while True:
        try:
            begun = _ledger().begin(job_id)
        except NotFound:  # Redis lost its record; the order itself is in the message
            _ledger().open(job_id)
            continue
        if begun == "ended":  # taken back while it waited, or its acknowledgement was lost
            return 0
        if begun != "busy":
            return begun
        time.sleep(_LOOK_UP_EVERY_S)


def _see_through(job_id: str, order: Order) -> None:
    run = Run(listener=partial(_note, job_id))
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(job_id, run, ended), daemon=True)
    watch.start()
    try:
        article_id = _house().perform(order, run)
        _put_on_record(job_id, lambda ledger: ledger.finish(job_id, article_id))
    except Cancelled:
        pass
    except Exception as error:
        logger.exception("job failed", extra={"job": job_id})
        problem = problem_of(error)
        _put_on_record(job_id, lambda ledger: ledger.fail(job_id, problem))
    finally:
        ended.set()
        watch.join()
        _ledger().leave(job_id)


def _put_on_record(job_id: str, end: Callable[[Ledger], bool]) -> None:
    try:
        end(_ledger())
    except NotFound:  # Redis lost the record while the job ran
        _ledger().open(job_id)
        end(_ledger())


def _note(job_id: str, progress: Progress) -> None:
    with suppress(NotFound):
        _ledger().progress(job_id, progress.stage, progress.done, progress.total)


def _watch(job_id: str, run: Run, ended: threading.Event) -> None:
    """Hold on to the lease; stop what was taken back."""
    while not ended.wait(_LOOK_UP_EVERY_S):
        if not _ledger().renew(job_id):
            run.cancelled.set()
            return
