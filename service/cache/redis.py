"""A shared cache in Redis that never fails a request.

While Redis is away the local cache serves alone; Redis is tried again after a short pause, so the
cache heals by itself. Values carry the same checksum as in SQLite: what another writer or a broken
replica left under our key is a miss.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar, cast

import redis

from service.cache.protocol import Cache
from service.cache.seal import SEAL_BYTES, seal_of

logger = logging.getLogger(__name__)

T = TypeVar("T")

_PREFIX = "khulasa:article:"
# Stands under a key that was deleted, since other machines may have it in their local caches yet;
# shorter than a seal, and for longer than a local cache keeps what nobody asks for.
_GONE = b"deleted"
_GONE_S = 30 * 24 * 3600
_RETRY_AFTER_S = 1.0
_TIMEOUT_S = 0.5


class RedisCache:
    """A ``Cache`` in Redis over a local one.

    Args:
        url: ``redis://…``; eviction is Redis' own (``maxmemory-policy allkeys-lru``).
        local: serves while Redis is away; written to always, so that it is warm then.
        on_trouble: told of every failed call, for a metric.
    """

    def __init__(self, url: str, local: Cache, on_trouble: Callable[[], None]) -> None:
        self._redis = redis.Redis.from_url(
            url, socket_timeout=_TIMEOUT_S, socket_connect_timeout=_TIMEOUT_S
        )
        self._local = local
        self._on_trouble = on_trouble
        self._lock = threading.Lock()
        self._away_until = 0.0

    def get(self, key: str) -> bytes | None:
        """The bytes under ``key``, from Redis or else from the local cache."""
        raw = self._try(lambda: self._redis.get(_PREFIX + key))
        if raw == _GONE:
            self._local.delete(key)
            return None
        value = _unseal(cast("bytes", raw)) if raw is not None else None
        return value if value is not None else self._local.get(key)

    def seal(self, key: str) -> bytes | None:
        """The seal of what Redis has under ``key``, or else of what the local cache has."""
        raw = self._try(lambda: self._redis.getrange(_PREFIX + key, 0, SEAL_BYTES - 1))
        if raw == _GONE:
            return None
        return cast("bytes", raw) if raw else self._local.seal(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep ``value`` in both."""
        self._try(lambda: self._redis.set(_PREFIX + key, _seal(value)))
        self._local.put(key, value)

    def delete(self, key: str) -> bool:
        """Forget ``key`` in both, and have other machines forget it; tells whether either had it.

        While Redis is away it is forgotten here alone.
        """
        before = self._try(lambda: self._bury(_PREFIX + key))
        return self._local.delete(key) or before not in (None, b"", _GONE)

    def close(self) -> None:
        """Close both."""
        self._redis.close()
        self._local.close()

    def _bury(self, name: str) -> bytes:
        """Put the mark of what is gone there; the beginning of what was there."""
        with self._redis.pipeline() as both:
            both.getrange(name, 0, SEAL_BYTES - 1)
            both.set(name, _GONE, ex=_GONE_S)
            return cast("bytes", both.execute()[0])

    def _try(self, call: Callable[[], T]) -> T | None:
        if time.monotonic() < self._away_until:
            return None
        try:
            return call()
        except redis.RedisError as error:
            with self._lock:
                self._away_until = time.monotonic() + _RETRY_AFTER_S
            self._on_trouble()
            logger.warning("Redis is away, the local cache serves alone: %s", type(error).__name__)
            return None


def _seal(value: bytes) -> bytes:
    return seal_of(value) + value


def _unseal(raw: bytes) -> bytes | None:
    seal, value = raw[:SEAL_BYTES], raw[SEAL_BYTES:]
    return value if seal_of(value) == seal else None
