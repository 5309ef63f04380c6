"""Work that outlives its request: local threads by default, Celery past one machine."""

from __future__ import annotations

from functools import partial

from service.jobs.protocol import Job, Jobs, Order, Perform
from service.settings import Settings

__all__ = ["Job", "Jobs", "Order", "Perform", "open_jobs"]


def open_jobs(settings: Settings, perform: Perform) -> Jobs:
    """What runs jobs under these settings.

    Raises:
        ConfigurationError: the webhooks' secret cannot be read, or Celery lacks its broker.
    """
    if settings.jobs == "celery":
        from service.jobs.celery_jobs import CeleryJobs

        return CeleryJobs(settings)
    from service.jobs import delivery, signing
    from service.jobs.local import LocalJobs
    from service.jobs.queue import JobQueue
    from service.jobs.webhooks import Webhooks

    queue = JobQueue(settings.data_dir / "jobs", settings.job_queue)
    webhooks = None
    if settings.webhook_secret:
        key = signing.read_secret(settings.webhook_secret)
        webhooks = Webhooks(queue, key, partial(delivery.post, allowed=settings.webhook_allowed))
    return LocalJobs(queue, perform, settings.job_threads, webhooks)
