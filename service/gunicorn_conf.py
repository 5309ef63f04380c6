"""gunicorn's settings, derived from ours, and the life of its one worker.

One worker process with many threads: CTranslate2's translators are not fork-safe and share their
cores well, so more processes would only hold the models twice. Nothing is loaded before the fork.
"""

from __future__ import annotations

import logging
import sys
import threading
from typing import Any

from service import cache, jobs, storage
from service.api import limits
from service.api.current import of
from service.engines.profiles import load_profile
from service.engines.store import Store
from service.errors import KhulasaError
from service.gunicorn_worker import worker as worker_within
from service.house import House
from service.observability import tracing
from service.observability.gunicorn_logs import JsonLogger
from service.observability.logs import libraries_level
from service.settings import Settings


def _checked_settings() -> Settings:
    """The settings, once it is sure that the default profile's models are there and whole.

    Here and not in a hook: a configuration that exits ends gunicorn with our exit code.
    """
    try:
        settings = Settings.from_env()
        tracing.check(settings)
        storage.check(settings.data_dir)
        cache.check(settings)
        jobs.check(settings)
        limits.check(settings)
        profile = load_profile(settings.profile, settings)
        for model in profile.models:
            Store(settings).require(model, profile)
    except KhulasaError as error:
        print(f"khulasa: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    return settings


def _leaving(app: Any) -> None:
    of(app).leaving = True  # a signal handler: no lock, no log


_settings = _checked_settings()

bind = _settings.address
# gthread with a limit on slow clients
worker_class = worker_within(_settings.receive_timeout_s, _leaving)
workers = 1
threads = _settings.threads
preload_app = False
# Longer than the deadline of a request, so that gunicorn never kills one that is being answered.
timeout = int(_settings.sync_deadline_s) + 30
graceful_timeout = int(_settings.sync_deadline_s) + 15
keepalive = 5
logger_class = JsonLogger
loglevel = libraries_level(_settings.log_level).lower()
# gunicorn's own remote control; what we need of it, signals do.
control_socket_disable = True
# A heartbeat on a disk that is slow or full must not get the worker killed.
worker_tmp_dir = "/dev/shm"

# What running jobs get on SIGTERM before they are handed back to the queue.
_JOBS_END_S = 5.0


def post_worker_init(worker: Any) -> None:
    """Warm the models up beside the first requests; probes are answered meanwhile."""
    house = of(worker.wsgi)
    threading.Thread(target=_warm_up, args=(house,), name="warm-up", daemon=True).start()


def worker_exit(_server: Any, worker: Any) -> None:
    """Hand back what is not done, close what is open."""
    if getattr(worker, "wsgi", None) is not None:
        of(worker.wsgi).close(_JOBS_END_S)


def _warm_up(house: House) -> None:
    try:
        house.warm_up()
        _ = house.jobs  # what an earlier process left behind goes on
    except KhulasaError as error:
        logging.getLogger("service").error("not ready: %s", error)
