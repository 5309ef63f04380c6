"""/v1/jobs: how far work has come that outlives its request, as JSON or as a stream of events."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint

from service import codec
from service.api.current import house
from service.api.openapi import JOBS, answers, file_answers
from service.api.requests import JobPath
from service.api.responses import Job as JobShape
from service.domain import Article
from service.errors import JobsAway, Malformed, QueueFull
from service.house import House
from service.jobs import delivery
from service.jobs.protocol import Job, Jobs, Order

api = APIBlueprint("jobs", __name__, url_prefix="/v1/jobs", abp_tags=[JOBS])

_LOOK_EVERY_S = 0.2
_HEARTBEAT_S = 15.0
# Every stream holds a request thread; probes and short requests need the others.
_STREAMS = threading.BoundedSemaphore(16)


def accepted(article: Article, profile: str | None, webhook: str | None) -> Response:
    """202: the article is taken as a job, which Location names."""
    job = house().submit(Order(article=article, profile=profile, webhook=webhook))
    response = Response(codec.dumps(_shape(job)), 202, mimetype="application/json")
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    response.headers["Retry-After"] = "1"
    return response


def check_webhook(webhook: str | None) -> None:
    """Refuse at once what would never be called.

    Raises:
        Malformed: no URL that may be called, or the house has no secret to sign with.
    """
    settings = house().settings
    if webhook is None:
        return
    if not settings.webhook_secret:
        raise Malformed("webhook: this service has no KHULASA_WEBHOOK_SECRET to sign with")
    delivery.check_url(webhook, settings.webhook_allowed)


@api.get("/<job_id>", summary="How far a job has come", responses=answers(JobShape, 404, 503))
def get_job(path: JobPath) -> dict[str, Any]:
    """State, stage and sentences done; the article's id once it is done."""
    return _shape(house().jobs.get(path.job_id))


@api.delete("/<job_id>", summary="Take a job back", responses=answers(JobShape, 404, 409, 503))
def cancel_job(path: JobPath) -> dict[str, Any]:
    """Running work stops within a second."""
    return _shape(house().jobs.cancel(path.job_id))


@api.get(
    "/<job_id>/events",
    summary="A job's progress as server-sent events",
    responses=file_answers("Events", ["text/event-stream"], 404, 503),
)
def job_events(path: JobPath) -> Response:
    """``progress`` events while it runs, then one named for the state that it ended in.

    A service that shuts down ends the stream before: the job goes on, and can be asked for.
    """
    jobs = house().jobs
    job = jobs.get(path.job_id)
    if not _STREAMS.acquire(blocking=False):
        raise QueueFull("too many streams are open; ask /v1/jobs instead", retry_after=5)
    response = Response(_events(house(), jobs, job), mimetype="text/event-stream")
    response.call_on_close(_STREAMS.release)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _events(served: House, jobs: Jobs, job: Job) -> Iterator[bytes]:
    shown, said_at = None, time.monotonic()
    while True:
        if job != shown:
            yield _event(job.state if job.ended else "progress", job)
            shown, said_at = job, time.monotonic()
        elif time.monotonic() - said_at > _HEARTBEAT_S:
            yield b": still here\n\n"
            said_at = time.monotonic()
        if job.ended or served.leaving:  # the job may outlive this process, and its end is awaited
            return
        time.sleep(_LOOK_EVERY_S)
        with suppress(JobsAway):  # the stream outlasts that, with its heartbeats
            job = jobs.get(job.id)


def _event(name: str, job: Job) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), codec.dumps(_shape(job)))


def _shape(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "state": job.state,
        "stage": job.stage,
        "done": job.done,
        "total": job.total,
        "article_id": job.article_id,
        "problem": dict(job.problem) if job.problem else None,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
    }
