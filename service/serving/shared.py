"""Single flight across processes and machines, by a lease in Redis.

Whoever holds the lease of a key works; the others look for the answer in the shared cache. The
lease is renewed while its holder lives and ends by itself soon after it died, so nobody waits for
the dead. Without Redis everyone works for themselves: that costs, and is never wrong.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from uuid import uuid4

import redis

from service.pipeline.run import Run
from service.settings import Settings

_PREFIX = "khulasa:flight:"
_LEASE_S = 5.0
_LOOK_UP_EVERY_S = 0.1
_TIMEOUT_S = 0.5
# Redis counts a lease down by its wall clock. One that has longer to go than any lease was given
# before that clock was set back, and is cut to its measure: nobody waits an hour for the dead.
_TAKE = """
if redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('pttl', KEYS[1]) > tonumber(ARGV[2]) then redis.call('pexpire', KEYS[1], ARGV[2]) end
return 0
"""
# Give back only a lease that is still ours.
_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end"


class SharedFlight:
    """Leases in one Redis.

    Args:
        url: ``redis://…``, the same as the shared cache's.
        lease_s: how long others wait for a holder that died.
    """

    def __init__(self, url: str, lease_s: float = _LEASE_S) -> None:
        self._redis = redis.Redis.from_url(
            url, socket_timeout=_TIMEOUT_S, socket_connect_timeout=_TIMEOUT_S
        )
        self._lease_s = lease_s

    def do(
        self,
        key: str,
        run: Run,
        look_up: Callable[[], bytes | None],
        work: Callable[[], bytes],
    ) -> bytes:
        """The answer under ``key``: another's from the cache, or that of ``work``.

        Args:
            look_up: what the shared cache has; ``work`` must put its answer there.

        Raises:
            Cancelled, DeadlineExceeded: ``run`` ended while this waited or worked.
        """
        token = uuid4().hex
        while not self._take(key, token):
            run.check()
            if (found := look_up()) is not None:
                return found
            time.sleep(_LOOK_UP_EVERY_S)
        done = threading.Event()
        renewal = threading.Thread(target=self._renew, args=(key, token, done), daemon=True)
        renewal.start()
        try:
            # The holder before us may have ended between our last look and the lease.
            return found if (found := look_up()) is not None else work()
        finally:
            done.set()
            renewal.join()
            self._give_back(key, token)

    def close(self) -> None:
        """Close the connections."""
        self._redis.close()

    def _take(self, key: str, token: str) -> bool:
        try:
            taken = self._redis.eval(_TAKE, 1, _PREFIX + key, token, int(self._lease_s * 1000))
            return bool(taken)
        except redis.RedisError:
            return True

    def _renew(self, key: str, token: str, done: threading.Event) -> None:
        while not done.wait(self._lease_s / 3):
            try:
                if self._redis.get(_PREFIX + key) == token.encode():
                    self._redis.pexpire(_PREFIX + key, int(self._lease_s * 1000))
            except redis.RedisError:
                continue

    def _give_back(self, key: str, token: str) -> None:
        try:
            self._redis.eval(_RELEASE, 1, _PREFIX + key, token)
        except redis.RedisError:
            return  # it ends by itself


def open_shared(settings: Settings) -> SharedFlight | None:
    """Leases where a shared cache is set, else None."""
    return SharedFlight(settings.cache_url) if settings.cache_url else None
