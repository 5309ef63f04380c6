"""The Celery application: how orders travel, and what happens to those that nobody can do.

Messages are acknowledged after the work (``acks_late``), one at a time a thread, so a worker that
is killed loses nothing: the broker hands its message to another. What has ended its worker too
often is put into the dead-letter queue for a person to look at.
"""

from __future__ import annotations

from typing import Any

from celery import Celery
from kombu.entity import Exchange, Queue

from service.errors import ConfigurationError
from service.settings import Settings

QUEUE = "khulasa"
DEAD = "khulasa.dead"
PERFORM = "khulasa.perform"
TELL = "khulasa.tell"
# What logs and monitors are shown of a message: neither the article nor the webhook's URL.
UNTOLD = "(…)"

# Longer than the longest job: a Redis broker hands a message out again after this.
_VISIBILITY_S = 6 * 3600
_CONNECT_S = 3.0
# How long a front end waits for the broker to say that it has the message.
CONFIRM_S = 10.0
# A front end says soon that the broker is away; a worker tells of an end whenever it can.
BRIEFLY = {"max_retries": 1, "interval_start": 0.2}
PATIENTLY = {"max_retries": None, "interval_start": 0.2, "interval_step": 1, "interval_max": 10}


_WORK = Queue(
    QUEUE, Exchange(QUEUE), routing_key=QUEUE, queue_arguments={"x-dead-letter-exchange": DEAD}
)


def build(settings: Settings) -> Celery:
    """The application that the service sends through and the worker runs.

    Raises:
        ConfigurationError: jobs past one machine need a broker and a shared cache.
    """
    if not settings.broker_url or not settings.cache_url:
        raise ConfigurationError(
            "KHULASA_JOBS=celery needs KHULASA_BROKER_URL (amqp://… or redis://…)"
            " and KHULASA_CACHE_URL (redis://…), which holds jobs and answers for all machines"
        )
    app = Celery("khulasa", broker=settings.broker_url)
    app.conf.update(
        task_queues=[_WORK],
        task_default_queue=QUEUE,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
        # The models are not fork-safe: one process, its threads share them.
        worker_pool="threads",
        worker_concurrency=settings.job_threads,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,  # a broker that is away for a night comes back
        broker_connection_timeout=_CONNECT_S,
        broker_transport_options=_transport(settings.broker_url),
        task_serializer="json",
        accept_content=["json"],
    )
    return app


def _transport(broker_url: str) -> dict[str, Any]:
    if broker_url.startswith("redis"):
        return {"visibility_timeout": _VISIBILITY_S, "socket_timeout": CONFIRM_S}
    # Unconfirmed, a message that is sent while the broker goes down would be lost without a word.
    return {"confirm_publish": True}


def declare_dead_letters(app: Celery) -> None:
    """Make the dead-letter queue, so that what is rejected is kept and not thrown away."""
    with app.connection_for_write() as connection:
        Queue(DEAD, Exchange(DEAD, type="fanout"), durable=True)(connection.channel()).declare()
