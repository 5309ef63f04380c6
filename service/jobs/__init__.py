"""Work that outlives its request: local threads by default, Celery past one machine."""

from __future__ import annotations

from functools import partial

from service.errors import ConfigurationError
from service.jobs import signing
from service.jobs.protocol import Job, Jobs, Order, Perform
from service.settings import Settings

__all__ = ["Job", "Jobs", "Order", "Perform", "check", "open_jobs"]


def check(settings: Settings) -> None:
    """Tell before the start whether jobs can be run and webhooks be signed.

    Raises:
        ConfigurationError: the webhooks' secret cannot be read; Celery lacks its broker, or is
            not installed.
    """
    if settings.webhook_secret:
        signing.read_secret(settings.webhook_secret)
    if settings.jobs == "celery":
        try:
            from service.jobs.celery_app import build
        except ImportError:
            raise ConfigurationError(
                "KHULASA_JOBS=celery, and Celery is not installed:"
                " pip install -r requirements-celery.txt"
            ) from None
        build(settings)


def open_jobs(settings: Settings, perform: Perform) -> Jobs:
    """What runs jobs under these settings.

    Raises:
        ConfigurationError: the webhooks' secret cannot be read, or Celery lacks its broker.
    """
    if settings.jobs == "celery":
        from service.jobs.celery_jobs import CeleryJobs

        return CeleryJobs(settings)
    from service.jobs import delivery
    from service.jobs.local import LocalJobs
    from service.jobs.queue import JobQueue
    from service.jobs.webhooks import Webhooks

    check(settings)  # before a file is opened
    queue = JobQueue(settings.data_dir / "jobs", settings.job_queue)
    webhooks = None
    if settings.webhook_secret:
        key = signing.read_secret(settings.webhook_secret)
        webhooks = Webhooks(queue, key, partial(delivery.post, allowed=settings.webhook_allowed))
    return LocalJobs(queue, perform, settings.job_threads, webhooks)
