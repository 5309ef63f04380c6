"""A real Celery worker in a process of its own, and jobs that it is sent."""

import os
import subprocess
import sys
from contextlib import contextmanager

from service.domain import Article
from service.jobs import open_jobs
from service.jobs.protocol import Order
from service.settings import Settings
from tests.services import until


class Worker:
    """``celery -A service.jobs.worker worker`` in a process of its own."""

    def __init__(self, settings, folder):
        self._variables = {
            "KHULASA_JOBS": "celery",
            "KHULASA_BROKER_URL": settings.broker_url,
            "KHULASA_CACHE_URL": settings.cache_url,
            "KHULASA_OTLP_ENDPOINT": settings.otlp_endpoint or "",
            "KHULASA_DATA_DIR": str(folder),
            "KHULASA_JOB_THREADS": "1",
            "KHULASA_LOG_LEVEL": "WARNING",
        }
        self._log = (folder / "worker.log").open("ab")
        self.process = None

    def start(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KHULASA_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "service.jobs.worker", "worker"],
            env={**kept, **self._variables},
            stdout=self._log,
            stderr=self._log,
        )

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(180)
        self._log.close()


def settings_for(broker_url, shared, folder):
    return Settings(
        data_dir=folder / "front", jobs="celery", broker_url=broker_url, cache_url=shared.url
    )


@contextmanager
def working(settings, folder):
    """A worker under these settings, with a data folder of its own."""
    (folder / "worker").mkdir()
    worker = Worker(settings, folder / "worker")
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


@contextmanager
def running(broker_url, shared, folder):
    """Jobs of a front end, and the worker that does them."""
    settings = settings_for(broker_url, shared, folder)
    with working(settings, folder) as worker:
        jobs = open_jobs(settings, lambda *_: "")
        try:
            yield jobs, worker
        finally:
            jobs.close(0)


def order(text):
    return Order(article=Article(text=text, lengths=("short",)))


def done(jobs, job, seconds=300):
    until(lambda: jobs.get(job.id).ended, seconds)
    return jobs.get(job.id)
