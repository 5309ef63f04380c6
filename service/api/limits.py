"""A client's own quota: so many requests in a stretch of time, 429 beyond (Flask-Limiter).

A client is an API key, or an address where no keys are asked for. Off unless KHULASA_RATE_LIMIT
says otherwise. With a Redis cache the counts are shared by all processes and machines; while that
Redis is away each process counts for itself.
"""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from flask_limiter import Limiter, RateLimitExceeded
from limits.storage import MemoryStorage

from service.api import problems
from service.errors import ConfigurationError, QuotaExceeded
from service.settings import Settings

# Probes and scrapes are the house's own.
_FREE = ("/health/", "/metrics", "/static/")
# A Redis that hangs is away, and no request waits longer for it than this.
_REDIS: dict[str, str | int] = {"socket_timeout": 1, "socket_connect_timeout": 1}


class SteadyMemory(MemoryStorage):
    """Counts in this process; a clock set back an hour locks nobody out for an hour."""

    STORAGE_SCHEME = ["steady-memory"]  # noqa: RUF012 - the library's own declaration

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count, after dropping a window that has longer to go than any window."""
        if self.expirations.get(key, 0.0) > time.time() + expiry:
            self.clear(key)
        return super().incr(key, expiry, amount)


def register(app: Flask, settings: Settings) -> None:
    """Count the requests of every client, where the settings ask for it.

    Raises:
        ConfigurationError: the rate cannot be read.
    """
    if not settings.rate_limit:
        return
    try:
        limiter = Limiter(
            _client,
            default_limits=[settings.rate_limit],
            storage_uri=settings.cache_url or "steady-memory://",
            storage_options=_REDIS if settings.cache_url else None,
            in_memory_fallback_enabled=bool(settings.cache_url),
            # Of several requests that find Redis gone at once, the library falls back for one and
            # fails the others (4.1). They are let through uncounted.
            swallow_errors=bool(settings.cache_url),
            headers_enabled=True,
        )
        limiter.request_filter(lambda: request.path.startswith(_FREE))
        limiter.init_app(app)
    except ValueError as error:
        raise ConfigurationError(f"KHULASA_RATE_LIMIT={settings.rate_limit!r}: {error}") from None

    def refuse(_: RateLimitExceeded) -> Response:
        window = limiter.current_limit
        wait = window.reset_at - time.time() if window else 1.0
        message = f"the quota of {settings.rate_limit} is used up"
        return problems.problem(QuotaExceeded(message, retry_after=wait))

    app.register_error_handler(RateLimitExceeded, refuse)


def _client() -> str:
    return str(g.get("client") or request.remote_addr or "unknown")
