"""What is not in the cache is worked on once: here, and on every machine that shares the cache."""

from __future__ import annotations

from collections.abc import Callable

from service.cache import Cache
from service.pipeline.run import Run
from service.serving.flight import SingleFlight
from service.serving.shared import open_shared
from service.settings import Settings


class Once:
    """Single flight over a cache; thread-safe.

    Args:
        cache: where finished work is found; ``work`` puts it there.
        settings: say whether other machines share the cache.
    """

    def __init__(self, cache: Cache, settings: Settings) -> None:
        self._cache = cache
        self._flights: SingleFlight[bytes] = SingleFlight()
        self._shared = open_shared(settings)

    def do(self, key: str, run: Run, work: Callable[[], bytes]) -> bytes:
        """What the cache has, or else the outcome of one ``work``: this caller's or another's.

        Raises:
            Cancelled, DeadlineExceeded: ``run`` ended while this waited or worked.
        """

        def look_up() -> bytes | None:
            return self._cache.get(key)

        def lead() -> bytes:
            if self._shared is not None:
                return self._shared.do(key, run, look_up, work)
            return found if (found := look_up()) is not None else work()

        return self._flights.do(key, run, lead)

    def close(self) -> None:
        """Let go of what is shared."""
        if self._shared is not None:
            self._shared.close()
