"""A client's own quota: so many requests in a stretch of time, 429 beyond (Flask-Limiter).

A client is an API key, or an address where no keys are asked for. Off unless KHULASA_RATE_LIMIT
says otherwise. With a Redis cache the counts are shared by all processes and machines; while that
Redis is away each process counts for itself.
"""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from flask_limiter import HeaderNames, Limiter, RateLimitExceeded
from limits import parse_many
from limits.storage import MemoryStorage

from service.api import problems
from service.errors import ConfigurationError, QuotaExceeded
from service.settings import Settings

# Probes and scrapes are the house's own.
_FREE = ("/health/", "/metrics", "/static/")
# A Redis that hangs is away, and no request waits longer for it than this.
_REDIS: dict[str, str | int] = {"socket_timeout": 1, "socket_connect_timeout": 1}
# The library says when the window ends on every answer, over what the route itself said. It is
# told to say so under this name, which no client sees.
_LIBRARYS_WAIT = "X-RateLimit-Wait"


class SteadyMemory(MemoryStorage):
    """Counts in this process; a clock set back an hour locks nobody out for an hour."""

    STORAGE_SCHEME = ["steady-memory"]  # noqa: RUF012 - the library's own declaration

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count, after dropping a window that has longer to go than any window."""
        if self.expirations.get(key, 0.0) > time.time() + expiry:
            self.clear(key)
        return super().incr(key, expiry, amount)


def check(settings: Settings) -> None:
    """Tell before the start whether the rate can be read.

    Not left to the library: it reads the rate at the first request.

    Raises:
        ConfigurationError: it cannot, or would let nobody in.
    """
    if not settings.rate_limit:
        return
    name = f"KHULASA_RATE_LIMIT={settings.rate_limit!r}"
    try:
        rates = parse_many(settings.rate_limit)
    except ValueError as error:
        raise ConfigurationError(f"{name} is no rate such as 600/minute: {error}") from None
    if min(rate.amount for rate in rates) < 1:
        raise ConfigurationError(f"{name} would let nobody in; empty is no quota")


def register(app: Flask, settings: Settings) -> None:
    """Count the requests of every client, where the settings ask for it.

    Raises:
        ConfigurationError: the rate cannot be read.
    """
    check(settings)
    if not settings.rate_limit:
        return
    limiter = Limiter(
        _client,
        default_limits=[settings.rate_limit],
        storage_uri=_storage(settings.cache_url),
        storage_options=_REDIS if settings.cache_url else None,
        in_memory_fallback_enabled=bool(settings.cache_url),
        # Of several requests that find Redis gone at once, the library falls back for one and
        # fails the others (4.1). They are let through uncounted.
        swallow_errors=bool(settings.cache_url),
        headers_enabled=True,
        header_name_mapping={HeaderNames.RETRY_AFTER: _LIBRARYS_WAIT},
    )
    limiter.request_filter(lambda: request.path.startswith(_FREE))
    app.after_request(_unsay)  # before the library's own, or it would run before it
    limiter.init_app(app)

    def refuse(_: RateLimitExceeded) -> Response:
        window = limiter.current_limit
        wait = window.reset_at - time.time() if window else 1.0
        message = f"the quota of {settings.rate_limit} is used up"
        return problems.problem(QuotaExceeded(message, retry_after=wait))

    app.register_error_handler(RateLimitExceeded, refuse)


def _storage(cache_url: str) -> str:
    """The library's address of the memory that counts; a socket's has a name of its own there."""
    if cache_url.startswith("unix://"):
        return f"redis+{cache_url}"
    return cache_url or "steady-memory://"


def _unsay(response: Response) -> Response:
    response.headers.pop(_LIBRARYS_WAIT, None)
    return response


def _client() -> str:
    return str(g.get("client") or request.remote_addr or "unknown")
